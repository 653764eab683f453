/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/type-share-row.h"

#include "base/units.h"
#include "model/color-dot.h"
#include "model/type-share-bar.h"

#include <glib/gi18n.h>

/**
 * PaddockTypeShareRow:
 *
 * One line of the legend: a tensor type, how many tensors are of it, and their bytes.
 */
struct _PaddockTypeShareRow
{
  AdwActionRow parent_instance;
};

G_DEFINE_FINAL_TYPE (PaddockTypeShareRow, paddock_type_share_row, ADW_TYPE_ACTION_ROW)

static void
paddock_type_share_row_class_init (PaddockTypeShareRowClass *klass)
{
}

static void
paddock_type_share_row_init (PaddockTypeShareRow *self)
{
}

/**
 * paddock_type_share_row_new:
 * @shares: all of a model
 * @position: which one
 *
 * Returns: (transfer full): the row
 */
GtkWidget *
paddock_type_share_row_new (PaddockTypeShares *shares, guint position)
{
  PaddockTypeShareRow *self = g_object_new (PADDOCK_TYPE_TYPE_SHARE_ROW, "use-markup", FALSE, NULL);
  const PaddockTypeShare *share = paddock_type_shares_get_share (shares, position);
  guint64 total = paddock_type_shares_get_bytes (shares);
  g_autofree char *count = paddock_units_format_count (share->tensors);
  g_autofree char *tensors = g_strdup_printf (ngettext ("%s tensor", "%s tensors", share->tensors), count);
  g_autofree char *size = paddock_units_format_size (share->bytes);
  g_autofree char *value = NULL;
  GtkWidget *label;
  GdkRGBA color;

  /* Translators: bytes, and what part of the model that is, as "3.2 GB · 82.5 %". */
  value = g_strdup_printf (_("%s · %.1f %%"), size, total > 0 ? 100.0 * (double) share->bytes / (double) total : 0.0);
  label = gtk_label_new (value);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dimmed");
  paddock_type_share_bar_get_color (position, &color);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), share->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), tensors);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), paddock_color_dot_new (&color));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), label);
  return GTK_WIDGET (self);
}
