/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-list.h"

#include "hub-search.h"

/* Pages without anything new: a server that says more of them leads in circles. */
#define MAX_VAIN 5

struct _PaddockDiscoverList
{
  GObject parent_instance;

  /* Owned */
  PaddockHubSession *session;        /* NULL: nobody can be asked */
  GPtrArray *items;                  /* PaddockDiscoverItem */
  GHashTable *ids;                   /* of them, borrowed */
  GCancellable *asking;              /* NULL: nothing is on its way */
  char *first;                       /* page; NULL: nothing was asked yet */
  char *next;                        /* page; NULL: that was all */
  GError *error;

  gint64 said_at;                    /* what is here and was only remembered, the oldest of it; 0: the hub has just said it all */
  guint vain;
  gboolean begins;                   /* the answer that is waited for takes the place of all that is there */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);
static void ask_page (PaddockDiscoverList *self, const char *page);

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockDiscoverList, paddock_discover_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return PADDOCK_TYPE_DISCOVER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return PADDOCK_DISCOVER_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  PaddockDiscoverList *self = PADDOCK_DISCOVER_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
tell (PaddockDiscoverList *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is ranked by what people do moves between pages, so that some of it is on two. */
static guint
add (PaddockDiscoverList *self, GPtrArray *repositories)
{
  guint before = self->items->len;

  for (guint i = 0; i < repositories->len; i++)
    {
      PaddockHubRepository *repository = g_ptr_array_index (repositories, i);

      /* Only what stays here lends its id. */
      if (g_hash_table_contains (self->ids, repository->id))
        continue;
      g_hash_table_add (self->ids, repository->id);
      g_ptr_array_add (self->items, paddock_discover_item_new (repository));
    }
  return self->items->len - before;
}

static void
take (PaddockDiscoverList *self, const PaddockHubPage *page)
{
  guint before = self->items->len;
  guint removed = self->begins ? before : 0;
  guint added;

  if (self->begins)
    {
      g_hash_table_remove_all (self->ids);
      g_ptr_array_set_size (self->items, 0);
      self->vain = 0;
      self->said_at = 0;
    }
  self->begins = FALSE;
  if (page->from_cache)
    self->said_at = self->said_at == 0 ? page->said_at : MIN (self->said_at, page->said_at);
  added = add (self, page->repositories);
  self->vain = added > 0 ? 0 : self->vain + 1;
  g_set_str (&self->next, self->vain <= MAX_VAIN ? page->next : NULL);
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), before - removed, removed, added);
  if (added == 0)
    paddock_discover_list_ask_more (self);
}

static void
forget_all (PaddockDiscoverList *self)
{
  guint before = self->items->len;

  self->said_at = 0;
  g_clear_pointer (&self->next, g_free);
  g_hash_table_remove_all (self->ids);
  g_ptr_array_set_size (self->items, 0);
  if (before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockDiscoverList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubPage) page = paddock_hub_search_load_finish (result, &error);

  /* Another question has taken its place. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (page != NULL)
    take (self, page);
  else
    {
      g_set_error_literal (&self->error, error->domain, error->code, error->message);
      if (self->begins)
        forget_all (self);
    }
  tell (self);
}

static void
stop (PaddockDiscoverList *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_error (&self->error);
}

static void
ask_page (PaddockDiscoverList *self, const char *page)
{
  stop (self);
  if (self->session == NULL)
    return;
  self->asking = g_cancellable_new ();
  paddock_hub_search_load_async (self->session, page, self->asking, on_page, g_object_ref (self));
}

static void
begin (PaddockDiscoverList *self)
{
  if (self->first == NULL)
    return;
  self->begins = TRUE;
  ask_page (self, self->first);
  tell (self);
}

static void
paddock_discover_list_dispose (GObject *object)
{
  stop (PADDOCK_DISCOVER_LIST (object));
  g_clear_object (&PADDOCK_DISCOVER_LIST (object)->session);
  G_OBJECT_CLASS (paddock_discover_list_parent_class)->dispose (object);
}

static void
paddock_discover_list_finalize (GObject *object)
{
  PaddockDiscoverList *self = PADDOCK_DISCOVER_LIST (object);

  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->items);
  g_free (self->first);
  g_free (self->next);
  G_OBJECT_CLASS (paddock_discover_list_parent_class)->finalize (object);
}

static void
paddock_discover_list_class_init (PaddockDiscoverListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_discover_list_dispose;
  object_class->finalize = paddock_discover_list_finalize;

  /**
   * PaddockDiscoverList::changed:
   *
   * It is asking, or not any more, or something failed.
   */
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
paddock_discover_list_init (PaddockDiscoverList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * paddock_discover_list_new:
 *
 * Returns: (transfer full): an empty list
 */
PaddockDiscoverList *
paddock_discover_list_new (void)
{
  return g_object_new (PADDOCK_TYPE_DISCOVER_LIST, NULL);
}

/**
 * paddock_discover_list_set_session:
 * @self: the list
 * @session: (nullable): who is asked
 */
void
paddock_discover_list_set_session (PaddockDiscoverList *self, PaddockHubSession *session)
{
  if (g_set_object (&self->session, session))
    begin (self);
}

/**
 * paddock_discover_list_ask:
 * @self: the list
 * @page: the first page
 */
void
paddock_discover_list_ask (PaddockDiscoverList *self, const char *page)
{
  g_set_str (&self->first, page);
  begin (self);
}

/**
 * paddock_discover_list_ask_more:
 * @self: the list
 */
void
paddock_discover_list_ask_more (PaddockDiscoverList *self)
{
  g_autofree char *next = NULL;

  if (self->asking != NULL || self->error != NULL || self->next == NULL || self->session == NULL)
    return;
  next = g_strdup (self->next);
  ask_page (self, next);
  tell (self);
}

/**
 * paddock_discover_list_ask_again:
 * @self: the list
 */
void
paddock_discover_list_ask_again (PaddockDiscoverList *self)
{
  if (self->error == NULL || self->begins)
    {
      begin (self);
      return;
    }
  g_clear_error (&self->error);
  paddock_discover_list_ask_more (self);
}

gboolean
paddock_discover_list_is_asking (PaddockDiscoverList *self)
{
  return self->asking != NULL;
}

/**
 * paddock_discover_list_get_error:
 * @self: the list
 *
 * Returns: (nullable): what went wrong last
 */
const GError *
paddock_discover_list_get_error (PaddockDiscoverList *self)
{
  return self->error;
}

gint64
paddock_discover_list_get_said_at (PaddockDiscoverList *self)
{
  return self->said_at;
}

/**
 * paddock_discover_list_find:
 * @self: the list
 * @item: what was in it
 *
 * Returns: where it is; %G_MAXUINT: nowhere
 */
guint
paddock_discover_list_find (PaddockDiscoverList *self, PaddockDiscoverItem *item)
{
  guint position;

  return g_ptr_array_find (self->items, item, &position) ? position : G_MAXUINT;
}
