/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory.h"
#include "download-error.h"
#include "gguf-recipe.h"
#include "header-check.h"

#include <string.h>

/* More than a header of a few words has. */
#define AMPLE 262144
#define LARGE 5000000000

/* Its tensors have a megabyte each. */
static const char whole[] = "kv general.architecture str llama\n"
                            "kv general.name str Tiny\n"
                            "tensor a f32 1024x256\n"
                            "tensor b f32 1024x256\n";

typedef struct
{
  TestDirectory *directory;
  PaddockDownloadRequest *request;
  PaddockPartFile *part;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = NULL;

  fixture->directory = test_directory_new ();
  target = test_directory_build_path (fixture->directory, "model.gguf");
  fixture->request = paddock_download_request_new (target);
  paddock_download_request_add_source (fixture->request, "https://example.org/model.gguf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->part, paddock_part_file_free);
  paddock_download_request_unref (fixture->request);
  test_directory_free (fixture->directory);
}

static GBytes *
build (const char *recipe)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = test_gguf_recipe_build (recipe, &error);

  g_assert_no_error (error);
  return bytes;
}

/* A file of that size of which only the first bytes were written. */
static void
begin (Fixture *fixture, guint64 size, const void *bytes, gsize length)
{
  const PaddockPartValidators validators = { size, NULL, "example.org" };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->part, paddock_part_file_free);
  fixture->part = paddock_part_file_open (fixture->request, &error);
  g_assert_no_error (error);
  g_assert_true (paddock_part_file_begin (fixture->part, &validators, &error));
  g_assert_no_error (error);
  if (length > 0)
    g_assert_true (paddock_part_file_write (fixture->part, bytes, length, 0, &error));
  g_assert_no_error (error);
}

static void
assert_verdict (Fixture *fixture, guint64 size, guint64 there, PaddockHeaderVerdict expected)
{
  g_autoptr (GError) error = NULL;
  PaddockHeaderVerdict verdict = paddock_header_check_run (fixture->part, size, there, &error);

  g_test_message ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, there, size);
  g_assert_cmpint ((int) verdict, ==, (int) expected);
  if (expected == PADDOCK_HEADER_WRONG)
    g_assert_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL);
  else
    g_assert_no_error (error);
}

/* Such bytes at the begin of a large file, and zeros behind them. */
static void
assert_begin (Fixture *fixture, const void *bytes, gsize length, PaddockHeaderVerdict expected)
{
  g_autofree guint8 *ample = g_malloc0 (AMPLE);

  memcpy (ample, bytes, length);
  begin (fixture, LARGE, ample, AMPLE);
  assert_verdict (fixture, LARGE, AMPLE, expected);
}

/* Before its header is there nobody knows; then it is sound, whatever of its tensors is missing. */
static void
test_growing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = build (whole);
  gsize size = g_bytes_get_size (bytes), decided = 0;

  begin (fixture, size, g_bytes_get_data (bytes, NULL), size);
  for (gsize there = 0; there <= size; there += there < 256 ? 1 : 4096)
    {
      g_autoptr (GError) error = NULL;
      PaddockHeaderVerdict verdict = paddock_header_check_run (fixture->part, size, there, &error);

      g_assert_no_error (error);
      if (verdict == PADDOCK_HEADER_SOUND && decided == 0)
        decided = there;
      g_assert_cmpint ((int) verdict, ==, (int) (decided > 0 ? PADDOCK_HEADER_SOUND : PADDOCK_HEADER_UNDECIDED));
    }
  g_assert_cmpuint (decided, >, 128);
  g_assert_cmpuint (decided, <=, AMPLE);
  assert_verdict (fixture, size, size, PADDOCK_HEADER_SOUND);
}

/* A header with a vocabulary is longer than what is read at once. */
static void
test_long_header (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = build ("kv words arr str repeat 100000 abcdef\ntensor a f32 1024x4096\n");
  gsize size = g_bytes_get_size (bytes);

  begin (fixture, size, g_bytes_get_data (bytes, NULL), size);
  assert_verdict (fixture, size, AMPLE, PADDOCK_HEADER_UNDECIDED);
  assert_verdict (fixture, size, 1400000, PADDOCK_HEADER_UNDECIDED);
  assert_verdict (fixture, size, size - 1, PADDOCK_HEADER_SOUND);
}

/* What was not received counts for nothing, even if the file has bytes there. */
static void
test_beyond (Fixture *fixture, gconstpointer data)
{
  static const char page[] = "<!DOCTYPE html><html><body>Please log in.</body></html>";

  begin (fixture, sizeof page, page, sizeof page);
  assert_verdict (fixture, sizeof page, 0, PADDOCK_HEADER_UNDECIDED);
  assert_verdict (fixture, sizeof page, sizeof page, PADDOCK_HEADER_WRONG);
}

static void
test_no_model (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[]
      = { "<!DOCTYPE html><html><body>Please log in to go on.</body></html>", "{\"error\":\"Access to this model is restricted.\"}",
          "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "GGUG\3\0\0\0" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_begin (fixture, texts[i], strlen (texts[i]), PADDOCK_HEADER_WRONG);
}

/* A file that is over before it says what it is. */
static void
test_short (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = build (whole);

  for (gsize size = 1; size < 64; size += 3)
    {
      begin (fixture, size, g_bytes_get_data (bytes, NULL), size);
      assert_verdict (fixture, size, size, PADDOCK_HEADER_WRONG);
    }
}

/* The server says how long it is, and the header says that it is longer. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = build (whole);
  gsize size = g_bytes_get_size (bytes);

  begin (fixture, size - 1, g_bytes_get_data (bytes, NULL), AMPLE);
  assert_verdict (fixture, size - 1, AMPLE, PADDOCK_HEADER_WRONG);
}

/* Numbers that no file can hold are no reason to wait for more of it. */
static void
test_huge_counts (Fixture *fixture, gconstpointer data)
{
  static const char *const recipes[] = {
    "n_kv 18446744073709551615\nkv a u8 1\n",   "n_tensors 18446744073709551615\ntensor a f32 64\n",
    "kv a str length=18446744073709551615 x\n", "kv a arr count=18446744073709551615 u8 1\n",
    "tensor a f32 1099511627776 bytes=64\n",    "tensor a f32 64 offset=18446744073709551584 at=0\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) bytes = build (recipes[i]);

      g_test_message ("%s", recipes[i]);
      assert_begin (fixture, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), PADDOCK_HEADER_WRONG);
    }
}

/* What this version does not know yet is for others to judge. */
static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = build ("version 99\nkv a u8 1\n");

  assert_begin (fixture, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), PADDOCK_HEADER_SOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/header-check/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("growing", test_growing);
  ADD ("long-header", test_long_header);
  ADD ("beyond", test_beyond);
  ADD ("no-model", test_no_model);
  ADD ("short", test_short);
  ADD ("cut", test_cut);
  ADD ("huge-counts", test_huge_counts);
  ADD ("newer", test_newer);
#undef ADD
  return g_test_run ();
}
