/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "folder-store.h"
#include "folder-walk.h"
#include "gguf/gguf-shards.h"
#include "import-names.h"
#include "library-error.h"
#include "model-store.h"

typedef struct
{
  /* Borrowed */
  PaddockImportPlan *plan;
  PaddockLibraryIndex *index;
  GCancellable *cancellable;

  /* Owned */
  GHashTable *seen;                  /* PaddockFileIdentity of sources */
  GHashTable *sets;                  /* folder, prefix and count of shards -> PaddockImportItem, borrowed */
  GHashTable *taken;                 /* names in the folder that items will have */
  GHashTable *fingerprints;          /* char * -> PaddockLibraryEntry, borrowed */
} Planning;

static void
free_item (gpointer data)
{
  PaddockImportItem *item = data;

  g_ptr_array_unref (item->sources);
  g_ptr_array_unref (item->targets);
  g_clear_pointer (&item->facts, paddock_model_facts_unref);
  g_free (item->identities);
  g_free (item->duplicate_of);
  g_clear_error (&item->problem);
  g_free (item);
}

static void
clear_plan (gpointer data)
{
  PaddockImportPlan *self = data;

  g_free (self->folder);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->folders);
  g_ptr_array_unref (self->imported);
}

/**
 * paddock_import_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): @self
 */
