/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-list.h"

#include "model/tensor-row.h"

/*
 * A view of columns makes and keeps the widgets of about this many rows, and makes them anew for every row that is
 * replaced. That is far more than the main loop can do in one turn, so rows come, change and go a few at a time.
 */
#define VIEW_ROWS 224
#define ROWS_MADE 3
#define ROWS_CHANGED 20

/**
 * PaddockTensorList:
 *
 * The tensors of a model as a list model: positions only; a row's object is made when the row is shown. Searching and
 * sorting happen in a worker; when that is done, #PaddockTensorList::found is emitted and the list follows step by step.
 * Rows that stay only show another tensor: nothing is made anew for them.
 */
struct _PaddockTensorList
{
  GObject parent_instance;

  /* Owned */
  PaddockGgufShards *shards;
  PaddockTensorOrder *order;         /* NULL before the first one is made */
  GCancellable *cancellable;
  char *search;
  GHashTable *rows;                  /* borrowed PaddockTensorRow -> position in the list; those that are in use */

  PaddockTensorKey key;
  gboolean descending;
  guint shown;                       /* rows that the list has told of */
  guint fresh;                       /* of these, the first ones show what they should */
  guint settling;                    /* source */
};

enum
{
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockTensorList, paddock_tensor_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return PADDOCK_TYPE_TENSOR_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return PADDOCK_TENSOR_LIST (model)->shown;
}

static void
on_row_gone (gpointer list, GObject *row)
{
  g_hash_table_remove (PADDOCK_TENSOR_LIST (list)->rows, row);
}

static gpointer
get_item (GListModel *model, guint position)
{
  PaddockTensorList *self = PADDOCK_TENSOR_LIST (model);
  PaddockTensorRow *row;

  if (position >= self->shown)
    return NULL;
  /* A row that is about to go has no tensor any more. */
  if (position < paddock_tensor_list_get_found (self))
    row = paddock_tensor_row_new (self->shards, self->order->positions[position]);
  else
    row = g_object_new (PADDOCK_TYPE_TENSOR_ROW, NULL);
  g_hash_table_insert (self->rows, row, GUINT_TO_POINTER (position));
  g_object_weak_ref (G_OBJECT (row), on_row_gone, self);
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
paddock_tensor_list_dispose (GObject *object)
{
  PaddockTensorList *self = PADDOCK_TENSOR_LIST (object);
  GHashTableIter iter;
  gpointer row;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->settling, g_source_remove);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    g_object_weak_unref (row, on_row_gone, self);
  g_hash_table_remove_all (self->rows);
  G_OBJECT_CLASS (paddock_tensor_list_parent_class)->dispose (object);
}

static void
paddock_tensor_list_finalize (GObject *object)
{
  PaddockTensorList *self = PADDOCK_TENSOR_LIST (object);

  g_clear_pointer (&self->order, paddock_tensor_order_free);
  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  g_hash_table_unref (self->rows);
  g_free (self->search);
  G_OBJECT_CLASS (paddock_tensor_list_parent_class)->finalize (object);
}

static void
paddock_tensor_list_class_init (PaddockTensorListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_tensor_list_dispose;
  object_class->finalize = paddock_tensor_list_finalize;

  /**
   * PaddockTensorList::found:
   *
   * The tensors that the list shows became others, or stand in another order. Its rows follow.
   */
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
paddock_tensor_list_init (PaddockTensorList *self)
{
  self->search = g_strdup ("");
  self->rows = g_hash_table_new (NULL, NULL);
}

PaddockTensorList *
paddock_tensor_list_new (void)
{
  return g_object_new (PADDOCK_TYPE_TENSOR_LIST, NULL);
}

static void
resize (PaddockTensorList *self, guint shown)
{
  guint before = self->shown;

  self->shown = shown;
  if (shown < before)
    g_list_model_items_changed (G_LIST_MODEL (self), shown, before - shown, 0);
  else if (shown > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, shown - before);
}

/* Has the rows in use from @self->fresh to @end show the tensors that stand there now. */
static void
refresh (PaddockTensorList *self, guint end)
{
  GHashTableIter iter;
  gpointer row;
  gpointer position;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, &position))
    if (GPOINTER_TO_UINT (position) >= self->fresh && GPOINTER_TO_UINT (position) < end)
      paddock_tensor_row_set (row, self->shards, self->order->positions[GPOINTER_TO_UINT (position)]);
  self->fresh = end;
}

