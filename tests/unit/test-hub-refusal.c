/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "hub-error.h"
#include "hub-refusal.h"
#include "web-server.h"

#define AWAITING "Access to model acme/tiny is awaiting a review from the repo authors."
#define REJECTED "Your request to access model acme/tiny has been rejected."
#define RESTRICTED "Access to model acme/tiny is restricted."

typedef struct
{
  guint status;
  const char *code, *message; /* of the headers; NULL: none */
  const char *body;           /* JSON; NULL: none */
  gboolean has_token;
  PaddockHubError found;
  const char *said; /* NULL: only the status */
} Case;

static const Case cases[] = {
  /* A gate: what can be done about it depends on how far the person is. */
  { 401, "GatedRepo", RESTRICTED, NULL, FALSE, PADDOCK_HUB_ERROR_TOKEN, RESTRICTED },
  { 403, "GatedRepo", AWAITING, NULL, FALSE, PADDOCK_HUB_ERROR_TOKEN, AWAITING },
  { 403, "GatedRepo", RESTRICTED, NULL, TRUE, PADDOCK_HUB_ERROR_GATED, RESTRICTED },
  { 403, "GatedRepo", AWAITING, NULL, TRUE, PADDOCK_HUB_ERROR_WAITING, AWAITING },
  { 403, "GatedRepo", REJECTED, NULL, TRUE, PADDOCK_HUB_ERROR_REFUSED, REJECTED },
  { 403, "GatedRepo", NULL, "{\"error\":\"" AWAITING "\"}", TRUE, PADDOCK_HUB_ERROR_WAITING, AWAITING },
  { 403, "GatedRepo", NULL, NULL, TRUE, PADDOCK_HUB_ERROR_GATED, NULL },
  { 404, "GatedRepo", NULL, NULL, TRUE, PADDOCK_HUB_ERROR_GATED, NULL },
  /* The words alone make no gate. */
  { 403, NULL, AWAITING, NULL, TRUE, PADDOCK_HUB_ERROR_DENIED, AWAITING },
  { 404, "RepoNotFound", "Repository not found", NULL, TRUE, PADDOCK_HUB_ERROR_NOT_FOUND, "Repository not found" },
  /* A stranger is not told whether it is private. */
  { 401, "RepoNotFound", NULL, NULL, FALSE, PADDOCK_HUB_ERROR_UNKNOWN, NULL },
  { 401, NULL, NULL, "{\"error\":\"Invalid token\"}", TRUE, PADDOCK_HUB_ERROR_TOKEN, "Invalid token" },
  { 403, NULL, NULL, NULL, FALSE, PADDOCK_HUB_ERROR_DENIED, NULL },
  { 404, NULL, NULL, NULL, FALSE, PADDOCK_HUB_ERROR_NOT_FOUND, NULL },
  { 410, NULL, NULL, NULL, FALSE, PADDOCK_HUB_ERROR_NOT_FOUND, NULL },
  { 429, NULL, NULL, NULL, TRUE, PADDOCK_HUB_ERROR_BUSY, NULL },
  { 400, NULL, NULL, NULL, TRUE, PADDOCK_HUB_ERROR_INVALID, NULL },
  { 408, NULL, NULL, NULL, TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
  { 500, NULL, NULL, NULL, TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
  { 503, NULL, NULL, NULL, TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
  { 599, NULL, NULL, NULL, TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
  { 418, NULL, NULL, NULL, TRUE, PADDOCK_HUB_ERROR_ANSWER, NULL },
  { 204, NULL, NULL, NULL, TRUE, PADDOCK_HUB_ERROR_ANSWER, NULL },
  /* The header before the body, and only a text is words. */
  { 500, NULL, "header", "{\"error\":\"body\"}", TRUE, PADDOCK_HUB_ERROR_SERVER, "header" },
  { 500, NULL, NULL, "{\"error\":\"body\"}", TRUE, PADDOCK_HUB_ERROR_SERVER, "body" },
  { 500, NULL, NULL, "{\"error\":17}", TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
  { 500, NULL, NULL, "{\"error\":{\"message\":\"x\"}}", TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
  { 500, NULL, NULL, "[\"error\"]", TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
  { 500, NULL, NULL, "null", TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
  { 500, NULL, NULL, "{}", TRUE, PADDOCK_HUB_ERROR_SERVER, NULL },
};

static void
answer (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  const Case *told = *(const Case **) user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, told->status, NULL);
  if (told->code != NULL)
    soup_message_headers_replace (headers, "X-Error-Code", told->code);
  if (told->message != NULL)
    soup_message_headers_replace (headers, "X-Error-Message", told->message);
}

static void
test_cases (void)
{
  const Case *told = NULL;
  g_autofree char *url = NULL;
  SoupServer *server = test_web_server_start ("127.0.0.1", answer, &told, &url);
  g_autoptr (SoupSession) session = soup_session_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestAwait) await = test_await_new ();
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr (JsonNode) root = cases[i].body != NULL ? json_from_string (cases[i].body, NULL) : NULL;
      g_autoptr (GInputStream) body = NULL;
      g_autoptr (GError) failure = NULL;
      g_autoptr (GError) error = NULL;

      told = &cases[i];
      soup_session_send_async (session, message, G_PRIORITY_DEFAULT, NULL, test_await_callback, await);
      body = soup_session_send_finish (session, test_await_result (await), &failure);
      g_assert_no_error (failure);
      error = paddock_hub_refusal_new (message, root, cases[i].has_token);
      g_test_message ("%u %s %s", cases[i].status, cases[i].code, error->message);
      g_assert_error (error, PADDOCK_HUB_ERROR, (gint) cases[i].found);
      if (cases[i].said != NULL)
        g_assert_cmpstr (error->message, ==, cases[i].said);
      else
        {
          g_autofree char *status = g_strdup_printf ("the hub answers %u ", cases[i].status);

          g_assert_true (g_str_has_prefix (error->message, status));
        }
    }
  test_web_server_stop (server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-refusal/cases", test_cases);
  return g_test_run ();
}
