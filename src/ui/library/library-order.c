/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-order.h"

struct _PaddockLibraryOrder
{
  GObject parent_instance;

  /* Owned */
  GSimpleActionGroup *actions;

  /* Borrowed */
  PaddockLibraryQuery *query;        /* NULL: nothing is shown yet */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const sorts[] = {
  [PADDOCK_SORT_NAME] = "name",
  [PADDOCK_SORT_SIZE] = "size",
  [PADDOCK_SORT_LAST_USED] = "last-used",
  [PADDOCK_SORT_ADDED] = "added",
};

G_DEFINE_FINAL_TYPE (PaddockLibraryOrder, paddock_library_order, G_TYPE_OBJECT)

static void
set_state (PaddockLibraryOrder *self, const char *name, const char *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)),
                             g_variant_new_string (state));
}

static void
tell (PaddockLibraryOrder *self)
{
  paddock_library_order_show (self, self->query);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Names are read from A on; of everything else the most comes first. */
static void
change_sort (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PaddockLibraryOrder *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (g_variant_get_string (state, NULL), sorts[i]))
      self->query->sort = (PaddockLibrarySort) i;
  self->query->descending = self->query->sort != PADDOCK_SORT_NAME;
  tell (self);
}

static void
change_order (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PaddockLibraryOrder *self = user_data;

  self->query->descending = g_str_equal (g_variant_get_string (state, NULL), "descending");
  tell (self);
}

static void
paddock_library_order_finalize (GObject *object)
{
  g_clear_object (&PADDOCK_LIBRARY_ORDER (object)->actions);
  G_OBJECT_CLASS (paddock_library_order_parent_class)->finalize (object);
}

static void
paddock_library_order_class_init (PaddockLibraryOrderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_library_order_finalize;

  /**
   * PaddockLibraryOrder::changed:
   *
   * The person chose another order.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_library_order_init (PaddockLibraryOrder *self)
{
  static const GActionEntry entries[] = {
    { .name = "sort", .parameter_type = "s", .state = "'name'", .change_state = change_sort },
    { .name = "order", .parameter_type = "s", .state = "'ascending'", .change_state = change_order },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

/**
 * paddock_library_order_new:
 *
 * Returns: (transfer full): an order of nothing yet
 */
PaddockLibraryOrder *
paddock_library_order_new (void)
{
  return g_object_new (PADDOCK_TYPE_LIBRARY_ORDER, NULL);
}

/**
 * paddock_library_order_show:
 * @self: the order
 * @query: what sorts
 */
void
paddock_library_order_show (PaddockLibraryOrder *self, PaddockLibraryQuery *query)
{
  self->query = query;
  set_state (self, "sort", sorts[query->sort]);
  set_state (self, "order", query->descending ? "descending" : "ascending");
}

GActionGroup *
paddock_library_order_get_actions (PaddockLibraryOrder *self)
{
  return G_ACTION_GROUP (self->actions);
}
