/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-error.h"
#include "download-private.h"
#include "downloads/download-words.h"

#include <locale.h>
#include <string.h>

static PaddockDownload *
make (PaddockDownloadState state, PaddockDownloadWait wait)
{
  g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new ("https://example.org/a.gguf", NULL, 4000000000);
  PaddockDownload *download = paddock_download_new ("a.gguf", "/models/a.gguf", origin);
  const PaddockDownloadProgress progress = { 1000000000, 500000000, 100000000, 4000000000, 30 };

  paddock_download_set_state (download, state, wait);
  paddock_download_set_progress (download, &progress);
  return download;
}

static void
assert_words (PaddockDownload *download, PaddockQueueBlock block, const char *expected)
{
  g_autofree char *words = paddock_download_words_dup_state (download, block);

  /* What keeps numbers together in other directions of writing is not looked at. */
  g_autoptr (GString) plain = g_string_new (words);
  g_string_replace (plain, "\xe2\x81\xa8", "", 0);
  g_string_replace (plain, "\xe2\x81\xa9", "", 0);
  g_string_replace (plain, "\xe2\x80\x8e", "", 0);
  g_string_replace (plain, "\xc2\xa0", " ", 0);
  g_assert_cmpstr (plain->str, ==, expected);
}

static void
test_states (void)
{
  g_autoptr (PaddockDownload) downloading = make (PADDOCK_DOWNLOAD_DOWNLOADING, PADDOCK_DOWNLOAD_WAIT_NONE);
  g_autoptr (PaddockDownload) paused = make (PADDOCK_DOWNLOAD_PAUSED, PADDOCK_DOWNLOAD_WAIT_NONE);
  g_autoptr (PaddockDownload) network = make (PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_NETWORK);
  g_autoptr (PaddockDownload) disk = make (PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_DISK);
  const PaddockDownloadProgress slow = { 1000000000, 500000000, 0, 4000000000, -1 };

  assert_words (downloading, PADDOCK_QUEUE_OPEN, "1.0 GB of 4.0 GB · 100.0 MB/s · 30 s left");
  paddock_download_set_progress (paused, &slow);
  assert_words (paused, PADDOCK_QUEUE_OPEN, "Paused · 1.0 GB of 4.0 GB");
  assert_words (network, PADDOCK_QUEUE_OFFLINE, "Waiting for the network");
  assert_words (network, PADDOCK_QUEUE_METERED, "Waiting for a network that does not cost");
  paddock_download_set_shortage (disk, 2000000000);
  assert_words (disk, PADDOCK_QUEUE_OPEN, "Waiting until 2.0 GB more are free on the disk");
}

/* What happened, and what happens next. */
static void
test_retries (void)
{
  g_autoptr (PaddockDownload) download = make (PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_RETRY);
  g_autoptr (GError) error = g_error_new_literal (PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_SERVER, "503");

  paddock_download_set_retry_in (download, 20);
  assert_words (download, PADDOCK_QUEUE_OPEN, "The server does not answer. Trying again in 20 s");
  paddock_download_set_error (download, error);
  assert_words (download, PADDOCK_QUEUE_OPEN, "The server has a problem of its own. Trying again in 20 s");
}

/* Each has words of its own. */
static void
test_problems (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= PADDOCK_DOWNLOAD_ERROR_DISK; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (PADDOCK_DOWNLOAD_ERROR, code, "details");
      char *words = paddock_download_words_dup_problem (error);

      g_assert_cmpuint (strlen (words), >, 10);
      g_assert_true (g_hash_table_add (seen, words));
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/download-words/states", test_states);
  g_test_add_func ("/download-words/retries", test_retries);
  g_test_add_func ("/download-words/problems", test_problems);
  return g_test_run ();
}
