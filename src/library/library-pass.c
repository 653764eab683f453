/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-pass.h"

#include <errno.h>
#include <string.h>

#include "base/spare-memory.h"
#include "index-builder.h"
#include "library-cache.h"
#include "library-error.h"
#include "record-hashes.h"
#include "scan-roots.h"

/* A first scan shows what there is so far that often, in microseconds. */
#define PUBLISH_INTERVAL (300 * G_TIME_SPAN_MILLISECOND)
/* And seldom enough for that to be no more than about a fifth of its work, however much there is. */
#define PUBLISH_PAUSE 4

/* A scan under way. */
typedef struct
{
  PaddockLibraryPass *pass;
  GPtrArray *files, *roots, *records;
  PaddockLibraryIndex *shown;
  gint64 shown_at, shown_for;        /* when that was, and how long it took to make */
} Progress;

/**
 * paddock_library_pass_free:
 * @self: (transfer full): a pass
 */
void
paddock_library_pass_free (PaddockLibraryPass *self)
{
  paddock_store_places_free (self->places);
  paddock_library_settings_free (self->settings);
  paddock_record_store_unref (self->records);
  g_clear_pointer (&self->previous, paddock_library_index_unref);
  g_clear_pointer (&self->only, g_hash_table_unref);
  g_free (self->cache);
  g_free (self);
}

/**
 * paddock_pass_result_free:
 * @result: (transfer full): what a pass found out
 */
void
paddock_pass_result_free (PaddockPassResult *result)
{
  g_clear_pointer (&result->index, paddock_library_index_unref);
  g_ptr_array_unref (result->changed);
  g_ptr_array_unref (result->gone);
  g_ptr_array_unref (result->problems);
  g_free (result);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
free_root (gpointer data)
{
  PaddockScannedRoot *root = data;

  g_free (root->path);
  g_free (root->problem);
  g_clear_pointer (&root->directories, g_ptr_array_unref);
  g_free (root);
}

/* A root that nobody looked at yet is taken to be as it was. */
static PaddockScannedRoot *
make_unseen (const PaddockScanRoot *root)
{
  PaddockScannedRoot *unseen = g_new0 (PaddockScannedRoot, 1);

  unseen->path = g_strdup (root->path);
  unseen->store = root->store->id;
  unseen->state = PADDOCK_ROOT_LISTED;
  return unseen;
}

static PaddockScannedRoot *
copy_root (const PaddockScannedRoot *root)
{
  PaddockScannedRoot *copy = g_memdup2 (root, sizeof *root);

  copy->path = g_strdup (root->path);
  copy->problem = g_strdup (root->problem);
  copy->directories = root->directories != NULL ? g_ptr_array_ref (root->directories) : NULL;
  return copy;
}

static const PaddockScannedRoot *
find_root (GPtrArray *roots, const char *path)
{
  for (guint i = 0; roots != NULL && i < roots->len; i++)
    {
      const PaddockScannedRoot *root = g_ptr_array_index (roots, i);

      if (g_str_equal (root->path, path))
        return root;
    }
  return NULL;
}

/* Those that are not scanned this time, as they were last time. */
static GPtrArray *
keep_roots (PaddockLibraryPass *self, GPtrArray *all, GPtrArray *scanned)
{
  GPtrArray *roots = g_ptr_array_new_with_free_func (free_root);
  GPtrArray *before = self->previous != NULL ? self->previous->roots : NULL;

  for (guint i = 0; i < all->len; i++)
    {
      const PaddockScanRoot *root = g_ptr_array_index (all, i);
      const PaddockScannedRoot *known = find_root (scanned, root->path);

      if (known == NULL)
        known = find_root (before, root->path);
      g_ptr_array_add (roots, known != NULL ? copy_root (known) : make_unseen (root));
    }
  return roots;
}

static void
append_files (GPtrArray *files, GPtrArray *more)
{
  for (guint i = 0; more != NULL && i < more->len; i++)
    g_ptr_array_add (files, paddock_library_file_ref (g_ptr_array_index (more, i)));
}

/* Files below roots that are still looked at, and that this pass does not look at itself. */
static GPtrArray *
keep_files (PaddockLibraryPass *self, GPtrArray *known, GPtrArray *all)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  g_autoptr (GHashTable) roots = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean scans = self->kind == PADDOCK_PASS_SCAN;

  for (guint i = 0; i < all->len; i++)
    {
      const char *path = ((PaddockScanRoot *) g_ptr_array_index (all, i))->path;

      if (!scans || (self->only != NULL && !g_hash_table_contains (self->only, path)))
        g_hash_table_add (roots, (gpointer) path);
    }
  for (guint i = 0; i < known->len; i++)
    {
      PaddockLibraryFile *file = g_ptr_array_index (known, i);

      if (g_hash_table_contains (roots, file->root))
        g_ptr_array_add (files, paddock_library_file_ref (file));
    }
  return files;
}

