/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/stacked-bar.h"

#include "base/units.h"
#include "charts/chart-palette.h"
#include "charts/chart-table-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#define SPACE 6
#define BAR_HEIGHT 24
#define BAR_RADIUS 6.0f
#define GAP 1.0f
#define NARROWEST 4.0f
#define MARK 2.0f
#define MARK_REACH 4                 /* how far the mark of what is free stands out above and below */
#define TRACK_ALPHA 0.1f
#define TAKEN_ALPHA 0.45f

/**
 * PaddockStackedBar:
 *
 * The memory of one device as a bar: what a model needs of it, one part after the other; a mark up to which it is free now;
 * hatched, what others use; and what is more than is free, struck out. It begins where lines of text begin.
 */
struct _PaddockStackedBar
{
  GtkWidget parent_instance;

  /* Owned */
  GtkWidget *device_label;
  GtkWidget *need_label;
  GtkWidget *free_label;
  PaddockMemoryBar *memory;

  graphene_rect_t bar;
};

G_DEFINE_FINAL_TYPE (PaddockStackedBar, paddock_stacked_bar, GTK_TYPE_WIDGET)

static void
measure_label (GtkWidget *label, GtkOrientation orientation, int *minimum, int *natural)
{
  gtk_widget_measure (label, orientation, -1, minimum, natural, NULL, NULL);
}

static void
paddock_stacked_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  PaddockStackedBar *self = PADDOCK_STACKED_BAR (widget);
  int device_minimum, device_natural, need_minimum, need_natural, free_minimum, free_natural;

  measure_label (self->device_label, orientation, &device_minimum, &device_natural);
  measure_label (self->need_label, orientation, &need_minimum, &need_natural);
  measure_label (self->free_label, orientation, &free_minimum, &free_natural);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = MAX (device_minimum, need_minimum) + BAR_HEIGHT + free_minimum + 2 * SPACE + MARK_REACH;
      *natural = MAX (device_natural, need_natural) + BAR_HEIGHT + free_natural + 2 * SPACE + MARK_REACH;
      return;
    }
  *minimum = MAX (device_minimum + 2 * SPACE + need_minimum, free_minimum);
  *natural = MAX (device_natural + 2 * SPACE + need_natural, free_natural);
}

/* In pixels from the left: a place counted from where the bar begins. */
static float
mirror (PaddockStackedBar *self, float from_begin, float width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    return (float) gtk_widget_get_width (GTK_WIDGET (self)) - from_begin - width;
  return from_begin;
}

static void
allocate_label (PaddockStackedBar *self, GtkWidget *label, int from_begin, int y, int width, int height)
{
  GtkAllocation place = { (int) mirror (self, (float) from_begin, (float) width), y, width, height };

  gtk_widget_size_allocate (label, &place, -1);
}

static void
paddock_stacked_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PaddockStackedBar *self = PADDOCK_STACKED_BAR (widget);
  int device_height, need_height, free_height, need_minimum, need_width, free_width, device_minimum, top, middle;

  measure_label (self->device_label, GTK_ORIENTATION_VERTICAL, NULL, &device_height);
  measure_label (self->need_label, GTK_ORIENTATION_VERTICAL, NULL, &need_height);
  measure_label (self->free_label, GTK_ORIENTATION_VERTICAL, NULL, &free_height);
  measure_label (self->device_label, GTK_ORIENTATION_HORIZONTAL, &device_minimum, NULL);
  measure_label (self->need_label, GTK_ORIENTATION_HORIZONTAL, &need_minimum, &need_width);
  measure_label (self->free_label, GTK_ORIENTATION_HORIZONTAL, NULL, &free_width);
  top = MAX (device_height, need_height);
  need_width = CLAMP (width - device_minimum - 2 * SPACE, need_minimum, need_width);
  free_width = MIN (free_width, width);
  allocate_label (self, self->device_label, 0, 0, MAX (width - need_width - 2 * SPACE, device_minimum), top);
  allocate_label (self, self->need_label, width - need_width, 0, need_width, top);
  self->bar = GRAPHENE_RECT_INIT (0, (float) (top + SPACE), (float) width, BAR_HEIGHT);
  middle = self->memory != NULL
             ? (int) (paddock_memory_bar_place (self->memory, paddock_memory_bar_get_free (self->memory)) * width)
             : 0;
  allocate_label (self, self->free_label, CLAMP (middle - free_width / 2, 0, width - free_width),
                  top + SPACE + BAR_HEIGHT + MARK_REACH, free_width, free_height);
}

