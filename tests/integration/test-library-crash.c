/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Work on models is killed at every call that changes what is on the disk, and at any instant between them; or the call
   fails on a full disk, or it and all after it fail because the drive was pulled: each time all of every model is somewhere,
   every record can be read, and doing it once more ends well. */
#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "directory.h"
#include "record-store.h"
#include "surroundings.h"

#define GONE 137
#define MOST_CALLS 400
#define LEAST_KILLS 200
/* For each kind of work, so that there are as many in all. */
#define CHANCES 25
#define MOST_CHANCES (8 * CHANCES)
#define BOUND 100
#define OWN ".local/share/paddock/models"

typedef struct
{
  const char *work;
  const char *folder;                /* models lie there: one in one file, one in three, and one twice */
  gboolean away;                     /* to another file system */
} Scenario;

static const Scenario scenarios[] = {
  { "copy", "from", FALSE }, { "move", "from", FALSE }, { "copy", "from", TRUE }, { "move", "from", TRUE },
  { "scan", OWN, FALSE }, { "note", OWN, FALSE },
  { "clean", "own", FALSE }, { "merge", "own", FALSE }, { "share", "own", FALSE },
};

static guint total_kills, total_chances;
static TestDirectory *apart;         /* on another file system */

typedef struct
{
  const Scenario *scenario;

  /* Owned */
  TestDirectory *directory;
  char *to;
  GPtrArray *hashes;                 /* of all models' files */
  char *said;                        /* by the program, of what it did */
} Trial;

static const char *const names[] = { "single.gguf", "big-00001-of-00003.gguf", "big-00002-of-00003.gguf",
                                     "big-00003-of-00003.gguf" };

static void
write_model (Trial *self, const char *folder, const char *name, const char *title)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *recipe = g_strdup_printf ("kv general.architecture str llama\nkv general.name str \"%s\"\n"
                                             "fill random seed=%u\ntensor blk.0.ffn_up.weight f16 64x32\n",
                                             title, g_str_hash (title) % 100000);
  g_autofree char *written = test_directory_write_recipe (self->directory, path, recipe);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (written, &bytes, &length, NULL));
  g_ptr_array_add (self->hashes, g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length));
}

static void
begin (Trial *self, const Scenario *scenario)
{
  const char *folders[] = { "from", "own", "folder", "data", ".ollama/models", OWN };

  *self = (Trial){ .scenario = scenario };
  self->directory = test_directory_new ();
  self->hashes = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = test_directory_build_path (self->directory, folders[i]);

      g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    write_model (self, scenario->folder, names[i], names[i]);
  write_model (self, "folder", "twice.gguf", names[0]);
  self->to = test_directory_build_path (scenario->away ? apart : self->directory, scenario->away ? "models" : "own");
}

static void
empty (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      unlink (path);
    }
  rmdir (folder);
}

static void
end (Trial *self)
{
  if (self->scenario->away)
    empty (self->to);
  test_directory_free (self->directory);
  g_ptr_array_unref (self->hashes);
  g_free (self->said);
  g_free (self->to);
}

static GSubprocess *
start (Trial *self, const char *mode, int at)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  GSubprocess *process;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("%d", at);
  g_autofree char *data = test_directory_build_path (self->directory, "data");
  g_autofree char *sanitizer = g_strconcat (g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "",
                                            ":verify_asan_link_order=0", NULL);
  const char *others = g_getenv ("LD_PRELOAD");
  g_autofree char *preload = g_strconcat (g_getenv ("PADDOCK_WRITE_SHIM"), others != NULL ? ":" : NULL, others, NULL);

  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", sanitizer, TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", test_directory_get_path (self->directory), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", data, TRUE);
  if (at > 0)
    {
      g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", preload, TRUE);
      g_subprocess_launcher_setenv (launcher, "PADDOCK_SHIM", mode, TRUE);
      g_subprocess_launcher_setenv (launcher, "PADDOCK_SHIM_AT", text, TRUE);
    }
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("PADDOCK_LIBRARY_VICTIM"), self->scenario->work,
                                         test_directory_get_path (self->directory), self->to, NULL);
  g_assert_no_error (error);
  return process;
}

