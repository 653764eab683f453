/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "directory.h"
#include "hub-error.h"
#include "hub-file.h"
#include "hub-listing.h"
#include "hub-variant.h"
#include "web-server.h"

#include <string.h>

#define SHA "5bb9fc53add422c252f7351a8e28c438cb98ea21"
#define TREE "/api/models/acme/tiny/tree/" SHA
#define REPOSITORY "{\"id\":\"acme/tiny\",\"sha\":\"" SHA "\"}"
#define FILE_A "{\"type\":\"file\",\"path\":\"m-Q8_0.gguf\",\"size\":8}"
#define FILE_B "{\"type\":\"file\",\"path\":\"m-Q4_0.gguf\",\"size\":4}"
#define FILE_C "{\"type\":\"file\",\"path\":\"README.md\",\"size\":1}"

/* What the server says to a path, with its query. */
typedef struct
{
  const char *path, *body;
  const char *next; /* path and query of the page behind it; NULL: there is none */
} Page;

typedef struct
{
  TestDirectory *directory;
  SoupServer *server;
  PaddockHubSession *session;
  char *url;
  const Page *pages; /* the last has no path */
  GString *asked;    /* all paths with their queries, a line each */
  guint endless;     /* pages that were made: each one names another */
} Place;

static char *
make_endless (Place *place, SoupMessageHeaders *headers)
{
  g_autofree char *link = g_strdup_printf ("<http://x/endless?%u>; rel=\"next\"", ++place->endless);

  soup_message_headers_replace (headers, "Link", link);
  return g_strdup_printf ("[{\"type\":\"file\",\"path\":\"%u.gguf\",\"size\":1}]", place->endless);
}

static void
answer (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Place *place = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *asked = g_uri_get_query (soup_server_message_get_uri (message));
  const char *raw = g_uri_get_path (soup_server_message_get_uri (message));
  g_autofree char *full = asked != NULL ? g_strconcat (raw, "?", asked, NULL) : g_strdup (raw);
  g_autofree char *body = NULL;

  g_string_append_printf (place->asked, "%s\n", full);
  if (g_str_has_prefix (full, "/endless"))
    body = make_endless (place, headers);
  for (const Page *page = place->pages; body == NULL && page->path != NULL; page++)
    if (g_str_equal (page->path, full))
      {
        g_autofree char *link = g_strdup_printf ("<http://x%s>; rel=\"next\"", page->next);

        if (page->next != NULL)
          soup_message_headers_replace (headers, "Link", link);
        body = g_strdup (page->body);
      }
  soup_server_message_set_status (message, body != NULL ? 200 : 404, NULL);
  if (body != NULL)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->directory = test_directory_new ();
  place->asked = g_string_new (NULL);
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
  g_string_free (place->asked, TRUE);
  g_free (place->url);
  test_directory_free (place->directory);
}

static PaddockHubListing *
load (Place *place, const char *revision, GError **error)
{
  g_autoptr (TestAwait) await = test_await_new ();

  g_string_truncate (place->asked, 0);
  paddock_hub_listing_load_async (place->session, "acme/tiny", revision, NULL, test_await_callback, await);
  return paddock_hub_listing_load_finish (test_await_result (await), error);
}

static void
assert_files (const PaddockHubListing *listing, const char *expected)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < listing->files->len; i++)
    g_string_append_printf (all, "%s ", ((PaddockHubFile *) g_ptr_array_index (listing->files, i))->path);
  g_assert_cmpstr (all->str, ==, expected);
}

static void
assert_refused (Place *place, const char *revision, PaddockHubError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (place, revision, &error));
  g_assert_error (error, PADDOCK_HUB_ERROR, (gint) code);
}