/* A part of the bar between two places, counted from where it begins. */
static graphene_rect_t
cut (PaddockStackedBar *self, float begin, float end)
{
  return GRAPHENE_RECT_INIT (mirror (self, begin, end - begin), self->bar.origin.y, end - begin, self->bar.size.height);
}

static float
place (PaddockStackedBar *self, guint64 bytes)
{
  return roundf ((float) paddock_memory_bar_place (self->memory, bytes) * self->bar.size.width);
}

static void
append_segments (PaddockStackedBar *self, GtkSnapshot *snapshot, const PaddockChartPalette *palette)
{
  guint count = paddock_memory_bar_get_count (self->memory);
  g_autofree float *ends = g_new0 (float, MAX (count, 1));
  float begin = 0;

  paddock_memory_bar_lay_out (self->memory, self->bar.size.width, NARROWEST, ends);
  for (guint i = 0; i < count; i++)
    {
      float end = roundf (ends[i]);
      graphene_rect_t area = cut (self, begin, MAX (end - (i + 1 < count ? GAP : 0), begin));

      paddock_chart_palette_append_part (palette, snapshot, paddock_memory_bar_get_segment (self->memory, i)->part, &area);
      begin = end;
    }
}

static void
append_taken (PaddockStackedBar *self, GtkSnapshot *snapshot, GdkRGBA color)
{
  guint64 capacity = paddock_memory_bar_get_capacity (self->memory);
  guint64 first = MAX (capacity - paddock_memory_bar_get_taken (self->memory), paddock_memory_bar_get_needed (self->memory));
  graphene_rect_t area;

  if (first >= capacity)
    return;
  area = cut (self, place (self, first), place (self, capacity));
  color.alpha *= TAKEN_ALPHA;
  paddock_chart_palette_append_hatch (snapshot, &area, &color);
}

/* The part of what is needed for which there is no room now. */
static void
append_excess (PaddockStackedBar *self, GtkSnapshot *snapshot, const PaddockChartPalette *palette)
{
  guint64 capacity = paddock_memory_bar_get_capacity (self->memory);
  guint64 needed = paddock_memory_bar_get_needed (self->memory);
  guint64 available = paddock_memory_bar_get_free (self->memory);
  graphene_rect_t area;

  if (capacity == 0 || needed <= available)
    return;
  area = cut (self, place (self, available), place (self, needed));
  paddock_chart_palette_append_excess (palette, snapshot, &area);
}

static void
append_outline (PaddockStackedBar *self, GtkSnapshot *snapshot, const PaddockChartPalette *palette, GdkRGBA color)
{
  GskRoundedRect outline;
  const float widths[] = { 1, 1, 1, 1 };
  const GdkRGBA colors[] = { color, color, color, color };

  if (!palette->high_contrast)
    return;
  gsk_rounded_rect_init_from_rect (&outline, &self->bar, BAR_RADIUS);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
append_mark (PaddockStackedBar *self, GtkSnapshot *snapshot, guint64 bytes, const GdkRGBA *color)
{
  float middle = CLAMP (place (self, bytes), MARK / 2, self->bar.size.width - MARK / 2);
  graphene_rect_t area = cut (self, middle - MARK / 2, middle + MARK / 2);

  area.origin.y -= MARK_REACH;
  area.size.height += 2 * MARK_REACH;
  gtk_snapshot_append_color (snapshot, color, &area);
}

/* Up to where it is free; and where the device ends, if that is not the end of the bar. */
static void
append_marks (PaddockStackedBar *self, GtkSnapshot *snapshot, const PaddockChartPalette *palette, const GdkRGBA *color)
{
  guint64 capacity = paddock_memory_bar_get_capacity (self->memory);
  GdkRGBA end;

  if (capacity == 0)
    return;
  paddock_chart_palette_get_error (palette, &end);
  if (paddock_memory_bar_get_needed (self->memory) > capacity)
    append_mark (self, snapshot, capacity, &end);
  append_mark (self, snapshot, paddock_memory_bar_get_free (self->memory), color);
}

static void
paddock_stacked_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockStackedBar *self = PADDOCK_STACKED_BAR (widget);
  PaddockChartPalette palette;
  GskRoundedRect outline;
  GdkRGBA color, track;

  if (self->memory != NULL && self->bar.size.width >= 1)
    {
      gtk_widget_get_color (widget, &color);
      track = color;
      track.alpha *= TRACK_ALPHA;
      paddock_chart_palette_init (&palette, widget);
      gsk_rounded_rect_init_from_rect (&outline, &self->bar, BAR_RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &track, &self->bar);
      append_segments (self, snapshot, &palette);
      append_taken (self, snapshot, color);
      append_excess (self, snapshot, &palette);
      gtk_snapshot_pop (snapshot);
      append_outline (self, snapshot, &palette, color);
      append_marks (self, snapshot, &palette, &color);
    }
  GTK_WIDGET_CLASS (paddock_stacked_bar_parent_class)->snapshot (widget, snapshot);
}

