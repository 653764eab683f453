/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-view.h"

#include "base/units.h"
#include "model/layer-view.h"
#include "model/tensor-copy.h"
#include "model/tensor-details.h"
#include "model/tensor-list.h"
#include "model/text-cell-factory.h"

#include <glib/gi18n.h>

/**
 * PaddockTensorView:
 *
 * The tensors of a model in columns, to search, sort and copy. A pane beside them, or over them where it is narrow, shows
 * the model's layers, and the values of the tensor that is selected.
 */
struct _PaddockTensorView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockTensorList *list;
  GCancellable *copying;

  /* Template */
  AdwOverlaySplitView *split_view;
  AdwViewStack *pane;
  PaddockLayerView *layer_view;
  PaddockTensorDetails *details;
  GtkStack *stack;
  GtkSearchEntry *search_entry;
  GtkLabel *count_label;
  GtkColumnView *column_view;
  GtkMultiSelection *selection;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *type_column;
  GtkColumnViewColumn *shape_column;
  GtkColumnViewColumn *bytes_column;
  GtkColumnViewColumn *offset_column;
  GtkColumnViewColumn *shard_column;
};

G_DEFINE_FINAL_TYPE (PaddockTensorView, paddock_tensor_view, ADW_TYPE_BIN)

static PaddockTensorKey
get_key (PaddockTensorView *self, GtkColumnViewColumn *column)
{
  if (column == self->name_column)
    return PADDOCK_TENSOR_BY_NAME;
  if (column == self->type_column)
    return PADDOCK_TENSOR_BY_TYPE;
  if (column == self->shape_column)
    return PADDOCK_TENSOR_BY_SHAPE;
  if (column == self->bytes_column)
    return PADDOCK_TENSOR_BY_BYTES;
  if (column == self->offset_column)
    return PADDOCK_TENSOR_BY_OFFSET;
  if (column == self->shard_column)
    return PADDOCK_TENSOR_BY_SHARD;
  return PADDOCK_TENSOR_BY_POSITION;
}

static void
on_sorter_changed (PaddockTensorView *self, GtkSorterChange change, GtkColumnViewSorter *sorter)
{
  /* A column view that goes away takes its columns out of the order first. */
  if (self->list == NULL)
    return;

  paddock_tensor_list_set_order (self->list, get_key (self, gtk_column_view_sorter_get_primary_sort_column (sorter)),
                                 gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING);
}

static void
on_search_changed (PaddockTensorView *self)
{
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  paddock_tensor_list_set_search (self->list, search);
  paddock_layer_view_set_prefix (self->layer_view, search);
}

static void
on_layer_chosen (PaddockTensorView *self, const char *prefix)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), prefix);
}

static void
show_count (PaddockTensorView *self)
{
  guint shown = paddock_tensor_list_get_found (self->list);
  guint total = paddock_tensor_list_get_total (self->list);
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0';
  g_autofree char *shown_count = paddock_units_format_count (shown);
  g_autofree char *total_count = paddock_units_format_count (total);
  g_autofree char *size = paddock_units_format_size (paddock_tensor_list_get_bytes (self->list));
  g_autofree char *text = NULL;

  if (shown == total)
    /* Translators: a number of tensors and their size together. */
    text = g_strdup_printf (ngettext ("%s tensor · %s", "%s tensors · %s", total), total_count, size);
  else
    /* Translators: how many tensors of how many are shown, and the size of those. */
    text = g_strdup_printf (ngettext ("%s of %s tensor · %s", "%s of %s tensors · %s", total), shown_count, total_count,
                            size);
  gtk_label_set_label (self->count_label, text);
  if (total == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else
    gtk_stack_set_visible_child_name (self->stack, shown == 0 && searching ? "nothing-found" : "list");
}

/* Rows stay where they are and show other tensors, which nobody has selected. */
static void
on_found (PaddockTensorView *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    gtk_column_view_scroll_to (self->column_view, 0, NULL, GTK_LIST_SCROLL_NONE, NULL);
  show_count (self);
}

/* The values of one tensor; of none or of several there is nothing to show. */
static void
show_selected (PaddockTensorView *self, const GtkBitset *selected)
{
  g_autoptr (GArray) positions = NULL;

  if (self->list == NULL || paddock_tensor_list_get_shards (self->list) == NULL)
    return;
  positions = paddock_tensor_list_map (self->list, selected);
  if (positions->len == 1)
    {
      paddock_tensor_details_set_tensor (self->details, paddock_tensor_list_get_shards (self->list),
                                         g_array_index (positions, guint, 0));
      adw_view_stack_set_visible_child_name (self->pane, "tensor");
    }
  else
    paddock_tensor_details_clear (self->details);
}

static void
on_selection_changed (PaddockTensorView *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tensors.copy", !gtk_bitset_is_empty (selected));
  show_selected (self, selected);
}

static void
on_close_clicked (PaddockTensorView *self)
{
  adw_overlay_split_view_set_show_sidebar (self->split_view, FALSE);
}

static void
on_activated (PaddockTensorView *self)
{
  adw_overlay_split_view_set_show_sidebar (self->split_view, TRUE);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockTensorView) self = g_steal_pointer (&user_data);
  g_autofree char *text = paddock_tensor_copy_finish (result, NULL);

  if (text != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
copy_selected (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockTensorView *self = PADDOCK_TENSOR_VIEW (widget);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GArray) positions = NULL;

  if (paddock_tensor_list_get_shards (self->list) == NULL || gtk_bitset_is_empty (selected))
    return;
  positions = paddock_tensor_list_map (self->list, selected);
  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  self->copying = g_cancellable_new ();
  paddock_tensor_copy_async (paddock_tensor_list_get_shards (self->list), positions, self->copying, on_copied,
                             g_object_ref (self));
}

static void
paddock_tensor_view_dispose (GObject *object)
{
  PaddockTensorView *self = PADDOCK_TENSOR_VIEW (object);

  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_TENSOR_VIEW);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (paddock_tensor_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, split_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, pane);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, layer_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, details);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, count_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, column_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, selection);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, name_column);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, type_column);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, shape_column);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, bytes_column);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, offset_column);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorView, shard_column);
}

