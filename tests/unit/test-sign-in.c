/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"
#include "await.h"
#include "directory.h"
#include "hub-error.h"
#include "sign-in.h"
#include "web-server.h"

#include <string.h>

/* A hub and a mirror of it that tell everybody their token as their name, on a computer without a keyring where another
   program keeps the token "hf_file". */
typedef struct
{
  TestDirectory *directory;
  SoupServer *hub, *mirror;
  char *hub_address, *mirror_address;
  PaddockHubSession *session;
  PaddockSignIn *sign_in;
  guint n_renewed, n_seen_by_mirror;
} Fixture;

static void
answer (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query G_GNUC_UNUSED, gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *who = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *json = NULL;

  g_assert_cmpstr (path, ==, "/api/whoami-v2");
  g_assert_true (g_str_has_prefix (who, "Bearer "));
  fixture->n_seen_by_mirror += server == fixture->mirror ? 1 : 0;
  json = g_strdup_printf ("{\"type\":\"user\",\"name\":\"%s\"}", who + strlen ("Bearer "));
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json, strlen (json));
}

static void
on_renewed (Fixture *fixture)
{
  fixture->n_renewed++;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  fixture->directory = test_directory_new ();
  file = test_directory_build_path (fixture->directory, "token");
  g_assert_true (g_file_set_contents (file, "hf_file\n", -1, NULL));
  g_setenv ("PADDOCK_CACHE_DIR", test_directory_get_path (fixture->directory), TRUE);
  g_setenv ("HF_TOKEN_PATH", file, TRUE);
  fixture->hub = test_web_server_start ("127.0.0.1", answer, fixture, &fixture->hub_address);
  fixture->mirror = test_web_server_start ("127.0.0.1", answer, fixture, &fixture->mirror_address);
  fixture->session = paddock_hub_session_new (fixture->hub_address, NULL, &error);
  g_assert_no_error (error);
  fixture->sign_in = paddock_sign_in_new (fixture->session);
  g_signal_connect_swapped (fixture->sign_in, "renewed", G_CALLBACK (on_renewed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  test_assert_finalize (fixture->sign_in);
  g_object_unref (fixture->session);
  test_web_server_stop (fixture->hub);
  test_web_server_stop (fixture->mirror);
  g_free (fixture->hub_address);
  g_free (fixture->mirror_address);
  g_unsetenv ("HF_TOKEN_PATH");
  test_directory_free (fixture->directory);
}

static gboolean
is_renewed (gpointer user_data)
{
  return ((Fixture *) user_data)->n_renewed > 0;
}

static gboolean
is_known (gpointer user_data)
{
  return paddock_sign_in_get_account (((Fixture *) user_data)->sign_in) != NULL;
}

static gboolean
has_no_keyring (gpointer user_data)
{
  return paddock_sign_in_get_keyring_problem (((Fixture *) user_data)->sign_in) != NULL;
}

static void
begin (Fixture *fixture)
{
  paddock_sign_in_begin (fixture->sign_in);
  paddock_sign_in_begin (fixture->sign_in);
  test_await_condition (is_renewed, fixture);
  g_assert_cmpuint (fixture->n_renewed, ==, 1);
  fixture->n_renewed = 0;
}

static void
test_finds (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_false (paddock_sign_in_is_begun (fixture->sign_in));
  begin (fixture);
  g_assert_true (paddock_sign_in_is_begun (fixture->sign_in));
  g_assert_cmpint (paddock_sign_in_get_origin (fixture->sign_in), ==, PADDOCK_HUB_TOKEN_FILE);
  g_assert_cmpstr (paddock_hub_session_get_token (fixture->session), ==, "hf_file");
  g_assert_false (paddock_sign_in_can_sign_out (fixture->sign_in));
  paddock_sign_in_ask (fixture->sign_in);
  test_await_condition (is_known, fixture);
  g_assert_cmpstr (paddock_sign_in_get_account (fixture->sign_in)->name, ==, "hf_file");
}

/* What is kept for the hub is not told to whoever else the person chooses. */
static void
test_moves (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  begin (fixture);
  g_assert_false (paddock_sign_in_set_endpoint (fixture->sign_in, "elsewhere"));
  g_assert_cmpstr (paddock_hub_session_get_token (fixture->session), ==, "hf_file");
  g_assert_true (paddock_sign_in_set_endpoint (fixture->sign_in, fixture->mirror_address));
  g_assert_cmpstr (paddock_hub_session_get_endpoint (fixture->session), ==, fixture->mirror_address);
  g_assert_null (paddock_hub_session_get_token (fixture->session));
  test_await_condition (is_renewed, fixture);
  g_assert_cmpint (paddock_sign_in_get_origin (fixture->sign_in), ==, PADDOCK_HUB_TOKEN_NONE);
  g_assert_false (paddock_sign_in_can_sign_out (fixture->sign_in));
  g_assert_error (paddock_sign_in_get_keyring_problem (fixture->sign_in), PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_KEYRING);
  paddock_sign_in_ask (fixture->sign_in);
  g_assert_cmpuint (fixture->n_seen_by_mirror, ==, 0);

  paddock_sign_in_give (fixture->sign_in, "hf_mirror");
  paddock_sign_in_ask (fixture->sign_in);
  test_await_condition (is_known, fixture);
  g_assert_cmpstr (paddock_sign_in_get_account (fixture->sign_in)->name, ==, "hf_mirror");
  g_assert_cmpuint (fixture->n_seen_by_mirror, ==, 1);
}

static void
test_gives (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  begin (fixture);
  paddock_sign_in_give (fixture->sign_in, "hf_given");
  g_assert_cmpuint (fixture->n_renewed, ==, 1);
  g_assert_cmpstr (paddock_hub_session_get_token (fixture->session), ==, "hf_given");
  test_await_condition (has_no_keyring, fixture);
  g_assert_true (paddock_sign_in_can_sign_out (fixture->sign_in));
  paddock_sign_in_sign_out (fixture->sign_in);
  g_assert_null (paddock_hub_session_get_token (fixture->session));
  g_assert_false (paddock_sign_in_can_sign_out (fixture->sign_in));
  paddock_sign_in_ask (fixture->sign_in);
  g_assert_null (paddock_sign_in_get_account (fixture->sign_in));
}

static void
test_fixed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_false (paddock_sign_in_is_fixed ());
  g_setenv ("HF_ENDPOINT", fixture->hub_address, TRUE);
  g_assert_true (paddock_sign_in_is_fixed ());
  g_assert_true (paddock_sign_in_set_endpoint (fixture->sign_in, fixture->mirror_address));
  g_assert_cmpstr (paddock_hub_session_get_endpoint (fixture->session), ==, fixture->hub_address);
  g_unsetenv ("HF_ENDPOINT");
}

static void
test_addresses (void)
{
  g_assert_true (paddock_hub_session_is_endpoint ("https://hub.example.org/mirror/"));
  g_assert_true (paddock_hub_session_is_endpoint (" http://[::1]:8080 "));
  g_assert_false (paddock_hub_session_is_endpoint (""));
  g_assert_false (paddock_hub_session_is_endpoint ("hub.example.org"));
  g_assert_false (paddock_hub_session_is_endpoint ("ftp://hub.example.org"));
  g_assert_false (paddock_hub_session_is_endpoint ("https://me:secret@hub.example.org"));
  g_assert_false (paddock_hub_session_is_endpoint ("https://hub.example.org/?a=b"));
  g_assert_false (paddock_hub_session_is_endpoint ("https://"));
  g_assert_false (paddock_hub_session_is_endpoint ("https://nowhere at all"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  g_unsetenv ("HF_ENDPOINT");
  g_unsetenv ("HF_TOKEN");
  g_unsetenv ("HUGGING_FACE_HUB_TOKEN");
  g_unsetenv ("HF_HUB_DISABLE_IMPLICIT_TOKEN");
  g_test_add ("/sign-in/finds", Fixture, NULL, set_up, test_finds, tear_down);
  g_test_add ("/sign-in/moves", Fixture, NULL, set_up, test_moves, tear_down);
  g_test_add ("/sign-in/gives", Fixture, NULL, set_up, test_gives, tear_down);
  g_test_add ("/sign-in/fixed", Fixture, NULL, set_up, test_fixed, tear_down);
  g_test_add_func ("/sign-in/addresses", test_addresses);
  return g_test_run ();
}
