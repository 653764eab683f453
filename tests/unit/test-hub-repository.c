/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-account.h"
#include "hub-repository.h"

static PaddockHubRepository *
read_text (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_test_message ("%s", text);
  return paddock_hub_repository_read (node);
}

static void
test_whole (void)
{
  static const char text[]
      = "{\"id\":\"acme/tiny-GGUF\",\"sha\":\"5bb9\",\"pipeline_tag\":\"text-generation\",\"downloads\":17,\"likes\":0,"
        "\"lastModified\":\"2026-08-01T10:11:12.000Z\",\"createdAt\":\"1970-01-01T00:00:01.000Z\",\"gated\":\"auto\","
        "\"private\":true,\"disabled\":true,\"tags\":[\"gguf\",17,\"license:mit\",\"base_model:acme/tiny\"],"
        "\"gguf\":{\"total\":8000000000,\"context_length\":4096,\"architecture\":\"llama\"},\"other\":{}}";
  static const char *const tags[] = { "gguf", "license:mit", "base_model:acme/tiny", NULL };
  static const char *const bases[] = { "acme/tiny", NULL };
  g_autoptr (PaddockHubRepository) repository = read_text (text);

  g_assert_nonnull (repository);
  g_assert_cmpstr (repository->id, ==, "acme/tiny-GGUF");
  g_assert_cmpstr (repository->author, ==, "acme");
  g_assert_cmpstr (repository->sha, ==, "5bb9");
  g_assert_cmpstr (repository->task, ==, "text-generation");
  g_assert_cmpstr (repository->license, ==, "mit");
  g_assert_cmpstrv (repository->tags, tags);
  g_assert_cmpstrv (repository->base_models, bases);
  g_assert_cmpint (repository->downloads, ==, 17);
  g_assert_cmpint (repository->likes, ==, 0);
  g_assert_cmpint (repository->modified, ==, 1785579072);
  g_assert_cmpint (repository->created, ==, 1);
  g_assert_cmpint (repository->parameters, ==, 8000000000);
  g_assert_cmpint (repository->context_length, ==, 4096);
  g_assert_cmpstr (repository->architecture, ==, "llama");
  g_assert_cmpint ((int) repository->gate, ==, (int) PADDOCK_HUB_GATED_AUTOMATIC);
  g_assert_true (repository->is_private);
  g_assert_true (repository->is_disabled);
}

/* Nothing but a name, or everything of another kind than it should be: it is not known. */
static void
test_unknown (void)
{
  static const char *const texts[] = {
    "{\"id\":\"acme/tiny\"}",
    "{\"id\":\"acme/tiny\",\"sha\":17,\"pipeline_tag\":[],\"downloads\":\"17\",\"likes\":-1,\"lastModified\":1785579072,"
    "\"createdAt\":\"yesterday\",\"gated\":false,\"private\":\"true\",\"disabled\":1,\"tags\":{},\"gguf\":[]}",
    "{\"id\":\"acme/"
    "tiny\",\"tags\":[17,null,[\"license:mit\"]],\"gguf\":{\"total\":\"8\",\"context_length\":-1,\"architecture\":3}}",
    "{\"id\":\"acme/tiny\",\"sha\":null,\"tags\":null,\"gguf\":null,\"gated\":null,\"likes\":null}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PaddockHubRepository) repository = read_text (texts[i]);

      g_assert_nonnull (repository);
      g_assert_null (repository->sha);
      g_assert_null (repository->task);
      g_assert_null (repository->license);
      g_assert_null (repository->architecture);
      g_assert_cmpuint (g_strv_length (repository->tags), ==, 0);
      g_assert_cmpuint (g_strv_length (repository->base_models), ==, 0);
      g_assert_cmpint (repository->downloads, ==, -1);
      g_assert_cmpint (repository->likes, ==, -1);
      g_assert_cmpint (repository->modified, ==, -1);
      g_assert_cmpint (repository->created, ==, -1);
      g_assert_cmpint (repository->parameters, ==, -1);
      g_assert_cmpint (repository->context_length, ==, -1);
      g_assert_cmpint ((int) repository->gate, ==, (int) PADDOCK_HUB_OPEN);
      g_assert_false (repository->is_private);
      g_assert_false (repository->is_disabled);
    }
}

