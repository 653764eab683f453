/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "download-error.h"
#include "download-resolver.h"
#include "hub-error.h"

#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static PaddockDownloadRequest *
resolve (PaddockHubSession *hub, const char *text, const char *sha256, gint64 size, GError **error)
{
  g_autoptr (PaddockDownloadResolver) resolver = paddock_download_resolver_new (hub);
  g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new (text, sha256, size);
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_download_resolver_means.resolve (resolver, origin, "/models/a.gguf", NULL, test_await_callback, await);
  return paddock_download_resolver_means.finish (resolver, test_await_result (await), error);
}

static void
test_addresses (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockDownloadRequest) request = resolve (NULL, "https://example.org/a.gguf?x=1", HASH, 17, &error);
  const PaddockDownloadSource *source;

  g_assert_no_error (error);
  g_assert_cmpuint (request->sources->len, ==, 1);
  source = g_ptr_array_index (request->sources, 0);
  g_assert_cmpstr (source->url, ==, "https://example.org/a.gguf?x=1");
  g_assert_null (source->token);
  g_assert_cmpstr (request->target, ==, "/models/a.gguf");
  g_assert_cmpstr (request->sha256, ==, HASH);
  g_assert_cmpint (request->size, ==, 17);
  g_assert_true (request->is_model);

  g_assert_null (resolve (NULL, "ftp://example.org/a.gguf", NULL, -1, &error));
  g_assert_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_INVALID);
}

/* Mirrors get no token, and are tried after where it is published. */
static void
test_mirrors (void)
{
  static const char *const mirrors[] = { "https://one.example.org/a", "https://two.example.org/a", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubSession) hub = paddock_hub_session_new ("https://hub.example.org", "hf_secret", &error);
  g_autoptr (PaddockDownloadResolver) resolver = paddock_download_resolver_new (hub);
  g_autofree char *text = paddock_download_resolver_build_text ("acme/tiny", "0123abc", "a.gguf");
  g_autoptr (PaddockDownloadOrigin) alone = paddock_download_origin_new (text, HASH, 17);
  g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new_with_mirrors (alone, mirrors);
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (PaddockDownloadRequest) request = NULL;

  paddock_download_resolver_means.resolve (resolver, origin, "/models/a.gguf", NULL, test_await_callback, await);
  request = paddock_download_resolver_means.finish (resolver, test_await_result (await), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (request->sources->len, ==, 3);
  g_assert_cmpstr (((PaddockDownloadSource *) g_ptr_array_index (request->sources, 0))->token, ==, "hf_secret");
  for (guint i = 1; i < 3; i++)
    {
      const PaddockDownloadSource *source = g_ptr_array_index (request->sources, i);

      g_assert_cmpstr (source->url, ==, mirrors[i - 1]);
      g_assert_null (source->token);
    }
}

/* What is known by now is not asked for again, and the token comes from the session, whenever it is. */
static void
test_hub (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubSession) hub = paddock_hub_session_new ("https://hub.example.org", "hf_secret", &error);
  g_autofree char *text = paddock_download_resolver_build_text ("acme/tiny", "0123abc", "sub folder/a#1.gguf");
  g_autoptr (PaddockDownloadRequest) request = resolve (hub, text, HASH, 17, &error);
  const PaddockDownloadSource *source;

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "hf://acme/tiny@0123abc/sub%20folder/a%231.gguf");
  source = g_ptr_array_index (request->sources, 0);
  g_assert_cmpstr (source->url, ==, "https://hub.example.org/acme/tiny/resolve/0123abc/sub%20folder/a%231.gguf");
  g_assert_cmpstr (source->token, ==, "hf_secret");
  g_assert_null (resolve (NULL, text, HASH, 17, &error));
  g_assert_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_INVALID);
}

static void
test_texts (void)
{
  g_autofree char *text = paddock_download_resolver_build_text ("acme/tiny", "main", "a/b.gguf");
  g_autofree char *id = NULL, *revision = NULL, *path = NULL;

  g_assert_true (paddock_download_resolver_parse_text (text, &id, &revision, &path));
  g_assert_cmpstr (id, ==, "acme/tiny");
  g_assert_cmpstr (revision, ==, "main");
  g_assert_cmpstr (path, ==, "a/b.gguf");
  g_assert_false (paddock_download_resolver_parse_text ("https://huggingface.co/acme/tiny/resolve/main/a.gguf", &id, &revision, &path));
  g_assert_false (paddock_download_resolver_parse_text ("hf://acme/tiny/a.gguf", &id, &revision, &path));
}

static void
test_errors (void)
{
  g_autoptr (GError) gated
      = paddock_download_resolver_translate (g_error_new_literal (PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_GATED, "no"));
  g_autoptr (GError) busy
      = paddock_download_resolver_translate (g_error_new_literal (PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_BUSY, "later"));
  g_autoptr (GError) cancelled
      = paddock_download_resolver_translate (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough"));

  g_assert_error (gated, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_GATED);
  g_assert_false (paddock_download_error_passes (gated));
  g_assert_error (busy, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_BUSY);
  g_assert_true (paddock_download_error_passes (busy));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/download-resolver/addresses", test_addresses);
  g_test_add_func ("/download-resolver/mirrors", test_mirrors);
  g_test_add_func ("/download-resolver/hub", test_hub);
  g_test_add_func ("/download-resolver/texts", test_texts);
  g_test_add_func ("/download-resolver/errors", test_errors);
  return g_test_run ();
}
