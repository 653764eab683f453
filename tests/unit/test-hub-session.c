/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "directory.h"
#include "hub-card.h"
#include "hub-error.h"
#include "hub-session.h"
#include "web-server.h"

#include <string.h>

typedef struct
{
  TestDirectory *directory;
  SoupServer *server;
  char *url;
  PaddockHubSession *session;
  guint asked, confirmed;
  guint status; /* that it answers with; 0: it answers */
  const char *limit;
  const char *date, *retry_after;
  const char *body;
} Place;

static void
answer (SoupServer *server G_GNUC_UNUSED,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query G_GNUC_UNUSED,
        gpointer user_data)
{
  Place *place = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *condition = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-None-Match");
  const char *type = g_str_has_suffix (path, ".md") ? "text/plain" : "application/json";
  g_autofree char *tag = g_strdup_printf ("W/\"%x\"", g_str_hash (place->body));

  place->asked++;
  if (place->limit != NULL)
    soup_message_headers_replace (headers, "RateLimit", place->limit);
  if (place->date != NULL)
    soup_message_headers_replace (headers, "Date", place->date);
  if (place->retry_after != NULL)
    soup_message_headers_replace (headers, "Retry-After", place->retry_after);
  if (place->status != 0)
    {
      soup_server_message_set_status (message, place->status, NULL);
      return;
    }
  soup_message_headers_replace (headers, "ETag", tag);
  soup_message_headers_replace (headers, "Link", "<https://elsewhere.example.org/api/next?a=b>; rel=\"next\"");
  if (g_strcmp0 (condition, tag) == 0)
    {
      place->confirmed++;
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, place->body, strlen (place->body));
}

static void
set_up (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  place->directory = test_directory_new ();
  g_setenv ("PADDOCK_CACHE_DIR", test_directory_get_path (place->directory), TRUE);
  place->body = "[1]";
  place->server = test_web_server_start ("127.0.0.1", answer, place, &place->url);
  place->session = paddock_hub_session_new (place->url, NULL, &error);
  g_assert_no_error (error);
}

static void
stop_server (Place *place)
{
  g_clear_pointer (&place->server, test_web_server_stop);
}

static void
tear_down (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_unsetenv ("HF_HUB_OFFLINE");
  g_clear_object (&place->session);
  stop_server (place);
  g_free (place->url);
  test_directory_free (place->directory);
}

static PaddockHubAnswer *
ask (Place *place, const char *path, GError **error)
{
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_hub_session_ask_async (place->session, path, NULL, test_await_callback, await);
  return paddock_hub_session_ask_finish (place->session, test_await_result (await), error);
}

static void
assert_said (Place *place, const char *path, gint64 number, gboolean from_cache)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubAnswer) said = ask (place, path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (json_array_get_int_element (json_node_get_array (said->root), 0), ==, number);
  g_assert_cmpint (said->from_cache, ==, from_cache);
  g_assert_cmpint (ABS (said->said_at - g_get_real_time () / G_USEC_PER_SEC), <, 600);
  g_assert_cmpstr (said->next, ==, "/api/next?a=b");
}

static void
assert_refused (Place *place, const char *path, PaddockHubError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (place, path, &error));
  g_assert_error (error, PADDOCK_HUB_ERROR, (gint) code);
}

/* What has not changed is not sent again; what has is. */
static void
test_confirmed (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  assert_said (place, "/api/a", 1, FALSE);
  assert_said (place, "/api/a", 1, FALSE);
  g_assert_cmpuint (place->confirmed, ==, 1);
  place->body = "[2]";
  assert_said (place, "/api/a", 2, FALSE);
  g_assert_cmpuint (place->confirmed, ==, 1);
  g_assert_cmpuint (place->asked, ==, 3);
  /* Another one asks: what somebody else heard is not theirs. */
  paddock_hub_session_set_token (place->session, "hf_other");
  assert_said (place, "/api/a", 2, FALSE);
  g_assert_cmpuint (place->confirmed, ==, 1);
}

