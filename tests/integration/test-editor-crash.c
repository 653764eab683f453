/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An edit is killed, cut short or refused by a full disk at every call that changes what is on the disk. */
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "directory.h"
#include "gguf-recipe.h"
#include "gguf/gguf-editor.h"

#define GONE 137
#define MOST_CALLS 60
#define MOST_PAGES 6
#define JOURNAL ".model.gguf.paddock-undo"

#define TENSORS "tensor token_embd.weight f32 64x40\ndata random\ntensor b q4_0 32x2\ndata fill 34\n"
#define FAR "kv filler str times=20000 x\n"

/* One way to edit a file. What it is afterwards is what the recipe says, byte for byte. */
typedef struct
{
  const char *name;
  const char *before;
  const char *after;
  const char *assignments[3];
  PaddockGgufEditMethod method;
  gboolean other_name;               /* the file has a second one, which keeps the edit in place */
  gboolean to_output;
  gboolean whole_when_cut;           /* a write that ends at a page boundary is no danger */
} Scenario;

static const Scenario scenarios[] = {
  { .name = "one-block",
    .before = "kv general.architecture str llama\nkv a u32 1\nkv b str one\n" TENSORS,
    .after = "kv general.architecture str llama\nkv a u32 70000\nkv b str two\n" TENSORS,
    .assignments = { "a=u32:70000", "b=str:two" },
    .method = PADDOCK_GGUF_EDIT_IN_PLACE,
    .whole_when_cut = TRUE },
  { .name = "two-sectors",
    .before = "kv general.architecture str llama\nkv a u32 1\nkv filler str times=2000 x\nkv b str one\n" TENSORS,
    .after = "kv general.architecture str llama\nkv a u32 70000\nkv filler str times=2000 x\nkv b str two\n" TENSORS,
    .assignments = { "a=u32:70000", "b=str:two" },
    .method = PADDOCK_GGUF_EDIT_IN_PLACE,
    .whole_when_cut = TRUE },
  { .name = "many-blocks",
    .before = "kv general.architecture str llama\nkv a u32 1\n" FAR "kv b str one\n" TENSORS,
    .after = "kv general.architecture str llama\nkv a u32 70000\n" FAR "kv b str two\n" TENSORS,
    .assignments = { "a=u32:70000", "b=str:two" },
    .method = PADDOCK_GGUF_EDIT_IN_PLACE,
    .other_name = TRUE },
  { .name = "many-blocks-new-file",
    .before = "kv general.architecture str llama\nkv a u32 1\n" FAR "kv b str one\n" TENSORS,
    .after = "kv general.architecture str llama\nkv a u32 70000\n" FAR "kv b str two\n" TENSORS,
    .assignments = { "a=u32:70000", "b=str:two" },
    .method = PADDOCK_GGUF_EDIT_NEW_FILE,
    .whole_when_cut = TRUE },
  { .name = "new-file",
    .before = "kv general.architecture str llama\n" TENSORS,
    .after = "kv general.architecture str llama\nkv general.name str \"A name that finds no room\"\n" TENSORS,
    .assignments = { "general.name=str:A name that finds no room" },
    .method = PADDOCK_GGUF_EDIT_NEW_FILE,
    .whole_when_cut = TRUE },
  { .name = "output",
    .before = "kv general.architecture str llama\n" TENSORS,
    .after = "kv general.architecture str llama\nkv general.name str \"A name that finds no room\"\n" TENSORS,
    .assignments = { "general.name=str:A name that finds no room" },
    .method = PADDOCK_GGUF_EDIT_NEW_FILE,
    .to_output = TRUE,
    .whole_when_cut = TRUE },
};

typedef enum
{
  STATE_OLD,
  STATE_NEW,
  STATE_MIXED
} State;

typedef struct
{
  const Scenario *scenario;

  /* Owned */
  TestDirectory *directory;
  GBytes *before;
  GBytes *after;
  char *path;
  char *output;
} Trial;

