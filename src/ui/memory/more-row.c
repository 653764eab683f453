/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/more-row.h"

#include <glib/gi18n.h>

#define MOST_TOKENS (1 << 20)

/**
 * PaddockMoreRow:
 *
 * Settings that hardly anybody changes. The rows are made when they are looked at for the first time.
 */
struct _PaddockMoreRow
{
  AdwExpanderRow parent_instance;

  PaddockMemoryRequest request;      /* as it is shown, or would be */
  gboolean window;                   /* some layers see a window only */
  gboolean setting;                  /* it is not a person who changes the rows */

  /* The expander's; NULL before they were looked at */
  AdwSpinRow *batch_row;
  AdwSpinRow *ubatch_row;
  AdwSwitchRow *window_row;
  AdwSwitchRow *repack_row;
  AdwSwitchRow *mapping_row;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockMoreRow, paddock_more_row, ADW_TYPE_EXPANDER_ROW)

static void
on_changed (PaddockMoreRow *self)
{
  if (self->setting)
    return;
  self->request.batch = (guint32) adw_spin_row_get_value (self->batch_row);
  self->request.ubatch = (guint32) adw_spin_row_get_value (self->ubatch_row);
  self->request.swa_full = adw_switch_row_get_active (self->window_row);
  self->request.repack = adw_switch_row_get_active (self->repack_row) ? g_intern_static_string ("auto")
                                                                      : g_intern_static_string ("off");
  self->request.mmap = adw_switch_row_get_active (self->mapping_row);
  g_signal_emit (self, signals[CHANGED], 0);
}

static AdwSpinRow *
add_spin_row (PaddockMoreRow *self, const char *title, double step)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (0, 0, MOST_TOKENS, step, 8 * step, 0);
  AdwSpinRow *row = g_object_new (ADW_TYPE_SPIN_ROW, "title", title, "subtitle-lines", 0, "numeric", TRUE, "adjustment",
                                  adjustment, NULL);

  g_signal_connect_object (row, "notify::value", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (row));
  return row;
}

static AdwSwitchRow *
add_switch_row (PaddockMoreRow *self, const char *title, const char *subtitle)
{
  AdwSwitchRow *row = g_object_new (ADW_TYPE_SWITCH_ROW, "title", title, "title-lines", 0, "subtitle", subtitle,
                                    "subtitle-lines", 0, NULL);

  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (row));
  return row;
}

static void
show_rows (PaddockMoreRow *self)
{
  const PaddockMemoryRequest *request = &self->request;

  if (self->batch_row == NULL)
    return;
  self->setting = TRUE;
  adw_spin_row_set_value (self->batch_row, request->batch);
  adw_spin_row_set_value (self->ubatch_row, request->ubatch);
  gtk_widget_set_visible (GTK_WIDGET (self->window_row), self->window);
  adw_switch_row_set_active (self->window_row, request->swa_full);
  adw_switch_row_set_active (self->repack_row, g_strcmp0 (request->repack, "off") != 0);
  adw_switch_row_set_active (self->mapping_row, request->mmap);
  self->setting = FALSE;
}

static void
on_expanded_changed (PaddockMoreRow *self)
{
  if (self->batch_row != NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->setting = TRUE;
  self->batch_row = add_spin_row (self, _("Tokens Taken at Once"), 128);
  self->ubatch_row = add_spin_row (self, _("Tokens Computed at Once"), 64);
  self->window_row = add_switch_row (self, _("Whole Context in Layers That See a Window Only"), "");
  self->repack_row = add_switch_row (self, _("Weights in the Processor’s Order"), _("Faster where the processor computes"));
  self->mapping_row = add_switch_row (self, _("Map the File"),
                                      _("Weights with the processor are read when they are used"));
  show_rows (self);
}

static void
paddock_more_row_dispose (GObject *object)
{
  /* What the expander drops is not what a person changes. */
  PADDOCK_MORE_ROW (object)->setting = TRUE;
  G_OBJECT_CLASS (paddock_more_row_parent_class)->dispose (object);
}

static void
paddock_more_row_class_init (PaddockMoreRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_more_row_dispose;

  /**
   * PaddockMoreRow::changed:
   *
   * A person has changed a setting.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_more_row_init (PaddockMoreRow *self)
{
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded_changed), NULL);
}

void
paddock_more_row_show (PaddockMoreRow *self, const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  self->request = *request;
  self->window = shape->window > 0;
  show_rows (self);
}

/**
 * paddock_more_row_read:
 * @self: the row
 * @request: gets what the rows in it say, and keeps the rest
 */
void
paddock_more_row_read (PaddockMoreRow *self, PaddockMemoryRequest *request)
{
  request->batch = self->request.batch;
  request->ubatch = self->request.ubatch;
  request->swa_full = self->request.swa_full;
  request->repack = self->request.repack;
  request->mmap = self->request.mmap;
}

void
paddock_more_row_set_problem (PaddockMoreRow *self, const char *reason)
{
  GtkWidget *widgets[] = { GTK_WIDGET (self), NULL };

  if (reason != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), reason != NULL ? reason : "");
  if (self->batch_row != NULL)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->batch_row), reason != NULL ? reason : "");
      widgets[1] = GTK_WIDGET (self->batch_row);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (widgets) && widgets[i] != NULL; i++)
    {
      if (reason != NULL)
        gtk_widget_add_css_class (widgets[i], "problem");
      else
        gtk_widget_remove_css_class (widgets[i], "problem");
    }
}