/* Waits until it ended by itself, or was killed. */
static int
finish (Trial *self, GSubprocess *process)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;

  g_clear_pointer (&self->said, g_free);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, test_await_callback, await);
  g_subprocess_communicate_utf8_finish (process, test_await_result (await), &self->said, &complaint, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (process))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
      return GONE;
    }
  if (g_subprocess_get_exit_status (process) == 1)
    {
      g_test_message ("%s", complaint);
      g_assert_cmpuint (strlen (complaint), >, 1);
    }
  return g_subprocess_get_exit_status (process);
}

static int
run (Trial *self, const char *mode, int at)
{
  g_autoptr (GSubprocess) process = start (self, mode, at);

  return finish (self, process);
}

/* hashes of all files below a folder whose names are those of models; hidden ones are what nobody would miss. */
static void
collect (const char *folder, GHashTable *found, guint depth)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_cmpuint (depth, <, BOUND);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      struct stat status;
      gsize length;

      if (lstat (path, &status) != 0 || g_str_has_suffix (name, ".paddock-part"))
        continue;
      if (S_ISDIR (status.st_mode))
        collect (path, found, depth + 1);
      else if (g_str_has_suffix (name, ".gguf") && g_file_get_contents (path, &bytes, &length, NULL))
        g_hash_table_add (found, g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length));
    }
}

/* All that was there is, and nothing else calls itself a model. */
static void
assert_whole (Trial *self)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) expected = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer hash;

  collect (test_directory_get_path (self->directory), found, 0);
  collect (self->to, found, 0);
  for (guint i = 0; i < self->hashes->len; i++)
    {
      g_hash_table_add (expected, g_ptr_array_index (self->hashes, i));
      g_assert_true (g_hash_table_contains (found, g_ptr_array_index (self->hashes, i)));
    }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    g_assert_true (g_hash_table_contains (expected, hash));
}

static guint
count_parts (const char *folder)
{
  guint count = 0;

  for (gsize i = 1; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      count += g_file_test (path, G_FILE_TEST_IS_REGULAR) ? 1 : 0;
    }
  return count;
}

/* A set is whole where it was or where it goes, or it is whole in the Trash or on its way there file by file. */
static void
assert_set (Trial *self)
{
  g_autofree char *from = test_directory_build_path (self->directory, self->scenario->folder);

  if (g_str_equal (self->scenario->work, "clean"))
    return;
  g_assert_true (count_parts (from) == 3 || count_parts (self->to) == 3);
}

/* What was said of a model before it ended is on record, and every record can be read. */
static void
assert_records (Trial *self)
{
  g_autofree char *folder = test_directory_build_path (self->directory, OWN "/metadata");
  g_autoptr (PaddockRecordStore) store = paddock_record_store_new (folder, NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) records = NULL;
  g_auto (GStrv) lines = g_strsplit (self->said, "\n", -1);
  guint n = g_strv_length (lines);

  records = paddock_record_store_load (store, problems, NULL, NULL);
  g_assert_cmpuint (problems->len, ==, 0);
  /* The last line is empty. */
  if (n >= 2 && strchr (lines[n - 2], ' ') != NULL)
    {
      g_auto (GStrv) words = g_strsplit (lines[n - 2], " ", 2);
      g_autoptr (PaddockModelRecord) record = paddock_record_store_read (store, words[0], NULL);

      g_assert_nonnull (record);
      g_assert_nonnull (record->notes);
      g_assert_cmpint (g_ascii_strtoll (record->notes, NULL, 10), >=, g_ascii_strtoll (words[1], NULL, 10));
    }
}

static void
assert_sound (Trial *self)
{
  assert_whole (self);
  assert_set (self);
  assert_records (self);
}

