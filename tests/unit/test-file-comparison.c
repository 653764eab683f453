/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-comparison.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "directory.h"
#include "library-error.h"

#define CHUNK (1024 * 1024)
#define LENGTH (2 * CHUNK + 17)

/* Two files of the same bytes, which are no other's in each of their places. */
typedef struct
{
  TestDirectory *directory;
  int first, second;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree guint8 *text = g_malloc (LENGTH);
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < LENGTH; i++)
    text[i] = (guint8) (i * 7 + i / 251);
  bytes = g_bytes_new (text, LENGTH);
  fixture->directory = test_directory_new ();
  first = test_directory_write_bytes (fixture->directory, "first", bytes);
  second = test_directory_write_bytes (fixture->directory, "second", bytes);
  fixture->first = open (first, O_RDWR | O_CLOEXEC);
  fixture->second = open (second, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (fixture->second, >=, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close (fixture->first);
  close (fixture->second);
  test_directory_free (fixture->directory);
}

static gboolean
compare (Fixture *fixture, guint64 size, GError **error)
{
  const PaddockFileComparison comparison = { fixture->first, fixture->second, "/m/first", "/m/\xff second", size, 0, size };

  return paddock_file_comparison_run (&comparison, NULL, error);
}

static void
change (int fd, guint64 at)
{
  guint8 byte;

  g_assert_cmpint (pread (fd, &byte, 1, (off_t) at), ==, 1);
  byte ^= 1;
  g_assert_cmpint (pwrite (fd, &byte, 1, (off_t) at), ==, 1);
}

static void
assert_same (Fixture *fixture, guint64 size)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (compare (fixture, size, &error));
  g_assert_no_error (error);
}

static void
assert_different (Fixture *fixture, guint64 size, const char *where)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (compare (fixture, size, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_DIFFERENT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, where));
}

/* Each byte counts, and no byte behind the size does. */
static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  static const guint64 places[] = { 0, 1, CHUNK - 1, CHUNK, 2 * CHUNK, LENGTH - 1 };

  assert_same (fixture, LENGTH);
  assert_same (fixture, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *where = g_strdup_printf ("from byte %" G_GUINT64_FORMAT " on", places[i] / CHUNK * CHUNK);

      change (fixture->second, places[i]);
      assert_different (fixture, LENGTH, where);
      assert_same (fixture, places[i]);
      change (fixture->second, places[i]);
    }
  assert_same (fixture, LENGTH);
}

/* Whichever of them is shorter than was said. */
static void
test_shorter (Fixture *fixture, gconstpointer data)
{
  assert_different (fixture, LENGTH + 1, "from byte 2097152 on");
  g_assert_cmpint (ftruncate (fixture->second, CHUNK), ==, 0);
  assert_different (fixture, LENGTH, "from byte 1048576 on");
  assert_same (fixture, CHUNK);
  g_assert_cmpint (ftruncate (fixture->second, LENGTH), ==, 0);
  g_assert_cmpint (ftruncate (fixture->first, 10), ==, 0);
  assert_different (fixture, LENGTH, "from byte 0 on");
}

/* What cannot be read is named. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  const PaddockFileComparison first = { -1, fixture->second, "/m/first", "/m/second", LENGTH, 0, LENGTH };
  const PaddockFileComparison second = { fixture->first, -1, "/m/first", "/m/second", LENGTH, 0, LENGTH };
  g_autoptr (GError) error = NULL;

  g_assert_false (paddock_file_comparison_run (&first, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "/m/first"));
  g_clear_error (&error);
  g_assert_false (paddock_file_comparison_run (&second, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "/m/second"));
  g_assert_false (paddock_file_comparison_sample (-1, fixture->second, LENGTH));
  g_assert_false (paddock_file_comparison_sample (fixture->first, -1, LENGTH));
}

/* The begin and the end are always looked at; of a small file all is. */
static void
test_sample (Fixture *fixture, gconstpointer data)
{
  static const guint64 places[] = { 0, 1, LENGTH / 2, LENGTH - 65536, LENGTH - 2, LENGTH - 1 };

  g_assert_true (paddock_file_comparison_sample (fixture->first, fixture->second, LENGTH));
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      change (fixture->second, places[i]);
      g_assert_false (paddock_file_comparison_sample (fixture->first, fixture->second, LENGTH));
      change (fixture->second, places[i]);
    }
  g_assert_true (paddock_file_comparison_sample (fixture->first, fixture->second, LENGTH));
}

static void
test_small_sample (Fixture *fixture, gconstpointer data)
{
  static const gsize lengths[] = { 1, 63, 65535, 65536, 65537, 130000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_assert_cmpint (ftruncate (fixture->first, (off_t) lengths[i]), ==, 0);
      g_assert_cmpint (ftruncate (fixture->second, (off_t) lengths[i]), ==, 0);
      for (gsize at = 0; at < lengths[i]; at += lengths[i] / 9 + 1)
        {
          change (fixture->second, at);
          g_assert_false (paddock_file_comparison_sample (fixture->first, fixture->second, lengths[i]));
          change (fixture->second, at);
        }
      g_assert_true (paddock_file_comparison_sample (fixture->first, fixture->second, lengths[i]));
      g_assert_false (paddock_file_comparison_sample (fixture->first, fixture->second, lengths[i] + 1));
    }
  g_assert_cmpint (ftruncate (fixture->first, 0), ==, 0);
  g_assert_cmpint (ftruncate (fixture->second, 0), ==, 0);
  g_assert_true (paddock_file_comparison_sample (fixture->first, fixture->second, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/file-comparison/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("bytes", test_bytes);
  ADD ("shorter", test_shorter);
  ADD ("unreadable", test_unreadable);
  ADD ("sample", test_sample);
  ADD ("small-sample", test_small_sample);
#undef ADD
  return g_test_run ();
}
