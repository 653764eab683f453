/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-editor.h"

#include <sys/stat.h>

#include "gguf/gguf-edit-copy.h"
#include "gguf/gguf-edit-in-place.h"
#include "gguf/gguf-edit-journal.h"
#include "gguf/gguf-edit-layout.h"
#include "gguf/gguf-edit-rules.h"
#include "gguf/gguf-output.h"

struct _PaddockGgufEditor
{
  gatomicrefcount references;

  /* Owned */
  PaddockGgufFile *file;
  GPtrArray *changes;                /* of PaddockGgufChange, in the order in which they were first made */
};

/* What a worker needs: a copy, because the editor goes on to be edited. */
typedef struct
{
  PaddockGgufEditor *editor;
  char *output;
} Snapshot;

static PaddockGgufChange *
change_new (PaddockGgufChangeKind kind, const char *key, PaddockGgufValue *before, PaddockGgufValue *after)
{
  PaddockGgufChange *self = g_new0 (PaddockGgufChange, 1);

  self->kind = kind;
  self->key = g_strdup (key);
  self->before = before != NULL ? paddock_gguf_value_ref (before) : NULL;
  self->after = after != NULL ? paddock_gguf_value_ref (after) : NULL;
  return self;
}

static void
change_free (gpointer data)
{
  PaddockGgufChange *self = data;

  g_clear_pointer (&self->before, paddock_gguf_value_unref);
  g_clear_pointer (&self->after, paddock_gguf_value_unref);
  g_free (self->key);
  g_free (self);
}

/**
 * paddock_gguf_editor_new:
 * @file: an open file
 *
 * Returns: (transfer full): an editor without changes
 */
PaddockGgufEditor *
paddock_gguf_editor_new (PaddockGgufFile *file)
{
  PaddockGgufEditor *self = g_new0 (PaddockGgufEditor, 1);

  g_atomic_ref_count_init (&self->references);
  self->file = paddock_gguf_file_ref (file);
  self->changes = g_ptr_array_new_with_free_func (change_free);
  return self;
}

/**
 * paddock_gguf_editor_ref:
 * @self: an editor
 *
 * Returns: (transfer full): @self
 */
PaddockGgufEditor *
paddock_gguf_editor_ref (PaddockGgufEditor *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * paddock_gguf_editor_unref:
 * @self: (transfer full): an editor
 */
void
paddock_gguf_editor_unref (PaddockGgufEditor *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->changes);
  paddock_gguf_file_unref (self->file);
  g_free (self);
}

/**
 * paddock_gguf_editor_get_file:
 * @self: an editor
 *
 * Returns: (transfer none): the file, as it was opened
 */
PaddockGgufFile *
paddock_gguf_editor_get_file (PaddockGgufEditor *self)
{
  return self->file;
}

static gboolean
find_change (PaddockGgufEditor *self, const char *key, guint *position)
{
  for (guint i = 0; i < self->changes->len; i++)
    if (g_str_equal (((PaddockGgufChange *) self->changes->pdata[i])->key, key))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static void
put_change (PaddockGgufEditor *self, PaddockGgufChange *change)
{
  guint position;

  if (!find_change (self, change->key, &position))
    {
      g_ptr_array_add (self->changes, change);
      return;
    }
  change_free (self->changes->pdata[position]);
  self->changes->pdata[position] = change;
}

static PaddockGgufValue *
read_before (PaddockGgufEditor *self, const char *key)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (self->file);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, key);

  return entry != NULL ? paddock_gguf_value_new_for_entry (metadata, entry) : NULL;
}

/**
 * paddock_gguf_editor_set:
 * @self: an editor
 * @key: a key, new or not
 * @value: what it shall be
 * @error: return location for an error
 *
 * Setting a key to what it is in the file undoes the change.
 *
 * Returns: whether the change was noted
 */
gboolean
paddock_gguf_editor_set (PaddockGgufEditor *self, const char *key, PaddockGgufValue *value, GError **error)
{
  g_autoptr(PaddockGgufValue) before = NULL;

  if (!paddock_gguf_edit_rules_check_change (self->file, key, value, error))
    return FALSE;
  before = read_before (self, key);
  if (before != NULL && paddock_gguf_value_equal (before, value))
    paddock_gguf_editor_revert (self, key);
  else
    put_change (self, change_new (before != NULL ? PADDOCK_GGUF_CHANGE_REPLACE : PADDOCK_GGUF_CHANGE_ADD, key, before, value));
  return TRUE;
}

/**
 * paddock_gguf_editor_remove:
 * @self: an editor
 * @key: a key of the file, or one that was added
 * @error: return location for an error
 *
 * Returns: whether the change was noted; %FALSE if there is no such key
 */
