/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/array-list.h"

#include "model/array-element.h"
#include "model/array-search.h"

/**
 * PaddockArrayList:
 *
 * The elements of one array as a list model. Elements are read when their rows are shown; searching happens in a
 * worker.
 */
struct _PaddockArrayList
{
  GObject parent_instance;

  /* Owned */
  PaddockGgufFile *file;
  PaddockGgufArray *array;
  GArray *hits;                      /* guint; NULL: all elements */
  GCancellable *cancellable;

  /* Borrowed from the file */
  const PaddockGgufEntry *entry;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockArrayList, paddock_array_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return PADDOCK_TYPE_ARRAY_ELEMENT;
}

static guint
get_n_items (GListModel *model)
{
  PaddockArrayList *self = PADDOCK_ARRAY_LIST (model);

  if (self->hits != NULL)
    return self->hits->len;
  return (guint) MIN (paddock_array_list_get_total (self), PADDOCK_ARRAY_LIST_MAX);
}

static gpointer
get_item (GListModel *model, guint position)
{
  PaddockArrayList *self = PADDOCK_ARRAY_LIST (model);
  guint64 element = position;
  g_autofree char *text = NULL;

  if (position >= get_n_items (model))
    return NULL;
  if (self->hits != NULL)
    element = g_array_index (self->hits, guint, position);
  text = paddock_gguf_array_format (self->array, element);
  return paddock_array_element_new (element, text != NULL ? text : "");
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
paddock_array_list_dispose (GObject *object)
{
  PaddockArrayList *self = PADDOCK_ARRAY_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (paddock_array_list_parent_class)->dispose (object);
}

static void
paddock_array_list_finalize (GObject *object)
{
  PaddockArrayList *self = PADDOCK_ARRAY_LIST (object);

  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_pointer (&self->array, paddock_gguf_array_free);
  g_clear_pointer (&self->file, paddock_gguf_file_unref);
  G_OBJECT_CLASS (paddock_array_list_parent_class)->finalize (object);
}

static void
paddock_array_list_class_init (PaddockArrayListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_array_list_dispose;
  object_class->finalize = paddock_array_list_finalize;
}

static void
paddock_array_list_init (PaddockArrayList *self)
{
}

/**
 * paddock_array_list_new:
 * @file: a file
 * @entry: an array among its metadata
 *
 * Returns: (transfer full): the list
 */
PaddockArrayList *
paddock_array_list_new (PaddockGgufFile *file, const PaddockGgufEntry *entry)
{
  PaddockArrayList *self = g_object_new (PADDOCK_TYPE_ARRAY_LIST, NULL);

  self->file = paddock_gguf_file_ref (file);
  self->entry = entry;
  self->array = paddock_gguf_array_new (paddock_gguf_file_get_metadata (file), entry);
  return self;
}

static void
replace_hits (PaddockArrayList *self, GArray *hits)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  g_clear_pointer (&self->hits, g_array_unref);
  self->hits = hits;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_items (G_LIST_MODEL (self)));
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockArrayList) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = paddock_array_search_finish (result, &error);

  /* A cancelled one has a successor, or nobody waits for it any more. */
  if (hits == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->cancellable);
  replace_hits (self, g_steal_pointer (&hits));
}

/**
 * paddock_array_list_set_search:
 * @self: the list
 * @search: what elements must contain; empty for all
 */
void
paddock_array_list_set_search (PaddockArrayList *self, const char *search)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (*search == '\0')
    {
      if (self->hits != NULL)
        replace_hits (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  paddock_array_search_async (self->file, self->entry, search, self->cancellable, on_searched, g_object_ref (self));
}

guint64
paddock_array_list_get_total (PaddockArrayList *self)
{
  return self->array != NULL ? paddock_gguf_array_get_length (self->array) : 0;
}