/* Takes one step from the rows that are shown to those that should be; returns whether there are more. */
static gboolean
settle (PaddockTensorList *self)
{
  guint found = paddock_tensor_list_get_found (self);
  guint kept = MIN (self->shown, found);

  if (self->fresh < kept)
    refresh (self, self->fresh < VIEW_ROWS ? MIN (self->fresh + ROWS_CHANGED, kept) : kept);
  else if (self->shown > found)
    resize (self, MAX (found, self->shown - MIN (self->shown, ROWS_MADE)));
  else if (self->shown < found)
    {
      resize (self, self->shown < VIEW_ROWS ? MIN (self->shown + ROWS_MADE, found) : found);
      self->fresh = self->shown;
    }
  return self->fresh < found || self->shown != found;
}

static gboolean
on_idle (gpointer user_data)
{
  PaddockTensorList *self = user_data;

  if (settle (self))
    return G_SOURCE_CONTINUE;
  self->settling = 0;
  return G_SOURCE_REMOVE;
}

static void
replace_order (PaddockTensorList *self, PaddockTensorOrder *order)
{
  g_clear_pointer (&self->order, paddock_tensor_order_free);
  self->order = order;
  self->fresh = 0;
  g_signal_emit (self, signals[FOUND], 0);
  if (self->shown > VIEW_ROWS)
    resize (self, MAX (paddock_tensor_list_get_found (self), VIEW_ROWS));
  g_clear_handle_id (&self->settling, g_source_remove);
  if (settle (self))
    self->settling = g_idle_add (on_idle, self);
}

static gboolean
is_same (const PaddockTensorOrder *a, const PaddockTensorOrder *b)
{
  return a != NULL && a->count == b->count &&
         (a->count == 0 || memcmp (a->positions, b->positions, a->count * sizeof *a->positions) == 0);
}

static void
on_ordered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockTensorList) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorOrder) order = paddock_tensor_order_make_finish (result, &error);

  /* A cancelled one has a successor, or nobody waits for it any more. */
  if (order == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->cancellable);
  /* One more letter often finds the same ones, and whoever has selected one of these keeps it. */
  if (!is_same (self->order, order))
    replace_order (self, g_steal_pointer (&order));
}

static void
start_ordering (PaddockTensorList *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->shards == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  paddock_tensor_order_make_async (self->shards, self->search, self->key, self->descending, self->cancellable,
                                   on_ordered, g_object_ref (self));
}

/**
 * paddock_tensor_list_set_shards:
 * @self: the list
 * @shards: (nullable): the model
 */
void
paddock_tensor_list_set_shards (PaddockTensorList *self, PaddockGgufShards *shards)
{
  if (self->shards == shards)
    return;
  /* Positions of the old model mean nothing in the new one. */
  replace_order (self, NULL);
  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  if (shards != NULL)
    self->shards = paddock_gguf_shards_ref (shards);
  start_ordering (self);
}

/**
 * paddock_tensor_list_set_search:
 * @self: the list
 * @search: what names must contain
 */
void
paddock_tensor_list_set_search (PaddockTensorList *self, const char *search)
{
  if (g_set_str (&self->search, search))
    start_ordering (self);
}

void
paddock_tensor_list_set_order (PaddockTensorList *self, PaddockTensorKey key, gboolean descending)
{
  if (self->key == key && self->descending == descending)
    return;
  self->key = key;
  self->descending = descending;
  start_ordering (self);
}

guint
paddock_tensor_list_get_found (PaddockTensorList *self)
{
  return self->order != NULL ? self->order->count : 0;
}

guint64
paddock_tensor_list_get_bytes (PaddockTensorList *self)
{
  return self->order != NULL ? self->order->bytes : 0;
}

guint
paddock_tensor_list_get_total (PaddockTensorList *self)
{
  return self->shards != NULL ? paddock_gguf_shards_get_n_tensors (self->shards) : 0;
}

/**
 * paddock_tensor_list_get_shards:
 * @self: the list
 *
 * Returns: (transfer none) (nullable): the model
 */
PaddockGgufShards *
paddock_tensor_list_get_shards (PaddockTensorList *self)
{
  return self->shards;
}

/**
 * paddock_tensor_list_map:
 * @self: the list
 * @shown: positions in the list
 *
 * Returns: (transfer full) (element-type guint): the tensors that stand there, as positions in the model
 */
GArray *
paddock_tensor_list_map (PaddockTensorList *self, const GtkBitset *shown)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GtkBitsetIter iter;
  guint value;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, shown, &value); more; more = gtk_bitset_iter_next (&iter, &value))
    if (self->order != NULL && value < self->order->count)
      g_array_append_val (positions, self->order->positions[value]);
  return positions;
}