static PaddockLibraryIndex *
build (Progress *progress, gboolean partial, GPtrArray *changed, GPtrArray *gone)
{
  PaddockIndexInput input = {
    .files = progress->files,
    .roots = progress->roots,
    .records = progress->records,
    .previous = progress->shown,
    .partial = partial,
    .now = get_now (),
  };

  return paddock_index_build (&input, changed, gone);
}

static void
take_batch (GPtrArray *taken, gpointer user_data)
{
  Progress *progress = user_data;
  g_autoptr (GPtrArray) files = taken;
  gint64 now = g_get_monotonic_time ();
  GPtrArray *shown;

  append_files (progress->files, files);
  if (now - progress->shown_at < MAX (PUBLISH_INTERVAL, PUBLISH_PAUSE * progress->shown_for))
    return;
  g_clear_pointer (&progress->shown, paddock_library_index_unref);
  progress->shown = build (progress, TRUE, NULL, NULL);
  /* That index keeps its files: what comes later goes into others. */
  shown = g_steal_pointer (&progress->files);
  progress->files = g_ptr_array_copy (shown, (GCopyFunc) paddock_library_file_ref, NULL);
  g_ptr_array_unref (shown);
  progress->shown_at = g_get_monotonic_time ();
  progress->shown_for = progress->shown_at - now;
  progress->pass->publish (paddock_library_index_ref (progress->shown), progress->pass->publish_data);
}

/* Those that this pass is to look at (transfer container: borrowed) */
static GPtrArray *
choose_roots (PaddockLibraryPass *self, GPtrArray *all)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (self->only == NULL || g_hash_table_contains (self->only, ((PaddockScanRoot *) g_ptr_array_index (all, i))->path))
      g_ptr_array_add (chosen, g_ptr_array_index (all, i));
  return chosen;
}

static gboolean
scan (PaddockLibraryPass *self, Progress *progress, GPtrArray *all, GPtrArray *known, PaddockWorker *worker,
      GError **error)
{
  g_autoptr (GPtrArray) chosen = choose_roots (self, all);
  g_autoptr (GPtrArray) kept = g_ptr_array_copy (progress->files, (GCopyFunc) paddock_library_file_ref, NULL);
  g_autoptr (PaddockScan) found =
    paddock_library_scan (chosen, known, self->publish != NULL ? take_batch : NULL, progress, worker, error);

  if (found == NULL)
    return FALSE;
  append_files (kept, found->files);
  g_ptr_array_unref (progress->files);
  progress->files = g_steal_pointer (&kept);
  g_ptr_array_unref (progress->roots);
  progress->roots = keep_roots (self, all, found->roots);
  return TRUE;
}

static gboolean
are_equal (GPtrArray *a, GPtrArray *b)
{
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);

  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    g_hash_table_insert (files, ((PaddockLibraryFile *) g_ptr_array_index (a, i))->path, g_ptr_array_index (a, i));
  for (guint i = 0; i < b->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (b, i);
      const PaddockLibraryFile *other = g_hash_table_lookup (files, file->path);

      if (other == NULL || !paddock_library_file_equal (file, other))
        return FALSE;
    }
  return TRUE;
}

static PaddockPassResult *
new_result (void)
{
  PaddockPassResult *result = g_new0 (PaddockPassResult, 1);

  result->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_record_unref);
  result->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_record_unref);
  result->problems = g_ptr_array_new_with_free_func (g_free);
  return result;
}

static GPtrArray *
find_known (PaddockLibraryPass *self)
{
  g_autoptr (PaddockLibraryCache) cache = NULL;

  if (self->previous != NULL && (self->previous->files->len > 0 || self->kind != PADDOCK_PASS_LOAD))
    return g_ptr_array_ref (self->previous->files);
  cache = paddock_library_cache_open (self->cache);
  return paddock_library_cache_get_files (cache);
}

/* What is shown first need not be as it is now, only soon: the next pass looks at every record. */
static GPtrArray *
load_records (PaddockLibraryPass *self, GPtrArray *problems, PaddockWorker *worker, GError **error)
{
  g_autoptr (GPtrArray) recalled = self->kind == PADDOCK_PASS_LOAD ? paddock_record_store_recall (self->records) : NULL;

  if (recalled != NULL && recalled->len > 0)
    return g_steal_pointer (&recalled);
  return paddock_record_store_load (self->records, problems, paddock_worker_get_cancellable (worker), error);
}

