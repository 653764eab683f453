/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-update.h"

#include <string.h>

#include "hub-file.h"

/* Questions at once: the hub counts them. */
#define AT_ONCE 4

typedef struct
{
  GPtrArray *origins; /* borrowed */
  GPtrArray *updates; /* in the order of the origins; NULL: not known yet */
  GHashTable *left;   /* repository -> GArray of numbers of origins; not asked for yet */
  guint under_way;
} Checking;

/* One repository on its way. */
typedef struct
{
  GTask *task;
  GArray *numbers;
} Asking;

static void
ask_next (GTask *task);

/**
 * paddock_hub_origin_new:
 * @id: of a model
 * @repository: where it is from
 * @revision: (nullable): of that
 *
 * Returns: (transfer full): an origin without files
 */
PaddockHubOrigin *
paddock_hub_origin_new (const char *id, const char *repository, const char *revision)
{
  PaddockHubOrigin *self = g_new0 (PaddockHubOrigin, 1);

  self->id = g_strdup (id);
  self->repository = g_strdup (repository);
  self->revision = g_strdup (revision);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
  return self;
}

/**
 * paddock_hub_origin_free:
 * @self: (transfer full): an origin
 */
void
paddock_hub_origin_free (PaddockHubOrigin *self)
{
  g_free (self->id);
  g_free (self->repository);
  g_free (self->revision);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/**
 * paddock_hub_update_free:
 * @self: (transfer full): what the hub has
 */
void
paddock_hub_update_free (PaddockHubUpdate *self)
{
  g_free (self->id);
  g_free (self->repository);
  g_free (self->commit);
  g_ptr_array_unref (self->changed);
  g_clear_error (&self->error);
  g_free (self);
}

static PaddockHubUpdate *
new_update (const PaddockHubOrigin *origin)
{
  PaddockHubUpdate *self = g_new0 (PaddockHubUpdate, 1);

  self->state = PADDOCK_HUB_UPDATE_UNKNOWN;
  self->id = g_strdup (origin->id);
  self->repository = g_strdup (origin->repository);
  self->modified = self->size = self->new_size = -1;
  self->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
  return self;
}

/* By its path; of a file of which only the name is known, by that, if only one is called so. */
static const PaddockHubFile *
find_file (GPtrArray *files, const char *path)
{
  const PaddockHubFile *found = NULL;
  gboolean is_name = strchr (path, '/') == NULL;

  for (guint i = 0; i < files->len; i++)
    {
      const PaddockHubFile *file = g_ptr_array_index (files, i);
      const char *slash = strrchr (file->path, '/');

      if (g_str_equal (file->path, path))
        return file;
      if (!is_name || slash == NULL || !g_str_equal (slash + 1, path))
        continue;
      if (found != NULL)
        return NULL;
      found = file;
    }
  return found;
}

static PaddockHubUpdateState
compare_file (const PaddockHubFile *old, const PaddockHubFile *new, gboolean same_commit)
{
  if (same_commit)
    return PADDOCK_HUB_UPDATE_SAME;
  if (old->size >= 0 && new->size >= 0 && old->size != new->size)
    return PADDOCK_HUB_UPDATE_CHANGED;
  if (old->sha256 == NULL || new->sha256 == NULL)
    return PADDOCK_HUB_UPDATE_UNKNOWN;
  return g_str_equal (old->sha256, new->sha256) ? PADDOCK_HUB_UPDATE_SAME : PADDOCK_HUB_UPDATE_CHANGED;
}

/* One that is gone makes all of it gone; else one that changed makes all of it changed. */
static PaddockHubUpdateState
combine (PaddockHubUpdateState a, PaddockHubUpdateState b)
{
  static const PaddockHubUpdateState order[] = { PADDOCK_HUB_UPDATE_GONE, PADDOCK_HUB_UPDATE_CHANGED, PADDOCK_HUB_UPDATE_UNKNOWN };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (a == order[i] || b == order[i])
      return order[i];
  return PADDOCK_HUB_UPDATE_SAME;
}

static void
add_size (gint64 *sum, gint64 size)
{
  if (size < 0 || *sum < 0 || __builtin_add_overflow (*sum, size, sum))
    *sum = -1;
}

/**
 * paddock_hub_update_compare:
 * @origin: what somebody has
 * @listing: what the hub has
 *
 * Returns: (transfer full): how they differ
 */
PaddockHubUpdate *
paddock_hub_update_compare (const PaddockHubOrigin *origin, const PaddockHubListing *listing)
{
  PaddockHubUpdate *self = new_update (origin);
  gboolean same_commit = g_strcmp0 (origin->revision, listing->repository->sha) == 0 && origin->revision != NULL;

  g_set_str (&self->repository, listing->repository->id);
  self->commit = g_strdup (listing->repository->sha);
  self->modified = listing->repository->modified;
  if (origin->files->len == 0)
    return self;
  self->state = PADDOCK_HUB_UPDATE_SAME;
  self->size = self->new_size = 0;
  for (guint i = 0; i < origin->files->len; i++)
    {
      const PaddockHubFile *old = g_ptr_array_index (origin->files, i);
      const PaddockHubFile *new = find_file (listing->files, old->path);
      PaddockHubUpdateState state = new != NULL ? compare_file (old, new, same_commit) : PADDOCK_HUB_UPDATE_GONE;

      add_size (&self->size, old->size);
      add_size (&self->new_size, new != NULL ? new->size : -1);
      if (state == PADDOCK_HUB_UPDATE_CHANGED)
        g_ptr_array_add (self->changed, paddock_hub_file_new (new->path, new->size, new->sha256));
      self->state = combine (self->state, state);
    }
  return self;
}

static void
free_update (gpointer data)
{
  if (data != NULL)
    paddock_hub_update_free (data);
}

static void
free_checking (gpointer data)
{
  Checking *checking = data;

  g_clear_pointer (&checking->updates, g_ptr_array_unref);
  g_hash_table_unref (checking->left);
  g_free (checking);
}

static void
on_listing (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GTask) task = asking->task;
  g_autoptr (GArray) numbers = asking->numbers;
  Checking *checking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubListing) listing = paddock_hub_listing_load_finish (result, &error);

  g_free (asking);
  checking->under_way--;
  for (guint i = 0; i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);
      const PaddockHubOrigin *origin = g_ptr_array_index (checking->origins, number);
      PaddockHubUpdate *update = listing != NULL ? paddock_hub_update_compare (origin, listing) : new_update (origin);

      update->error = error != NULL ? g_error_copy (error) : NULL;
      checking->updates->pdata[number] = update;
    }
  ask_next (task);
}

