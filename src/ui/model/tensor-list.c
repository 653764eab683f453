/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-list.h"

#include "model/tensor-row.h"

/**
 * PaddockTensorList:
 *
 * The tensors of a model as a list model: positions only; a row's object is made when the row is shown. Searching and
 * sorting happen in a worker; the list changes when that is done.
 */
struct _PaddockTensorList
{
  GObject parent_instance;

  /* Owned */
  PaddockGgufShards *shards;
  PaddockTensorOrder *order;         /* NULL before the first one is made */
  GCancellable *cancellable;
  char *search;

  PaddockTensorKey key;
  gboolean descending;
};

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
  PaddockTensorList *self = PADDOCK_TENSOR_LIST (model);

  return self->order != NULL ? self->order->count : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  PaddockTensorList *self = PADDOCK_TENSOR_LIST (model);

  if (position >= get_n_items (model))
    return NULL;
  return paddock_tensor_row_new (self->shards, self->order->positions[position]);
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

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (paddock_tensor_list_parent_class)->dispose (object);
}

static void
paddock_tensor_list_finalize (GObject *object)
{
  PaddockTensorList *self = PADDOCK_TENSOR_LIST (object);

  g_clear_pointer (&self->order, paddock_tensor_order_free);
  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  g_free (self->search);
  G_OBJECT_CLASS (paddock_tensor_list_parent_class)->finalize (object);
}

static void
paddock_tensor_list_class_init (PaddockTensorListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_tensor_list_dispose;
  object_class->finalize = paddock_tensor_list_finalize;
}

static void
paddock_tensor_list_init (PaddockTensorList *self)
{
  self->search = g_strdup ("");
}

PaddockTensorList *
paddock_tensor_list_new (void)
{
  return g_object_new (PADDOCK_TYPE_TENSOR_LIST, NULL);
}

static void
replace_order (PaddockTensorList *self, PaddockTensorOrder *order)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  g_clear_pointer (&self->order, paddock_tensor_order_free);
  self->order = order;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_items (G_LIST_MODEL (self)));
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