/* A call that fails is told, and nothing is lost by it; nor by doing it once more. */
static void
disturb (const Scenario *scenario, const char *mode, int at)
{
  Trial trial;
  int status;

  begin (&trial, scenario);
  status = run (&trial, mode, at);
  g_assert_true (status == 0 || status == 1);
  assert_sound (&trial);
  status = run (&trial, NULL, 0);
  g_assert_true (status == 0 || status == 1);
  assert_sound (&trial);
  end (&trial);
}

static void
test_kill (gconstpointer data)
{
  const Scenario *scenario = data;
  int status = GONE;

  for (int at = 1; status == GONE && at < MOST_CALLS; at++)
    {
      Trial trial;

      begin (&trial, scenario);
      status = run (&trial, "kill", at);
      assert_sound (&trial);
      total_kills += status == GONE;
      /* Whatever it left, the next one is not hindered by it; a set of which parts went already is told, not touched. */
      if (status == GONE)
        {
          int again = run (&trial, NULL, 0);

          g_assert_true (again == 0 || again == 1);
          assert_sound (&trial);
        }
      end (&trial);
      if (status == GONE)
        disturb (scenario, at % 2 == 0 ? "full" : "gone", at);
    }
  g_assert_cmpint (status, ==, 0);
}

static gboolean
kill_it (gpointer process)
{
  g_subprocess_force_exit (process);
  return G_SOURCE_REMOVE;
}

static gboolean
be_exact (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

/* It is killed in @delay microseconds, unless it is done by then. */
static int
run_for (Trial *self, gint64 delay)
{
  static GSourceFuncs exact = { .dispatch = be_exact };
  g_autoptr (GSource) source = g_source_new (&exact, sizeof (GSource));
  g_autoptr (GSubprocess) process = start (self, NULL, 0);
  int status;

  g_source_set_callback (source, kill_it, process, NULL);
  g_source_set_ready_time (source, g_get_monotonic_time () + delay);
  g_source_attach (source, NULL);
  status = finish (self, process);
  g_source_destroy (source);
  return status;
}

/* How long it takes, in microseconds. */
static gint64
measure (const Scenario *scenario)
{
  gint64 begun;
  Trial trial;

  begin (&trial, scenario);
  begun = g_get_monotonic_time ();
  g_assert_cmpint (run (&trial, NULL, 0), ==, 0);
  begun = g_get_monotonic_time () - begun;
  end (&trial);
  return begun;
}

static void
test_chance (gconstpointer data)
{
  const Scenario *scenario = data;
  gint64 most = measure (scenario);
  guint n_killed = 0;

  for (guint i = 0; n_killed < CHANCES && i < MOST_CHANCES; i++)
    {
      Trial trial;
      int status;

      begin (&trial, scenario);
      status = run_for (&trial, (gint64) (g_test_rand_double () * (double) most));
      g_assert_true (status == GONE || status == 0);
      n_killed += status == GONE ? 1 : 0;
      assert_sound (&trial);
      status = run (&trial, NULL, 0);
      g_assert_true (status == 0 || status == 1);
      assert_sound (&trial);
      end (&trial);
    }
  total_chances += n_killed;
}

static void
test_enough (void)
{
  g_test_message ("%u kills at calls, %u at some instant", total_kills, total_chances);
  g_assert_cmpuint (total_kills, >=, LEAST_KILLS);
  g_assert_cmpuint (total_chances, >=, LEAST_KILLS);
}

int
main (int argc, char **argv)
{
  g_autoptr (TestDirectory) here = test_directory_new ();
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  apart = test_surroundings_make_apart (here);
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autofree char *path = g_strdup_printf ("/library-crash/%s%s", scenarios[i].work, scenarios[i].away ? "-away" : "");
      g_autofree char *chance = g_strconcat (path, "-chance", NULL);

      g_test_add_data_func (path, &scenarios[i], test_kill);
      g_test_add_data_func (chance, &scenarios[i], test_chance);
    }
  g_test_add_func ("/library-crash/enough", test_enough);
  status = g_test_run ();
  g_clear_pointer (&apart, test_directory_free);
  return status;
}
