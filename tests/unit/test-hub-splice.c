/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf-recipe.h"
#include "hub-splice.h"

#define FRONT "kv general.architecture str llama\nkv general.name str \"%s\"\n"
#define WORDS "kv tokens arr str repeat 20000 \"some %s {}\"\nkv small str x\nkv merges arr str repeat 20000 \"merge {}\"\n"
#define BACK "kv end str \"%s\"\ntensor a %s 64x64\ntensor b f32 64\n"
#define WINDOW (64u << 10)

static GBytes *
make (const char *name, const char *words, const char *end, const char *type)
{
  g_autofree char *recipe = g_strdup_printf (FRONT WORDS BACK, name, words, end, type);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = test_gguf_recipe_build (recipe, &error);

  g_assert_no_error (error);
  return bytes;
}

static PaddockGgufFile *
scan (GBytes *bytes)
{
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "sibling");

  return paddock_gguf_file_scan (source, NULL);
}

static PaddockGgufFile *
splice (GBytes *one, GBytes *other, PaddockHubSplice **plan)
{
  g_autoptr (PaddockGgufFile) sibling = scan (one);
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (other, 0, WINDOW);
  gsize size = g_bytes_get_size (other);
  g_autoptr (GBytes) rest = NULL;

  *plan = paddock_hub_splice_new (sibling, head);
  if (*plan == NULL || (*plan)->begin >= size)
    return NULL;
  rest = g_bytes_new_from_bytes (other, (*plan)->begin, MIN ((*plan)->length, size - (gsize) (*plan)->begin));
  return paddock_hub_splice_join (*plan, head, rest, size, "other", NULL);
}

/* The same as if everything had been fetched, byte for byte. */
static void
test_joined (void)
{
  g_autoptr (GBytes) one = make ("One", "token", "x", "q8_0");
  g_autoptr (GBytes) other = make ("Another name", "token", "another end", "q4_0");
  g_autoptr (PaddockHubSplice) plan = NULL;
  g_autoptr (PaddockGgufFile) joined = splice (one, other, &plan);
  g_autoptr (PaddockGgufFile) whole = scan (other);
  gsize length;

  g_assert_nonnull (joined);
  g_assert_cmpuint (g_bytes_get_size (plan->between), >, 500000);
  g_assert_cmpuint (paddock_gguf_file_get_header_end (joined), ==, paddock_gguf_file_get_header_end (whole));
  g_assert_cmpuint (paddock_gguf_file_get_data_offset (joined), ==, paddock_gguf_file_get_data_offset (whole));
  g_assert_cmpuint (paddock_gguf_file_get_size (joined), ==, g_bytes_get_size (other));
  const guint8 *bytes = paddock_gguf_source_get_prefix (paddock_gguf_file_get_source (joined), &length);
  gsize header = paddock_gguf_file_get_header_end (whole);
  g_assert_cmpuint (length, >=, header);
  g_assert_cmpmem (bytes, header, g_bytes_get_data (other, NULL), header);
}

/* What only looks alike is fetched whole. */
static void
test_unlike (void)
{
  g_autoptr (GBytes) one = make ("One", "token", "x", "q8_0");
  g_autoptr (GBytes) longer = make ("One", "tokenn", "x", "q8_0");
  g_autoptr (GBytes) words = make ("One", "nekot", "x", "q8_0");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) more = test_gguf_recipe_build ("kv general.architecture str llama\nkv general.name str One\n"
                                                    "kv tokens arr str repeat 20000 \"some token {}\"\nkv small str x\n"
                                                    "kv merges arr str repeat 20001 \"merge {}\"\nkv end str x\n"
                                                    "tensor a q8_0 64x64\ntensor b f32 64\n",
                                                    &error);
  g_autoptr (GBytes) small = test_gguf_recipe_build ("kv a str b\ntensor a q8_0 64x2048\n", &error);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (one, 0, g_bytes_get_size (one) - 32);
  GBytes *others[] = { longer, words, more, small, cut };

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      PaddockHubSplice *plan = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_null (splice (one, others[i], &plan));
      g_clear_pointer (&plan, paddock_hub_splice_free);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-splice/joined", test_joined);
  g_test_add_func ("/hub-splice/unlike", test_unlike);
  return g_test_run ();
}