/* A name becomes a part of an address, and of a path on this computer. */
static void
test_none (void)
{
  static const char *const texts[] = {
    "null",
    "17",
    "\"acme/tiny\"",
    "[{\"id\":\"acme/tiny\"}]",
    "{}",
    "{\"id\":17}",
    "{\"id\":\"\"}",
    "{\"id\":\"tiny\"}",
    "{\"id\":\"/tiny\"}",
    "{\"id\":\"acme/\"}",
    "{\"id\":\"acme/tiny/x\"}",
    "{\"id\":\"../tiny\"}",
    "{\"id\":\"acme/..\"}",
    "{\"id\":\"acme/.hidden\"}",
    "{\"id\":\"acme/a b\"}",
    "{\"id\":\"acme/a?b\"}",
    "{\"id\":\"acme/a%2fb\"}",
    "{\"id\":\"acme/a\\nb\"}",
    "{\"id\":\"acme/\\u00e4\"}",
    "{\"modelId\":\"acme/tiny\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (read_text (texts[i]));
  g_assert_null (paddock_hub_repository_read (NULL));
}

/* Where it is not said how, somebody looks at each one. */
static void
test_gate (void)
{
  static const struct
  {
    const char *said;
    PaddockHubGate gate;
  } cases[] = {
    { "false", PADDOCK_HUB_OPEN },
    { "true", PADDOCK_HUB_GATED_MANUAL },
    { "\"auto\"", PADDOCK_HUB_GATED_AUTOMATIC },
    { "\"manual\"", PADDOCK_HUB_GATED_MANUAL },
    { "\"new\"", PADDOCK_HUB_GATED_MANUAL },
    { "0", PADDOCK_HUB_OPEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"acme/tiny\",\"gated\":%s}", cases[i].said);
      g_autoptr (PaddockHubRepository) repository = read_text (text);

      g_assert_cmpint ((int) repository->gate, ==, (int) cases[i].gate);
    }
}

/* The first license counts; models that it was made from are told with and without how. */
static void
test_tags (void)
{
  static const char *const bases[] = { "acme/a", "acme/b", NULL };
  g_autoptr (PaddockHubRepository) repository
      = read_text ("{\"id\":\"acme/tiny\",\"tags\":[\"license:\",\"license:apache-2.0\",\"license:mit\",\"base_model:acme/a\","
                   "\"base_model:quantized:acme/a\",\"base_model:../..\",\"base_model:\",\"base_model:acme/b\"]}");

  g_assert_cmpstr (repository->license, ==, "apache-2.0");
  g_assert_cmpstrv (repository->base_models, bases);
}

static void
test_list (void)
{
  g_autoptr (JsonNode) list = json_from_string ("[{\"id\":\"acme/b\"},{},17,{\"id\":\"acme/a\"}]", NULL);
  g_autoptr (JsonNode) none = json_from_string ("{\"id\":\"acme/b\"}", NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_repository_unref);

  g_assert_false (paddock_hub_repository_read_list (NULL, found));
  g_assert_false (paddock_hub_repository_read_list (none, found));
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_true (paddock_hub_repository_read_list (list, found));
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((PaddockHubRepository *) g_ptr_array_index (found, 0))->id, ==, "acme/b");
  g_assert_cmpstr (((PaddockHubRepository *) g_ptr_array_index (found, 1))->id, ==, "acme/a");
}

/* Whom the hub takes a person for: whoever has a name. */
static void
test_account (void)
{
  static const struct
  {
    const char *text, *name, *full_name, *role;
  } cases[] = {
    { "{\"name\":\"ada\"}", "ada", NULL, NULL },
    { "{\"name\":\"ada\",\"fullname\":\"Ada L.\",\"auth\":{\"accessToken\":{\"role\":\"read\"}}}", "ada", "Ada L.", "read" },
    { "{\"name\":\"ada\",\"fullname\":17,\"auth\":{\"accessToken\":\"read\"}}", "ada", NULL, NULL },
    { "{\"name\":\"ada\",\"auth\":[]}", "ada", NULL, NULL },
    { "{\"name\":\"\"}", NULL, NULL, NULL },
    { "{\"name\":17}", NULL, NULL, NULL },
    { "{\"error\":\"Invalid credentials\"}", NULL, NULL, NULL },
    { "[]", NULL, NULL, NULL },
    { "null", NULL, NULL, NULL },
  };

  g_assert_null (paddock_hub_account_read (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (cases[i].text, NULL);
      g_autoptr (PaddockHubAccount) account = paddock_hub_account_read (node);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (account != NULL, ==, cases[i].name != NULL);
      g_assert_cmpstr (account != NULL ? account->name : NULL, ==, cases[i].name);
      g_assert_cmpstr (account != NULL ? account->full_name : NULL, ==, cases[i].full_name);
      g_assert_cmpstr (account != NULL ? account->role : NULL, ==, cases[i].role);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-repository/whole", test_whole);
  g_test_add_func ("/hub-repository/unknown", test_unknown);
  g_test_add_func ("/hub-repository/none", test_none);
  g_test_add_func ("/hub-repository/gate", test_gate);
  g_test_add_func ("/hub-repository/tags", test_tags);
  g_test_add_func ("/hub-repository/list", test_list);
  g_test_add_func ("/hub-repository/account", test_account);
  return g_test_run ();
}
