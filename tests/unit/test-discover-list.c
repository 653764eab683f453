/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"
#include "await.h"
#include "discover/discover-item.h"
#include "discover/discover-list.h"
#include "hub-error.h"
#include "web-server.h"

#include <string.h>

/* A hub that answers "/PAGE" with what the test has put there. */
typedef struct
{
  SoupServer *server;
  GHashTable *pages;                 /* path -> JSON */
  GHashTable *next;                  /* path -> path */
  PaddockHubSession *session;
  PaddockDiscoverList *list;
  guint n_questions, n_changes;
} Fixture;

static void
on_question (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *json = g_hash_table_lookup (fixture->pages, path);
  const char *next = g_hash_table_lookup (fixture->next, path);

  fixture->n_questions++;
  if (json == NULL)
    {
      soup_server_message_set_status (message, 503, NULL);
      return;
    }
  if (next != NULL)
    {
      g_autofree char *link = g_strdup_printf ("<http://elsewhere%s>; rel=\"next\"", next);

      soup_message_headers_append (soup_server_message_get_response_headers (message), "Link", link);
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json, strlen (json));
}

static void
on_changed (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *endpoint = NULL;

  fixture->pages = g_hash_table_new (g_str_hash, g_str_equal);
  fixture->next = g_hash_table_new (g_str_hash, g_str_equal);
  fixture->server = test_web_server_start ("127.0.0.1", on_question, fixture, &endpoint);
  fixture->session = paddock_hub_session_new (endpoint, NULL, &error);
  g_assert_no_error (error);
  fixture->list = paddock_discover_list_new ();
  g_signal_connect_swapped (fixture->list, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_assert_finalize (fixture->list);
  g_object_unref (fixture->session);
  test_web_server_stop (fixture->server);
  g_hash_table_unref (fixture->pages);
  g_hash_table_unref (fixture->next);
}

static gboolean
is_calm (gpointer user_data)
{
  return !paddock_discover_list_is_asking (((Fixture *) user_data)->list);
}

static void
wait (Fixture *fixture)
{
  test_await_condition (is_calm, fixture);
}

/* All that it holds, "a b c". */
static char *
dup_names (Fixture *fixture)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (PaddockDiscoverItem) item = g_list_model_get_item (model, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", paddock_discover_item_get_repository (item)->id + 2);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

#define assert_names(fixture, expected) \
  G_STMT_START \
  { \
    g_autofree char *names = dup_names (fixture); \
    g_assert_cmpstr (names, ==, expected); \
  } \
  G_STMT_END

static void
put (Fixture *fixture, const char *path, const char *json, const char *next)
{
  g_hash_table_insert (fixture->pages, (gpointer) path, (gpointer) json);
  if (next != NULL)
    g_hash_table_insert (fixture->next, (gpointer) path, (gpointer) next);
}

/* Page after page, as somebody scrolls; what was there already is not there twice. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  put (fixture, "/one", "[{\"id\":\"x/a\"},{\"id\":\"x/b\"}]", "/two");
  put (fixture, "/two", "[{\"id\":\"x/b\"},{\"id\":\"x/c\"}]", NULL);
  paddock_discover_list_ask (fixture->list, "/one");
  g_assert_false (paddock_discover_list_is_asking (fixture->list));
  paddock_discover_list_set_session (fixture->list, fixture->session);
  g_assert_true (paddock_discover_list_is_asking (fixture->list));
  wait (fixture);
  assert_names (fixture, "a b");
  paddock_discover_list_ask_more (fixture->list);
  /* It is on its way: asked once. */
  paddock_discover_list_ask_more (fixture->list);
  wait (fixture);
  assert_names (fixture, "a b c");
  paddock_discover_list_ask_more (fixture->list);
  g_assert_false (paddock_discover_list_is_asking (fixture->list));
  g_assert_cmpuint (fixture->n_questions, ==, 2);
}

/* What was found stays until there is something else; an answer that nobody waits for any more is none. */
static void
test_another (Fixture *fixture, gconstpointer data)
{
  put (fixture, "/one", "[{\"id\":\"x/a\"}]", NULL);
  put (fixture, "/two", "[{\"id\":\"x/b\"}]", NULL);
  put (fixture, "/three", "[]", NULL);
  paddock_discover_list_set_session (fixture->list, fixture->session);
  paddock_discover_list_ask (fixture->list, "/one");
  wait (fixture);
  paddock_discover_list_ask (fixture->list, "/three");
  paddock_discover_list_ask (fixture->list, "/two");
  assert_names (fixture, "a");
  wait (fixture);
  assert_names (fixture, "b");
  paddock_discover_list_ask (fixture->list, "/three");
  wait (fixture);
  assert_names (fixture, "");
}

/* A first page that fails leaves nothing; a later one leaves what is there, and is all that is asked for again. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  paddock_discover_list_set_session (fixture->list, fixture->session);
  paddock_discover_list_ask (fixture->list, "/one");
  wait (fixture);
  g_assert_error (paddock_discover_list_get_error (fixture->list), PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_SERVER);
  put (fixture, "/one", "[{\"id\":\"x/a\"}]", "/two");
  paddock_discover_list_ask_again (fixture->list);
  g_assert_null (paddock_discover_list_get_error (fixture->list));
  wait (fixture);
  paddock_discover_list_ask_more (fixture->list);
  wait (fixture);
  assert_names (fixture, "a");
  g_assert_error (paddock_discover_list_get_error (fixture->list), PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_SERVER);
  /* Scrolling does not ask for it: the person decides. */
  paddock_discover_list_ask_more (fixture->list);
  g_assert_false (paddock_discover_list_is_asking (fixture->list));
  put (fixture, "/two", "[{\"id\":\"x/b\"}]", NULL);
  paddock_discover_list_ask_again (fixture->list);
  wait (fixture);
  assert_names (fixture, "a b");
  g_assert_null (paddock_discover_list_get_error (fixture->list));
}

/* Pages without anything new are passed by, but not for ever. */
static void
test_circle (Fixture *fixture, gconstpointer data)
{
  put (fixture, "/one", "[]", "/two");
  put (fixture, "/two", "[{\"id\":\"x/a\"}]", "/three");
  put (fixture, "/three", "[{\"id\":\"x/a\"}]", "/two");
  paddock_discover_list_set_session (fixture->list, fixture->session);
  paddock_discover_list_ask (fixture->list, "/one");
  wait (fixture);
  assert_names (fixture, "a");
  paddock_discover_list_ask_more (fixture->list);
  wait (fixture);
  assert_names (fixture, "a");
  g_assert_cmpuint (fixture->n_questions, <, 12);
}

/* Who goes away while an answer is on its way is not held by it. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  put (fixture, "/one", "[{\"id\":\"x/a\"}]", NULL);
  paddock_discover_list_set_session (fixture->list, fixture->session);
  paddock_discover_list_ask (fixture->list, "/one");
  g_object_run_dispose (G_OBJECT (fixture->list));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/discover-list/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/discover-list/another", Fixture, NULL, set_up, test_another, tear_down);
  g_test_add ("/discover-list/failures", Fixture, NULL, set_up, test_failures, tear_down);
  g_test_add ("/discover-list/circle", Fixture, NULL, set_up, test_circle, tear_down);
  g_test_add ("/discover-list/gone", Fixture, NULL, set_up, test_gone, tear_down);
  return g_test_run ();
}
