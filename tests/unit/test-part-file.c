/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/running-digest.h"
#include "directory.h"
#include "download-error.h"
#include "part-file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE (3 * PADDOCK_BLOCK_SIZE + 10)

typedef struct
{
  TestDirectory *directory;
  char *target, *part, *journal;
  PaddockDownloadRequest *request;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->target = test_directory_build_path (fixture->directory, "new/model.gguf");
  fixture->part = test_directory_build_path (fixture->directory, "new/.model.gguf.part");
  fixture->journal = test_directory_build_path (fixture->directory, "new/.model.gguf.part.journal");
  fixture->request = paddock_download_request_new (fixture->target);
  paddock_download_request_add_source (fixture->request, "https://example.org/model.gguf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_directory_free (fixture->directory);
  g_free (fixture->target);
  g_free (fixture->part);
  g_free (fixture->journal);
  paddock_download_request_unref (fixture->request);
}

static PaddockPartFile *
open_part (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  PaddockPartFile *part = paddock_part_file_open (fixture->request, &error);

  g_assert_no_error (error);
  return part;
}

static PaddockPartFile *
begin_part (Fixture *fixture)
{
  const PaddockPartValidators validators = { SIZE, "\"tag\"", "cdn.example.org" };
  PaddockPartFile *part = open_part (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_part_file_begin (part, &validators, &error));
  g_assert_no_error (error);
  g_assert_true (paddock_part_file_reserve (part, &error));
  g_assert_no_error (error);
  return part;
}

static void
write_block (PaddockPartFile *part, guint64 block, guint8 value)
{
  gsize length = block == 3 ? 10 : PADDOCK_BLOCK_SIZE;
  g_autofree guint8 *bytes = g_malloc (length);

  memset (bytes, value, length);
  g_assert_true (paddock_part_file_write (part, bytes, length, block * PADDOCK_BLOCK_SIZE, NULL));
  g_assert_true (paddock_part_file_prove (part, block, 1000 + value, NULL));
}

static void
test_continued (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockPartFile) part = begin_part (fixture);
  g_autoptr (PaddockBlockMap) map = NULL;
  PaddockPartValidators validators;
  guint32 checksum;
  guint8 bytes[10];

  write_block (part, 1, 11);
  write_block (part, 3, 33);
  write_block (part, 0, 10);
  g_assert_true (paddock_part_file_disprove (part, 0, NULL));
  g_assert_true (paddock_part_file_sync (part, NULL));
  g_clear_pointer (&part, paddock_part_file_free);

  part = open_part (fixture);
  g_assert_true (paddock_part_file_get_begun (part, &validators));
  g_assert_cmpuint (validators.size, ==, SIZE);
  g_assert_cmpstr (validators.tag, ==, "\"tag\"");
  g_assert_cmpstr (validators.host, ==, "cdn.example.org");
  map = paddock_part_file_make_map (part);
  for (guint64 block = 0; block < 4; block++)
    g_assert_cmpint (paddock_block_map_has (map, block), ==, block == 1 || block == 3);
  g_assert_true (paddock_part_file_get_checksum (part, 3, &checksum));
  g_assert_cmpuint (checksum, ==, 1033);
  g_assert_false (paddock_part_file_get_checksum (part, 0, &checksum));
  g_assert_true (paddock_part_file_read (part, bytes, sizeof bytes, 3 * PADDOCK_BLOCK_SIZE, NULL));
  g_assert_cmpuint (bytes[9], ==, 33);
}

static void
test_finished (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockPartFile) part = begin_part (fixture);
  g_autoptr (GError) error = NULL;
  struct stat status;

  for (guint64 block = 0; block < 4; block++)
    write_block (part, block, (guint8) block);
  g_assert_true (paddock_part_file_finish (part, &error));
  g_assert_no_error (error);
  g_clear_pointer (&part, paddock_part_file_free);
  g_assert_cmpint (stat (fixture->target, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, SIZE);
  g_assert_false (g_file_test (fixture->part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (fixture->journal, G_FILE_TEST_EXISTS));
}

/* Whoever has the name by then keeps it, and nothing is lost. */
static void
test_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockPartFile) part = begin_part (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (fixture->target, "mine", -1, NULL));
  g_assert_false (paddock_part_file_finish (part, &error));
  g_assert_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_EXISTS);
  g_clear_pointer (&part, paddock_part_file_free);
  g_assert_true (g_file_get_contents (fixture->target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  g_assert_true (g_file_test (fixture->part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fixture->journal, G_FILE_TEST_EXISTS));
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockPartFile) part = begin_part (fixture);
  g_autoptr (PaddockPartFile) second = NULL;
  g_autoptr (GError) error = NULL;

  second = paddock_part_file_open (fixture->request, &error);
  g_assert_null (second);
  g_assert_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_LOCKED);
  g_assert_true (g_file_test (fixture->journal, G_FILE_TEST_EXISTS));
  g_clear_pointer (&part, paddock_part_file_free);
  part = open_part (fixture);
}

