/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/metadata-list.h"

#include "gguf/gguf-header-bytes.h"
#include "model/metadata-filter.h"
#include "model/metadata-row.h"

/* A view makes the widgets of about this many rows: more than the main loop can do in one turn. */
#define VIEW_ROWS 224
#define ROWS_MADE 2
#define ROWS_REMOVED 8

/**
 * PaddockMetadataList:
 *
 * The keys of a file as a list model: first those that are to be added, then the file's in its own order. Objects are
 * made when rows are shown; searching happens in a worker. When that is done, #PaddockMetadataList::found is emitted and
 * the list follows, a few rows at a time; rows that stay are left alone. The key that only keeps room is not shown.
 */
struct _PaddockMetadataList
{
  GObject parent_instance;

  /* Owned */
  PaddockMetadataEdits *edits;
  GStrv added;                       /* keys that the file does not have yet */
  GArray *positions;                 /* guint: of the file's keys, ascending */
  GArray *found;                     /* guint: what @positions becomes */
  GCancellable *cancellable;
  char *search;

  guint n_added;
  guint settled;                     /* as many of @positions are as they should be */
  guint settling;                    /* source */
};

enum
{
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockMetadataList, paddock_metadata_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return PADDOCK_TYPE_METADATA_ROW;
}

static guint
get_n_items (GListModel *model)
{
  PaddockMetadataList *self = PADDOCK_METADATA_LIST (model);

  return self->n_added + self->positions->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  PaddockMetadataList *self = PADDOCK_METADATA_LIST (model);

  if (position < self->n_added)
    return paddock_metadata_row_new_added (self->edits, self->added[position]);
  if (position - self->n_added >= self->positions->len)
    return NULL;
  return paddock_metadata_row_new (self->edits, g_array_index (self->positions, guint, position - self->n_added));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
paddock_metadata_list_dispose (GObject *object)
{
  PaddockMetadataList *self = PADDOCK_METADATA_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->settling, g_source_remove);
  G_OBJECT_CLASS (paddock_metadata_list_parent_class)->dispose (object);
}

static void
paddock_metadata_list_finalize (GObject *object)
{
  PaddockMetadataList *self = PADDOCK_METADATA_LIST (object);

  g_clear_object (&self->edits);
  g_clear_pointer (&self->added, g_strfreev);
  g_clear_pointer (&self->positions, g_array_unref);
  g_clear_pointer (&self->found, g_array_unref);
  g_free (self->search);
  G_OBJECT_CLASS (paddock_metadata_list_parent_class)->finalize (object);
}

static void
paddock_metadata_list_class_init (PaddockMetadataListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_metadata_list_dispose;
  object_class->finalize = paddock_metadata_list_finalize;

  /**
   * PaddockMetadataList::found:
   *
   * Other keys of the file are shown from now on. The rows follow.
   */
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
paddock_metadata_list_init (PaddockMetadataList *self)
{
  self->search = g_strdup ("");
  self->added = g_new0 (char *, 1);
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->found = g_array_new (FALSE, FALSE, sizeof (guint));
}

PaddockMetadataList *
paddock_metadata_list_new (void)
{
  return g_object_new (PADDOCK_TYPE_METADATA_LIST, NULL);
}

static GStrv
list_added (PaddockMetadataEdits *edits)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  guint count = edits != NULL ? paddock_metadata_edits_get_count (edits) : 0;

  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufChange *change = paddock_gguf_editor_get_change (paddock_metadata_edits_get_editor (edits), i);

      if (change->kind == PADDOCK_GGUF_CHANGE_ADD)
        g_strv_builder_add (keys, change->key);
    }
  return g_strv_builder_end (keys);
}

/* Only the added keys come and go; rows of the file's own keys follow their changes by themselves. */
static void
on_edits_changed (PaddockMetadataList *self)
{
  g_auto (GStrv) added = list_added (self->edits);
  guint before = self->n_added;

  if (g_strv_equal ((const char * const *) added, (const char * const *) self->added))
    return;
  g_strfreev (self->added);
  self->added = g_steal_pointer (&added);
  self->n_added = g_strv_length (self->added);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n_added);
}

/* Puts @added of what was found in the place of @removed rows. */
static void
splice (PaddockMetadataList *self, guint removed, guint added)
{
  if (removed > 0)
    g_array_remove_range (self->positions, self->settled, removed);
  if (added > 0)
    g_array_insert_vals (self->positions, self->settled, &g_array_index (self->found, guint, self->settled), added);
  g_list_model_items_changed (G_LIST_MODEL (self), self->n_added + self->settled, removed, added);
}

