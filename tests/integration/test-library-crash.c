/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Work on models is killed at every call that changes what is on the disk: at each of these instants all of every model is
   somewhere, and doing it once more ends well. */
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "directory.h"

#define GONE 137
#define MOST_CALLS 400
#define LEAST_KILLS 200
#define BOUND 100

typedef struct
{
  const char *work;
  const char *folder;                /* models lie there: one in one file, one in three, and one twice */
  gboolean away;                     /* to another file system */
} Scenario;

static const Scenario scenarios[] = {
  { "copy", "from", FALSE }, { "move", "from", FALSE }, { "copy", "from", TRUE }, { "move", "from", TRUE },
  { "clean", "own", FALSE }, { "merge", "own", FALSE }, { "share", "own", FALSE },
};

static guint total_kills;

typedef struct
{
  const Scenario *scenario;

  /* Owned */
  TestDirectory *directory, *other;
  char *to;
  GPtrArray *hashes;                 /* of all models' files */
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
  const char *folders[] = { "from", "own", "folder", "data", ".ollama/models" };

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
  self->to = scenario->away ? g_strdup_printf ("/dev/shm/paddock-crash-%d/models", (int) getpid ())
                            : test_directory_build_path (self->directory, "own");
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
    {
      g_autofree char *parent = g_path_get_dirname (self->to);

      empty (self->to);
      rmdir (parent);
    }
  test_directory_free (self->directory);
  g_ptr_array_unref (self->hashes);
  g_free (self->to);
}

static int
run (Trial *self, int at)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
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
      g_subprocess_launcher_setenv (launcher, "PADDOCK_SHIM", "kill", TRUE);
      g_subprocess_launcher_setenv (launcher, "PADDOCK_SHIM_AT", text, TRUE);
    }
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("PADDOCK_LIBRARY_VICTIM"), self->scenario->work,
                                         test_directory_get_path (self->directory), self->to, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  if (g_subprocess_get_exit_status (process) == 1)
    g_test_message ("%s", said);
  return g_subprocess_get_exit_status (process);
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

static void
test_kill (gconstpointer data)
{
  const Scenario *scenario = data;
  int status = GONE;
  struct stat here, there;

  if (scenario->away && (stat ("/dev/shm", &there) != 0 || access ("/dev/shm", W_OK) != 0 || stat (g_get_tmp_dir (), &here) != 0 ||
                         here.st_dev == there.st_dev))
    {
      g_test_skip ("there is no other file system");
      return;
    }
  for (int at = 1; status == GONE && at < MOST_CALLS; at++)
    {
      Trial trial;

      begin (&trial, scenario);
      status = run (&trial, at);
      assert_whole (&trial);
      assert_set (&trial);
      total_kills += status == GONE;
      /* Whatever it left, the next one is not hindered by it; a set of which parts went already is told, not touched. */
      if (status == GONE)
        {
          int again = run (&trial, 0);

          g_assert_true (again == 0 || again == 1);
          assert_whole (&trial);
          assert_set (&trial);
        }
      end (&trial);
    }
  g_assert_cmpint (status, ==, 0);
}

static void
test_enough (void)
{
  g_test_message ("%u kills", total_kills);
  g_assert_cmpuint (total_kills, >=, LEAST_KILLS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autofree char *path = g_strdup_printf ("/library-crash/%s%s", scenarios[i].work, scenarios[i].away ? "-away" : "");

      g_test_add_data_func (path, &scenarios[i], test_kill);
    }
  g_test_add_func ("/library-crash/enough", test_enough);
  return g_test_run ();
}