PaddockImportPlan *
paddock_import_plan_ref (PaddockImportPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * paddock_import_plan_unref:
 * @self: (transfer full): a plan
 */
void
paddock_import_plan_unref (PaddockImportPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

static PaddockImportItem *
add_item (Planning *self)
{
  PaddockImportItem *item = g_new0 (PaddockImportItem, 1);

  item->sources = g_ptr_array_new_with_free_func (g_free);
  item->targets = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->plan->items, item);
  return item;
}

static void G_GNUC_PRINTF (3, 4)
set_problem (PaddockImportItem *item, PaddockLibraryError code, const char *format, ...)
{
  va_list values;

  if (item->problem != NULL)
    return;
  va_start (values, format);
  item->problem = g_error_new_valist (PADDOCK_LIBRARY_ERROR, code, format, values);
  va_end (values);
}

static void
add_source (PaddockImportItem *item, const char *path, const PaddockFileIdentity *identity)
{
  guint last = item->sources->len;

  g_ptr_array_add (item->sources, g_strdup (path));
  item->identities = g_renew (PaddockFileIdentity, item->identities, last + 1);
  item->identities[last] = *identity;
  item->size += identity->size;
}

/* The set that a shard belongs to, by its folder; what is alone gets an item of its own. */
static PaddockImportItem *
find_item (Planning *self, const char *path)
{
  g_autofree char *prefix = NULL;
  g_autofree char *key = NULL;
  PaddockImportItem *item;
  guint count;

  if (!paddock_gguf_shards_parse_name (path, &prefix, NULL, &count) || count < 2)
    return add_item (self);
  key = g_strdup_printf ("%s%s\n%u", prefix, strrchr (path, '.'), count);
  item = g_hash_table_lookup (self->sets, key);
  if (item == NULL)
    {
      item = add_item (self);
      g_hash_table_insert (self->sets, g_steal_pointer (&key), item);
    }
  return item;
}

static void
take_file (Planning *self, const char *path, const PaddockFileIdentity *identity)
{
  /* The same file under two of the names that were given comes in once. */
  if (g_hash_table_add (self->seen, g_memdup2 (identity, sizeof *identity)))
    add_source (find_item (self, path), path, identity);
}

static gboolean
wants_file (const char *name, gpointer user_data G_GNUC_UNUSED)
{
  PaddockFileRole role;

  return paddock_folder_store_judge_name (name, &role) && role == PADDOCK_FILE_ROLE_FOUND;
}

static gboolean
visit_file (const PaddockFolderWalkStep *step, gpointer user_data)
{
  if (!step->is_directory)
    take_file (user_data, step->path, &step->identity);
  return TRUE;
}

/* A shard that was given by itself stands for its set. */
static void
take_siblings (Planning *self, const char *path)
{
  g_autofree char *prefix = NULL;
  guint count;

  if (!paddock_gguf_shards_parse_name (path, &prefix, NULL, &count))
    return;
  for (guint i = 1; i <= count; i++)
    {
      g_autofree char *sibling = g_strdup_printf ("%s-%05u-of-%05u%s", prefix, i, count, strrchr (path, '.'));
      PaddockFileIdentity identity;
      struct stat status;

      if (stat (sibling, &status) != 0 || !S_ISREG (status.st_mode))
        continue;
      paddock_file_identity_set_stat (&identity, &status);
      take_file (self, sibling, &identity);
    }
}

static gboolean
is_below (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && (path[length] == '/' || (length > 0 && folder[length - 1] == '/'));
}

static gboolean
is_covered (GPtrArray *folders, const char *path)
{
  for (guint i = 0; i < folders->len; i++)
    if (g_str_equal (g_ptr_array_index (folders, i), path) || is_below (path, g_ptr_array_index (folders, i)))
      return TRUE;
  return FALSE;
}

static gboolean
take_path (Planning *self, const char *given, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (given, NULL);
  const PaddockFolderWalk walk = { .wants_file = wants_file, .visit = visit_file, .user_data = self };
  g_autoptr (GError) problem = NULL;
  PaddockImportItem *item;
  PaddockFileIdentity identity;
  struct stat status;

  if (stat (path, &status) == 0 && S_ISREG (status.st_mode))
    {
      paddock_file_identity_set_stat (&identity, &status);
      take_file (self, path, &identity);
      take_siblings (self, path);
      return TRUE;
    }
  if (stat (path, &status) == 0 && S_ISDIR (status.st_mode))
    {
      if (paddock_folder_walk_run (&walk, path, self->cancellable, &problem))
        {
          if (self->plan->mode == PADDOCK_IMPORT_LEAVE && !is_covered (self->plan->folders, path))
            g_ptr_array_add (self->plan->folders, g_steal_pointer (&path));
          return TRUE;
        }
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
  else if (stat (path, &status) == 0)
    g_set_error_literal (&problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_A_MODEL,
                         "it is neither a file nor a folder");
  else
    paddock_library_error_set_errno (&problem, errno, "cannot read", path);
  item = add_item (self);
  g_ptr_array_add (item->sources, g_strdup (path));
  item->identities = g_new0 (PaddockFileIdentity, 1);
  item->problem = g_steal_pointer (&problem);
  return TRUE;
}

static int
compare_sources (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Walks tell names in their order, and siblings may come behind the one that was given. */
static void
sort_shards (PaddockImportItem *item)
{
  g_autoptr (GHashTable) by_path = g_hash_table_new (g_str_hash, g_str_equal);
  PaddockFileIdentity *sorted = g_new (PaddockFileIdentity, item->sources->len);

  for (guint i = 0; i < item->sources->len; i++)
    g_hash_table_insert (by_path, g_ptr_array_index (item->sources, i), &item->identities[i]);
  g_ptr_array_sort (item->sources, compare_sources);
  for (guint i = 0; i < item->sources->len; i++)
    sorted[i] = *(PaddockFileIdentity *) g_hash_table_lookup (by_path, g_ptr_array_index (item->sources, i));
  g_free (item->identities);
  item->identities = sorted;
}

static void
judge_shards (PaddockImportItem *item, const char *first)
{
  guint count;

  if (paddock_gguf_shards_parse_name (first, NULL, NULL, &count) && item->sources->len != count)
    set_problem (item, PADDOCK_LIBRARY_ERROR_NOT_A_MODEL, "%u of its %u parts are there", item->sources->len, count);
}

/* Moving takes a file away from where a link leads: nobody who drops a link means that. */
static void
judge_links (Planning *self, PaddockImportItem *item)
{
  for (guint i = 0; self->plan->mode == PADDOCK_IMPORT_MOVE && i < item->sources->len; i++)
    {
      struct stat status;

      if (lstat (g_ptr_array_index (item->sources, i), &status) == 0 && S_ISLNK (status.st_mode))
        set_problem (item, PADDOCK_LIBRARY_ERROR_INVALID, "it is a link: it can be copied, not moved");
    }
}

/* By the innermost of the places that the library knows. */
static gboolean
belongs_to_another (PaddockLibraryIndex *index, const char *path)
{
  const PaddockScannedRoot *innermost = NULL;
  const PaddockModelStore *store;

  for (guint i = 0; index != NULL && i < index->roots->len; i++)
    {
      const PaddockScannedRoot *root = g_ptr_array_index (index->roots, i);
      g_autofree char *real = realpath (root->path, NULL);

      if (real != NULL && is_below (path, real) &&
          (innermost == NULL || strlen (root->path) > strlen (innermost->path)))
        innermost = root;
    }
  store = innermost != NULL ? paddock_model_store_find (innermost->store) : NULL;
  return store != NULL && (store->flags & PADDOCK_STORE_FOREIGN) != 0;
}

/* Its owner would miss it. */
static void
judge_owner (Planning *self, PaddockImportItem *item)
{
  for (guint i = 0; self->plan->mode == PADDOCK_IMPORT_MOVE && i < item->sources->len; i++)
    {
      g_autofree char *real = realpath (g_ptr_array_index (item->sources, i), NULL);

      if (real != NULL && belongs_to_another (self->index, real))
        set_problem (item, PADDOCK_LIBRARY_ERROR_FOREIGN, "it belongs to another program: it can be copied, not moved");
    }
}

static void
judge (Planning *self, PaddockImportItem *item)
{
  const char *first = g_ptr_array_index (item->sources, 0);

  item->facts = paddock_model_facts_read (first, self->cancellable);
  if (item->facts->unread)
    set_problem (item, PADDOCK_LIBRARY_ERROR_PERMISSION, "%s",
                 item->facts->problem != NULL ? item->facts->problem : "it cannot be read");
  else if (item->facts->state != PADDOCK_FACTS_WHOLE)
    set_problem (item, PADDOCK_LIBRARY_ERROR_NOT_A_MODEL, "%s",
                 item->facts->problem != NULL ? item->facts->problem : "it is no model");
  judge_shards (item, first);
  judge_links (self, item);
  judge_owner (self, item);
  if (self->plan->mode != PADDOCK_IMPORT_LEAVE && is_below (first, self->plan->folder))
    set_problem (item, PADDOCK_LIBRARY_ERROR_EXISTS, "it is there already");
}

/* In another place than the one it would come from, and the same there as far as samples tell. */
static gboolean
is_elsewhere (const PaddockLibraryEntry *entry, const char *path, const PaddockFileIdentity *identity)
{
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      const PaddockLibraryFile *file = location->files->len > 0 ? g_ptr_array_index (location->files, 0) : NULL;

      if (location->online && file != NULL && !paddock_file_identity_same_file (&file->identity, identity) &&
          paddock_import_names_alike (path, paddock_library_file_get_real_path (file)))
        return TRUE;
    }
  return FALSE;
}

static void
find_duplicate (Planning *self, PaddockImportItem *item)
{
  const PaddockLibraryEntry *entry = g_hash_table_lookup (self->fingerprints, item->facts->fingerprint);
  g_autofree char *real = realpath (g_ptr_array_index (item->sources, 0), NULL);

  if (real != NULL && item->facts->fingerprint[0] != '\0' && entry != NULL && is_elsewhere (entry, real, &item->identities[0]))
    item->duplicate_of = g_strdup (entry->id);
}

static gboolean
plan_items (Planning *self, GError **error)
{
  for (guint i = 0; i < self->plan->items->len; i++)
    {
      PaddockImportItem *item = g_ptr_array_index (self->plan->items, i);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (item->problem != NULL)
        continue;
      if (item->sources->len > 1)
        sort_shards (item);
      judge (self, item);
      if (item->problem != NULL)
        continue;
      find_duplicate (self, item);
      if (self->plan->mode != PADDOCK_IMPORT_LEAVE)
        paddock_import_names_choose (item, self->plan->folder, self->taken);
    }
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Those that were given, and those that given files lie in: none inside another one. */
static void
collect_folders (PaddockImportPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockImportItem *item = g_ptr_array_index (plan->items, i);
      g_autofree char *folder = g_path_get_dirname (g_ptr_array_index (item->sources, 0));

      if (item->problem != NULL || item->duplicate_of != NULL || is_covered (plan->folders, folder))
        continue;
      for (guint j = plan->folders->len; j > 0; j--)
        if (is_below (g_ptr_array_index (plan->folders, j - 1), folder))
          g_ptr_array_remove_index (plan->folders, j - 1);
      g_ptr_array_add (plan->folders, g_steal_pointer (&folder));
    }
}

static GHashTable *
collect_fingerprints (PaddockLibraryIndex *index)
{
  GHashTable *fingerprints = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; index != NULL && i < index->entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);

      if (entry->state == PADDOCK_ENTRY_READY && entry->facts != NULL && entry->facts->fingerprint[0] != '\0')
        g_hash_table_insert (fingerprints, entry->facts->fingerprint, entry);
    }
  return fingerprints;
}

