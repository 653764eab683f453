/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/context-chart.h"

#include "base/units.h"
#include "charts/context-stops.h"
#include "charts/line-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEADROOM 1.06                /* above what is highest */

/**
 * PaddockContextChart:
 *
 * How much memory a model needs for each length of its context, and how much is free.
 */
struct _PaddockContextChart
{
  AdwBin parent_instance;

  /* Owned */
  PaddockChartSeries *curve;

  /* Borrowed */
  PaddockLineChart *chart;

  PaddockChartAxis x;
  PaddockChartAxis y;
  guint64 available;
  guint64 largest;
  guint64 context;
  guint64 bytes;                     /* that the context needs; 0: what the curve says */
  gboolean logarithmic;
};

enum
{
  CONTEXT_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockContextChart, paddock_context_chart, ADW_TYPE_BIN)

static double
get_bytes (PaddockContextChart *self)
{
  return self->bytes > 0 ? (double) self->bytes : paddock_chart_series_get_value (self->curve, (double) self->context);
}

/* "8k tokens: 5.2 GB of 7.1 GB free" */
static char *
tell_context (PaddockContextChart *self)
{
  double bytes = get_bytes (self);
  g_autofree char *tokens = paddock_chart_axis_format_value (&self->x, (double) self->context);
  g_autofree char *need = paddock_chart_axis_format_value (&self->y, bytes);
  g_autofree char *room = paddock_units_format_size (self->available);

  if (isnan (bytes))
    return g_strdup (_("Memory by Context"));
  if (self->available == 0)
    /* Translators: a number of tokens, "8k", and the memory that a model needs for them. */
    return g_strdup_printf (_("%s tokens: %s"), tokens, need);
  if (bytes > (double) self->available)
    /* Translators: a number of tokens, "128k", the memory that a model needs for them, and what is free. */
    return g_strdup_printf (_("%s tokens: %s, only %s free"), tokens, need, room);
  /* Translators: a number of tokens, "8k", the memory that a model needs for them, and what is free. */
  return g_strdup_printf (_("%s tokens: %s of %s free"), tokens, need, room);
}

