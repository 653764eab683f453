/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/context-row.h"

#include <glib/gi18n.h>

#include "charts/context-stops.h"
#include "computer/computer-words.h"

#define SMALLEST 512u

/**
 * PaddockContextRow:
 *
 * The context as a number, as a slider that comes to rest where a person would, and as the largest that fits.
 */
struct _PaddockContextRow
{
  AdwPreferencesRow parent_instance;

  /* Owned */
  GArray *stops;                     /* of guint64 */

  guint32 most;
  guint32 largest;
  guint32 context;
  gboolean setting;                  /* it is not a person who changes the widgets */

  /* Template */
  GtkLabel *note;
  GtkSpinButton *spin;
  GtkRange *scale;
  GtkAdjustment *stops_adjustment;
  GtkButton *largest_button;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockContextRow, paddock_context_row, ADW_TYPE_PREFERENCES_ROW)

/* Where a context stands among the stops, between two of them if it is none. */
static double
find_place (PaddockContextRow *self)
{
  for (guint i = 0; i < self->stops->len; i++)
    {
      guint64 stop = g_array_index (self->stops, guint64, i);
      guint64 before;

      if (stop < self->context)
        continue;
      if (i == 0 || stop == self->context)
        return i;
      before = g_array_index (self->stops, guint64, i - 1);
      return i - 1 + (double) (self->context - before) / (double) (stop - before);
    }
  return self->stops->len > 0 ? self->stops->len - 1 : 0;
}

static void
show_context (PaddockContextRow *self)
{
  g_autofree char *count = paddock_computer_words_format (self->context, PADDOCK_NUMBER_COUNT);
  g_autofree char *text = g_strdup_printf (ngettext ("%s token", "%s tokens", self->context), count);

  self->setting = TRUE;
  gtk_spin_button_set_value (self->spin, self->context);
  gtk_adjustment_set_value (self->stops_adjustment, find_place (self));
  self->setting = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
choose (PaddockContextRow *self, guint32 context)
{
  if (context == self->context)
    return;
  self->context = context;
  show_context (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_spin_changed (PaddockContextRow *self)
{
  if (!self->setting)
    choose (self, (guint32) gtk_spin_button_get_value (self->spin));
}

static gboolean
on_scale_moved (PaddockContextRow *self, GtkScrollType scroll, double value)
{
  guint position = (guint) CLAMP (value + 0.5, 0, self->stops->len > 0 ? self->stops->len - 1 : 0);

  /* From between two stops a step leads to the next one. */
  if (position < self->stops->len)
    choose (self, (guint32) g_array_index (self->stops, guint64, position));
  return GDK_EVENT_STOP;
}

/* A screen reader sets the value, which is no movement of the slider. */
static void
on_stop_set (PaddockContextRow *self)
{
  if (!self->setting)
    on_scale_moved (self, GTK_SCROLL_JUMP, gtk_adjustment_get_value (self->stops_adjustment));
}

static void
on_largest_clicked (PaddockContextRow *self)
{
  choose (self, self->largest);
}

static void
paddock_context_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_CONTEXT_ROW);
  G_OBJECT_CLASS (paddock_context_row_parent_class)->dispose (object);
}

static void
paddock_context_row_finalize (GObject *object)
{
  g_array_unref (PADDOCK_CONTEXT_ROW (object)->stops);
  G_OBJECT_CLASS (paddock_context_row_parent_class)->finalize (object);
}

static void
paddock_context_row_class_init (PaddockContextRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_context_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_context_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/context-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockContextRow, note);
  gtk_widget_class_bind_template_child (widget_class, PaddockContextRow, spin);
  gtk_widget_class_bind_template_child (widget_class, PaddockContextRow, scale);
  gtk_widget_class_bind_template_child (widget_class, PaddockContextRow, stops_adjustment);
  gtk_widget_class_bind_template_child (widget_class, PaddockContextRow, largest_button);
  gtk_widget_class_bind_template_callback (widget_class, on_spin_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_scale_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_set);
  gtk_widget_class_bind_template_callback (widget_class, on_largest_clicked);

  /**
   * PaddockContextRow::changed:
   *
   * A person has chosen another context.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_context_row_init (PaddockContextRow *self)
{
  self->stops = g_array_new (FALSE, FALSE, sizeof (guint64));
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_largest (PaddockContextRow *self)
{
  g_autofree char *count = paddock_computer_words_format (self->largest, PADDOCK_NUMBER_COUNT);
  g_autofree char *label = NULL;

  if (self->largest == 0)
    label = g_strdup (_("No Context Fits"));
  else
    /* Translators: a number of tokens. */
    label = g_strdup_printf (_("Largest That Fits: %s"), count);
  gtk_button_set_label (self->largest_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->largest_button), self->largest > 0);
}

/**
 * paddock_context_row_set_range:
 * @self: the row
 * @most: tokens that the model has learnt
 * @largest: the most that fit, 0 for none
 */
void
paddock_context_row_set_range (PaddockContextRow *self, guint32 most, guint32 largest)
{
  if (most != self->most || largest != self->largest || self->stops->len == 0)
    {
      self->most = most;
      self->largest = largest;
      g_clear_pointer (&self->stops, g_array_unref);
      self->stops = paddock_context_stops_list (MIN (SMALLEST, most), most, largest);
      self->setting = TRUE;
      gtk_adjustment_set_upper (self->stops_adjustment, self->stops->len > 0 ? self->stops->len - 1 : 0);
      self->setting = FALSE;
      show_context (self);
    }
  show_largest (self);
}

void
paddock_context_row_set_context (PaddockContextRow *self, guint32 context)
{
  self->context = context;
  show_context (self);
}

guint32
paddock_context_row_get_context (PaddockContextRow *self)
{
  return self->context;
}

/**
 * paddock_context_row_set_problem:
 * @self: the row
 * @problem: (nullable): why this context cannot be
 */
void
paddock_context_row_set_problem (PaddockContextRow *self, const char *problem)
{
  g_autofree char *count = paddock_computer_words_format (self->most, PADDOCK_NUMBER_COUNT);
  /* Translators: a number of tokens. */
  g_autofree char *range = g_strdup_printf (_("The model has learnt up to %s"), count);

  gtk_label_set_label (self->note, problem != NULL ? problem : range);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "problem");
}