static char *
tell (const char *name, guint64 bytes)
{
  g_autofree char *size = paddock_units_format_size (bytes);

  return g_strdup_printf (_("%s: %s"), name, size);
}

/* What is to be said of a place in the bar, counted from where it begins; NULL of nothing. */
static char *
tell_place (PaddockStackedBar *self, float from_begin)
{
  guint count = paddock_memory_bar_get_count (self->memory);
  guint64 capacity = paddock_memory_bar_get_capacity (self->memory);
  guint64 taken = paddock_memory_bar_get_taken (self->memory);
  g_autofree float *ends = g_new0 (float, MAX (count, 1));

  paddock_memory_bar_lay_out (self->memory, self->bar.size.width, NARROWEST, ends);
  for (guint i = 0; i < count; i++)
    if (from_begin < ends[i])
      {
        const PaddockMemorySegment *segment = paddock_memory_bar_get_segment (self->memory, i);

        return tell (segment->label, segment->bytes);
      }
  if (taken > 0 && from_begin >= place (self, capacity - taken))
    return tell (_("Used by Others"), taken);
  return capacity > 0 ? tell (_("Free Now"), paddock_memory_bar_get_free (self->memory)) : NULL;
}

static gboolean
paddock_stacked_bar_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  PaddockStackedBar *self = PADDOCK_STACKED_BAR (widget);
  g_autofree char *text = NULL;

  if (self->memory == NULL)
    return FALSE;
  if (keyboard)
    text = paddock_memory_bar_describe (self->memory);
  else if (graphene_rect_contains_point (&self->bar, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
    text = tell_place (self, mirror (self, (float) x, 0));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
paddock_stacked_bar_dispose (GObject *object)
{
  PaddockStackedBar *self = PADDOCK_STACKED_BAR (object);

  g_clear_pointer (&self->device_label, gtk_widget_unparent);
  g_clear_pointer (&self->need_label, gtk_widget_unparent);
  g_clear_pointer (&self->free_label, gtk_widget_unparent);
  g_clear_pointer (&self->memory, paddock_memory_bar_unref);
  G_OBJECT_CLASS (paddock_stacked_bar_parent_class)->dispose (object);
}

static void
paddock_stacked_bar_class_init (PaddockStackedBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_stacked_bar_dispose;
  widget_class->measure = paddock_stacked_bar_measure;
  widget_class->size_allocate = paddock_stacked_bar_size_allocate;
  widget_class->snapshot = paddock_stacked_bar_snapshot;
  widget_class->query_tooltip = paddock_stacked_bar_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "stacked-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static GtkWidget *
add_label (PaddockStackedBar *self, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
paddock_stacked_bar_init (PaddockStackedBar *self)
{
  self->device_label = add_label (self, "heading");
  self->need_label = add_label (self, "numeric");
  self->free_label = add_label (self, "caption");
  gtk_label_set_xalign (GTK_LABEL (self->need_label), 1);
  gtk_widget_add_css_class (self->free_label, "numeric");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  paddock_chart_palette_watch (GTK_WIDGET (self));
}

GtkWidget *
paddock_stacked_bar_new (void)
{
  return g_object_new (PADDOCK_TYPE_STACKED_BAR, NULL);
}

static void
show_texts (PaddockStackedBar *self)
{
  guint64 capacity = paddock_memory_bar_get_capacity (self->memory);
  guint64 needed = paddock_memory_bar_get_needed (self->memory);
  guint64 available = paddock_memory_bar_get_free (self->memory);
  gboolean excess = capacity > 0 && needed > available;
  g_autofree char *need = paddock_units_format_size (needed);
  g_autofree char *whole = paddock_units_format_size (capacity);
  g_autofree char *rest = paddock_units_format_size (available);
  g_autofree char *need_text = capacity > 0 ? g_strdup_printf (_("%s of %s"), need, whole) : g_strdup (need);
  /* Translators: how much of a device's memory is free now. */
  g_autofree char *free_text = capacity > 0 ? g_strdup_printf (_("%s free"), rest) : g_strdup ("");
  g_autofree char *description = paddock_memory_bar_describe (self->memory);

  if (excess)
    {
      g_autofree char *over = paddock_units_format_size (needed - available);
      g_autofree char *short_text = g_steal_pointer (&free_text);

      /* Translators: how much of a device's memory is free now, and how much more a model needs: "7.1 GB free, 2.0 GB short". */
      free_text = g_strdup_printf (_("%s, %s short"), short_text, over);
    }
  gtk_label_set_label (GTK_LABEL (self->device_label), paddock_memory_bar_get_device (self->memory));
  gtk_label_set_label (GTK_LABEL (self->need_label), need_text);
  gtk_label_set_label (GTK_LABEL (self->free_label), free_text);
  if (excess)
    gtk_widget_add_css_class (self->free_label, "error");
  else
    gtk_widget_remove_css_class (self->free_label, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  paddock_memory_bar_get_device (self->memory), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

/**
 * paddock_stacked_bar_set_memory:
 * @self: the bar
 * @memory: (nullable): what it shows
 */
void
paddock_stacked_bar_set_memory (PaddockStackedBar *self, PaddockMemoryBar *memory)
{
  if (memory != NULL)
    paddock_memory_bar_ref (memory);
  g_clear_pointer (&self->memory, paddock_memory_bar_unref);
  self->memory = memory;
  if (memory != NULL)
    show_texts (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
add_row (PaddockChartTableDialog *dialog, const char *name, guint64 bytes)
{
  g_autofree char *size = paddock_units_format_size (bytes);

  paddock_chart_table_dialog_add (dialog, name, size);
}

void
paddock_stacked_bar_show_table (PaddockStackedBar *self)
{
  PaddockChartTableDialog *dialog;

  g_return_if_fail (self->memory != NULL);
  dialog = paddock_chart_table_dialog_new (paddock_memory_bar_get_device (self->memory), _("Memory"), _("Size"));
  for (guint i = 0; i < paddock_memory_bar_get_count (self->memory); i++)
    {
      const PaddockMemorySegment *segment = paddock_memory_bar_get_segment (self->memory, i);

      add_row (dialog, segment->label, segment->bytes);
    }
  add_row (dialog, _("Needed Together"), paddock_memory_bar_get_needed (self->memory));
  if (paddock_memory_bar_get_capacity (self->memory) > 0)
    {
      add_row (dialog, _("Free Now"), paddock_memory_bar_get_free (self->memory));
      add_row (dialog, _("Used by Others"), paddock_memory_bar_get_taken (self->memory));
      add_row (dialog, _("Total"), paddock_memory_bar_get_capacity (self->memory));
    }
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/**
 * paddock_stacked_bar_fill_legend:
 * @legend: what is filled anew
 * @bars: (array length=n_bars): what stands above it
 * @n_bars: how many bars there are
 */
void
paddock_stacked_bar_fill_legend (PaddockChartLegend *legend, PaddockMemoryBar * const *bars, guint n_bars)
{
  const char *labels[PADDOCK_MEMORY_N_PARTS] = { NULL };
  g_autoptr (GString) content = g_string_new (NULL);
  gboolean taken = FALSE;
  gboolean excess = FALSE;

  for (guint i = 0; i < n_bars; i++)
    {
      taken = taken || paddock_memory_bar_get_taken (bars[i]) > 0;
      excess = excess || (paddock_memory_bar_get_capacity (bars[i]) > 0
                          && paddock_memory_bar_get_needed (bars[i]) > paddock_memory_bar_get_free (bars[i]));
      for (guint j = 0; j < paddock_memory_bar_get_count (bars[i]); j++)
        {
          const PaddockMemorySegment *segment = paddock_memory_bar_get_segment (bars[i], j);

          if (labels[segment->part] == NULL)
            labels[segment->part] = segment->label;
        }
    }
  for (guint part = 0; part < PADDOCK_MEMORY_N_PARTS; part++)
    g_string_append_printf (content, "%s\n", labels[part] != NULL ? labels[part] : "");
  g_string_append_printf (content, "%d %d", taken, excess);
  if (!paddock_chart_legend_begin (legend, content->str))
    return;
  for (guint part = 0; part < PADDOCK_MEMORY_N_PARTS; part++)
    if (labels[part] != NULL)
      paddock_chart_legend_add (legend, PADDOCK_CHART_SWATCH_PART, part, labels[part]);
  if (taken)
    paddock_chart_legend_add (legend, PADDOCK_CHART_SWATCH_TAKEN, 0, _("Used by Others"));
  if (excess)
    paddock_chart_legend_add (legend, PADDOCK_CHART_SWATCH_EXCESS, 0, _("More Than Is Free"));
}
