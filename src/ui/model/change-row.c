/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/change-row.h"

#include "base/units.h"

#include <glib/gi18n.h>

#define VALUE_CHARS 600

/**
 * PaddockChangeRow:
 *
 * One pending change: the key, its value before and after, and a way to take it back.
 */
struct _PaddockChangeRow
{
  AdwPreferencesRow parent_instance;

  /* Owned */
  char *key;

  /* Template */
  GtkLabel *key_label;
  GtkLabel *kind_label;
  GtkWidget *before_box;
  GtkLabel *before_label;
  GtkWidget *after_box;
  GtkLabel *after_label;
};

enum
{
  UNDO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockChangeRow, paddock_change_row, ADW_TYPE_PREFERENCES_ROW)

static void
on_undo_clicked (PaddockChangeRow *self)
{
  g_signal_emit (self, signals[UNDO], 0, self->key);
}

static void
paddock_change_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_CHANGE_ROW);
  G_OBJECT_CLASS (paddock_change_row_parent_class)->dispose (object);
}

static void
paddock_change_row_finalize (GObject *object)
{
  g_free (PADDOCK_CHANGE_ROW (object)->key);
  G_OBJECT_CLASS (paddock_change_row_parent_class)->finalize (object);
}

static void
paddock_change_row_class_init (PaddockChangeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_change_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_change_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/change-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockChangeRow, key_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockChangeRow, kind_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockChangeRow, before_box);
  gtk_widget_class_bind_template_child (widget_class, PaddockChangeRow, before_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockChangeRow, after_box);
  gtk_widget_class_bind_template_child (widget_class, PaddockChangeRow, after_label);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_clicked);

  /**
   * PaddockChangeRow::undo:
   * @key: the key whose change is to be taken back
   */
  signals[UNDO] = g_signal_new ("undo", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
paddock_change_row_init (PaddockChangeRow *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* A hyphen at the end of a line would look like a part of the value. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->before_label, attributes);
  gtk_label_set_attributes (self->after_label, attributes);
}

static void
show_value (GtkWidget *box, GtkLabel *label, const PaddockGgufValue *value)
{
  g_autofree char *text = value != NULL ? paddock_gguf_value_format (value, VALUE_CHARS) : NULL;

  gtk_widget_set_visible (box, value != NULL);
  gtk_label_set_label (label, text != NULL ? text : "");
}

static const char *
get_kind (PaddockGgufChangeKind kind)
{
  switch (kind)
    {
    case PADDOCK_GGUF_CHANGE_ADD:
      return _("Added");
    case PADDOCK_GGUF_CHANGE_REMOVE:
      return _("Removed");
    case PADDOCK_GGUF_CHANGE_REPLACE:
    default:
      return _("Changed");
    }
}

/**
 * paddock_change_row_new:
 * @change: a pending change
 *
 * Returns: (transfer full): the row
 */
GtkWidget *
paddock_change_row_new (const PaddockGgufChange *change)
{
  PaddockChangeRow *self = g_object_new (PADDOCK_TYPE_CHANGE_ROW, NULL);
  g_autofree char *key = paddock_units_escape (change->key, -1, 200);

  self->key = g_strdup (change->key);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), key);
  gtk_label_set_label (self->key_label, key);
  gtk_label_set_label (self->kind_label, get_kind (change->kind));
  show_value (self->before_box, self->before_label, change->before);
  show_value (self->after_box, self->after_label, change->after);
  return GTK_WIDGET (self);
}