/**
 * paddock_library_pass_run:
 * @self: a pass
 * @worker: (nullable): who runs it
 * @error: return location for %PADDOCK_LIBRARY_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what came out
 */
PaddockPassResult *
paddock_library_pass_run (PaddockLibraryPass *self, PaddockWorker *worker, GError **error)
{
  g_autoptr (PaddockPassResult) result = new_result ();
  g_autoptr (GPtrArray) all = paddock_scan_roots_find (self->places, self->settings);
  g_autoptr (GPtrArray) known = find_known (self);
  g_autoptr (GPtrArray) records = load_records (self, result->problems, worker, error);
  Progress progress = { .pass = self, .records = records, .shown_at = g_get_monotonic_time () };
  gboolean done;

  if (records == NULL)
    return NULL;
  progress.files = keep_files (self, known, all);
  progress.roots = keep_roots (self, all, NULL);
  progress.shown = self->previous != NULL ? paddock_library_index_ref (self->previous) : NULL;
  done = self->kind != PADDOCK_PASS_SCAN || scan (self, &progress, all, known, worker, error);
  if (done)
    {
      gboolean final = self->kind != PADDOCK_PASS_LOAD;

      result->index = build (&progress, FALSE, final ? result->changed : NULL, final ? result->gone : NULL);
      result->files_changed = self->kind == PADDOCK_PASS_SCAN && !are_equal (known, progress.files);
    }
  g_ptr_array_unref (progress.files);
  g_ptr_array_unref (progress.roots);
  g_clear_pointer (&progress.shown, paddock_library_index_unref);
  g_clear_pointer (&records, g_ptr_array_unref);
  paddock_spare_memory_return ();
  return done ? g_steal_pointer (&result) : NULL;
}

/* What the disk says, not what the person said, who may have said something else meanwhile. */
static gboolean
take_over (PaddockModelRecord *record, gpointer user_data)
{
  const PaddockModelRecord *found = user_data;
  g_autoptr (PaddockModelRecord) before = paddock_model_record_copy (record);

  g_set_str (&record->name, found->name);
  g_set_str (&record->fingerprint, found->fingerprint);
  g_set_str (&record->architecture, found->architecture);
  g_set_str (&record->quantization, found->quantization);
  g_set_str (&record->license, found->license);
  g_set_str (&record->source_url, found->source_url);
  g_set_str (&record->revision, found->revision);
  paddock_record_hashes_take_expected (record, found);
  record->size = found->size;
  record->parameters = found->parameters;
  if (record->added_at == 0)
    record->added_at = found->added_at;
  g_ptr_array_set_size (record->locations, 0);
  for (guint i = 0; i < found->locations->len; i++)
    g_ptr_array_add (record->locations, paddock_recorded_location_copy (g_ptr_array_index (found->locations, i)));
  return !paddock_model_record_equal (before, record);
}

/* It may have become somebody's since. */
static gboolean
remove_record (PaddockRecordStore *records, const char *id, GError **error)
{
  g_autoptr (PaddockModelRecord) now = paddock_record_store_read (records, id, NULL);

  return now == NULL || paddock_model_record_is_personal (now) || paddock_record_store_remove (records, id, error);
}

/**
 * paddock_pass_result_write:
 * @result: what a pass found out
 * @records: where records are
 * @cache: (type filename): the cache
 * @cancellable: (nullable): a cancellable
 * @error: return location for %PADDOCK_LIBRARY_ERROR or %G_IO_ERROR
 *
 * Returns: whether everything is written
 */
gboolean
paddock_pass_result_write (PaddockPassResult *result, PaddockRecordStore *records, const char *cache,
                           GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (cache);

  if (result->files_changed &&
      (g_mkdir_with_parents (folder, 0700) < 0 || !paddock_library_cache_write (cache, result->index->files, NULL)))
    g_debug ("The library’s cache cannot be written: the next start will take longer");
  for (guint i = 0; i < result->changed->len; i++)
    {
      const PaddockModelRecord *record = g_ptr_array_index (result->changed, i);
      g_autoptr (PaddockModelRecord) written = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      written = paddock_record_store_change (records, record->id, FALSE, take_over, (gpointer) record, error);
      if (written == NULL)
        return FALSE;
    }
  for (guint i = 0; i < result->gone->len; i++)
    if (!remove_record (records, ((PaddockModelRecord *) g_ptr_array_index (result->gone, i))->id, error))
      return FALSE;
  return TRUE;
}