/**
 * paddock_import_plan_new:
 * @paths: (array zero-terminated=1) (element-type filename): files and folders
 * @mode: what to do with them
 * @folder: (type filename): where they go; need not be there
 * @index: (nullable): what the library has
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan; %NULL only when cancelled or @folder makes no sense
 */
PaddockImportPlan *
paddock_import_plan_new (const char *const *paths, PaddockImportMode mode, const char *folder, PaddockLibraryIndex *index,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (PaddockImportPlan) plan = g_atomic_rc_box_new0 (PaddockImportPlan);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (paddock_file_identity_hash, paddock_file_identity_equal, g_free, NULL);
  g_autoptr (GHashTable) sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) fingerprints = collect_fingerprints (index);
  Planning self = { plan, index, cancellable, seen, sets, taken, fingerprints };

  plan->mode = mode;
  plan->items = g_ptr_array_new_with_free_func (free_item);
  plan->folders = g_ptr_array_new_with_free_func (g_free);
  plan->imported = g_ptr_array_new_with_free_func (g_free);
  if (mode != PADDOCK_IMPORT_LEAVE && (folder == NULL || !g_path_is_absolute (folder)))
    {
      g_set_error_literal (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "no folder to import into");
      return NULL;
    }
  plan->folder = folder != NULL ? g_canonicalize_filename (folder, NULL) : NULL;
  for (guint i = 0; paths[i] != NULL; i++)
    if (!take_path (&self, paths[i], error))
      return NULL;
  if (!plan_items (&self, error))
    return NULL;
  if (mode == PADDOCK_IMPORT_LEAVE)
    collect_folders (plan);
  paddock_import_plan_measure (plan);
  return g_steal_pointer (&plan);
}