static void
test_offline (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  assert_said (place, "/api/a", 1, FALSE);
  g_setenv ("HF_HUB_OFFLINE", "1", TRUE);
  assert_said (place, "/api/a", 1, TRUE);
  assert_refused (place, "/api/b", PADDOCK_HUB_ERROR_OFFLINE);
  g_assert_cmpuint (place->asked, ==, 1);
  g_unsetenv ("HF_HUB_OFFLINE");
  place->status = 503;
  assert_said (place, "/api/a", 1, TRUE);
  assert_refused (place, "/api/b", PADDOCK_HUB_ERROR_SERVER);
  /* That it is gone, or private now, is an answer. */
  place->status = 404;
  assert_refused (place, "/api/a", PADDOCK_HUB_ERROR_NOT_FOUND);
  stop_server (place);
  assert_said (place, "/api/a", 1, TRUE);
  assert_refused (place, "/api/b", PADDOCK_HUB_ERROR_CONNECTION);
}

/* Who is told to wait does not ask meanwhile. */
static void
test_busy (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  assert_said (place, "/api/a", 1, FALSE);
  g_assert_cmpint (paddock_hub_session_get_busy_until (place->session), ==, 0);
  place->status = 429;
  place->limit = "\"api\";r=0;t=254";
  assert_refused (place, "/api/b", PADDOCK_HUB_ERROR_BUSY);
  g_assert_cmpint (paddock_hub_session_get_busy_until (place->session) - g_get_real_time () / G_USEC_PER_SEC, >, 200);
  assert_refused (place, "/api/b", PADDOCK_HUB_ERROR_BUSY);
  assert_said (place, "/api/a", 1, TRUE);
  g_assert_cmpuint (place->asked, ==, 2);
}

/* A server whose clock is years behind means its own time when it names one. */
static void
test_busy_until_a_date (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  gint64 left;

  place->status = 429;
  place->date = "Wed, 01 Jan 2020 10:00:00 GMT";
  place->retry_after = "Wed, 01 Jan 2020 10:05:00 GMT";
  assert_refused (place, "/api/a", PADDOCK_HUB_ERROR_BUSY);
  left = paddock_hub_session_get_busy_until (place->session) - g_get_real_time () / G_USEC_PER_SEC;
  g_assert_cmpint (left, >, 240);
  g_assert_cmpint (left, <=, 300);
}

static PaddockHubCard *
load_card (Place *place, const char *revision, GError **error)
{
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_hub_card_load_async (place->session, "acme/tiny", revision, NULL, test_await_callback, await);
  return paddock_hub_card_load_finish (test_await_result (await), error);
}

static void
assert_card (Place *place, const char *revision, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubCard) card = load_card (place, revision, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (card->blocks->len, ==, 1);
  g_assert_cmpstr (((PaddockCardBlock *) g_ptr_array_index (card->blocks, 0))->markup, ==, words);
  g_assert_false (card->is_cut);
}

/* Of a commit it stays what it is; of a branch it may change. */
static void
test_card (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  static const char commit[] = "5bb9fc53add422c252f7351a8e28c438cb98ea21";
  g_autofree char *long_text = g_strnfill (600 << 10, 'x');
  g_autoptr (PaddockHubCard) card = NULL;
  g_autoptr (GError) error = NULL;

  place->body = "# One";
  assert_card (place, commit, "One");
  place->body = "[Two](LICENSE)";
  assert_card (place, commit, "One");
  g_autofree char *link = g_strdup_printf ("<a href=\"%s/acme/tiny/blob/main/LICENSE\">Two</a>", place->url);
  assert_card (place, "main", link);
  place->body = "Three";
  assert_card (place, "main", "Three");
  place->body = long_text;
  card = load_card (place, "main", &error);
  g_assert_no_error (error);
  g_assert_true (card->is_cut);
  place->status = 404;
  g_assert_null (load_card (place, "main", &error));
  g_assert_error (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/hub-session/confirmed", Place, NULL, set_up, test_confirmed, tear_down);
  g_test_add ("/hub-session/offline", Place, NULL, set_up, test_offline, tear_down);
  g_test_add ("/hub-session/busy", Place, NULL, set_up, test_busy, tear_down);
  g_test_add ("/hub-session/busy-until-a-date", Place, NULL, set_up, test_busy_until_a_date, tear_down);
  g_test_add ("/hub-session/card", Place, NULL, set_up, test_card, tear_down);
  return g_test_run ();
}