gboolean
paddock_gguf_editor_remove (PaddockGgufEditor *self, const char *key, GError **error)
{
  g_autoptr(PaddockGgufValue) before = read_before (self, key);
  guint position;

  if (before == NULL)
    {
      g_autofree char *shown = NULL;

      if (find_change (self, key, &position))
        {
          paddock_gguf_editor_revert (self, key);
          return TRUE;
        }
      shown = g_utf8_make_valid (key, -1);
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_KEY, "“%s” has no key “%s”",
                   paddock_gguf_file_get_path (self->file), shown);
      return FALSE;
    }
  if (!paddock_gguf_edit_rules_check_change (self->file, key, NULL, error))
    return FALSE;
  put_change (self, change_new (PADDOCK_GGUF_CHANGE_REMOVE, key, before, NULL));
  return TRUE;
}

/**
 * paddock_gguf_editor_revert:
 * @self: an editor
 * @key: (nullable): a key, or %NULL for all of them
 *
 * Forgets what was to be changed.
 */
void
paddock_gguf_editor_revert (PaddockGgufEditor *self, const char *key)
{
  guint position;

  if (key == NULL)
    g_ptr_array_set_size (self->changes, 0);
  else if (find_change (self, key, &position))
    g_ptr_array_remove_index (self->changes, position);
}

/**
 * paddock_gguf_editor_get_n_changes:
 * @self: an editor
 *
 * Returns: how many keys will be different
 */
guint
paddock_gguf_editor_get_n_changes (PaddockGgufEditor *self)
{
  return self->changes->len;
}

/**
 * paddock_gguf_editor_get_change:
 * @self: an editor
 * @position: less than the number of changes
 *
 * Returns: (transfer none): one of them, valid until the next change is made
 */
const PaddockGgufChange *
paddock_gguf_editor_get_change (PaddockGgufEditor *self, guint position)
{
  return self->changes->pdata[position];
}

static PaddockGgufEditLayout *
make_layout (PaddockGgufEditor *self, const char *output, GError **error)
{
  if (!paddock_gguf_edit_rules_check_file (self->file, error))
    return NULL;
  return paddock_gguf_edit_layout_make (self->file, self->changes, output, error);
}

/**
 * paddock_gguf_editor_plan:
 * @self: an editor
 * @plan: (out caller-allocates): what would be done
 * @error: return location for an error
 *
 * What paddock_gguf_editor_apply() would do to the file itself.
 *
 * Returns: whether it could be done
 */
gboolean
paddock_gguf_editor_plan (PaddockGgufEditor *self, PaddockGgufEditPlan *plan, GError **error)
{
  g_autoptr(PaddockGgufEditLayout) layout = make_layout (self, NULL, error);
  gboolean clones;

  if (layout == NULL)
    return FALSE;
  *plan = (PaddockGgufEditPlan) { .method = layout->method,
                                  .header_before = g_bytes_get_size (layout->before),
                                  .header_after = g_bytes_get_size (layout->header),
                                  .hard_links = layout->hard_links };
  if (self->changes->len == 0)
    {
      plan->method = PADDOCK_GGUF_EDIT_NOTHING;
      plan->header_after = plan->header_before;
    }
  clones = layout->clones && plan->header_before % PADDOCK_GGUF_EDIT_BLOCK == plan->header_after % PADDOCK_GGUF_EDIT_BLOCK;
  if (plan->method == PADDOCK_GGUF_EDIT_NEW_FILE && !clones)
    plan->bytes_to_copy = layout->tail;
  return TRUE;
}

static gboolean
check_output (PaddockGgufEditor *self, const char *output, GError **error)
{
  const PaddockGgufIdentity *identity = paddock_gguf_source_get_identity (paddock_gguf_file_get_source (self->file));
  g_autofree char *shown = NULL;
  struct stat status;

  if (output == NULL && identity == NULL)
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_REGULAR, "“%s” is not a file on a disk that could be edited",
                   paddock_gguf_file_get_path (self->file));
      return FALSE;
    }
  if (output == NULL || identity == NULL || stat (output, &status) < 0 || (guint64) status.st_dev != identity->device
      || (guint64) status.st_ino != identity->inode)
    return TRUE;
  shown = g_filename_display_name (output);
  g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_PERMISSION,
               "“%s” is the very file that is edited; leave the output away to change the file itself", shown);
  return FALSE;
}

static gboolean
apply_layout (PaddockGgufEditor *self,
              const PaddockGgufEditLayout *layout,
              const char *output,
              PaddockWorker *worker,
              GCancellable *cancellable,
              GError **error)
{
  const char *path = paddock_gguf_file_get_path (self->file);
  PaddockGgufEditCopy copy = { .file = self->file,
                               .layout = layout,
                               .target = output != NULL ? output : path,
                               .worker = worker,
                               .cancellable = cancellable,
                               .replaces = output == NULL };

  if (layout->method == PADDOCK_GGUF_EDIT_NOTHING)
    return TRUE;
  if (layout->method == PADDOCK_GGUF_EDIT_NEW_FILE)
    return paddock_gguf_edit_copy_run (&copy, error);
  return paddock_gguf_edit_in_place (path, paddock_gguf_source_get_identity (paddock_gguf_file_get_source (self->file)),
                                     layout, error);
}

