/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "directory.h"
#include "hub-token.h"

/* What a person's environment says of tokens; none of it comes from whoever runs the test. */
static const char *const variables[]
    = { "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH", "HF_HOME", "HF_HUB_DISABLE_IMPLICIT_TOKEN" };

typedef struct
{
  TestDirectory *directory;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = NULL;

  fixture->directory = test_directory_new ();
  nowhere = test_directory_build_path (fixture->directory, "nowhere");
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  g_setenv ("HF_HOME", nowhere, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_directory_free (fixture->directory);
}

static void
assert_found (const char *expected)
{
  g_autofree char *token = paddock_hub_token_find ();

  g_assert_cmpstr (token, ==, expected);
}

static void
test_clean (void)
{
  static const struct
  {
    const char *text, *token;
  } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { " \n", NULL },
    { " hf_a1\r\n", "hf_a1" },
    { "hf a", NULL },
    { "hf\033a", NULL },
    { "hf_a\r\nX-Other: b", NULL },
    { "hf_\xc3\xa4", NULL },
    { "\xff", NULL },
    { "hf\x7f", NULL },
    { "!~", "!~" },
  };
  g_autofree char *long_text = g_strnfill (16384, 'x'), *longer_text = g_strnfill (16385, 'x');
  g_autofree char *kept = paddock_hub_token_clean (long_text);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = paddock_hub_token_clean (cases[i].text);

      g_assert_cmpstr (token, ==, cases[i].token);
    }
  g_assert_cmpstr (kept, ==, long_text);
  g_assert_null (paddock_hub_token_clean (longer_text));
}

/* The newer variable before the older one, and what is none is passed over. */
static void
test_environment (Fixture *fixture, gconstpointer data)
{
  assert_found (NULL);
  g_setenv ("HUGGING_FACE_HUB_TOKEN", "hf_old", TRUE);
  assert_found ("hf_old");
  g_setenv ("HF_TOKEN", " hf_new\n", TRUE);
  assert_found ("hf_new");
  g_setenv ("HF_TOKEN", "not a token", TRUE);
  assert_found ("hf_old");
  g_setenv ("HF_TOKEN", "", TRUE);
  assert_found ("hf_old");
}

/* Where the hub's own tools write it: the named file, or the one in their folder. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *named = test_directory_write (fixture->directory, "named", "hf_named\n");
  g_autofree char *usual = test_directory_write (fixture->directory, "token", "hf_usual\n");
  g_autofree char *broken = test_directory_write (fixture->directory, "broken", "hf_a\nhf_b\n");

  g_setenv ("HF_HOME", test_directory_get_path (fixture->directory), TRUE);
  assert_found ("hf_usual");
  g_setenv ("HF_TOKEN_PATH", named, TRUE);
  assert_found ("hf_named");
  g_setenv ("HF_TOKEN_PATH", "", TRUE);
  assert_found ("hf_usual");
  g_setenv ("HF_TOKEN_PATH", broken, TRUE);
  assert_found (NULL);
  g_setenv ("HF_TOKEN_PATH", test_directory_get_path (fixture->directory), TRUE);
  assert_found (NULL);
  g_setenv ("HF_TOKEN", "hf_said", TRUE);
  g_setenv ("HF_TOKEN_PATH", named, TRUE);
  assert_found ("hf_said");
}

/* Whoever says that nothing is to be sent by itself is heard, unless that is said in the words for no. */
static void
test_forbidden (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *said;
    gboolean forbids;
  } cases[]
      = { { "1", TRUE }, { "true", TRUE }, { "yes", TRUE }, { "", FALSE }, { "0", FALSE }, { "false", FALSE }, { "FALSE", FALSE } };

  g_setenv ("HF_TOKEN", "hf_said", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_setenv ("HF_HUB_DISABLE_IMPLICIT_TOKEN", cases[i].said, TRUE);
      assert_found (cases[i].forbids ? NULL : "hf_said");
    }
}

static void
assert_loaded (const char *expected, PaddockHubTokenOrigin expected_origin)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  PaddockHubTokenOrigin origin;

  paddock_hub_token_load_async ("https://hub.example.org", NULL, test_await_callback, await);
  token = paddock_hub_token_load_finish (test_await_result (await), &origin, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, expected);
  g_assert_cmpint ((int) origin, ==, (int) expected_origin);
}

/* What the environment says needs no keyring, nor does it that nothing is to be sent. */
static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_setenv ("HF_TOKEN", "hf_said", TRUE);
  assert_loaded ("hf_said", PADDOCK_HUB_TOKEN_ENVIRONMENT);
  g_setenv ("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1", TRUE);
  assert_loaded (NULL, PADDOCK_HUB_TOKEN_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-token/clean", test_clean);
#define ADD(name, function) g_test_add ("/hub-token/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("environment", test_environment);
  ADD ("file", test_file);
  ADD ("forbidden", test_forbidden);
  ADD ("load", test_load);
#undef ADD
  return g_test_run ();
}