static void
paddock_tensor_view_class_init (PaddockTensorViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_tensor_view_dispose;
  g_type_ensure (PADDOCK_TYPE_LAYER_VIEW);
  g_type_ensure (PADDOCK_TYPE_TENSOR_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/tensor-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_layer_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
  gtk_widget_class_install_action (widget_class, "tensors.copy", NULL, copy_selected);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "tensors.copy", NULL);
}

static void
make_cells (PaddockTensorView *self)
{
  static const PaddockTextCell cells[] = {
    { "name", 14, 0, 0, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE, NULL, TRUE },
    { "type", 8, 0, 0, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL, FALSE },
    { "shape", 15, 20, 0, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "numeric", FALSE },
    { "bytes", 9, 0, 1, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "numeric", FALSE },
    { "offset", 14, 0, 1, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "numeric dimmed", FALSE },
    { "shard", 4, 0, 1, GTK_INSCRIPTION_OVERFLOW_CLIP, "numeric", FALSE },
  };
  GtkColumnViewColumn *columns[G_N_ELEMENTS (cells)] = { self->name_column,  self->type_column,   self->shape_column,
                                                         self->bytes_column, self->offset_column, self->shard_column };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GtkListItemFactory) factory = paddock_text_cell_factory_new (&cells[i]);

      gtk_column_view_column_set_factory (columns[i], factory);
    }
}

static void
paddock_tensor_view_init (PaddockTensorView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_cells (self);
  self->list = paddock_tensor_list_new ();
  g_signal_connect_object (self->list, "found", G_CALLBACK (on_found), self, G_CONNECT_SWAPPED);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed", G_CALLBACK (on_sorter_changed),
                           self, G_CONNECT_SWAPPED);
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->column_view));
  on_selection_changed (self);
}

/**
 * paddock_tensor_view_set_activities:
 * @self: the view
 * @activities: where what takes a while is done
 *
 * Can be called once.
 */
void
paddock_tensor_view_set_activities (PaddockTensorView *self, PaddockActivityList *activities)
{
  paddock_layer_view_set_activities (self->layer_view, activities);
}

/**
 * paddock_tensor_view_set_snapshot:
 * @self: the view
 * @snapshot: a model that could be opened
 */
void
paddock_tensor_view_set_snapshot (PaddockTensorView *self, PaddockModelSnapshot *snapshot)
{
  gtk_column_view_column_set_visible (self->shard_column, paddock_gguf_shards_get_count (snapshot->shards) > 1);
  paddock_tensor_list_set_shards (self->list, snapshot->shards);
  paddock_layer_view_set_snapshot (self->layer_view, snapshot);
  show_count (self);
}

void
paddock_tensor_view_start_search (PaddockTensorView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
