/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-file.h"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define MASKED "****************************************************************"

static char *
read_tree (const char *text, gboolean *is_page)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
  GString *all = g_string_new (NULL);

  *is_page = paddock_hub_file_read_tree (root, files);
  for (guint i = 0; i < files->len; i++)
    {
      const PaddockHubFile *file = g_ptr_array_index (files, i);

      g_string_append_printf (all, "%s %" G_GINT64_FORMAT " %s\n", file->path, file->size,
                              file->sha256 != NULL ? file->sha256 : "-");
    }
  return g_string_free (all, FALSE);
}

static const struct
{
  const char *text, *files;
} pages[] = {
  { "[]", "" },
  { "[{\"type\":\"file\",\"path\":\"README.md\",\"size\":12}]", "README.md 12 -\n" },
  { "[{\"type\":\"directory\",\"path\":\"sub\",\"size\":0},{\"type\":\"file\",\"path\":\"sub/a.gguf\",\"size\":3}]",
    "sub/a.gguf 3 -\n" },
  /* The size of the file, not that of the few words that stand for it. */
  { "[{\"type\":\"file\",\"path\":\"a.gguf\",\"size\":135,\"lfs\":{\"oid\":\"" SHA "\",\"size\":5000000000}}]",
    "a.gguf 5000000000 " SHA "\n" },
  { "[{\"type\":\"file\",\"path\":\"a.gguf\",\"size\":135,\"lfs\":{\"oid\":\"" SHA "\"}}]", "a.gguf -1 " SHA "\n" },
  /* Whoever may not have it is not told its hash. */
  { "[{\"type\":\"file\",\"path\":\"a.gguf\",\"lfs\":{\"oid\":\"" MASKED "\",\"size\":7}}]", "a.gguf 7 -\n" },
  { "[{\"type\":\"file\",\"path\":\"a.gguf\",\"lfs\":{\"oid\":\"" SHA "0\",\"size\":7}}]", "a.gguf 7 -\n" },
  { "[{\"type\":\"file\",\"path\":\"a.gguf\",\"lfs\":{\"oid\":17,\"size\":\"7\"}}]", "a.gguf -1 -\n" },
  { "[{\"type\":\"file\",\"path\":\"a.gguf\",\"lfs\":[],\"size\":-7}]", "a.gguf -1 -\n" },
  { "[{\"type\":\"file\",\"path\":\"a.gguf\",\"lfs\":null,\"size\":1.5}]", "a.gguf -1 -\n" },
  { "[{\"type\":\"file\",\"path\":\"a.gguf\"}]", "a.gguf -1 -\n" },
  /* No path leads out of the folder that it is put into. */
  { "[{\"type\":\"file\",\"path\":\"../a.gguf\"},{\"type\":\"file\",\"path\":\"/etc/a.gguf\"},"
    "{\"type\":\"file\",\"path\":\"sub/../../a.gguf\"},{\"type\":\"file\",\"path\":\"..\"},{\"type\":\"file\",\"path\":\"\"},"
    "{\"type\":\"file\",\"path\":\"sub//a.gguf\"},{\"type\":\"file\",\"path\":\"./a.gguf\"},{\"type\":\"file\",\"path\":\"sub/\"},"
    "{\"type\":\"file\",\"path\":\"a\\nb.gguf\"},{\"type\":\"file\",\"path\":\"a\\u001bb.gguf\"},"
    "{\"type\":\"file\",\"path\":\"a..b/...gguf\"}]",
    "a..b/...gguf -1 -\n" },
  /* What makes no sense is passed over. */
  { "[17,null,\"a.gguf\",[],{},{\"type\":\"file\"},{\"path\":\"a.gguf\"},{\"type\":\"file\",\"path\":17},"
    "{\"type\":17,\"path\":\"a.gguf\"},{\"type\":\"File\",\"path\":\"a.gguf\"},{\"type\":\"file\",\"path\":\"b.gguf\",\"size\":1}]",
    "b.gguf 1 -\n" },
};

static void
test_pages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gboolean is_page;
      g_autofree char *files = read_tree (pages[i].text, &is_page);

      g_test_message ("%s", pages[i].text);
      g_assert_true (is_page);
      g_assert_cmpstr (files, ==, pages[i].files);
    }
}

static void
test_no_page (void)
{
  static const char *const texts[] = { "{\"error\":\"not found\"}", "null", "17", "\"[]\"", "[" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gboolean is_page;
      g_autofree char *files = read_tree (texts[i], &is_page);

      g_assert_false (is_page);
      g_assert_cmpstr (files, ==, "");
    }
}

/* Pages are put together: what was there stays. */
static void
test_appended (void)
{
  g_autoptr (JsonNode) root = json_from_string ("[{\"type\":\"file\",\"path\":\"b.gguf\",\"size\":2}]", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);

  g_ptr_array_add (files, paddock_hub_file_new ("a.gguf", 1, NULL));
  g_assert_true (paddock_hub_file_read_tree (root, files));
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpstr (((PaddockHubFile *) g_ptr_array_index (files, 0))->path, ==, "a.gguf");
  g_assert_cmpstr (((PaddockHubFile *) g_ptr_array_index (files, 1))->path, ==, "b.gguf");
}

/* Hashes are compared as texts: they are all in small letters. */
static void
test_hash (void)
{
  g_autofree char *loud = g_ascii_strup (SHA, -1);
  g_autoptr (PaddockHubFile) file = paddock_hub_file_new ("a.gguf", 1, loud);
  g_autoptr (PaddockHubFile) masked = paddock_hub_file_new ("a.gguf", 1, MASKED);
  g_autoptr (PaddockHubFile) empty = paddock_hub_file_new ("a.gguf", 1, "");

  g_assert_cmpstr (file->sha256, ==, SHA);
  g_assert_null (masked->sha256);
  g_assert_null (empty->sha256);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-file/pages", test_pages);
  g_test_add_func ("/hub-file/no-page", test_no_page);
  g_test_add_func ("/hub-file/appended", test_appended);
  g_test_add_func ("/hub-file/hash", test_hash);
  return g_test_run ();
}
