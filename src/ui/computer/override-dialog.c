/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/override-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "computer/computer-words.h"

#define SPEED_SUFFIX ".bandwidth"

/**
 * PaddockOverrideDialog:
 *
 * Asks for a number in the place of one that was found. Its response "set" says that there is one.
 */
struct _PaddockOverrideDialog
{
  AdwAlertDialog parent_instance;

  /* Owned */
  char *path;

  /* Template */
  AdwEntryRow *value_row;
  AdwComboRow *unit_row;

  guint unit;                        /* that the value is in now */
};

G_DEFINE_FINAL_TYPE (PaddockOverrideDialog, paddock_override_dialog, ADW_TYPE_ALERT_DIALOG)

/* Memory of graphics cards is sold in the second one, which is called like the first. */
static const double units[] = { 1e9, 1024.0 * 1024 * 1024, 1e6, 1e12 };
static const char *const size_units[] = { "GB", "GiB", "MB", "TB", NULL };
static const char *const speed_units[] = { "GB/s", "GiB/s", "MB/s", "TB/s", NULL };

/* With the decimal point of the language, or with that of everybody. */
static gboolean
read_value (PaddockOverrideDialog *self, double *value)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->value_row))));
  char *end = text;

  *value = g_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*value) && *value >= 0 &&
         *value * units[self->unit] <= (double) PADDOCK_HARDWARE_NUMBER_MAX;
}

static void
write_value (PaddockOverrideDialog *self, double value)
{
  g_autofree char *text = g_strdup_printf ("%.2f", value);

  gtk_editable_set_text (GTK_EDITABLE (self->value_row), text);
}

static void
on_value_changed (PaddockOverrideDialog *self)
{
  double value;
  gboolean possible = read_value (self, &value);

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "set", possible);
  if (possible)
    gtk_widget_remove_css_class (GTK_WIDGET (self->value_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->value_row), "error");
}

static void
on_unit_changed (PaddockOverrideDialog *self)
{
  guint unit = adw_combo_row_get_selected (self->unit_row);
  double value;
  double bytes;

  if (unit >= G_N_ELEMENTS (units) || unit == self->unit)
    return;
  bytes = read_value (self, &value) ? value * units[self->unit] : -1;
  self->unit = unit;
  /* Whoever chooses another unit means the same number of bytes. */
  if (bytes >= 0)
    write_value (self, bytes / units[unit]);
  else
    on_value_changed (self);
}

static void
paddock_override_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_OVERRIDE_DIALOG);
  G_OBJECT_CLASS (paddock_override_dialog_parent_class)->dispose (object);
}

static void
paddock_override_dialog_finalize (GObject *object)
{
  g_free (PADDOCK_OVERRIDE_DIALOG (object)->path);
  G_OBJECT_CLASS (paddock_override_dialog_parent_class)->finalize (object);
}

static void
paddock_override_dialog_class_init (PaddockOverrideDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_override_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_override_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/override-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockOverrideDialog, value_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockOverrideDialog, unit_row);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_changed);
}

static void
paddock_override_dialog_init (PaddockOverrideDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
describe (PaddockOverrideDialog *self, const PaddockHardwareNumber *number, gboolean speed)
{
  PaddockNumberFormat format = speed ? paddock_computer_words_format_speed : paddock_computer_words_format_size;
  gboolean found = number->overridden ? number->found_known : number->known;
  g_autofree char *value = found ? format (number->overridden ? number->found : number->value) : NULL;
  /* Translators: what follows is a size or a speed. */
  g_autofree char *text = value != NULL ? g_strdup_printf (_("Found: %s"), value) : NULL;

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), text != NULL ? text : _("Nothing was found"));
}

/**
 * paddock_override_dialog_new:
 * @path: which number, as overrides call it
 * @number: what it is now
 *
 * Returns: (transfer full): the dialog
 */
AdwDialog *
paddock_override_dialog_new (const char *path, const PaddockHardwareNumber *number)
{
  PaddockOverrideDialog *self = g_object_new (PADDOCK_TYPE_OVERRIDE_DIALOG, NULL);
  gboolean speed = g_str_has_suffix (path, SPEED_SUFFIX);
  g_autoptr (GtkStringList) list = gtk_string_list_new (speed ? speed_units : size_units);

  self->path = g_strdup (path);
  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), speed ? _("Set the Speed") : _("Set the Size"));
  describe (self, number, speed);
  adw_combo_row_set_model (self->unit_row, G_LIST_MODEL (list));
  write_value (self, number->known ? (double) number->value / units[self->unit] : 0);
  return ADW_DIALOG (self);
}

const char *
paddock_override_dialog_get_path (PaddockOverrideDialog *self)
{
  return self->path;
}

guint64
paddock_override_dialog_get_value (PaddockOverrideDialog *self)
{
  double value;

  return read_value (self, &value) ? (guint64) llround (value * units[self->unit]) : 0;
}
