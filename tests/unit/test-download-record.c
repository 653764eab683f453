/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-error.h"
#include "download-record.h"

#include <string.h>

#define SHA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LEAST "\"origin\":\"https://example.org/a\",\"target\":\"/m/a.gguf\""

static PaddockDownload *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  return paddock_download_record_read (node);
}

/* What is there of it once it was kept and read again. */
static PaddockDownload *
keep (PaddockDownload *download)
{
  return read_text (paddock_download_record_get_text (download));
}

static PaddockDownload *
make (const char *target)
{
  g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new ("https://example.org/a", SHA, 5000000000);

  return paddock_download_new ("A title", target, origin);
}

static void
test_whole (void)
{
  g_autoptr (PaddockDownload) download = make ("/m/a \"b\"\n\xc3\xa4.gguf");
  g_autoptr (PaddockDownload) again = NULL;

  download->state = PADDOCK_DOWNLOAD_DONE;
  download->priority = PADDOCK_DOWNLOAD_HIGH;
  download->limit = 12345;
  download->received = 5000000000;
  download->total = 5000000000;
  download->begun = TRUE;
  download->sha256 = g_strdup (SHA);
  again = keep (download);
  g_assert_cmpstr (again->title, ==, "A title");
  g_assert_cmpstr (again->target, ==, "/m/a \"b\"\n\xc3\xa4.gguf");
  g_assert_cmpstr (again->origin->text, ==, "https://example.org/a");
  g_assert_cmpstr (again->origin->sha256, ==, SHA);
  g_assert_cmpint (again->origin->size, ==, 5000000000);
  g_assert_cmpint ((int) again->state, ==, (int) PADDOCK_DOWNLOAD_DONE);
  g_assert_cmpint ((int) again->priority, ==, (int) PADDOCK_DOWNLOAD_HIGH);
  g_assert_cmpuint (again->limit, ==, 12345);
  g_assert_cmpuint (again->received, ==, 5000000000);
  g_assert_cmpuint (again->verified, ==, 5000000000);
  g_assert_cmpint (again->total, ==, 5000000000);
  g_assert_true (again->begun);
  g_assert_cmpstr (again->sha256, ==, SHA);
  g_assert_null (again->others);
  g_assert_cmpstr (paddock_download_record_get_text (again), ==, paddock_download_record_get_text (download));
}

/* As little as there can be: nothing else is known, and nothing is taken for known. */
static void
test_least (void)
{
  g_autoptr (PaddockDownload) download = read_text ("{" LEAST "}");

  g_assert_cmpstr (download->title, ==, "a.gguf");
  g_assert_null (download->origin->sha256);
  g_assert_cmpint (download->origin->size, ==, -1);
  g_assert_cmpint ((int) download->state, ==, (int) PADDOCK_DOWNLOAD_QUEUED);
  g_assert_cmpint ((int) download->priority, ==, (int) PADDOCK_DOWNLOAD_NORMAL);
  g_assert_cmpuint (download->limit, ==, 0);
  g_assert_cmpuint (download->received, ==, 0);
  g_assert_cmpint (download->total, ==, -1);
  g_assert_false (download->begun);
  g_assert_false (download->goes_first);
  g_assert_null (download->sha256);
  g_assert_null (download->error);
  g_assert_cmpstr (paddock_download_record_get_text (download), ==,
                   "{\"origin\":\"https://example.org/a\",\"target\":\"/m/a.gguf\",\"title\":\"a.gguf\",\"state\":\"queued\"}");
}

/* Wherever else it can be had; what is no text is none. */
static void
test_mirrors (void)
{
  static const char *const mirrors[] = { "https://one.example.org/a", "https://two.example.org/a", NULL };
  g_autoptr (PaddockDownloadOrigin) alone = paddock_download_origin_new ("https://example.org/a", SHA, 17);
  g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new_with_mirrors (alone, mirrors);
  g_autoptr (PaddockDownloadOrigin) more = paddock_download_origin_new_with_mirror (origin, "https://three.example.org/a");
  g_autoptr (PaddockDownloadOrigin) same = paddock_download_origin_new_with_mirror (origin, mirrors[1]);
  g_autoptr (PaddockDownload) download = paddock_download_new ("A title", "/m/a.gguf", origin);
  g_autoptr (PaddockDownload) again = keep (download);
  g_autoptr (PaddockDownload) odd = read_text ("{" LEAST ",\"mirrors\":[7,{},\"https://one.example.org/a\",null,[]]}");
  g_autoptr (PaddockDownload) none = read_text ("{" LEAST ",\"mirrors\":\"https://one.example.org/a\"}");

  g_assert_true (g_strv_equal ((const char *const *) again->origin->mirrors, mirrors));
  g_assert_cmpstr (again->origin->sha256, ==, SHA);
  g_assert_null (again->others);
  g_assert_cmpuint (g_strv_length (more->mirrors), ==, 3);
  g_assert_true (paddock_download_origin_has (more, "https://three.example.org/a"));
  g_assert_false (paddock_download_origin_has (origin, "https://three.example.org/a"));
  g_assert_true (paddock_download_origin_has (alone, "https://example.org/a"));
  g_assert_true (g_strv_equal ((const char *const *) same->mirrors, mirrors));
  g_assert_cmpuint (g_strv_length (odd->origin->mirrors), ==, 1);
  g_assert_null (none->origin->mirrors);
}

