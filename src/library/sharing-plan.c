/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sharing-plan.h"

#include <string.h>

#include "library-error.h"
#include "model-store.h"
#include "sharing-request.h"
#include "sharing-steps.h"

typedef struct
{
  /* Borrowed */
  PaddockSharingPlan *plan;
  const PaddockLibraryEntry *entry;
  const PaddockEntryLocation *location;
  const PaddockLibraryEntry *projector_entry;
  const PaddockLibraryFile *projector;     /* NULL: there is none */
  const char *root;                        /* of the program */
  PaddockWorker *worker;
  gboolean outlines;                       /* nothing is read */
} Planning;

static void
free_step (gpointer data)
{
  PaddockSharingStep *step = data;

  g_free (step->path);
  g_free (step->source);
  g_free (step->text);
  g_free (step);
}

static void
clear_plan (gpointer data)
{
  PaddockSharingPlan *self = data;

  g_free (self->program);
  g_free (self->name);
  g_free (self->computed);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->folders);
}

/**
 * paddock_sharing_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): @self
 */
PaddockSharingPlan *
paddock_sharing_plan_ref (PaddockSharingPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * paddock_sharing_plan_unref:
 * @self: (transfer full): a plan
 */
void
paddock_sharing_plan_unref (PaddockSharingPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

static gboolean
fail (const char *what, PaddockLibraryError code, const char *why, GError **error)
{
  g_set_error (error, PADDOCK_LIBRARY_ERROR, code, "%s: %s", what, why);
  return FALSE;
}

/* The best place where all of it is. */
static const PaddockEntryLocation *
find_location (const PaddockLibraryEntry *entry, const char *program, gboolean *there)
{
  const PaddockEntryLocation *found = NULL;

  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);

      if (!location->online || location->files->len != entry->shards)
        continue;
      *there |= g_str_equal (location->store, program);
      found = found != NULL ? found : location;
    }
  return found;
}

static void
find_projector (Planning *self, PaddockLibraryIndex *index)
{
  for (guint i = 0; self->projector == NULL && i < self->entry->companions->len; i++)
    {
      const PaddockLibraryEntry *entry =
        paddock_library_index_find (index, g_ptr_array_index (self->entry->companions, i));
      gboolean there = FALSE;
      const PaddockEntryLocation *location = NULL;

      if (entry != NULL && entry->state == PADDOCK_ENTRY_READY && entry->shards == 1 &&
          paddock_library_entry_get_kind (entry) == PADDOCK_MODEL_PROJECTOR)
        location = find_location (entry, "", &there);
      if (location != NULL)
        {
          self->projector_entry = entry;
          self->projector = g_ptr_array_index (location->files, 0);
        }
    }
}

static gboolean
add_file (Planning *self, const PaddockLibraryFile *file, const char *folder, GError **error)
{
  g_autofree char *name = g_path_get_basename (file->path);
  g_autofree char *shown = g_str_has_suffix (name, ".gguf") ? g_strdup (name) : g_strconcat (name, ".gguf", NULL);
  g_autofree char *path = g_build_filename (folder, shown, NULL);

  return paddock_sharing_steps_add_link (self->plan, file, path, error);
}

static gboolean
add_files (Planning *self, const char *folder, GError **error)
{
  for (guint i = 0; i < self->location->files->len; i++)
    if (!add_file (self, g_ptr_array_index (self->location->files, i), folder, error))
      return FALSE;
  return self->projector == NULL || add_file (self, self->projector, folder, error);
}

/* "publisher/name" as the hub has it, which LM Studio shows. */
static gboolean
fill_lm_studio (Planning *self, GError **error)
{
  const PaddockLibraryFile *first = g_ptr_array_index (self->location->files, 0);
  g_auto (GStrv) parts = g_strsplit (first->repository != NULL ? first->repository : "", "/", 2);
  gboolean known = g_strv_length (parts) == 2;
  g_autofree char *publisher = paddock_sharing_steps_make_name (known ? parts[0] : NULL, "paddock");
  g_autofree char *model = paddock_sharing_steps_make_name (known ? parts[1] : self->entry->title, "model");
  g_autofree char *folder = g_build_filename (self->root, publisher, model, NULL);

  self->plan->name = g_strdup_printf ("%s/%s", publisher, model);
  return add_files (self, folder, error);
}

/* Files in its folder go by their names; nothing more is needed to be found there. */
static gboolean
fill_llama_cpp (Planning *self, GError **error)
{
  self->plan->name = g_path_get_basename (self->location->path);
  return add_files (self, self->root, error);
}