/* The files are asked for at the commit that the repository was at, all pages of them. */
static void
test_pages (Place *place, gconstpointer data)
{
  static const Page pages[] = {
    { "/api/models/acme/tiny", REPOSITORY, NULL },
    { TREE "?recursive=true&expand=false", "[" FILE_A "]", TREE "?cursor=b%3D" },
    { TREE "?cursor=b%3D", "[" FILE_B "]", TREE "?cursor=c" },
    { TREE "?cursor=c", "[" FILE_C "]", NULL },
    { NULL, NULL, NULL },
  };
  g_autoptr (PaddockHubListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  place->pages = pages;
  listing = load (place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (place->asked->str, ==,
                   "/api/models/acme/tiny\n" TREE "?recursive=true&expand=false\n" TREE "?cursor=b%3D\n" TREE "?cursor=c\n");
  assert_files (listing, "m-Q8_0.gguf m-Q4_0.gguf README.md ");
  g_assert_cmpstr (listing->repository->sha, ==, SHA);
  g_assert_cmpuint (listing->variants->len, ==, 2);
  g_assert_cmpstr (((PaddockHubVariant *) g_ptr_array_index (listing->variants, 0))->label, ==, "Q4_0");
  g_assert_false (listing->from_cache);
  g_assert_cmpint (listing->said_at, >, 0);
}

/* A branch may be called by letters that mean something in an address; the server is the one that undoes how they are written. */
static void
test_revision (Place *place, gconstpointer data)
{
  static const Page pages[] = {
    { "/api/models/acme/tiny/revision/refs/pr/1?x# %79", REPOSITORY, NULL },
    { TREE "?recursive=true&expand=false", "[]", NULL },
    { NULL, NULL, NULL },
  };
  g_autoptr (PaddockHubListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  place->pages = pages;
  listing = load (place, "refs/pr/1?x# %79", &error);
  g_assert_no_error (error);
  assert_files (listing, "");
  g_assert_cmpuint (listing->variants->len, ==, 0);
  assert_refused (place, "other", PADDOCK_HUB_ERROR_NOT_FOUND);
}

/* Of an old name the hub tells the new one: that is where the files are asked for. */
static void
test_renamed (Place *place, gconstpointer data)
{
  static const Page pages[] = {
    { "/api/models/acme/tiny", "{\"id\":\"acme/new\",\"sha\":\"" SHA "\"}", NULL },
    { "/api/models/acme/new/tree/" SHA "?recursive=true&expand=false", "[" FILE_A "]", NULL },
    { NULL, NULL, NULL },
  };
  g_autoptr (PaddockHubListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  place->pages = pages;
  listing = load (place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (listing->repository->id, ==, "acme/new");
  assert_files (listing, "m-Q8_0.gguf ");
}

/* What is told twice is there once, as it was told first; where nothing is new any more, that was all. */
static void
test_circle (Place *place, gconstpointer data)
{
  static const Page pages[] = {
    { "/api/models/acme/tiny", REPOSITORY, NULL },
    { TREE "?recursive=true&expand=false", "[" FILE_A "," FILE_A "]", TREE "?2" },
    { TREE "?2", "[{\"type\":\"file\",\"path\":\"m-Q8_0.gguf\",\"size\":99}," FILE_B "]", TREE "?3" },
    { TREE "?3", "[" FILE_A "," FILE_B "]", TREE "?2" },
    { NULL, NULL, NULL },
  };
  g_autoptr (PaddockHubListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  place->pages = pages;
  listing = load (place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (place->asked->str, ==, "/api/models/acme/tiny\n" TREE "?recursive=true&expand=false\n" TREE "?2\n" TREE "?3\n");
  assert_files (listing, "m-Q8_0.gguf m-Q4_0.gguf ");
  g_assert_cmpint (((PaddockHubFile *) g_ptr_array_index (listing->files, 0))->size, ==, 8);
  g_assert_cmpuint (listing->variants->len, ==, 2);
}

/* A page that says of itself that it is the next one, and one without a file among others that have some. */
static void
test_same_page (Place *place, gconstpointer data)
{
  static const Page pages[] = {
    { "/api/models/acme/tiny", REPOSITORY, NULL },
    { TREE "?recursive=true&expand=false", "[]", TREE "?2" },
    { TREE "?2", "[" FILE_A "]", TREE "?2" },
    { NULL, NULL, NULL },
  };
  g_autoptr (PaddockHubListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  place->pages = pages;
  listing = load (place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (place->asked->str, ==, "/api/models/acme/tiny\n" TREE "?recursive=true&expand=false\n" TREE "?2\n");
  assert_files (listing, "m-Q8_0.gguf ");
}

/* A server that always has more to tell is not listened to for ever. */
static void
test_endless (Place *place, gconstpointer data)
{
  static const Page pages[] = {
    { "/api/models/acme/tiny", REPOSITORY, NULL },
    { TREE "?recursive=true&expand=false", "[" FILE_A "]", "/endless" },
    { NULL, NULL, NULL },
  };
  g_autoptr (PaddockHubListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  place->pages = pages;
  listing = load (place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listing->files->len, ==, 100);
  g_assert_cmpuint (place->endless, ==, 99);
}

/* What is no repository, or does not say which commit it is at; and files that are none. */
static void
test_senseless (Place *place, gconstpointer data)
{
  static const char *const bodies[] = { "[]",
                                        "{}",
                                        "17",
                                        "null",
                                        "no JSON",
                                        "{\"id\":\"acme/tiny\"}",
                                        "{\"id\":\"acme\",\"sha\":\"" SHA "\"}",
                                        "{\"id\":\"../..\",\"sha\":\"" SHA "\"}",
                                        "{\"id\":\"acme/tiny\",\"sha\":17}",
                                        "{\"id\":17,\"sha\":\"" SHA "\"}" };
  static const char *const trees[] = { "{}", "{\"error\":\"x\"}", "null", "no JSON" };
  Page pages[] = {
    { "/api/models/acme/tiny", REPOSITORY, NULL },
    { TREE "?recursive=true&expand=false", "[" FILE_A "]", TREE "?2" },
    { TREE "?2", NULL, NULL },
    { NULL, NULL, NULL },
  };

  place->pages = pages;
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_message ("%s", bodies[i]);
      pages[0].body = bodies[i];
      assert_refused (place, NULL, PADDOCK_HUB_ERROR_ANSWER);
      g_assert_cmpstr (place->asked->str, ==, "/api/models/acme/tiny\n");
    }
  pages[0].body = REPOSITORY;
  /* Half of a list is none. */
  for (gsize i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      g_test_message ("%s", trees[i]);
      pages[2].body = trees[i];
      assert_refused (place, NULL, PADDOCK_HUB_ERROR_ANSWER);
    }
  pages[2].body = NULL;
  assert_refused (place, NULL, PADDOCK_HUB_ERROR_NOT_FOUND);
}

/* What the server says its commit is called stays a part of one line of the next question. */
static void
test_hostile_commit (Place *place, gconstpointer data)
{
  Page pages[] = { { "/api/models/acme/tiny", "{\"id\":\"acme/tiny\",\"sha\":\"a b\\r\\nX-Other: c\\r\\n\\r\\n\"}", NULL },
                   { NULL, NULL, NULL } };

  place->pages = pages;
  assert_refused (place, NULL, PADDOCK_HUB_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (place->asked->str, "/api/models/acme/tiny\n/api/models/acme/tiny/tree/a b"));
  g_assert_true (g_str_has_suffix (place->asked->str, "?recursive=true&expand=false\n"));
}

/* Where the hub cannot be asked, it is what it said; and it says so. */
static void
test_cache (Place *place, gconstpointer data)
{
  static const Page pages[] = {
    { "/api/models/acme/tiny", REPOSITORY, NULL },
    { TREE "?recursive=true&expand=false", "[" FILE_A "]", TREE "?2" },
    { TREE "?2", "[" FILE_B "]", NULL },
    { NULL, NULL, NULL },
  };
  g_autoptr (PaddockHubListing) listing = NULL, later = NULL;
  g_autoptr (GError) error = NULL;

  place->pages = pages;
  listing = load (place, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (listing->from_cache);
  g_setenv ("HF_HUB_OFFLINE", "1", TRUE);
  later = load (place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (place->asked->str, ==, "");
  g_assert_true (later->from_cache);
  g_assert_cmpint (later->said_at, <=, listing->said_at);
  assert_files (later, "m-Q8_0.gguf m-Q4_0.gguf ");
}

static void
test_cancelled (Place *place, gconstpointer data)
{
  static const Page pages[] = { { NULL, NULL, NULL } };
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  place->pages = pages;
  paddock_hub_listing_load_async (place->session, "acme/tiny", NULL, cancellable, test_await_callback, await);
  g_cancellable_cancel (cancellable);
  g_assert_null (paddock_hub_listing_load_finish (test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/hub-listing/" name, Place, NULL, set_up, function, tear_down)
  ADD ("pages", test_pages);
  ADD ("revision", test_revision);
  ADD ("renamed", test_renamed);
  ADD ("circle", test_circle);
  ADD ("same-page", test_same_page);
  ADD ("endless", test_endless);
  ADD ("senseless", test_senseless);
  ADD ("hostile-commit", test_hostile_commit);
  ADD ("cache", test_cache);
  ADD ("cancelled", test_cancelled);
#undef ADD
  return g_test_run ();
}
