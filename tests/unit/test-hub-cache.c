/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "directory.h"
#include "hub-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static PaddockHubCached *
make (const char *body, const char *tag, const char *next)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  return paddock_hub_cached_new (bytes, tag, next, -1);
}

static void
assert_body (const PaddockHubCached *cached, const char *body)
{
  gsize length;
  const char *data = g_bytes_get_data (cached->body, &length);

  g_assert_cmpmem (data, length, body, strlen (body));
}

static PaddockHubCache *
make_cache (TestDirectory *directory, guint64 limit)
{
  g_autofree char *path = test_directory_build_path (directory, "deep/cache");

  return paddock_hub_cache_new (path, limit);
}

static void
test_kept (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHubCache) cache = make_cache (directory, 1 << 20);
  g_autoptr (PaddockHubCached) first = make ("[1]", "W/\"x\"", "/next?a=b");
  g_autoptr (PaddockHubCached) second = make ("", NULL, NULL);
  g_autoptr (PaddockHubCached) again = NULL;
  g_autoptr (PaddockHubCached) empty = NULL;

  g_assert_null (paddock_hub_cache_load (cache, "/a"));
  paddock_hub_cache_store (cache, "/a", first);
  paddock_hub_cache_store (cache, "/b", second);
  again = paddock_hub_cache_load (cache, "/a");
  assert_body (again, "[1]");
  g_assert_cmpstr (again->tag, ==, "W/\"x\"");
  g_assert_cmpstr (again->next, ==, "/next?a=b");
  g_assert_cmpint (again->at, ==, first->at);
  g_assert_cmpint (again->size, ==, -1);
  empty = paddock_hub_cache_load (cache, "/b");
  assert_body (empty, "");
  g_assert_null (empty->tag);
  g_assert_null (empty->next);
  g_assert_null (paddock_hub_cache_load (cache, "/c"));
}

/* What lies on the disk may have been cut, changed or put there by somebody. */
static void
test_not_whole (void)
{
  g_autoptr (PaddockHubCached) cached = make ("{\"a\":\"something of some length\"}", "\"tag\"", "/next");
  g_autoptr (GBytes) bytes = paddock_hub_cached_pack (cached, "/key");
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (PaddockHubCached) whole = paddock_hub_cached_unpack (bytes, "/key");

  assert_body (whole, "{\"a\":\"something of some length\"}");
  g_assert_null (paddock_hub_cached_unpack (bytes, "/other"));
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (data, i);
      g_autofree guint8 *changed = g_memdup2 (data, length);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (PaddockHubCached) found = NULL;

      g_assert_null (paddock_hub_cached_unpack (cut, "/key"));
      changed[i] ^= 0x20;
      other = g_bytes_new (changed, length);
      /* Of the rest nothing but its times matters, and these may be anything. */
      found = paddock_hub_cached_unpack (other, "/key");
      if (found != NULL)
        assert_body (found, "{\"a\":\"something of some length\"}");
    }
}

static guint64
measure (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint64 total = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      GStatBuf status;

      g_assert_cmpint (g_stat (file, &status), ==, 0);
      g_assert_cmpuint (status.st_mode & 0077, ==, 0);
      total += (guint64) status.st_size;
    }
  return total;
}

/* It does not grow for ever, and what is used stays. */
static void
test_bounded (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "deep/cache");
  g_autoptr (PaddockHubCache) cache = make_cache (directory, 20000);
  g_autofree char *body = g_strnfill (1000, 'x');
  g_autofree char *huge = g_strnfill (30000, 'x');
  g_autoptr (PaddockHubCached) cached = make (body, NULL, NULL);
  g_autoptr (PaddockHubCached) too_large = make (huge, NULL, NULL);
  g_autoptr (PaddockHubCached) used = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *key = g_strdup_printf ("/%u", i);
      g_autoptr (PaddockHubCached) first = NULL;

      paddock_hub_cache_store (cache, key, cached);
      first = paddock_hub_cache_load (cache, "/0");
      g_assert_nonnull (first);
      g_assert_cmpuint (measure (path), <=, 20000);
    }
  paddock_hub_cache_store (cache, "/huge", too_large);
  g_assert_null (paddock_hub_cache_load (cache, "/huge"));
  used = paddock_hub_cache_load (cache, "/99");
  g_assert_nonnull (used);
  g_assert_null (paddock_hub_cache_load (cache, "/1"));
}

static void
test_async (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHubCache) cache = make_cache (directory, 1 << 20);
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (PaddockHubCached) cached = make ("[]", NULL, NULL);
  g_autoptr (PaddockHubCached) found = NULL;

  paddock_hub_cache_load_async (cache, "/a", test_await_callback, await);
  g_assert_null (paddock_hub_cache_load_finish (test_await_result (await)));
  paddock_hub_cache_store_async (cache, "/a", cached, test_await_callback, await);
  paddock_hub_cache_store_finish (test_await_result (await));
  paddock_hub_cache_load_async (cache, "/a", test_await_callback, await);
  found = paddock_hub_cache_load_finish (test_await_result (await));
  assert_body (found, "[]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-cache/kept", test_kept);
  g_test_add_func ("/hub-cache/not-whole", test_not_whole);
  g_test_add_func ("/hub-cache/bounded", test_bounded);
  g_test_add_func ("/hub-cache/async", test_async);
  return g_test_run ();
}