/* What was under way goes on before the others; what was over stays so. */
static void
test_states (void)
{
  static const struct
  {
    PaddockDownloadState kept, read;
    gboolean goes_first;
  } states[] = {
    { PADDOCK_DOWNLOAD_QUEUED, PADDOCK_DOWNLOAD_QUEUED, FALSE },
    { PADDOCK_DOWNLOAD_RESOLVING, PADDOCK_DOWNLOAD_QUEUED, TRUE },
    { PADDOCK_DOWNLOAD_DOWNLOADING, PADDOCK_DOWNLOAD_QUEUED, TRUE },
    { PADDOCK_DOWNLOAD_PAUSED, PADDOCK_DOWNLOAD_PAUSED, FALSE },
    { PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_QUEUED, FALSE },
    { PADDOCK_DOWNLOAD_VERIFYING, PADDOCK_DOWNLOAD_QUEUED, TRUE },
    { PADDOCK_DOWNLOAD_DONE, PADDOCK_DOWNLOAD_DONE, FALSE },
    { PADDOCK_DOWNLOAD_FAILED, PADDOCK_DOWNLOAD_FAILED, FALSE },
    { PADDOCK_DOWNLOAD_CANCELLED, PADDOCK_DOWNLOAD_CANCELLED, FALSE },
  };

  g_assert_cmpuint (G_N_ELEMENTS (states), ==, PADDOCK_DOWNLOAD_N_STATES);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (PaddockDownload) download = make ("/m/a.gguf");
      g_autoptr (PaddockDownload) again = NULL;

      download->state = states[i].kept;
      download->received = 7;
      again = keep (download);
      g_assert_cmpint ((int) again->state, ==, (int) states[i].read);
      g_assert_cmpint (again->goes_first, ==, states[i].goes_first);
      /* Only what is done has been looked at to its end. */
      g_assert_cmpuint (again->verified, ==, states[i].kept == PADDOCK_DOWNLOAD_DONE ? 7 : 0);
    }
}

static void
test_error (void)
{
  g_autoptr (PaddockDownload) download = make ("/m/a.gguf");
  g_autoptr (PaddockDownload) again = NULL, paused = NULL, unknown = NULL, wordless = NULL, wrong = NULL;

  download->state = PADDOCK_DOWNLOAD_FAILED;
  download->error = g_error_new_literal (PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CHANGED, "it is \"another\" one");
  again = keep (download);
  g_assert_error (again->error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CHANGED);
  g_assert_cmpstr (again->error->message, ==, "it is \"another\" one");
  /* Why it was tried again once is no news. */
  paused = read_text ("{" LEAST ",\"state\":\"paused\",\"error\":{\"code\":\"changed\",\"message\":\"x\"}}");
  g_assert_null (paused->error);
  unknown = read_text ("{" LEAST ",\"state\":\"failed\",\"error\":{\"code\":\"no such thing\",\"message\":\"x\"}}");
  wordless = read_text ("{" LEAST ",\"state\":\"failed\",\"error\":{\"code\":\"changed\"}}");
  wrong = read_text ("{" LEAST ",\"state\":\"failed\",\"error\":[\"changed\",\"x\"]}");
  g_assert_null (unknown->error);
  g_assert_null (wordless->error);
  g_assert_null (wrong->error);
  g_assert_cmpint ((int) unknown->state, ==, (int) PADDOCK_DOWNLOAD_FAILED);
}

/* JSON has no bytes, and names of files have any. */
static void
test_bytes (void)
{
  g_autoptr (PaddockDownload) download = make ("/m/\xff%41 b.gguf");
  g_autoptr (PaddockDownload) again = NULL, other = NULL;

  again = keep (download);
  g_assert_cmpstr (again->target, ==, "/m/\xff%41 b.gguf");
  g_assert_true (g_utf8_validate (paddock_download_record_get_text (download), -1, NULL));
  /* Only an address is read as one. */
  other = read_text ("{\"origin\":\"x\",\"target\":\"/m/%41.gguf\"}");
  g_assert_cmpstr (other->target, ==, "/m/%41.gguf");
}