static void
begin (Trial *self, const Scenario *scenario)
{
  g_autoptr(GError) error = NULL;

  self->scenario = scenario;
  self->directory = test_directory_new ();
  self->before = test_gguf_recipe_build (scenario->before, &error);
  g_assert_no_error (error);
  self->after = test_gguf_recipe_build (scenario->after, &error);
  g_assert_no_error (error);
  self->path = test_directory_write_bytes (self->directory, "model.gguf", self->before);
  self->output = test_directory_build_path (self->directory, "output.gguf");
  if (scenario->to_output)
    g_assert_true (g_file_set_contents (self->output, g_bytes_get_data (self->before, NULL),
                                        (gssize) g_bytes_get_size (self->before), NULL));
  if (scenario->other_name)
    {
      g_autofree char *other = test_directory_build_path (self->directory, "other.gguf");

      g_assert_cmpint (link (self->path, other), ==, 0);
    }
}

static void
end (Trial *self)
{
  test_directory_free (self->directory);
  g_bytes_unref (self->before);
  g_bytes_unref (self->after);
  g_free (self->path);
  g_free (self->output);
}

static State
get_state (Trial *self)
{
  g_autofree char *content = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->scenario->to_output ? self->output : self->path, &content, &length, NULL));
  bytes = g_bytes_new_take (g_steal_pointer (&content), length);
  if (g_bytes_equal (bytes, self->before))
    return STATE_OLD;
  return g_bytes_equal (bytes, self->after) ? STATE_NEW : STATE_MIXED;
}

