/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>
#include <unistd.h>

#include "directory.h"
#include "gguf-recipe.h"
#include "surroundings.h"
#include "gguf/gguf-file.h"

static void
test_file (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "a.gguf", "kv a u8 1\ntensor t f32 32\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_path (path, &error);
  guint8 bytes[4];

  g_assert_no_error (error);
  g_assert_cmpstr (paddock_gguf_source_get_name (source), ==, path);
  g_assert_cmpuint (paddock_gguf_source_get_identity (source)->size, ==, paddock_gguf_source_get_size (source));
  g_assert_true (paddock_gguf_source_read (source, 0, bytes, 4, NULL, &error));
  g_assert_cmpmem (bytes, 4, "GGUF", 4);
  g_assert_true (paddock_gguf_source_check (source, &error));
  g_assert_false (paddock_gguf_source_read (source, G_MAXUINT64, bytes, 4, NULL, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_TRUNCATED);
}

static void
assert_refused (const char *path, PaddockGgufError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (paddock_gguf_source_new_for_path (path, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

/* None of these may be waited for. */
static void
test_not_regular (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *fifo = test_directory_build_path (directory, "fifo.gguf");
  g_autofree char *loop = test_directory_build_path (directory, "loop.gguf");
  g_autofree char *missing = test_directory_build_path (directory, "missing.gguf");

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  assert_refused (fifo, PADDOCK_GGUF_ERROR_NOT_REGULAR);
  assert_refused (loop, PADDOCK_GGUF_ERROR_NOT_FOUND);
  assert_refused (missing, PADDOCK_GGUF_ERROR_NOT_FOUND);
  assert_refused ("/dev/zero", PADDOCK_GGUF_ERROR_NOT_REGULAR);
  assert_refused (test_directory_get_path (directory), PADDOCK_GGUF_ERROR_NOT_REGULAR);
}

static void
test_permission (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "a.gguf", "kv a u8 1\n");

  g_assert_cmpint (chmod (path, 0), ==, 0);
  assert_refused (path, PADDOCK_GGUF_ERROR_PERMISSION);
}

/* A file that is cut short while it is mapped: an error, and the values read as what is left. */
static void
test_shrinking (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path =
    test_directory_write_recipe (directory, "a.gguf", "kv a arr str repeat 20000 \"token {}\"\nkv z str end\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (truncate (path, 100), ==, 0);

  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  g_autofree char *text = paddock_gguf_metadata_dup_string (metadata, "z");
  g_autofree char *list = paddock_gguf_metadata_format (metadata, paddock_gguf_metadata_get_entry (metadata, 0), 1000);
  g_assert_nonnull (list);
  g_assert_cmpstr (text, !=, "end");
  g_assert_false (paddock_gguf_source_check (paddock_gguf_file_get_source (file), &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED);
}

static void
test_growing (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "a.gguf", "kv a u8 1\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_path (path, &error);

  g_assert_cmpint (truncate (path, 1000), ==, 0);
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_assert_error (paddock_gguf_file_get_failure (file), PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED);
}

/* A sparse terabyte costs nothing. */
static void
test_sparse (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (TestDirectory) apart = test_surroundings_make_apart (directory);
  g_autoptr (PaddockGgufFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = test_directory_write_recipe (directory, "a.gguf", "kv a u8 1\n");

  /* Not every file system holds such a file. */
  if (truncate (path, (off_t) 1 << 40) != 0)
    {
      g_free (path);
      path = test_directory_write_recipe (apart, "a.gguf", "kv a u8 1\n");
      g_assert_cmpint (truncate (path, (off_t) 1 << 40), ==, 0);
    }
  file = paddock_gguf_file_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (paddock_gguf_file_get_size (file), ==, G_GUINT64_CONSTANT (1) << 40);
}

typedef struct
{
  GBytes *bytes;
  guint calls;
  guint64 limit;
} Reader;

static gboolean
read_range (gpointer user_data, guint64 offset, guint8 *buffer, gsize length, GCancellable *cancellable, GError **error)
{
  Reader *reader = user_data;
  gsize size;
  const guint8 *data = g_bytes_get_data (reader->bytes, &size);

  reader->calls++;
  if (offset + length > reader->limit)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no more today");
      return FALSE;
    }
  memcpy (buffer, data + offset, length);
  return TRUE;
}

/* Any other byte source: only the front of it is asked for, and its errors come through. */
static void
test_reader (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_gguf_recipe_build (
    "kv a arr str repeat 20000 \"token {}\"\nkv z str end\ntensor t f32 1024x4096\n", &error);
  Reader reader = { bytes, 0, 4 * 1024 * 1024 };
  g_autoptr (PaddockGgufSource) source =
    paddock_gguf_source_new_for_reader (g_bytes_get_size (bytes), "far away", read_range, &reader, NULL);
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_new_for_source (source, NULL, &error);

  g_assert_no_error (error);
  g_autofree char *text = paddock_gguf_metadata_dup_string (paddock_gguf_file_get_metadata (file), "z");
  g_assert_cmpstr (text, ==, "end");
  g_assert_cmpuint (reader.calls, >, 1);

  Reader broken = { bytes, 0, 100 * 1024 };
  g_autoptr (PaddockGgufSource) slow =
    paddock_gguf_source_new_for_reader (g_bytes_get_size (bytes), "far away", read_range, &broken, NULL);
  g_assert_null (paddock_gguf_file_new_for_source (slow, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* Only the front of a file is here: what is in it is read, and what is not is said to be missing. */
static void
test_head (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    test_gguf_recipe_build ("kv a arr str repeat 2000 \"token {}\"\nkv z str end\ntensor t f32 1024x64\n", &error);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (bytes, 0, 10000);
  g_autoptr (PaddockGgufSource) whole_source = paddock_gguf_source_new_for_bytes (bytes, "here");
  g_autoptr (PaddockGgufFile) whole = paddock_gguf_file_new_for_source (whole_source, NULL, &error);
  g_autoptr (PaddockGgufSource) short_source = paddock_gguf_source_new_for_head (half, g_bytes_get_size (bytes), "far away");
  guint8 byte;

  g_assert_no_error (error);
  g_assert_true (paddock_gguf_source_read (short_source, 9999, &byte, 1, NULL, &error));
  g_assert_false (paddock_gguf_source_read (short_source, 10000, &byte, 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_clear_error (&error);
  g_assert_null (paddock_gguf_file_new_for_source (short_source, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_clear_error (&error);

  g_autoptr (GBytes) header = g_bytes_new_from_bytes (bytes, 0, paddock_gguf_file_get_header_end (whole));
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_head (header, g_bytes_get_size (bytes), "far away");
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_new_for_source (source, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (paddock_gguf_file_get_size (file), ==, g_bytes_get_size (bytes));
  g_assert_cmpuint (paddock_gguf_file_get_data_offset (file), ==, paddock_gguf_file_get_data_offset (whole));
}

int
main (int argc, char *argv[])
{
  test_surroundings_obey_permissions ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-source/file", test_file);
  g_test_add_func ("/gguf-source/not-regular", test_not_regular);
  g_test_add_func ("/gguf-source/permission", test_permission);
  g_test_add_func ("/gguf-source/shrinking", test_shrinking);
  g_test_add_func ("/gguf-source/growing", test_growing);
  g_test_add_func ("/gguf-source/sparse", test_sparse);
  g_test_add_func ("/gguf-source/reader", test_reader);
  g_test_add_func ("/gguf-source/head", test_head);
  return g_test_run ();
}
