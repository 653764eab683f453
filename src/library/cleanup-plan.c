/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cleanup-plan.h"

#include <string.h>

#include "model-store.h"

#define DAY 86400

static void
free_proposal (gpointer data)
{
  PaddockCleanupProposal *proposal = data;

  g_free (proposal->id);
  g_ptr_array_unref (proposal->paths);
  g_free (proposal);
}

/**
 * paddock_cleanup_plan_free:
 * @self: (transfer full): a plan
 */
void
paddock_cleanup_plan_free (PaddockCleanupPlan *self)
{
  g_ptr_array_unref (self->proposals);
  g_clear_pointer (&self->removal, paddock_removal_plan_unref);
  g_free (self);
}

static gboolean
is_own (const PaddockEntryLocation *location)
{
  const PaddockModelStore *store = paddock_model_store_find (location->store);

  return location->online && store != NULL && (store->flags & PADDOCK_STORE_OWN) != 0;
}

static gint64
get_last_used (const PaddockLibraryEntry *entry)
{
  return MAX (entry->record->last_used, entry->record->added_at);
}

/* Bytes go with the last name: those of a file that has others stay. */
static guint64
count_freed (const PaddockLibraryFile *file)
{
  struct stat status;

  return lstat (file->path, &status) == 0 && S_ISREG (status.st_mode) && status.st_nlink == 1 ? (guint64) status.st_size : 0;
}

/* NULL: nothing of it is in the own folder. */
static PaddockCleanupProposal *
make_proposal (const PaddockLibraryEntry *entry)
{
  PaddockCleanupProposal *proposal = g_new0 (PaddockCleanupProposal, 1);

  proposal->id = g_strdup (entry->id);
  proposal->paths = g_ptr_array_new_with_free_func (g_free);
  proposal->last_used = get_last_used (entry);
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);

      for (guint j = 0; is_own (location) && j < location->files->len; j++)
        {
          const PaddockLibraryFile *file = g_ptr_array_index (location->files, j);

          g_ptr_array_add (proposal->paths, g_strdup (file->path));
          proposal->frees += count_freed (file);
        }
    }
  if (proposal->paths->len > 0)
    return proposal;
  free_proposal (proposal);
  return NULL;
}

static int
compare_proposals (gconstpointer a, gconstpointer b)
{
  const PaddockCleanupProposal *first = a, *second = b;

  return first->last_used != second->last_used ? (first->last_used < second->last_used ? -1 : 1)
                                               : strcmp (first->id, second->id);
}

static GHashTable *
collect_companions (PaddockLibraryIndex *index)
{
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < index->entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);

      for (guint j = 0; j < entry->companions->len; j++)
        g_hash_table_add (ids, g_ptr_array_index (entry->companions, j));
    }
  return ids;
}

/* All own models by use, the least recent first; what is protected is in it with nothing to free. */
static GPtrArray *
collect (PaddockCleanupPlan *self, PaddockLibraryIndex *index, const char *default_model)
{
  g_autoptr (GHashTable) companions = collect_companions (index);
  GPtrArray *all = g_ptr_array_new_with_free_func (free_proposal);

  for (guint i = 0; i < index->entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);
      PaddockCleanupProposal *proposal = make_proposal (entry);

      if (proposal == NULL)
        continue;
      self->own_bytes += proposal->frees;
      if (entry->record->favourite || entry->record->pinned || g_strcmp0 (entry->id, default_model) == 0 ||
          g_hash_table_contains (companions, entry->id))
        proposal->frees = 0;
      g_ptr_array_add (all, proposal);
    }
  g_ptr_array_sort_values (all, compare_proposals);
  return all;
}

/* rank: how many were used more recently. */
static gboolean
judge (const PaddockCleanupRules *rules, PaddockCleanupProposal *proposal, guint rank)
{
  if (proposal->frees == 0)
    return FALSE;
  proposal->reason = PADDOCK_CLEANUP_UNUSED;
  if (rules->unused_days > 0 && proposal->last_used <= rules->now - (gint64) rules->unused_days * DAY)
    return TRUE;
  proposal->reason = PADDOCK_CLEANUP_NOT_KEPT;
  return rules->keep > 0 && rank >= rules->keep;
}

static void
propose (PaddockCleanupPlan *self, GPtrArray *all, guint position)
{
  PaddockCleanupProposal *proposal = g_ptr_array_steal_index (all, position);

  self->frees += proposal->frees;
  g_ptr_array_add (self->proposals, proposal);
}

static void
apply (PaddockCleanupPlan *self, const PaddockCleanupRules *rules, GPtrArray *all)
{
  guint count = all->len, position = 0;

  for (guint i = 0; i < count; i++)
    if (judge (rules, g_ptr_array_index (all, position), count - 1 - i))
      propose (self, all, position);
    else
      position++;
  for (position = 0; rules->limit > 0 && position < all->len && self->own_bytes - self->frees > rules->limit;)
    {
      PaddockCleanupProposal *proposal = g_ptr_array_index (all, position);

      proposal->reason = PADDOCK_CLEANUP_LIMIT;
      if (proposal->frees > 0)
        propose (self, all, position);
      else
        position++;
    }
  if (rules->limit > 0 && self->own_bytes - self->frees > rules->limit)
    self->over_limit = self->own_bytes - self->frees - rules->limit;
  g_ptr_array_sort_values (self->proposals, compare_proposals);
}

/**
 * paddock_cleanup_plan_new:
 * @index: a library
 * @rules: what shall go
 * @default_model: (nullable): id of the entry that stays in any case
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan
 */
PaddockCleanupPlan *
paddock_cleanup_plan_new (PaddockLibraryIndex *index, const PaddockCleanupRules *rules, const char *default_model,
                          GError **error)
{
  g_autoptr (PaddockCleanupPlan) self = g_new0 (PaddockCleanupPlan, 1);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = NULL;

  self->proposals = g_ptr_array_new_with_free_func (free_proposal);
  all = collect (self, index, default_model);
  apply (self, rules, all);
  for (guint i = 0; i < self->proposals->len; i++)
    {
      const PaddockCleanupProposal *proposal = g_ptr_array_index (self->proposals, i);

      for (guint j = 0; j < proposal->paths->len; j++)
        g_ptr_array_add (paths, g_ptr_array_index (proposal->paths, j));
    }
  g_ptr_array_add (paths, NULL);
  self->removal = paddock_removal_plan_new_for_files (index, (const char *const *) paths->pdata, FALSE, error);
  return self->removal != NULL ? g_steal_pointer (&self) : NULL;
}
