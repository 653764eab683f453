/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/recorded-digest.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb2"
#define SHORT "cccccccccccccccccccccccccccccccccccccccc"

typedef struct
{
  char *root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->root = g_dir_make_tmp ("recorded-digest-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_tree (below);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->root);
  g_free (fixture->root);
}

static char *
write_file (Fixture *fixture, const char *name, const char *content)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_recorded (const char *path, const char *sha256)
{
  g_autoptr (PaddockRecordedDigest) found = paddock_recorded_digest_find (path);

  if (sha256 == NULL)
    {
      g_assert_null (found);
      return;
    }
  g_assert_nonnull (found);
  g_assert_cmpstr (found->sha256, ==, sha256);
  g_assert_true (g_file_test (found->source, G_FILE_TEST_EXISTS));
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = write_file (fixture, "model.gguf", "x");
  g_autofree char *digits = write_file (fixture, A, "x");
  g_autofree char *absent = g_build_filename (fixture->root, "absent.gguf", NULL);

  assert_recorded (file, NULL);
  assert_recorded (digits, NULL);    /* a name like that means nothing outside a store */
  assert_recorded (fixture->root, NULL);
  assert_recorded (absent, NULL);
}

static void
test_hugging_face_cache (Fixture *fixture, gconstpointer data)
{
  g_autofree char *blob = write_file (fixture, "models--o--n/blobs/" A, "x");
  g_autofree char *small = write_file (fixture, "models--o--n/blobs/" SHORT, "x");
  g_autofree char *partial = write_file (fixture, "models--o--n/blobs/" B ".incomplete", "x");
  g_autofree char *other = write_file (fixture, "models--o--n/snapshots/1/other.gguf", "x");
  g_autofree char *link = g_build_filename (fixture->root, "models--o--n/snapshots/1/model.gguf", NULL);
  g_autofree char *small_link = g_build_filename (fixture->root, "models--o--n/snapshots/1/config.json", NULL);

  g_assert_cmpint (symlink ("../../blobs/" A, link), ==, 0);
  g_assert_cmpint (symlink ("../../blobs/" SHORT, small_link), ==, 0);
  assert_recorded (blob, A);
  assert_recorded (link, A);
  assert_recorded (small, NULL);
  assert_recorded (small_link, NULL);
  assert_recorded (partial, NULL);
  assert_recorded (other, NULL);
}

static void
test_stores (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ollama = write_file (fixture, "models/blobs/sha256-" A, "x");
  g_autofree char *older = write_file (fixture, "models/blobs/sha256:" B, "x");
  g_autofree char *partial = write_file (fixture, "models/blobs/sha256-" A "-partial", "x");
  g_autofree char *lfs = write_file (fixture, ".git/lfs/objects/bb/bb/" B, "x");

  assert_recorded (ollama, A);
  assert_recorded (older, B);
  assert_recorded (partial, NULL);
  assert_recorded (lfs, B);
}

static void
test_notes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = write_file (fixture, "dir/sub/model.gguf", "x");
  g_autofree char *note = write_file (fixture, "dir/.cache/huggingface/download/sub/model.gguf.metadata",
                                      "commit\n" A "\n99999999999.5\n");

  assert_recorded (file, A);

  /* The file was changed after the note was made. */
  g_file_set_contents (note, "commit\n" A "\n1000.5\n", -1, NULL);
  assert_recorded (file, NULL);
  g_file_set_contents (note, "commit\n" SHORT "\n99999999999\n", -1, NULL);
  assert_recorded (file, NULL);
  g_file_set_contents (note, A, -1, NULL);
  assert_recorded (file, NULL);
}

static void
test_sidecar (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *content;
    const char *sha256;
  } cases[] = {
    { A, A },
    { A "\n", A },
    { A "  model.gguf\n", A },
    { "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1 *model.gguf\r\n", A },
    { A "  ./folder/model.gguf\n", A },
    { "SHA256 (model.gguf) = " A "\n", A },
    { A "  another.gguf\n", NULL },
    { A "0\n", NULL },
    { SHORT "\n", NULL },
    { "", NULL },
    { "\n\n", NULL },
    { "SHA256 (model.gguf = " A, NULL },
    { "SHA256 (model.gguf) = " SHORT, NULL },
  };
  g_autofree char *file = write_file (fixture, "model.gguf", "x");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sidecar = write_file (fixture, "model.gguf.sha256", cases[i].content);

      assert_recorded (file, cases[i].sha256);
    }
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_file (fixture, "first.gguf", "x");
  g_autofree char *second = write_file (fixture, "second.gguf", "x");
  g_autofree char *third = write_file (fixture, "third.gguf", "x");
  g_autofree char *list = write_file (fixture, "SHA256SUMS", A "  first.gguf\n" B " *second.gguf\n" A "\n");

  assert_recorded (first, A);
  assert_recorded (second, B);
  assert_recorded (third, NULL);     /* a line without a name is about no file in particular */
}

static void
test_odd_lists (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = write_file (fixture, "model.gguf", "x");
  g_autofree char *fifo = g_build_filename (fixture->root, "model.gguf.sha256", NULL);
  g_autofree char *folder = g_build_filename (fixture->root, "SHA256SUMS", NULL);
  g_autofree char *list = g_build_filename (fixture->root, "sha256sums.txt", NULL);
  g_autofree char *large = g_strnfill (2 * 1024 * 1024, '\n');

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  memcpy (large, A "  model.gguf", strlen (A "  model.gguf"));
  g_file_set_contents (list, large, -1, NULL);
  assert_recorded (file, NULL);

  g_file_set_contents (list, large, 80, NULL);
  assert_recorded (file, A);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("/recorded-digest/nothing", test_nothing);
  add ("/recorded-digest/hugging-face-cache", test_hugging_face_cache);
  add ("/recorded-digest/stores", test_stores);
  add ("/recorded-digest/notes", test_notes);
  add ("/recorded-digest/sidecar", test_sidecar);
  add ("/recorded-digest/list", test_list);
  add ("/recorded-digest/odd-lists", test_odd_lists);
  return g_test_run ();
}