/* The exit status of the victim; what it said is kept for those who ask. */
static int
run (Trial *self, const char *mode, int at, int page, char **said)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *at_text = g_strdup_printf ("%d", at);
  g_autofree char *page_text = g_strdup_printf ("%d", page);
  g_autofree char *sanitizer = g_strconcat (g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "",
                                            ":verify_asan_link_order=0", NULL);
  const char *others = g_getenv ("LD_PRELOAD");
  g_autofree char *preload = g_strconcat (g_getenv ("PADDOCK_WRITE_SHIM"), others != NULL ? ":" : NULL, others, NULL);
  const char *const *assignments = self->scenario->assignments;

  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", sanitizer, TRUE);
  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", preload, TRUE);
  g_subprocess_launcher_setenv (launcher, "PADDOCK_SHIM", mode, TRUE);
  g_subprocess_launcher_setenv (launcher, "PADDOCK_SHIM_AT", at_text, TRUE);
  g_subprocess_launcher_setenv (launcher, "PADDOCK_SHIM_PAGE", page_text, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("PADDOCK_EDIT_VICTIM"), self->path,
                                         self->scenario->to_output ? self->output : "-", assignments[0], assignments[1], NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, said, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static guint
count_files (Trial *self, gboolean journal_too)
{
  g_autoptr(GDir) directory = g_dir_open (test_directory_get_path (self->directory), 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    if (journal_too || !g_str_equal (name, JOURNAL))
      count++;
  return count;
}

static void
recover (Trial *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *journal = test_directory_build_path (self->directory, JOURNAL);

  paddock_gguf_editor_recover (self->path, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
}

/* The source of a new file under another name is never touched. */
static void
assert_source (Trial *self)
{
  g_autofree char *content = NULL;
  gsize length;

  if (!self->scenario->to_output)
    return;
  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  g_assert_cmpmem (content, length, g_bytes_get_data (self->before, NULL), g_bytes_get_size (self->before));
}

/* At every instant the file is old or new for whoever reads it, without anything being put right. */
static void
test_kill (gconstpointer data)
{
  const Scenario *scenario = data;
  gboolean seen[2] = { FALSE, FALSE };
  int status = GONE;
  int at;

  for (at = 1; status == GONE && at < MOST_CALLS; at++)
    {
      Trial trial;
      State state;

      begin (&trial, scenario);
      status = run (&trial, "kill", at, 0, NULL);
      state = get_state (&trial);
      g_assert_cmpint (state, !=, STATE_MIXED);
      seen[state] = TRUE;
      assert_source (&trial);
      recover (&trial);
      g_assert_cmpint (get_state (&trial), ==, state);
      end (&trial);
    }
  g_assert_cmpint (status, ==, 0);
  /* It was killed before the change, at several places, and after it. */
  g_assert_true (seen[STATE_OLD] && seen[STATE_NEW]);
  g_assert_cmpint (at, >, 3);
}

/* A write that stops at any page: what a failing system could leave. */
static void
test_cut (gconstpointer data)
{
  const Scenario *scenario = data;
  gboolean mixed = FALSE;

  for (int page = 1; page < (strstr (scenario->before, FAR) != NULL ? MOST_PAGES : 2); page++)
    {
      int status = GONE;

      for (int at = 1; status == GONE && at < MOST_CALLS; at++)
        {
          Trial trial;

          begin (&trial, scenario);
          status = run (&trial, "cut", at, page, NULL);
          mixed |= get_state (&trial) == STATE_MIXED;
          assert_source (&trial);
          recover (&trial);
          g_assert_cmpint (get_state (&trial), !=, STATE_MIXED);
          end (&trial);
        }
      g_assert_cmpint (status, ==, 0);
    }
  /* The journal was needed where it is said to be, and nowhere else. */
  g_assert_cmpint (mixed, ==, !scenario->whole_when_cut);
}

/* A full disk is told, with the path; the file is as it was and nothing lies beside it. */
static void
test_full (gconstpointer data)
{
  const Scenario *scenario = data;
  guint failures = 0;

  for (int at = 1; at < MOST_CALLS; at++)
    {
      g_autofree char *said = NULL;
      guint files;
      Trial trial;
      int status;

      begin (&trial, scenario);
      files = count_files (&trial, TRUE);
      status = run (&trial, "full", at, 0, &said);
      g_assert_cmpint (get_state (&trial), !=, STATE_MIXED);
      assert_source (&trial);
      if (status != 0)
        {
          g_assert_cmpint (status, ==, 1);
          g_assert_nonnull (strstr (said, ".gguf"));
          g_assert_nonnull (strstr (said, g_strerror (ENOSPC)));
          failures++;
        }
      else
        g_assert_cmpint (get_state (&trial), ==, STATE_NEW);
      recover (&trial);
      g_assert_cmpuint (count_files (&trial, TRUE), ==, files);
      end (&trial);
    }
  g_assert_cmpuint (failures, >, 0);
}

/* Without anybody disturbing, each scenario goes the way that it is meant to test. */
static void
test_method (gconstpointer data)
{
  const Scenario *scenario = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufFile) file = NULL;
  g_autoptr(PaddockGgufEditor) editor = NULL;
  PaddockGgufEditPlan plan;
  Trial trial;

  begin (&trial, scenario);
  file = paddock_gguf_file_open (trial.path, NULL, &error);
  g_assert_no_error (error);
  editor = paddock_gguf_editor_new (file);
  for (gsize i = 0; scenario->assignments[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (scenario->assignments[i], "=", 2);
      g_autoptr(PaddockGgufValue) value = paddock_gguf_value_parse (parts[1], NULL, &error);

      g_assert_true (paddock_gguf_editor_set (editor, parts[0], value, &error));
    }
  g_assert_true (paddock_gguf_editor_plan (editor, &plan, &error));
  g_assert_cmpint (plan.method, ==, scenario->method);
  end (&trial);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      const struct
      {
        const char *name;
        GTestDataFunc run;
      } tests[] = { { "method", test_method }, { "kill", test_kill }, { "cut", test_cut }, { "full", test_full } };

      for (gsize j = 0; j < G_N_ELEMENTS (tests); j++)
        {
          g_autofree char *path = g_strdup_printf ("/editor-crash/%s/%s", scenarios[i].name, tests[j].name);

          g_test_add_data_func (path, &scenarios[i], tests[j].run);
        }
    }
  return g_test_run ();
}