static gboolean
fill_ollama (Planning *self, GError **error)
{
  if (self->entry->shards > 1)
    return fail (self->entry->title, PADDOCK_LIBRARY_ERROR_INVALID, "Ollama takes no model that is split into several files",
                 error);
  return paddock_sharing_ollama_fill (self->plan, self->entry, g_ptr_array_index (self->location->files, 0),
                                      self->projector_entry, self->projector, self->root, !self->outlines, self->worker,
                                      error);
}

static gboolean
fill (Planning *self, PaddockLibraryIndex *index, GError **error)
{
  static const struct
  {
    const char *program;
    gboolean (*fill) (Planning *self, GError **error);
  } programs[] = { { "ollama", fill_ollama }, { "lmstudio", fill_lm_studio }, { "llamacpp", fill_llama_cpp } };
  gboolean there = FALSE;

  if (self->entry->state != PADDOCK_ENTRY_READY)
    return fail (self->entry->title, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "not all of it is there", error);
  self->location = find_location (self->entry, self->plan->program, &there);
  if (self->location == NULL)
    return fail (self->entry->title, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "not all of it is there", error);
  if (there)
    return fail (self->entry->title, PADDOCK_LIBRARY_ERROR_EXISTS, "the program has it already", error);
  find_projector (self, index);
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    if (g_str_equal (programs[i].program, self->plan->program))
      return programs[i].fill (self, error);
  return fail (self->plan->program, PADDOCK_LIBRARY_ERROR_INVALID, "no program that models can be made known to", error);
}

static PaddockSharingPlan *
make (PaddockLibraryIndex *index, const char *id, const char *program, const PaddockStorePlaces *places,
      gboolean outlines, PaddockWorker *worker, GError **error)
{
  g_autoptr (PaddockSharingPlan) plan = g_atomic_rc_box_new0 (PaddockSharingPlan);
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  const PaddockModelStore *store = paddock_model_store_find (program);
  Planning self = { .plan = plan, .outlines = outlines, .worker = worker };

  plan->program = g_strdup (program);
  plan->steps = g_ptr_array_new_with_free_func (free_step);
  plan->folders = g_ptr_array_new_with_free_func (g_free);
  self.entry = paddock_library_index_find (index, id);
  if (self.entry == NULL)
    fail (id, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "the library has no such model", error);
  if (store != NULL)
    store->locate (places, roots);
  if (self.entry != NULL && roots->len == 0)
    fail (store != NULL ? store->name : program, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "it keeps no models here", error);
  if (self.entry == NULL || roots->len == 0)
    return NULL;
  self.root = g_ptr_array_index (roots, 0);
  return fill (&self, index, error) ? g_steal_pointer (&plan) : NULL;
}

/**
 * paddock_sharing_plan_new_outline:
 * @index: a library
 * @id: of an entry
 * @program: id of a store
 * @places: where programs are
 * @error: return location for an error
 *
 * Says what a plan would be without reading a model, so that it takes no time.
 *
 * Returns: (transfer full) (nullable): the plan, which can be run if nothing is unread
 */
PaddockSharingPlan *
paddock_sharing_plan_new_outline (PaddockLibraryIndex *index, const char *id, const char *program,
                                  const PaddockStorePlaces *places, GError **error)
{
  return make (index, id, program, places, TRUE, NULL, error);
}

/**
 * paddock_sharing_plan_new:
 * @index: a library
 * @id: of an entry
 * @program: id of a store
 * @places: where programs are
 * @worker: (nullable): takes the progress, and can be stopped
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan
 */
PaddockSharingPlan *
paddock_sharing_plan_new (PaddockLibraryIndex *index, const char *id, const char *program, const PaddockStorePlaces *places,
                          PaddockWorker *worker, GError **error)
{
  return make (index, id, program, places, FALSE, worker, error);
}

static gpointer
plan_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const PaddockSharingRequest *self = snapshot;

  return paddock_sharing_plan_new (self->index, self->id, self->program, self->places, worker, error);
}

/**
 * paddock_sharing_plan_load_async:
 * @index: a library
 * @id: of an entry
 * @program: id of a store
 * @places: where programs are
 * @progress: (nullable) (scope async): is told how many bytes are read
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_sharing_plan_load_async (PaddockLibraryIndex *index, const char *id, const char *program,
                                 const PaddockStorePlaces *places, PaddockProgressFunc progress, gpointer progress_data,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const PaddockWork work = {
    .name = "plan-sharing",
    .run = plan_in_worker,
    .snapshot = paddock_sharing_request_new (index, id, program, places),
    .snapshot_free = (GDestroyNotify) paddock_sharing_request_free,
    .result_free = (GDestroyNotify) paddock_sharing_plan_unref,
    .progress = progress,
    .progress_data = progress_data,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_sharing_plan_load_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan
 */
PaddockSharingPlan *
paddock_sharing_plan_load_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
