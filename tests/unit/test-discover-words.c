/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-problem.h"
#include "discover/discover-words.h"
#include "hub-error.h"

#include <string.h>

#define SAYS "what the hub says"
#define NOW G_GINT64_CONSTANT (1790000000)
#define DAY (24 * 60 * 60)

static PaddockHubRepository *
read_json (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  PaddockHubRepository *repository = paddock_hub_repository_read (node);

  g_assert_nonnull (repository);
  return repository;
}

static void
test_summary (void)
{
  g_autoptr (PaddockHubRepository) repository
      = read_json ("{\"id\":\"acme/Tiny-8B-it-GGUF\",\"pipeline_tag\":\"text-generation\",\"downloads\":1,\"likes\":1200,"
              "\"tags\":[\"gguf\",\"license:mit\"],\"gated\":\"auto\"}");
  g_autofree char *name = paddock_discover_words_dup_name (repository);
  g_autofree char *summary = paddock_discover_words_dup_summary (repository);
  g_autofree char *label = paddock_discover_words_dup_label (repository);

  g_assert_cmpstr (name, ==, "Tiny-8B-it-GGUF");
  /* The hub's lists do not tell how large a model is, but its name does. */
  g_assert_cmpstr (summary, ==, "acme · 8B · Text · mit");
  g_assert_cmpstr (label, ==, "Tiny-8B-it-GGUF, With Conditions, acme, 8B, Text, mit, 1 download, 1200 likes");
}

static void
test_little (void)
{
  g_autoptr (PaddockHubRepository) repository = read_json ("{\"id\":\"acme/something\",\"pipeline_tag\":\"odd-one\\u202e\"}");
  g_autofree char *summary = paddock_discover_words_dup_summary (repository);

  g_assert_cmpstr (summary, ==, "acme · odd-one\\u202e");
  g_assert_null (paddock_discover_words_get_gate (repository));
  g_assert_null (paddock_discover_words_dup_downloads (repository));
  g_assert_null (paddock_discover_words_dup_likes (repository));
}

/* What the hub looked into is truer than a name. */
static void
test_parameters (void)
{
  g_autoptr (PaddockHubRepository) repository = read_json ("{\"id\":\"acme/Tiny-8B\",\"gguf\":{\"total\":8190735360}}");
  g_autofree char *parameters = paddock_discover_words_dup_parameters (repository);

  g_assert_cmpstr (parameters, ==, "8.19 B");
}

static void
test_gate (void)
{
  static const struct
  {
    const char *members, *gate;
  } cases[] = {
    { "\"gated\":false", NULL },
    { "\"gated\":\"auto\"", "With Conditions" },
    { "\"gated\":\"manual\"", "On Request" },
    { "\"private\":true", "Private" },
    { "\"disabled\":true,\"gated\":\"auto\"", "Shut by the Hub" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\":\"a/b\",%s}", cases[i].members);
      g_autoptr (PaddockHubRepository) repository = read_json (json);

      g_assert_cmpstr (paddock_discover_words_get_gate (repository), ==, cases[i].gate);
    }
}