static char *
summarize (PaddockContextChart *self)
{
  guint count = paddock_chart_series_get_count (self->curve);
  g_autofree char *chosen = tell_context (self);
  g_autoptr (GString) text = g_string_new (chosen);
  g_autofree char *largest = paddock_chart_axis_format_value (&self->x, (double) self->largest);

  if (count > 1)
    {
      const PaddockChartPoint *first = paddock_chart_series_get_point (self->curve, 0);
      const PaddockChartPoint *last = paddock_chart_series_get_point (self->curve, count - 1);
      g_autofree char *least = paddock_chart_axis_format_value (&self->y, first->y);
      g_autofree char *most = paddock_chart_axis_format_value (&self->y, last->y);
      g_autofree char *shortest = paddock_chart_axis_format_value (&self->x, first->x);
      g_autofree char *longest = paddock_chart_axis_format_value (&self->x, last->x);

      g_string_append (text, ". ");
      /* Translators: how memory grows with a model’s context: "From 5.0 GB for 1k tokens to 9.0 GB for 128k". */
      g_string_append_printf (text, _("From %s for %s tokens to %s for %s"), least, shortest, most, longest);
    }
  if (self->available > 0 && self->largest > 0)
    {
      g_string_append (text, ". ");
      /* Translators: the longest context for which the free memory is enough, as "32k". */
      g_string_append_printf (text, _("The largest that fits is %s"), largest);
    }
  else if (self->available > 0)
    g_string_append_printf (text, ". %s", _("None fits"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_texts (PaddockContextChart *self)
{
  g_autofree char *caption = tell_context (self);
  g_autofree char *summary = summarize (self);

  paddock_line_chart_set_caption (self->chart, caption);
  paddock_line_chart_set_summary (self->chart, _("Memory by Context"), summary);
}

static void
show_stops (PaddockContextChart *self)
{
  g_autoptr (GArray) contexts = paddock_context_stops_list ((guint64) self->x.minimum, (guint64) self->x.maximum,
                                                            self->largest);
  g_autofree double *stops = g_new0 (double, MAX (contexts->len, 1));

  for (guint i = 0; i < contexts->len; i++)
    stops[i] = (double) g_array_index (contexts, guint64, i);
  paddock_line_chart_set_stops (self->chart, stops, contexts->len);
}

static void
show_picked (PaddockContextChart *self)
{
  paddock_line_chart_set_picked (self->chart, self->context > 0 ? (double) self->context : NAN,
                                 self->bytes > 0 ? (double) self->bytes : NAN);
}

static void
show_all (PaddockContextChart *self)
{
  guint count = paddock_chart_series_get_count (self->curve);
  g_autofree char *size = paddock_units_format_size (self->available);
  /* Translators: how much memory is free now. */
  g_autofree char *room = g_strdup_printf (_("%s free"), size);
  double highest = (double) self->available;

  if (count == 0)
    return;
  for (guint i = 0; i < count; i++)
    highest = MAX (highest, paddock_chart_series_get_point (self->curve, i)->y);
  paddock_chart_axis_init (&self->x, PADDOCK_CHART_TOKENS, paddock_chart_series_get_point (self->curve, 0)->x,
                           paddock_chart_series_get_point (self->curve, count - 1)->x, self->logarithmic);
  paddock_chart_axis_init (&self->y, PADDOCK_CHART_BYTES, 0, highest * HEADROOM, FALSE);
  paddock_line_chart_set_axes (self->chart, &self->x, &self->y);
  show_stops (self);
  paddock_line_chart_set_limit (self->chart, self->available > 0 ? (double) self->available : NAN, room);
  paddock_line_chart_set_best (self->chart, self->largest > 0 ? (double) self->largest : NAN);
  show_picked (self);
  show_texts (self);
}

static void
on_picked (PaddockContextChart *self, double value)
{
  self->context = (guint64) value;
  self->bytes = 0;
  show_texts (self);
  g_signal_emit (self, signals[CONTEXT_PICKED], 0, self->context);
}

static void
paddock_context_chart_dispose (GObject *object)
{
  PaddockContextChart *self = PADDOCK_CONTEXT_CHART (object);

  g_clear_pointer (&self->curve, paddock_chart_series_unref);
  G_OBJECT_CLASS (paddock_context_chart_parent_class)->dispose (object);
}

static void
paddock_context_chart_class_init (PaddockContextChartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_context_chart_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "context-chart");

  /**
   * PaddockContextChart::context-picked:
   * @context: in tokens
   *
   * Somebody chose a context with the pointer or the keyboard.
   */
  signals[CONTEXT_PICKED] = g_signal_new ("context-picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
paddock_context_chart_init (PaddockContextChart *self)
{
  GtkWidget *chart = paddock_line_chart_new (TRUE);

  self->chart = PADDOCK_LINE_CHART (chart);
  self->curve = paddock_chart_series_new (_("Memory"), FALSE);
  self->logarithmic = TRUE;
  paddock_chart_axis_init (&self->x, PADDOCK_CHART_TOKENS, 0, 1, FALSE);
  paddock_chart_axis_init (&self->y, PADDOCK_CHART_BYTES, 0, 1, FALSE);
  adw_bin_set_child (ADW_BIN (self), chart);
  g_signal_connect_object (chart, "picked", G_CALLBACK (on_picked), self, G_CONNECT_SWAPPED);
  show_texts (self);
}

GtkWidget *
paddock_context_chart_new (void)
{
  return g_object_new (PADDOCK_TYPE_CONTEXT_CHART, NULL);
}

/**
 * paddock_context_chart_set_curve:
 * @self: the chart
 * @contexts: (array length=count): in tokens
 * @bytes: (array length=count): what each needs
 * @count: how many there are
 */
void
paddock_context_chart_set_curve (PaddockContextChart *self, const guint64 *contexts, const guint64 *bytes, guint count)
{
  g_clear_pointer (&self->curve, paddock_chart_series_unref);
  self->curve = paddock_chart_series_new (_("Memory"), FALSE);
  for (guint i = 0; i < count; i++)
    paddock_chart_series_add (self->curve, (double) contexts[i], (double) bytes[i]);
  paddock_line_chart_clear (self->chart);
  paddock_line_chart_add_series (self->chart, self->curve);
  show_all (self);
}

/**
 * paddock_context_chart_set_room:
 * @self: the chart
 * @available: bytes that are free, 0 if nobody knows
 * @largest: the largest context for which they are enough, 0 for none
 */
void
paddock_context_chart_set_room (PaddockContextChart *self, guint64 available, guint64 largest)
{
  self->available = available;
  self->largest = largest;
  show_all (self);
}

/**
 * paddock_context_chart_set_context:
 * @self: the chart
 * @context: the one that is chosen, in tokens
 * @bytes: what it needs, 0 for what the curve says, which is only about right between its points
 */
void
paddock_context_chart_set_context (PaddockContextChart *self, guint64 context, guint64 bytes)
{
  if (context == self->context && bytes == self->bytes)
    return;
  self->context = context;
  self->bytes = bytes;
  show_picked (self);
  show_texts (self);
}

/**
 * paddock_context_chart_set_logarithmic:
 * @self: the chart
 * @logarithmic: whether each step to the right is twice as long a context
 */
void
paddock_context_chart_set_logarithmic (PaddockContextChart *self, gboolean logarithmic)
{
  self->logarithmic = logarithmic;
  show_all (self);
}

void
paddock_context_chart_show_table (PaddockContextChart *self)
{
  paddock_line_chart_show_table (self->chart, _("Memory by Context"), _("Context"), _("Memory"));
}