/* The hash says which file it is; without one, the address does. */
static void
test_identity (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sha256, *url;
    gboolean same;
  } cases[] = {
    { NULL, "https://example.org/model.gguf", TRUE },
    { NULL, "https://example.org/other.gguf", FALSE },
    { "aa", "https://example.org/model.gguf", TRUE },
  };
  PaddockPartValidators validators;

  paddock_part_file_free (begin_part (fixture));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PaddockDownloadRequest) request = paddock_download_request_new (fixture->target);
      g_autoptr (PaddockPartFile) part = NULL;
      struct stat before, after;

      paddock_download_request_add_source (request, cases[i].url, NULL);
      request->sha256 = g_strdup (cases[i].sha256);
      g_assert_cmpint (stat (fixture->part, &before), ==, 0);
      part = paddock_part_file_open (request, NULL);
      g_assert_cmpint (paddock_part_file_get_begun (part, &validators), ==, cases[i].same);
      g_assert_cmpint (stat (fixture->part, &after), ==, 0);
      g_assert_cmpint (before.st_ino, ==, after.st_ino);
      g_clear_pointer (&part, paddock_part_file_free);
      paddock_part_file_free (begin_part (fixture));
    }
}

static void
test_discarded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockPartFile) part = begin_part (fixture);

  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_part_file_discard (part, &error));
  g_assert_no_error (error);
  g_clear_pointer (&part, paddock_part_file_free);
  g_assert_false (g_file_test (fixture->part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (fixture->journal, G_FILE_TEST_EXISTS));
  /* Looking alone leaves nothing behind. */
  paddock_part_file_free (open_part (fixture));
  g_assert_false (g_file_test (fixture->journal, G_FILE_TEST_EXISTS));
}

/* Links in place of the hidden names lead nowhere. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *victim = test_directory_write (fixture->directory, "victim", "precious");
  g_autofree char *folder = test_directory_make_folder (fixture->directory, "new");
  g_autoptr (PaddockPartFile) part = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockPartValidators validators = { SIZE, NULL, NULL };
  g_autofree char *text = NULL;

  g_assert_cmpint (symlink (victim, fixture->journal), ==, 0);
  g_assert_null (paddock_part_file_open (fixture->request, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (unlink (fixture->journal), ==, 0);
  g_assert_cmpint (symlink (victim, fixture->part), ==, 0);
  part = open_part (fixture);
  g_assert_false (paddock_part_file_begin (part, &validators, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (victim, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
}

static void
test_digest (void)
{
  g_autoptr (PaddockRunningDigest) hash = paddock_running_digest_new (PADDOCK_DIGEST_SHA256);
  g_autoptr (PaddockRunningDigest) crc = paddock_running_digest_new (PADDOCK_DIGEST_CRC32);
  g_autofree char *empty = paddock_running_digest_finish_hex (hash);
  g_autofree char *abc = NULL;
  g_autofree char *both = paddock_running_digest_sha256_bytes ((const guint8 *)"a", 1, (const guint8 *)"bc", 2);

  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  paddock_running_digest_add (hash, (const guint8 *)"lost", 4);
  paddock_running_digest_reset (hash);
  paddock_running_digest_add (hash, (const guint8 *)"ab", 2);
  paddock_running_digest_add (hash, (const guint8 *)"c", 1);
  abc = paddock_running_digest_finish_hex (hash);
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (both, ==, abc);
  paddock_running_digest_add (crc, (const guint8 *)"123456789", 9);
  g_assert_cmphex (paddock_running_digest_finish_crc32 (crc), ==, 0xcbf43926);
  g_assert_cmphex (paddock_running_digest_finish_crc32 (crc), ==, 0);
}

#define add(name, function) g_test_add ("/part-file/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("continued", test_continued);
  add ("finished", test_finished);
  add ("name-taken", test_name_taken);
  add ("locked", test_locked);
  add ("identity", test_identity);
  add ("discarded", test_discarded);
  add ("links", test_links);
  g_test_add_func ("/part-file/digest", test_digest);
  return g_test_run ();
}
