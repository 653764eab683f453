/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-selection.h"

struct _PaddockLibrarySelection
{
  GObject parent_instance;

  /* Owned */
  PaddockLibraryList *list;
  GHashTable *ids;                   /* of what is selected */
  char *touched;                     /* id of what was selected or not last; NULL: nothing yet */

  gboolean active;
};

enum
{
  PROP_ACTIVE = 1,
  PROP_N_SELECTED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void list_model_init (GListModelInterface *iface);
static void section_model_init (GtkSectionModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockLibrarySelection, paddock_library_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static const char *
get_id (PaddockLibrarySelection *self, guint position)
{
  return paddock_library_list_get_entry (self->list, position)->id;
}

static guint
count_items (PaddockLibrarySelection *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static GType
get_item_type (GListModel *model)
{
  return PADDOCK_TYPE_LIBRARY_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return count_items (PADDOCK_LIBRARY_SELECTION (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (PADDOCK_LIBRARY_SELECTION (model)->list), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  gtk_section_model_get_section (GTK_SECTION_MODEL (PADDOCK_LIBRARY_SELECTION (model)->list), position, start, end);
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  PaddockLibrarySelection *self = PADDOCK_LIBRARY_SELECTION (model);

  return position < count_items (self) && g_hash_table_size (self->ids) > 0 &&
         g_hash_table_contains (self->ids, get_id (self, position));
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  PaddockLibrarySelection *self = PADDOCK_LIBRARY_SELECTION (model);
  guint end = MIN (count_items (self), position + MIN (n_items, G_MAXUINT - position));
  GtkBitset *selected = gtk_bitset_new_empty ();

  for (guint i = position; i < end && g_hash_table_size (self->ids) > 0; i++)
    if (g_hash_table_contains (self->ids, get_id (self, i)))
      gtk_bitset_add (selected, i);
  return selected;
}

static void
tell (PaddockLibrarySelection *self, guint position, guint n_items)
{
  if (n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n_items);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static void
begin (PaddockLibrarySelection *self)
{
  if (self->active)
    return;
  self->active = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
set_one (PaddockLibrarySelection *self, guint position, gboolean selected)
{
  if (selected)
    g_hash_table_add (self->ids, g_strdup (get_id (self, position)));
  else
    g_hash_table_remove (self->ids, get_id (self, position));
}

static void
set_range (PaddockLibrarySelection *self, guint position, guint n_items, gboolean selected)
{
  guint end = MIN (count_items (self), position + MIN (n_items, G_MAXUINT - position));

  if (position >= end)
    return;
  for (guint i = position; i < end; i++)
    set_one (self, i, selected);
  begin (self);
  tell (self, position, end - position);
}

/* Where the keyboard or the pointer is, is no wish to select that alone: the list view says so all the time. */
static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  PaddockLibrarySelection *self = PADDOCK_LIBRARY_SELECTION (model);

  if (unselect_rest || position >= count_items (self))
    return FALSE;
  g_set_str (&self->touched, get_id (self, position));
  set_range (self, position, 1, TRUE);
  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  PaddockLibrarySelection *self = PADDOCK_LIBRARY_SELECTION (model);

  if (position >= count_items (self))
    return FALSE;
  g_set_str (&self->touched, get_id (self, position));
  set_range (self, position, 1, FALSE);
  return TRUE;
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  set_range (PADDOCK_LIBRARY_SELECTION (model), position, n_items, TRUE);
  return TRUE;
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  set_range (PADDOCK_LIBRARY_SELECTION (model), position, n_items, FALSE);
  return TRUE;
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return select_range (model, 0, G_MAXUINT, FALSE);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  PaddockLibrarySelection *self = PADDOCK_LIBRARY_SELECTION (model);

  if (g_hash_table_size (self->ids) == 0)
    return FALSE;
  g_hash_table_remove_all (self->ids);
  tell (self, 0, count_items (self));
  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  PaddockLibrarySelection *self = PADDOCK_LIBRARY_SELECTION (model);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, mask, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    if (position < count_items (self))
      set_one (self, position, gtk_bitset_contains (selected, position));
  begin (self);
  tell (self, 0, count_items (self));
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

/* What nobody sees any more must not be removed with the rest. TRUE: there was some. */
static gboolean
forget_missing (PaddockLibrarySelection *self)
{
  g_autoptr (GHashTable) before = NULL;
  guint wanted = g_hash_table_size (self->ids);

  if (wanted == 0)
    return FALSE;
  before = g_steal_pointer (&self->ids);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < count_items (self) && g_hash_table_size (self->ids) < wanted; i++)
    if (g_hash_table_contains (before, get_id (self, i)))
      set_one (self, i, TRUE);
  return g_hash_table_size (self->ids) < wanted;
}

static void
on_items_changed (PaddockLibrarySelection *self, guint position, guint removed, guint added)
{
  gboolean fewer = forget_missing (self);

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (fewer)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static void
paddock_library_selection_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockLibrarySelection *self = PADDOCK_LIBRARY_SELECTION (object);

  switch (property)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, g_hash_table_size (self->ids));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_library_selection_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_ACTIVE:
      paddock_library_selection_set_active (PADDOCK_LIBRARY_SELECTION (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_library_selection_finalize (GObject *object)
{
  PaddockLibrarySelection *self = PADDOCK_LIBRARY_SELECTION (object);

  g_clear_object (&self->list);
  g_hash_table_unref (self->ids);
  g_free (self->touched);
  G_OBJECT_CLASS (paddock_library_selection_parent_class)->finalize (object);
}

static void
paddock_library_selection_class_init (PaddockLibrarySelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_library_selection_get_property;
  object_class->set_property = paddock_library_selection_set_property;
  object_class->finalize = paddock_library_selection_finalize;

  /**
   * PaddockLibrarySelection:active:
   *
   * Whether the person is selecting.
   */
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * PaddockLibrarySelection:n-selected:
   *
   * How many are selected.
   */
  properties[PROP_N_SELECTED] =
    g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_library_selection_init (PaddockLibrarySelection *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * paddock_library_selection_new:
 * @list: what there is to select
 *
 * Returns: (transfer full): a selection of nothing
 */
PaddockLibrarySelection *
paddock_library_selection_new (PaddockLibraryList *list)
{
  PaddockLibrarySelection *self = g_object_new (PADDOCK_TYPE_LIBRARY_SELECTION, NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
paddock_library_selection_get_active (PaddockLibrarySelection *self)
{
  return self->active;
}

/**
 * paddock_library_selection_set_active:
 * @self: the selection
 * @active: whether the person selects from now on; else nothing is selected any more
 */
void
paddock_library_selection_set_active (PaddockLibrarySelection *self, gboolean active)
{
  if (self->active == active)
    return;
  if (!active)
    {
      unselect_all (GTK_SELECTION_MODEL (self));
      g_clear_pointer (&self->touched, g_free);
    }
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

guint
paddock_library_selection_count (PaddockLibrarySelection *self)
{
  return g_hash_table_size (self->ids);
}

/**
 * paddock_library_selection_toggle:
 * @self: the selection
 * @position: of a model that is to be selected if it is not, and the other way round
 */
void
paddock_library_selection_toggle (PaddockLibrarySelection *self, guint position)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self);

  if (is_selected (model, position))
    unselect_item (model, position);
  else
    select_item (model, position, FALSE);
}

/**
 * paddock_library_selection_extend:
 * @self: the selection
 * @position: up to which everything is to be selected, from what was touched last
 */
void
paddock_library_selection_extend (PaddockLibrarySelection *self, guint position)
{
  guint from = position;

  if (self->touched == NULL || !paddock_library_list_find (self->list, self->touched, &from))
    select_item (GTK_SELECTION_MODEL (self), position, FALSE);
  else
    set_range (self, MIN (from, position), MAX (from, position) - MIN (from, position) + 1, TRUE);
}

/**
 * paddock_library_selection_list_entries:
 * @self: the selection
 *
 * Returns: (transfer full) (element-type PaddockLibraryEntry): what is selected
 */
GPtrArray *
paddock_library_selection_list_entries (PaddockLibrarySelection *self)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);

  for (guint i = 0; i < count_items (self) && entries->len < g_hash_table_size (self->ids); i++)
    if (is_selected (GTK_SELECTION_MODEL (self), i))
      g_ptr_array_add (entries, paddock_library_entry_ref (paddock_library_list_get_entry (self->list, i)));
  return entries;
}

/**
 * paddock_library_selection_list_ids:
 * @self: the selection
 *
 * Returns: (transfer full) (array zero-terminated=1): of what is selected
 */
char **
paddock_library_selection_list_ids (PaddockLibrarySelection *self)
{
  g_autoptr (GPtrArray) entries = paddock_library_selection_list_entries (self);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < entries->len; i++)
    g_strv_builder_add (ids, ((PaddockLibraryEntry *) g_ptr_array_index (entries, i))->id);
  return g_strv_builder_end (ids);
}

/**
 * paddock_library_selection_find:
 * @self: the selection
 * @id: of a model
 * @position: (out): where it is
 *
 * Returns: whether there is something to select of that id
 */
gboolean
paddock_library_selection_find (PaddockLibrarySelection *self, const char *id, guint *position)
{
  return paddock_library_list_find (self->list, id, position);
}

PaddockLibraryList *
paddock_library_selection_get_list (PaddockLibrarySelection *self)
{
  return self->list;
}
