/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sharing-plan.h"

#include <string.h>
#include <unistd.h>

#include "await.h"
#include "library-case.h"
#include "library-error.h"

/* A home where each program keeps models, and one model of the person's own. */
typedef struct
{
  TestDirectory *directory;
  char *own, *ollama, *lm_studio, *llama_cpp;
  char *model;
  PaddockStorePlaces *places;
  PaddockLibraryIndex *index;
} Fixture;

static char *
make_folder (Fixture *fixture, const char *name)
{
  g_autofree char *path = test_directory_build_path (fixture->directory, name);

  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  return g_steal_pointer (&path);
}

static void
look (Fixture *fixture)
{
  g_autofree char *own = g_strconcat ("own:", fixture->own, NULL);
  g_autofree char *ollama = g_strconcat ("ollama:", fixture->ollama, NULL);
  g_autofree char *lm_studio = g_strconcat ("lmstudio:", fixture->lm_studio, NULL);
  g_autofree char *llama_cpp = g_strconcat ("llamacpp:", fixture->llama_cpp, NULL);

  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  fixture->index = test_library_look (NULL, own, ollama, lm_studio, llama_cpp, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *environment[] = { NULL };
  g_autofree char *recipe = test_library_make_recipe ("My Model");

  fixture->directory = test_directory_new ();
  fixture->own = make_folder (fixture, "own");
  fixture->ollama = make_folder (fixture, ".ollama/models");
  fixture->lm_studio = make_folder (fixture, ".lmstudio/models");
  fixture->llama_cpp = make_folder (fixture, ".cache/llama.cpp");
  fixture->model = test_directory_write_recipe (fixture->directory, "own/model.gguf", recipe);
  fixture->places = paddock_store_places_new_in (test_directory_get_path (fixture->directory), (char **) environment);
  look (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  paddock_store_places_free (fixture->places);
  g_free (fixture->own);
  g_free (fixture->ollama);
  g_free (fixture->lm_studio);
  g_free (fixture->llama_cpp);
  g_free (fixture->model);
  test_directory_free (fixture->directory);
}

static PaddockSharingPlan *
plan (Fixture *fixture, const char *program, GError **error)
{
  return paddock_sharing_plan_new (fixture->index, test_library_find (fixture->index, fixture->model)->id, program,
                                   fixture->places, NULL, error);
}

/* The program has it, as the library sees that program; its bytes are stored once; and nothing is left when it is undone. */
static void
test_program (Fixture *fixture, gconstpointer program)
{
  g_autofree char *before = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_autofree char *planned = NULL;
  g_autofree char *after = NULL;
  g_autoptr (PaddockSharingPlan) self = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockLibraryEntry *entry;
  const PaddockEntryLocation *location;

  self = plan (fixture, program, &error);
  g_assert_no_error (error);
  planned = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_cmpstr (planned, ==, before);
  g_assert_cmpuint (self->steps->len, >, 0);
  g_assert_nonnull (self->name);
  g_assert_true (paddock_sharing_plan_run (self, &error));
  g_assert_no_error (error);
  look (fixture);
  entry = test_library_find (fixture->index, fixture->model);
  g_assert_cmpuint (entry->locations->len, ==, 2);
  location = g_ptr_array_index (entry->locations, 1);
  g_assert_cmpstr (location->store, ==, program);
  g_assert_cmpstr (entry->title, ==, "My Model");
  for (guint i = 0; i < self->steps->len; i++)
    {
      const PaddockSharingStep *step = g_ptr_array_index (self->steps, i);

      g_assert_true (g_file_test (step->path, G_FILE_TEST_IS_REGULAR));
      g_assert_true (step->way != PADDOCK_SHARE_HARD_LINK || location->shared);
    }
  /* Once is enough. */
  g_assert_null (plan (fixture, program, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (paddock_sharing_plan_undo (self, &error));
  g_assert_no_error (error);
  after = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_cmpstr (before, ==, after);
}

static void
test_ollama_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *digest = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (PaddockSharingPlan) self = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockSharingStep *blob, *manifest;
  gsize length;

  self = plan (fixture, "ollama", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->steps->len, ==, 3);
  blob = g_ptr_array_index (self->steps, 0);
  g_assert_true (g_file_get_contents (fixture->model, &bytes, &length, NULL));
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
  g_assert_true (g_str_has_suffix (blob->path, digest));
  manifest = g_ptr_array_index (self->steps, 2);
  g_assert_nonnull (strstr (manifest->path, "/manifests/registry.ollama.ai/library/my-model/"));
  g_assert_nonnull (strstr (manifest->text, digest));
  g_assert_true (g_str_has_prefix (self->name, "my-model:"));
}

/* A step that cannot be done takes all others back. */
static void
test_all_or_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (PaddockSharingPlan) self = NULL;
  g_autoptr (GError) error = NULL;

  self = plan (fixture, "ollama", &error);
  g_assert_no_error (error);
  folder = g_path_get_dirname (((PaddockSharingStep *) g_ptr_array_index (self->steps, 2))->path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (((PaddockSharingStep *) g_ptr_array_index (self->steps, 2))->path, "somebody's", -1,
                                      NULL));
  before = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_false (paddock_sharing_plan_run (self, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
  after = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_cmpstr (before, ==, after);
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *after = NULL;
  g_autofree char *before = NULL;
  g_autoptr (PaddockSharingPlan) self = NULL;
  g_autoptr (GError) error = NULL;

  self = plan (fixture, "lmstudio", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (fixture->model, "other bytes", -1, NULL));
  before = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_false (paddock_sharing_plan_run (self, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED);
  after = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_cmpstr (before, ==, after);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (plan (fixture, "gpt4all", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (rmdir (fixture->lm_studio), ==, 0);
  paddock_sharing_plan_load_async (fixture->index, test_library_find (fixture->index, fixture->model)->id, "lmstudio",
                                   fixture->places, NULL, NULL, NULL, test_await_callback, await);
  g_assert_null (paddock_sharing_plan_load_finish (test_await_result (await), &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
}

/* What it would be is told without reading a model; only what follows from its hash is left open. */
static void
test_outline (Fixture *fixture, gconstpointer data)
{
  const char *id = test_library_find (fixture->index, fixture->model)->id;
  g_autoptr (PaddockSharingPlan) outline = NULL;
  g_autoptr (PaddockSharingPlan) other = NULL;
  g_autoptr (PaddockSharingPlan) whole = NULL;
  g_autoptr (GError) error = NULL;

  outline = paddock_sharing_plan_new_outline (fixture->index, id, "ollama", fixture->places, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outline->unread, ==, test_library_find (fixture->index, fixture->model)->size);
  g_assert_null (outline->computed);
  whole = plan (fixture, "ollama", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->unread, ==, 0);
  g_assert_cmpstr (outline->name, ==, whole->name);
  g_assert_cmpuint (outline->steps->len, ==, whole->steps->len);
  for (guint i = 0; i < whole->steps->len; i++)
    {
      const PaddockSharingStep *expected = g_ptr_array_index (whole->steps, i);
      const PaddockSharingStep *told = g_ptr_array_index (outline->steps, i);
      g_auto (GStrv) parts = g_strsplit (told->path, "…", 2);

      g_assert_cmpint (told->way, ==, expected->way);
      g_assert_cmpstr (told->source, ==, expected->source);
      g_assert_true (g_str_has_prefix (expected->path, parts[0]));
      g_assert_true (parts[1] != NULL || g_str_equal (told->path, expected->path));
    }
  /* Other programs name files by what they are called. */
  other = paddock_sharing_plan_new_outline (fixture->index, id, "lmstudio", fixture->places, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->unread, ==, 0);
  g_assert_true (paddock_sharing_plan_run (other, &error));
  g_assert_no_error (error);
}

/* A hash that was read is told, to be kept. */
static void
test_computed (Fixture *fixture, gconstpointer data)
{
  const PaddockLibraryEntry *entry = test_library_find (fixture->index, fixture->model);
  const PaddockLibraryFile *file =
    g_ptr_array_index (((PaddockEntryLocation *) g_ptr_array_index (entry->locations, 0))->files, 0);
  g_autoptr (PaddockSharingPlan) self = NULL;
  g_autoptr (PaddockSharingPlan) other = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockSharingStep *blob;

  self = plan (fixture, "ollama", &error);
  g_assert_no_error (error);
  blob = g_ptr_array_index (self->steps, 0);
  g_assert_nonnull (self->computed);
  g_assert_true (g_str_has_suffix (blob->path, self->computed));
  g_assert_true (paddock_file_identity_equal (&self->computed_of, &file->identity));
  other = plan (fixture, "llamacpp", &error);
  g_assert_no_error (error);
  g_assert_null (other->computed);
  /* Nobody knows of what it would be. */
  g_assert_true (g_file_set_contents (fixture->model, "other bytes", -1, NULL));
  g_assert_null (plan (fixture, "ollama", &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  guint64 *seen = user_data;

  g_assert_cmpuint (done, <=, total);
  *seen = total;
}

/* In workers: planned, done, taken back. */
static void
test_async (Fixture *fixture, gconstpointer data)
{
  const PaddockLibraryEntry *entry = test_library_find (fixture->index, fixture->model);
  g_autofree char *before = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_autofree char *after = NULL;
  g_autoptr (TestAwait) planning = test_await_new ();
  g_autoptr (TestAwait) running = test_await_new ();
  g_autoptr (TestAwait) undoing = test_await_new ();
  g_autoptr (PaddockSharingPlan) self = NULL;
  g_autoptr (GError) error = NULL;
  guint64 total = 0;

  paddock_sharing_plan_load_async (fixture->index, entry->id, "ollama", fixture->places, on_progress, &total, NULL,
                                   test_await_callback, planning);
  self = paddock_sharing_plan_load_finish (test_await_result (planning), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (total, ==, entry->size);
  paddock_sharing_plan_run_async (self, test_await_callback, running);
  g_assert_true (paddock_sharing_plan_run_finish (test_await_result (running), &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (((PaddockSharingStep *) g_ptr_array_index (self->steps, 2))->path, G_FILE_TEST_EXISTS));
  paddock_sharing_plan_undo_async (self, test_await_callback, undoing);
  g_assert_true (paddock_sharing_plan_undo_finish (test_await_result (undoing), &error));
  g_assert_no_error (error);
  after = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_cmpstr (before, ==, after);
}

#define ADD(name, data, test) g_test_add ("/sharing-plan/" name, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("ollama", "ollama", test_program);
  ADD ("lmstudio", "lmstudio", test_program);
  ADD ("llamacpp", "llamacpp", test_program);
  ADD ("ollama-names", NULL, test_ollama_names);
  ADD ("all-or-nothing", NULL, test_all_or_nothing);
  ADD ("changed", NULL, test_changed);
  ADD ("missing", NULL, test_missing);
  ADD ("outline", NULL, test_outline);
  ADD ("computed", NULL, test_computed);
  ADD ("async", NULL, test_async);
  return g_test_run ();
}