/* Nothing can be done without a source and a place for it. */
static void
test_none (void)
{
  static const char *const texts[] = {
    "[]",
    "17",
    "null",
    "\"text\"",
    "{}",
    "{\"origin\":\"x\"}",
    "{\"target\":\"/m/a\"}",
    "{\"origin\":17,\"target\":\"/m/a\"}",
    "{\"origin\":null,\"target\":\"/m/a\"}",
    "{\"origin\":\"x\",\"target\":17}",
    "{\"origin\":\"x\",\"target\":[\"/m/a\"]}",
    "{\"origin\":\"x\",\"target\":\"\"}",
    "{\"origin\":\"x\",\"target\":\"a.gguf\"}",
    "{\"origin\":\"x\",\"target\":\"../a.gguf\"}",
    "{\"origin\":\"x\",\"target\":\"file:\"}",
    "{\"origin\":\"x\",\"target\":\"file:a.gguf\"}",
    "{\"origin\":\"x\",\"target\":\"file:///m/a%00b\"}",
    "{\"origin\":\"x\",\"target\":\"file:///m/a%2Fb\"}",
    "{\"origin\":\"x\",\"target\":\"https://example.org/a\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (read_text (texts[i]));
}

/* Members of another kind than they should be were not said; numbers below 0 neither. */
static void
test_wrong (void)
{
  static const char *const texts[] = {
    "{" LEAST ",\"sha256\":17,\"size\":\"1\",\"title\":17,\"state\":17,\"priority\":17,\"limit\":\"1\",\"received\":1.5,"
    "\"total\":true,\"begun\":1,\"digest\":17}",
    "{" LEAST ",\"sha256\":null,\"size\":null,\"title\":null,\"state\":null,\"priority\":null,\"limit\":null,\"received\":null,"
    "\"total\":null,\"begun\":null,\"digest\":null}",
    "{" LEAST ",\"sha256\":[],\"size\":{},\"title\":{},\"state\":[],\"priority\":{},\"limit\":[],\"received\":{},"
    "\"total\":[],\"begun\":{},\"digest\":[]}",
    "{" LEAST ",\"size\":-2,\"limit\":-1,\"received\":-9223372036854775808,\"total\":-7,\"begun\":\"true\",\"state\":\"dreaming\","
    "\"priority\":\"Highest\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PaddockDownload) download = read_text (texts[i]);

      g_assert_cmpstr (download->title, ==, "a.gguf");
      g_assert_null (download->origin->sha256);
      g_assert_cmpint (download->origin->size, ==, -1);
      g_assert_cmpint ((int) download->state, ==, (int) PADDOCK_DOWNLOAD_QUEUED);
      g_assert_cmpint ((int) download->priority, ==, (int) PADDOCK_DOWNLOAD_NORMAL);
      g_assert_cmpuint (download->limit, ==, 0);
      g_assert_cmpuint (download->received, ==, 0);
      g_assert_cmpint (download->total, ==, -1);
      g_assert_false (download->begun);
      g_assert_null (download->sha256);
    }
}

/* A published size stands for the one that nobody has received yet. */
static void
test_total (void)
{
  g_autoptr (PaddockDownload) published = read_text ("{" LEAST ",\"size\":100}");
  g_autoptr (PaddockDownload) received = read_text ("{" LEAST ",\"total\":100}");

  g_assert_cmpint (published->total, ==, 100);
  g_assert_cmpint (received->total, ==, 100);
  g_assert_cmpint (received->origin->size, ==, -1);
}

/* More than JSON has numbers for is kept as the most that there is. */
static void
test_huge (void)
{
  g_autoptr (PaddockDownload) download = make ("/m/a.gguf");
  g_autoptr (PaddockDownload) again = NULL;

  download->limit = G_MAXUINT64;
  download->received = G_MAXUINT64;
  again = keep (download);
  g_assert_cmpuint (again->limit, ==, G_MAXINT64);
  g_assert_cmpuint (again->received, ==, G_MAXINT64);
}

/* What a newer version wrote is not lost, and what this one knows is written as it is now. */
static void
test_others (void)
{
  g_autoptr (PaddockDownload) download = read_text ("{" LEAST ",\"dream\":{\"of\":[1,null,\"sheep\"]},\"limit\":7,\"mood\":1.5}");
  g_autoptr (PaddockDownload) again = NULL;

  download->limit = 8;
  again = keep (download);
  g_assert_cmpuint (again->limit, ==, 8);
  g_assert_cmpstr (again->others, ==, "{\"dream\":{\"of\":[1,null,\"sheep\"]},\"mood\":1.5}");
}

/* The text is made once, until something has changed. */
static void
test_touched (void)
{
  g_autoptr (PaddockDownload) download = make ("/m/a.gguf");
  const char *before = paddock_download_record_get_text (download);

  g_assert_true (paddock_download_record_get_text (download) == before);
  g_assert_null (strstr (before, "\"limit\""));
  paddock_download_set_limit (download, 4711);
  g_assert_nonnull (strstr (paddock_download_record_get_text (download), "\"limit\":4711"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/download-record/mirrors", test_mirrors);
  g_test_add_func ("/download-record/whole", test_whole);
  g_test_add_func ("/download-record/least", test_least);
  g_test_add_func ("/download-record/states", test_states);
  g_test_add_func ("/download-record/error", test_error);
  g_test_add_func ("/download-record/bytes", test_bytes);
  g_test_add_func ("/download-record/none", test_none);
  g_test_add_func ("/download-record/wrong", test_wrong);
  g_test_add_func ("/download-record/total", test_total);
  g_test_add_func ("/download-record/huge", test_huge);
  g_test_add_func ("/download-record/others", test_others);
  g_test_add_func ("/download-record/touched", test_touched);
  return g_test_run ();
}