/**
 * paddock_gguf_editor_apply:
 * @self: an editor
 * @output: (nullable) (type filename): where a new file shall be, which replaces what is there; %NULL to change the
 *   file itself
 * @worker: (nullable): told of the progress, and asked whether to stop
 * @cancellable: (nullable): asked whether to stop
 * @error: return location for an error
 *
 * Makes the changes. The editor keeps them, and the file that it was made for is as it was opened: open it anew.
 *
 * Returns: whether they are made and on the disk; otherwise the file is as it was and nothing is left beside it
 */
gboolean
paddock_gguf_editor_apply (PaddockGgufEditor *self,
                           const char *output,
                           PaddockWorker *worker,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr(PaddockGgufEditLayout) layout = NULL;
  gboolean held, done;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check_output (self, output, error))
    return FALSE;
  if (output == NULL && self->changes->len == 0)
    return TRUE;
  if (output == NULL && !paddock_gguf_editor_recover (paddock_gguf_file_get_path (self->file), error))
    return FALSE;
  layout = make_layout (self, output, error);
  if (layout == NULL)
    return FALSE;
  held = paddock_gguf_output_hold_limit_signal ();
  done = apply_layout (self, layout, output, worker, cancellable, error);
  paddock_gguf_output_release_limit_signal (held);
  return done;
}

static void
snapshot_free (gpointer data)
{
  Snapshot *self = data;

  paddock_gguf_editor_unref (self->editor);
  g_free (self->output);
  g_free (self);
}

static gpointer
run_apply (PaddockWorker *worker, gpointer data, GError **error)
{
  Snapshot *self = data;

  if (!paddock_gguf_editor_apply (self->editor, self->output, worker, paddock_worker_get_cancellable (worker), error))
    return NULL;
  return GINT_TO_POINTER (TRUE);
}

/**
 * paddock_gguf_editor_apply_async:
 * @self: an editor
 * @output: (nullable) (type filename): where a new file shall be; %NULL to change the file itself
 * @progress: (nullable) (scope notified): told of the progress
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * As paddock_gguf_editor_apply(), in a thread. The changes are those of this moment.
 */
void
paddock_gguf_editor_apply_async (PaddockGgufEditor *self,
                                 const char *output,
                                 PaddockProgressFunc progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Snapshot *snapshot = g_new0 (Snapshot, 1);
  PaddockWork work = { .name = "[paddock] edit metadata",
                       .run = run_apply,
                       .snapshot = snapshot,
                       .snapshot_free = snapshot_free,
                       .progress = progress,
                       .progress_data = progress_data };

  snapshot->editor = paddock_gguf_editor_new (self->file);
  snapshot->output = g_strdup (output);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const PaddockGgufChange *change = self->changes->pdata[i];

      g_ptr_array_add (snapshot->editor->changes, change_new (change->kind, change->key, change->before, change->after));
    }
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_gguf_editor_apply_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: as paddock_gguf_editor_apply()
 */
gboolean
paddock_gguf_editor_apply_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error) != NULL;
}

/**
 * paddock_gguf_editor_build_bytes:
 * @self: an editor
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what the edited file holds
 */
GBytes *
paddock_gguf_editor_build_bytes (PaddockGgufEditor *self, GError **error)
{
  PaddockGgufSource *source = paddock_gguf_file_get_source (self->file);
  g_autoptr(PaddockGgufEditLayout) layout = make_layout (self, NULL, error);
  g_autofree guint8 *bytes = NULL;
  gsize header_length, length;
  const guint8 *header;

  if (layout == NULL)
    return NULL;
  header = g_bytes_get_data (layout->header, &header_length);
  if (!g_size_checked_add (&length, header_length, layout->tail) || (bytes = g_try_malloc (length)) == NULL)
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NO_SPACE, "“%s” does not fit into memory",
                   paddock_gguf_file_get_path (self->file));
      return NULL;
    }
  memcpy (bytes, header, header_length);
  if (!paddock_gguf_source_read (source, g_bytes_get_size (layout->before), bytes + header_length, (gsize) layout->tail, NULL,
                                 error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

/**
 * paddock_gguf_editor_recover:
 * @path: (type filename): a file, which need not exist
 * @error: return location for an error
 *
 * Returns: %FALSE if the file is half written and could not be put right
 */
gboolean
paddock_gguf_editor_recover (const char *path, GError **error)
{
  return paddock_gguf_edit_journal_replay (path, error);
}
