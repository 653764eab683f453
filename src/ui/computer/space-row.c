/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/space-row.h"

#include <glib/gi18n.h>

#include "activity/text-direction.h"
#include "base/units.h"
#include "hardware/hardware-path.h"

/**
 * PaddockSpaceRow:
 *
 * How much of a memory or of a disk is taken, as a bar, and how much is free, in words.
 */
struct _PaddockSpaceRow
{
  AdwPreferencesRow parent_instance;

  /* Owned */
  char *total;                       /* paths of numbers */
  char *free;

  /* Template */
  GtkLabel *label;
  GtkLevelBar *level_bar;
};

G_DEFINE_FINAL_TYPE (PaddockSpaceRow, paddock_space_row, ADW_TYPE_PREFERENCES_ROW)

static void
paddock_space_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_SPACE_ROW);
  G_OBJECT_CLASS (paddock_space_row_parent_class)->dispose (object);
}

static void
paddock_space_row_finalize (GObject *object)
{
  PaddockSpaceRow *self = PADDOCK_SPACE_ROW (object);

  g_free (self->total);
  g_free (self->free);
  G_OBJECT_CLASS (paddock_space_row_parent_class)->finalize (object);
}

static void
paddock_space_row_class_init (PaddockSpaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_space_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_space_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/space-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockSpaceRow, label);
  gtk_widget_class_bind_template_child (widget_class, PaddockSpaceRow, level_bar);
}

static void
paddock_space_row_init (PaddockSpaceRow *self)
{
  static const char *const offsets[] = { GTK_LEVEL_BAR_OFFSET_LOW, GTK_LEVEL_BAR_OFFSET_HIGH, GTK_LEVEL_BAR_OFFSET_FULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Their colours say that much is good, and here it is not. */
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    gtk_level_bar_remove_offset_value (self->level_bar, offsets[i]);
}

/**
 * paddock_space_row_new:
 * @name: of what
 * @total: which number tells how much there is
 * @free: which number tells how much of it is free
 *
 * Returns: (transfer full): a row, which shows nothing before its first update
 */
GtkWidget *
paddock_space_row_new (const char *name, const char *total, const char *free)
{
  PaddockSpaceRow *self = g_object_new (PADDOCK_TYPE_SPACE_ROW, "title", name, NULL);

  self->total = g_strdup (total);
  self->free = g_strdup (free);
  /* Translators: the name of a bar; what is meant is a memory or a disk. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level_bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("In use"), -1);
  return GTK_WIDGET (self);
}

/**
 * paddock_space_row_update:
 * @self: the row
 * @computer: the computer that it is about
 */
void
paddock_space_row_update (PaddockSpaceRow *self, const PaddockHardwareSnapshot *computer)
{
  const PaddockHardwareNumber *total = paddock_hardware_path_find (computer, self->total);
  const PaddockHardwareNumber *rest = paddock_hardware_path_find (computer, self->free);
  gboolean known = total != NULL && rest != NULL && total->known && rest->known && total->value > 0;
  g_autofree char *all = NULL;
  g_autofree char *left = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), known);
  if (!known)
    return;
  all = paddock_text_direction_isolate (paddock_units_format_size (total->value));
  left = paddock_text_direction_isolate (paddock_units_format_size (rest->value));
  /* Translators: how much of a memory or of a disk is free, and how much there is of it. */
  text = g_strdup_printf (_("%s of %s free"), left, all);
  if (!g_str_equal (gtk_label_get_label (self->label), text))
    gtk_label_set_label (self->label, text);
  gtk_level_bar_set_value (self->level_bar, 1 - MIN ((double) rest->value / (double) total->value, 1));
}