/* How many of @from, from @start on, come before the next one of @other. */
static guint
count_before (const GArray *from, const GArray *other, guint start, guint limit)
{
  guint end = start;

  while (end < from->len && end - start < limit &&
         (start >= other->len || g_array_index (from, guint, end) < g_array_index (other, guint, start)))
    end++;
  return end - start;
}

/* Takes one step from the rows that are shown to those that should be; returns whether there are more. */
static gboolean
settle (PaddockMetadataList *self)
{
  guint removed = 0;
  guint added = 0;

  while (self->settled < self->found->len && self->settled < self->positions->len &&
         g_array_index (self->found, guint, self->settled) == g_array_index (self->positions, guint, self->settled))
    self->settled++;
  if (self->settled >= VIEW_ROWS)
    {
      removed = self->positions->len - self->settled;
      added = self->found->len - self->settled;
    }
  else
    {
      removed = count_before (self->positions, self->found, self->settled, ROWS_REMOVED);
      added = removed > 0 ? 0 : count_before (self->found, self->positions, self->settled, ROWS_MADE);
    }
  if (removed == 0 && added == 0)
    return FALSE;
  splice (self, removed, added);
  self->settled += added;
  return TRUE;
}

static gboolean
on_idle (gpointer user_data)
{
  PaddockMetadataList *self = user_data;

  if (settle (self))
    return G_SOURCE_CONTINUE;
  self->settling = 0;
  return G_SOURCE_REMOVE;
}

static void
set_found (PaddockMetadataList *self, GArray *found)
{
  g_array_unref (self->found);
  self->found = found;
  self->settled = 0;
  g_signal_emit (self, signals[FOUND], 0);
  if (self->settling == 0)
    self->settling = g_idle_add (on_idle, self);
}

/* Nothing of the old file may be shown any more. */
static void
clear (PaddockMetadataList *self)
{
  guint before = self->positions->len;

  g_array_set_size (self->positions, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), self->n_added, before, 0);
  set_found (self, g_array_new (FALSE, FALSE, sizeof (guint)));
}

static void
on_filtered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockMetadataList) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) positions = paddock_metadata_filter_run_finish (result, &error);

  /* A cancelled one has a successor, or nobody waits for it any more. */
  if (positions == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->cancellable);
  set_found (self, g_steal_pointer (&positions));
}

static void
start_filtering (PaddockMetadataList *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->edits == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  paddock_metadata_filter_run_async (paddock_metadata_edits_get_file (self->edits), self->search, self->cancellable,
                                     on_filtered, g_object_ref (self));
}

/**
 * paddock_metadata_list_set_edits:
 * @self: the list
 * @edits: (nullable): the file and its pending changes
 */
void
paddock_metadata_list_set_edits (PaddockMetadataList *self, PaddockMetadataEdits *edits)
{
  if (self->edits == edits)
    return;
  if (self->edits != NULL)
    g_signal_handlers_disconnect_by_data (self->edits, self);
  /* Positions in the old file mean nothing in the new one. */
  clear (self);
  g_set_object (&self->edits, edits);
  on_edits_changed (self);
  if (edits != NULL)
    g_signal_connect_object (edits, "changed", G_CALLBACK (on_edits_changed), self, G_CONNECT_SWAPPED);
  start_filtering (self);
}

/**
 * paddock_metadata_list_set_search:
 * @self: the list
 * @search: what a key or value must contain
 */
void
paddock_metadata_list_set_search (PaddockMetadataList *self, const char *search)
{
  if (g_set_str (&self->search, search))
    start_filtering (self);
}

guint
paddock_metadata_list_get_found (PaddockMetadataList *self)
{
  return self->n_added + self->found->len;
}

guint
paddock_metadata_list_get_total (PaddockMetadataList *self)
{
  const PaddockGgufMetadata *metadata;

  if (self->edits == NULL)
    return 0;
  metadata = paddock_gguf_file_get_metadata (paddock_metadata_edits_get_file (self->edits));
  return paddock_gguf_metadata_get_count (metadata) -
         (paddock_gguf_metadata_find (metadata, PADDOCK_GGUF_ROOM_KEY) != NULL ? 1 : 0);
}
