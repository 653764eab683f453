/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-error.h"
#include "engine-finding-store.h"

#include <glib/gstdio.h>
#include <string.h>

#include "directory.h"

#define MIB G_GUINT64_CONSTANT (1048576)
#define MODEL "kv general.architecture str llama\ntensor a f32 4\ntensor b f16 8x2\n"

typedef struct
{
  TestDirectory *directory;
  char *path;                        /* of the store */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->path = test_directory_build_path (fixture->directory, "engine-findings.json");
  g_setenv ("PADDOCK_DATA_DIR", test_directory_get_path (fixture->directory), TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->directory, test_directory_free);
}

static PaddockEngineFit *
make_fit (const char *text)
{
  g_autoptr (GError) error = NULL;
  PaddockEngineFit *fit = paddock_engine_fit_parse (text, strlen (text), &error);
  const char *const question[] = { "-m", "/home/me/secret/model.gguf", "-c", "512", NULL };

  g_assert_no_error (error);
  fit->question = g_strdupv ((char **) question);
  return fit;
}

/* Ours is so many bytes; the engine says what it prints. */
static PaddockEngineFinding *
make_finding (Fixture *fixture, const char *name, const char *recipe, guint64 weights, guint64 cache, guint64 compute,
              const char *printed)
{
  g_autofree char *path = test_directory_write_recipe (fixture->directory, name, recipe);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = paddock_gguf_shards_open (path, NULL, &error);
  g_autoptr (PaddockEngineFit) fit = make_fit (printed);
  PaddockMemoryEstimate ours = { 0 };

  g_assert_no_error (error);
  ours.bytes[PADDOCK_MEMORY_WEIGHTS] = weights;
  ours.bytes[PADDOCK_MEMORY_CACHE] = cache / 2;
  ours.bytes[PADDOCK_MEMORY_STATE] = cache - cache / 2;
  ours.bytes[PADDOCK_MEMORY_COMPUTE] = compute;
  return paddock_engine_finding_new (shards, &ours, fit);
}

/* The engine cuts off what is no whole MiB: that is no difference. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockEngineFinding) low = make_finding (fixture, "a.gguf", MODEL, MIB, 2 * MIB, 3 * MIB, "Host 1 2 3\n");
  g_autoptr (PaddockEngineFinding) high =
    make_finding (fixture, "a.gguf", MODEL, 2 * MIB - 1, 3 * MIB - 1, 4 * MIB - 1, "Host 1 2 3\n");
  g_autoptr (PaddockEngineFinding) two =
    make_finding (fixture, "a.gguf", MODEL, 3 * MIB - 1, 4 * MIB - 1, 5 * MIB - 1, "Host 1 2 3\nCUDA0 0 0 0\n");

  g_assert_false (paddock_engine_finding_differs (low));
  g_assert_false (paddock_engine_finding_differs (high));
  g_assert_false (paddock_engine_finding_differs (two));
}

static void
test_differs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockEngineFinding) finding =
    make_finding (fixture, "a.gguf", MODEL, 2 * MIB, 2 * MIB - 1, 3 * MIB, "Host 1 2 3\n");

  g_assert_true (paddock_engine_finding_differs (finding));
  g_assert_cmpint (finding->weights, ==, -(gint64) MIB);
  g_assert_cmpint (finding->cache, ==, 1);
  g_assert_cmpint (finding->compute, ==, 0);
  g_assert_cmpstr (finding->model, ==, "a.gguf");
  g_assert_cmpstr (finding->question[0], ==, "-c");
}

static void
test_identity (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockEngineFinding) one = make_finding (fixture, "a.gguf", MODEL, 0, 0, 0, "Host 1 2 3\n");
  g_autoptr (PaddockEngineFinding) copy = make_finding (fixture, "b.gguf", MODEL, 5, 5, 5, "Host 3 2 1\n");
  g_autoptr (PaddockEngineFinding) other =
    make_finding (fixture, "c.gguf", "kv general.architecture str llama\ntensor a f16 4\ntensor b f16 8x2\n", 0, 0, 0,
                  "Host 1 2 3\n");

  g_assert_cmpstr (one->identity, ==, copy->identity);
  g_assert_cmpstr (one->id, ==, copy->id);
  g_assert_cmpstr (one->identity, !=, other->identity);
  g_assert_cmpstr (one->id, !=, other->id);
}

static void
add (const PaddockEngineFinding *finding)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_engine_finding_store_add (finding, &error));
  g_assert_no_error (error);
}

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = paddock_engine_finding_store_load (&error);

  g_assert_no_error (error);
  return findings;
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockEngineFinding) one = make_finding (fixture, "a.gguf", MODEL, 0, MIB, 0, "Host 1 2 3\n");
  g_autoptr (PaddockEngineFinding) later = make_finding (fixture, "a.gguf", MODEL, 0, 0, 0, "Host 4 5 6\n");
  g_autoptr (GPtrArray) none = load ();
  g_autoptr (GPtrArray) findings = NULL;
  const PaddockEngineFinding *kept;

  g_assert_cmpuint (none->len, ==, 0);
  add (one);
  add (one);
  add (later);
  findings = load ();
  g_assert_cmpuint (findings->len, ==, 2);
  kept = g_ptr_array_index (findings, 0);
  g_assert_cmpstr (kept->id, ==, one->id);
  g_assert_cmpstr (kept->identity, ==, one->identity);
  g_assert_cmpstr (kept->model, ==, "a.gguf");
  g_assert_cmpstr (kept->question[1], ==, "512");
  g_assert_cmpuint (kept->theirs.weights, ==, MIB);
  g_assert_cmpuint (kept->ours.cache, ==, MIB);
  g_assert_cmpint (kept->weights, ==, (gint64) MIB);
  g_assert_cmpint (kept->found_at, ==, one->found_at);
  g_assert_cmpuint (kept->size, ==, one->size);
}

/* Where somebody keeps models is nobody else's business. */
static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockEngineFinding) one = make_finding (fixture, "a.gguf", MODEL, 0, 0, 0, "Host 1 2 3\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  add (one);
  text = paddock_engine_finding_store_export (&error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, one->id));
  g_assert_null (strstr (text, "secret"));
}

/* What another version wrote stays as it is. */
static void
test_unknown_members (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockEngineFinding) one = make_finding (fixture, "a.gguf", MODEL, 0, 0, 0, "Host 1 2 3\n");
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (fixture->path,
                                      "{\"new\": 7, \"findings\": [{\"id\": \"x\", \"model\": \"m\", \"mood\": \"good\", "
                                      "\"difference\": {\"weights\": 1, \"cache\": \"odd\"}}, 5, {}]}",
                                      -1, NULL));
  add (one);
  findings = load ();
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"new\" : 7"));
  g_assert_nonnull (strstr (text, "\"mood\" : \"good\""));
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "{", "[]", "{\"findings\": 1}", "{\"other\": []}" };
  g_autoptr (PaddockEngineFinding) one = make_finding (fixture, "a.gguf", MODEL, 0, 0, 0, "Host 1 2 3\n");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      g_assert_false (paddock_engine_finding_store_add (one, &error));
      g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_STORE);
      g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

#define ADD(name, function) g_test_add ("/engine-finding/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("same", test_same);
  ADD ("differs", test_differs);
  ADD ("identity", test_identity);
  ADD ("kept", test_kept);
  ADD ("export", test_export);
  ADD ("unknown-members", test_unknown_members);
  ADD ("broken", test_broken);
  return g_test_run ();
}
