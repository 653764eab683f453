/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-json.h"

/* What a server may say in place of a number, a text or anything else. */
static const char all[] = "{\"text\": \"words\", \"empty\": \"\", \"number\": 17, \"zero\": 0, \"below\": -5, \"part\": 1.5,"
                          " \"whole\": 3.0, \"digits\": \"17\", \"most\": 9223372036854775807, \"more\": 9223372036854775808,"
                          " \"huge\": 99999999999999999999999999, \"yes\": true, \"no\": false, \"null\": null,"
                          " \"object\": {\"a\": 1}, \"array\": [1, \"a\", null, \"b\", {\"c\": \"d\"}, [\"e\"], true, \"\"],"
                          " \"time\": \"2026-08-01T10:11:12.000Z\", \"zone\": \"2026-08-01T12:11:12+02:00\","
                          " \"nowhere\": \"2026-08-01T10:11:12\", \"day\": \"2026-08-01\", \"past\": \"1969-12-31T23:59:59Z\","
                          " \"never\": \"2026-13-45T99:99:99Z\", \"epoch\": \"1970-01-01T00:00:00Z\"}";

typedef struct
{
  JsonNode *root;
  JsonObject *object;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->root = json_from_string (all, &error);
  g_assert_no_error (error);
  fixture->object = json_node_get_object (fixture->root);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  json_node_unref (fixture->root);
}

static void
test_string (Fixture *fixture, gconstpointer data)
{
  static const char *const none[] = { "number", "part", "yes", "null", "object", "array", "absent" };

  g_assert_cmpstr (paddock_hub_json_get_string (fixture->object, "text"), ==, "words");
  g_assert_cmpstr (paddock_hub_json_get_string (fixture->object, "empty"), ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (paddock_hub_json_get_string (fixture->object, none[i]));
}

static void
test_number (Fixture *fixture, gconstpointer data)
{
  static const char *const none[]
      = { "below", "part", "whole", "digits", "text", "yes", "no", "null", "object", "array", "absent" };
  static const char *const too_large[] = { "more", "huge" };

  g_assert_cmpint (paddock_hub_json_get_number (fixture->object, "number"), ==, 17);
  g_assert_cmpint (paddock_hub_json_get_number (fixture->object, "zero"), ==, 0);
  g_assert_cmpint (paddock_hub_json_get_number (fixture->object, "most"), ==, G_MAXINT64);
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_test_message ("%s", none[i]);
      g_assert_cmpint (paddock_hub_json_get_number (fixture->object, none[i]), ==, -1);
    }
  /* What no number holds is none, or the largest: which of them depends on who reads it. */
  for (gsize i = 0; i < G_N_ELEMENTS (too_large); i++)
    {
      gint64 number = paddock_hub_json_get_number (fixture->object, too_large[i]);

      g_assert_true (number == -1 || number == G_MAXINT64);
    }
}

/* Nothing but true is true. */
static void
test_boolean (Fixture *fixture, gconstpointer data)
{
  static const char *const none[] = { "no", "number", "text", "null", "object", "array", "absent" };

  g_assert_true (paddock_hub_json_get_boolean (fixture->object, "yes"));
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (paddock_hub_json_get_boolean (fixture->object, none[i]));
}

static void
test_containers (Fixture *fixture, gconstpointer data)
{
  static const char *const none[] = { "number", "text", "yes", "null", "absent" };

  g_assert_cmpuint (json_object_get_size (paddock_hub_json_get_object (fixture->object, "object")), ==, 1);
  g_assert_cmpuint (json_array_get_length (paddock_hub_json_get_array (fixture->object, "array")), ==, 8);
  g_assert_null (paddock_hub_json_get_object (fixture->object, "array"));
  g_assert_null (paddock_hub_json_get_array (fixture->object, "object"));
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_assert_null (paddock_hub_json_get_object (fixture->object, none[i]));
      g_assert_null (paddock_hub_json_get_array (fixture->object, none[i]));
    }
}

/* A time that does not say where it is that late is none, nor is one before there was any. */
static void
test_time (Fixture *fixture, gconstpointer data)
{
  static const char *const none[] = { "nowhere", "day", "past", "never", "text", "empty", "number", "null", "array", "absent" };

  g_assert_cmpint (paddock_hub_json_get_time (fixture->object, "time"), ==, 1785579072);
  g_assert_cmpint (paddock_hub_json_get_time (fixture->object, "zone"), ==, 1785579072);
  g_assert_cmpint (paddock_hub_json_get_time (fixture->object, "epoch"), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_test_message ("%s", none[i]);
      g_assert_cmpint (paddock_hub_json_get_time (fixture->object, none[i]), ==, -1);
    }
}

static void
test_strings (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) found = paddock_hub_json_dup_strings (paddock_hub_json_get_array (fixture->object, "array"));
  g_auto (GStrv) nothing = paddock_hub_json_dup_strings (NULL);
  const char *const expected[] = { "a", "b", "", NULL };

  g_assert_cmpstrv (found, expected);
  g_assert_nonnull (nothing);
  g_assert_cmpuint (g_strv_length (nothing), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/hub-json/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("string", test_string);
  ADD ("number", test_number);
  ADD ("boolean", test_boolean);
  ADD ("containers", test_containers);
  ADD ("time", test_time);
  ADD ("strings", test_strings);
#undef ADD
  return g_test_run ();
}