/* As many as may be under way; at the end, the answer. */
static void
ask_next (GTask *task)
{
  Checking *checking = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GHashTableIter iter;
  gpointer repository, numbers;

  while (checking->under_way < AT_ONCE && !g_cancellable_is_cancelled (cancellable))
    {
      Asking *asking;

      g_hash_table_iter_init (&iter, checking->left);
      if (!g_hash_table_iter_next (&iter, &repository, &numbers))
        break;
      asking = g_new0 (Asking, 1);
      asking->task = g_object_ref (task);
      asking->numbers = g_array_ref (numbers);
      checking->under_way++;
      paddock_hub_listing_load_async (g_task_get_source_object (task), repository, NULL, cancellable, on_listing, asking);
      g_hash_table_iter_remove (&iter);
    }
  if (checking->under_way == 0 && !g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&checking->updates), (GDestroyNotify) g_ptr_array_unref);
}

static void
add_question (Checking *checking, const char *repository, guint number)
{
  GArray *numbers = g_hash_table_lookup (checking->left, repository);

  if (numbers == NULL)
    {
      numbers = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (checking->left, g_strdup (repository), numbers);
    }
  g_array_append_val (numbers, number);
}

/**
 * paddock_hub_update_check_async:
 * @session: a session
 * @origins: (element-type PaddockHubOrigin): what somebody has
 * @cancellable: (nullable): to stop
 * @callback: called with what the hub has
 * @user_data: for @callback
 */
void
paddock_hub_update_check_async (
    PaddockHubSession *session, GPtrArray *origins, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Checking *checking = g_new0 (Checking, 1);

  checking->origins = origins;
  checking->updates = g_ptr_array_new_with_free_func (free_update);
  g_ptr_array_set_size (checking->updates, (gint) origins->len);
  checking->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < origins->len; i++)
    add_question (checking, ((PaddockHubOrigin *) g_ptr_array_index (origins, i))->repository, i);
  g_task_set_source_tag (task, paddock_hub_update_check_async);
  g_task_set_static_name (task, "hub updates");
  g_task_set_task_data (task, checking, free_checking);
  ask_next (task);
}

/**
 * paddock_hub_update_check_finish:
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type PaddockHubUpdate): what the hub has
 */
GPtrArray *
paddock_hub_update_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