static void
test_age (void)
{
  static const struct
  {
    gint64 days;
    const char *text;
  } cases[] = {
    { -3, "Updated today" },          { 0, "Updated today" },           { 1, "Updated 1 day ago" }, { 59, "Updated 59 days ago" },
    { 60, "Updated 2 months ago" },   { 729, "Updated 24 months ago" }, { 730, "Updated 2 years ago" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = paddock_discover_words_dup_age (NOW - cases[i].days * DAY, NOW);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_null (paddock_discover_words_dup_age (-1, NOW));
}

/* What is old is told as old, today by the hour. */
static void
test_said (void)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (NOW - 60);
  g_autofree char *clock = g_date_time_format (then, "%H:%M");
  g_autofree char *today = paddock_discover_words_dup_said (NOW - 60, NOW);
  g_autofree char *long_ago = paddock_discover_words_dup_said (NOW - 40 * DAY, NOW);
  g_autofree char *never = paddock_discover_words_dup_said (G_MAXINT64, NOW);

  g_assert_true (g_str_has_suffix (today, clock));
  g_assert_null (strstr (long_ago, clock));
  g_assert_cmpstr (never, ==, "The hub cannot be asked now: this is what it said once");
}

static void
test_tasks (void)
{
  const char *task;
  guint count = 0;

  for (; (task = paddock_discover_words_get_task (count)) != NULL; count++)
    {
      g_autofree char *label = paddock_discover_words_dup_task (task);

      g_assert_cmpstr (label, !=, task);
    }
  g_assert_cmpuint (count, >, 5);
}

static PaddockDiscoverProblem *
describe (GQuark domain, int code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, SAYS);

  return paddock_discover_problem_new (error);
}

/* Each code has words of its own: not one of them is told as another. */
static void
test_problems (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= PADDOCK_HUB_ERROR_ANSWER; code++)
    {
      g_autoptr (PaddockDiscoverProblem) problem = describe (PADDOCK_HUB_ERROR, code);

      g_assert_true (g_hash_table_add (titles, g_strdup (problem->title)));
      g_assert_cmpstr (problem->text, !=, SAYS);
      g_assert_true (g_str_has_suffix (problem->icon, "-symbolic"));
    }
}

/* A missing token, conditions that were not accepted and a token that does not do are three different things to do. */
static void
test_remedies (void)
{
  static const struct
  {
    PaddockHubError code;
    PaddockDiscoverRemedy remedy;
  } cases[] = {
    { PADDOCK_HUB_ERROR_TOKEN, PADDOCK_REMEDY_SIGN_IN },     { PADDOCK_HUB_ERROR_UNKNOWN, PADDOCK_REMEDY_SIGN_IN },
    { PADDOCK_HUB_ERROR_GATED, PADDOCK_REMEDY_OPEN_PAGE },   { PADDOCK_HUB_ERROR_REFUSED, PADDOCK_REMEDY_OPEN_PAGE },
    { PADDOCK_HUB_ERROR_DENIED, PADDOCK_REMEDY_SIGN_IN },    { PADDOCK_HUB_ERROR_OFFLINE, PADDOCK_REMEDY_TRY_AGAIN },
    { PADDOCK_HUB_ERROR_WAITING, PADDOCK_REMEDY_TRY_AGAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PaddockDiscoverProblem) problem = describe (PADDOCK_HUB_ERROR, cases[i].code);

      g_assert_cmpint (problem->remedy, ==, cases[i].remedy);
    }
}

/* What the hub itself says is only shown where it knows more. */
static void
test_sayings (void)
{
  g_autoptr (PaddockDiscoverProblem) busy = describe (PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_BUSY);
  g_autoptr (PaddockDiscoverProblem) offline = describe (PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_OFFLINE);
  g_autoptr (PaddockDiscoverProblem) other = describe (G_IO_ERROR, G_IO_ERROR_FAILED);

  g_assert_nonnull (strstr (busy->text, SAYS));
  g_assert_null (strstr (offline->text, SAYS));
  g_assert_cmpstr (other->text, ==, SAYS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/discover-words/summary", test_summary);
  g_test_add_func ("/discover-words/little", test_little);
  g_test_add_func ("/discover-words/parameters", test_parameters);
  g_test_add_func ("/discover-words/gate", test_gate);
  g_test_add_func ("/discover-words/age", test_age);
  g_test_add_func ("/discover-words/said", test_said);
  g_test_add_func ("/discover-words/tasks", test_tasks);
  g_test_add_func ("/discover-words/problems", test_problems);
  g_test_add_func ("/discover-words/remedies", test_remedies);
  g_test_add_func ("/discover-words/sayings", test_sayings);
  return g_test_run ();
}
