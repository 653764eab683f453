/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "directory.h"
#include "hub-error.h"
#include "hub-repository.h"
#include "hub-search.h"
#include "web-server.h"

#include <string.h>

typedef struct
{
  TestDirectory *directory;
  SoupServer *server;
  PaddockHubSession *session;
  char *url;
  const char *body, *link;
  guint status;
} Place;

static void
answer (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Place *place = user_data;

  soup_server_message_set_status (message, place->status, NULL);
  if (place->link != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Link", place->link);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, place->body, strlen (place->body));
}

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->directory = test_directory_new ();
  place->status = 200;
  g_setenv ("PADDOCK_CACHE_DIR", test_directory_get_path (place->directory), TRUE);
  place->server = test_web_server_start ("127.0.0.1", answer, place, &place->url);
  place->session = paddock_hub_session_new (place->url, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_unsetenv ("HF_HUB_OFFLINE");
  g_clear_object (&place->session);
  test_web_server_stop (place->server);
  g_free (place->url);
  test_directory_free (place->directory);
}

static PaddockHubPage *
load (Place *place, const char *page, GError **error)
{
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_hub_search_load_async (place->session, page, NULL, test_await_callback, await);
  return paddock_hub_search_load_finish (test_await_result (await), error);
}

/* begin: up to the fields of a row, which are the same for all. */
static const struct
{
  PaddockHubQuery query;
  const char *begin;
} cases[] = {
  { { NULL, NULL, NULL, PADDOCK_HUB_TRENDING, 0 }, "sort=trendingScore&direction=-1&limit=30" },
  { { "", "", "", PADDOCK_HUB_DOWNLOADS, 1 }, "sort=downloads&direction=-1&limit=1" },
  { { "qwen", "acme", "text-generation", PADDOCK_HUB_LIKES, 100 },
    "search=qwen&author=acme&pipeline_tag=text-generation&sort=likes&direction=-1&limit=100" },
  { { NULL, "acme", NULL, PADDOCK_HUB_MODIFIED, 101 }, "author=acme&sort=lastModified&direction=-1&limit=100" },
  { { NULL, NULL, NULL, PADDOCK_HUB_CREATED, G_MAXUINT }, "sort=createdAt&direction=-1&limit=100" },
  /* Nothing that is written there becomes a part of the question. */
  { { "a&sort=x b#c?d=e/%2F+", NULL, NULL, PADDOCK_HUB_LIKES, 30 },
    "search=a%26sort%3Dx%20b%23c%3Fd%3De%2F%252F%2B&sort=likes&direction=-1&limit=30" },
  { { "\xc3\xa4 \xff\n", NULL, NULL, PADDOCK_HUB_LIKES, 30 }, "search=%C3%A4%20%FF%0A&sort=likes&direction=-1&limit=30" },
};

static void
test_path (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = paddock_hub_search_build_path (&cases[i].query);
      const char *fields = strstr (path, "&expand[]=");
      g_autofree char *begin = fields != NULL ? g_strndup (path, (gsize) (fields - path)) : NULL;
      g_autofree char *expected = g_strconcat ("/api/models?filter=gguf&", cases[i].begin, NULL);

      g_assert_cmpstr (begin, ==, expected);
    }
}

static void
test_page (Place *place, gconstpointer data)
{
  g_autoptr (PaddockHubPage) page = NULL, last = NULL;
  g_autoptr (GError) error = NULL;

  place->body = "[{\"id\":\"acme/a\"},17,{\"id\":\"none\"},{\"id\":\"../x\"},null,{\"id\":\"acme/b\"}]";
  place->link = "<https://elsewhere.example.org/api/models?cursor=2>; rel=\"next\"";
  page = load (place, "/api/models?filter=gguf", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->repositories->len, ==, 2);
  g_assert_cmpstr (((PaddockHubRepository *) g_ptr_array_index (page->repositories, 0))->id, ==, "acme/a");
  g_assert_cmpstr (((PaddockHubRepository *) g_ptr_array_index (page->repositories, 1))->id, ==, "acme/b");
  g_assert_cmpstr (page->next, ==, "/api/models?cursor=2");
  g_assert_false (page->from_cache);
  g_assert_cmpint (page->said_at, >, 0);
  /* The same page once more is no other. */
  last = load (place, page->next, &error);
  g_assert_no_error (error);
  g_assert_null (last->next);
}

/* Nothing was found: that is an answer. */
static void
test_nothing (Place *place, gconstpointer data)
{
  g_autoptr (PaddockHubPage) page = NULL;
  g_autoptr (GError) error = NULL;

  place->body = "[]";
  page = load (place, "/api/models?search=nothing", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->repositories->len, ==, 0);
  g_assert_null (page->next);
}

static void
test_refused (Place *place, gconstpointer data)
{
  static const struct
  {
    const char *body;
    guint status;
    PaddockHubError code;
  } refusals[] = {
    { "{\"id\":\"acme/a\"}", 200, PADDOCK_HUB_ERROR_ANSWER },
    { "null", 200, PADDOCK_HUB_ERROR_ANSWER },
    { "<html>", 200, PADDOCK_HUB_ERROR_ANSWER },
    { "", 200, PADDOCK_HUB_ERROR_ANSWER },
    { "{\"error\":\"cursor\"}", 400, PADDOCK_HUB_ERROR_INVALID },
    { "[]", 500, PADDOCK_HUB_ERROR_SERVER },
    { "[{\"id\":\"acme/a\"}]", 404, PADDOCK_HUB_ERROR_NOT_FOUND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/models?%zu", i);
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", refusals[i].status, refusals[i].body);
      place->body = refusals[i].body;
      place->status = refusals[i].status;
      g_assert_null (load (place, path, &error));
      g_assert_error (error, PADDOCK_HUB_ERROR, (gint) refusals[i].code);
    }
}

static void
test_cache (Place *place, gconstpointer data)
{
  g_autoptr (PaddockHubPage) page = NULL, later = NULL;
  g_autoptr (GError) error = NULL;

  place->body = "[{\"id\":\"acme/a\"}]";
  place->link = "<https://a/api/models?cursor=2>; rel=\"next\"";
  page = load (place, "/api/models?filter=gguf", &error);
  g_assert_no_error (error);
  g_setenv ("HF_HUB_OFFLINE", "1", TRUE);
  later = load (place, "/api/models?filter=gguf", &error);
  g_assert_no_error (error);
  g_assert_true (later->from_cache);
  g_assert_cmpint (later->said_at, <=, page->said_at);
  g_assert_cmpuint (later->repositories->len, ==, 1);
  g_assert_cmpstr (later->next, ==, "/api/models?cursor=2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-search/path", test_path);
#define ADD(name, function) g_test_add ("/hub-search/" name, Place, NULL, set_up, function, tear_down)
  ADD ("page", test_page);
  ADD ("nothing", test_nothing);
  ADD ("refused", test_refused);
  ADD ("cache", test_cache);
#undef ADD
  return g_test_run ();
}
