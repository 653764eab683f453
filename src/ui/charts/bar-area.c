/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/bar-area.h"

#define GAP 1.0f
#define WIDTH_WITH_GAP 4.0f          /* narrower bars stand side by side */
#define SHORTEST 1.0f                /* what is there can be seen, however little it is */
#define MARK 6.0f
#define PLAIN 0.75f                  /* how much of the colour a bar has that nobody points at */
#define BAND 0.15f

/**
 * PaddockBarArea:
 *
 * The bars of a chart, in the colour that the style gives. One of them can be pointed at, with the pointer or with the
 * arrow keys, and selected. Bars go from left to right in every language, as numbers on an axis do.
 */
struct _PaddockBarArea
{
  GtkWidget parent_instance;

  /* Owned */
  float *heights;
  gboolean *marks;

  guint count;
  int hovered;
  int cursor;                        /* of the keyboard */
  int selected;
  double pointer_x;
  double pointer_y;
};

enum
{
  POINTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockBarArea, paddock_bar_area, GTK_TYPE_WIDGET)

int
paddock_bar_area_get_pointed (PaddockBarArea *self)
{
  if (self->hovered >= 0)
    return self->hovered;
  return gtk_widget_has_focus (GTK_WIDGET (self)) ? self->cursor : -1;
}

int
paddock_bar_area_get_selected (PaddockBarArea *self)
{
  return self->selected;
}

static void
notify_pointed (PaddockBarArea *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[POINTED], 0);
}

static int
find_bar (PaddockBarArea *self, double x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->count == 0 || width <= 0 || x < 0)
    return -1;
  return MIN ((int) (x * self->count / width), (int) self->count - 1);
}

static void
on_motion (PaddockBarArea *self, double x, double y)
{
  int bar = find_bar (self, x);

  /* A pointer that rests is told of again when something around it moves: it must not take over from the keyboard. */
  if (bar == self->hovered || (x == self->pointer_x && y == self->pointer_y))
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  self->hovered = bar;
  notify_pointed (self);
}

static void
on_leave (PaddockBarArea *self)
{
  self->hovered = -1;
  self->pointer_x = self->pointer_y = -1;
  notify_pointed (self);
}

static void
on_pressed (PaddockBarArea *self, int n_press, double x, double y)
{
  int bar = find_bar (self, x);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (bar < 0)
    return;
  self->cursor = bar;
  notify_pointed (self);
  g_signal_emit (self, signals[ACTIVATED], 0, bar);
}

static gboolean
on_key (PaddockBarArea *self, guint key, guint code, GdkModifierType modifiers)
{
  int last = (int) self->count - 1;
  int cursor = self->cursor;

  if (self->count == 0 || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Left || key == GDK_KEY_KP_Left)
    cursor = MAX (cursor - 1, 0);
  else if (key == GDK_KEY_Right || key == GDK_KEY_KP_Right)
    cursor = MIN (cursor + 1, last);
  else if (key == GDK_KEY_Home || key == GDK_KEY_KP_Home)
    cursor = 0;
  else if (key == GDK_KEY_End || key == GDK_KEY_KP_End)
    cursor = last;
  else if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space) && cursor >= 0)
    {
      g_signal_emit (self, signals[ACTIVATED], 0, cursor);
      return GDK_EVENT_STOP;
    }
  else
    return GDK_EVENT_PROPAGATE;
  self->cursor = cursor;
  self->hovered = -1;
  notify_pointed (self);
  return GDK_EVENT_STOP;
}

static void
paddock_bar_area_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? 40 : 60;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? 96 : 240;
}

static void
append_band (GtkSnapshot *snapshot, GdkRGBA color, float left, float width, float height)
{
  color.alpha *= BAND;
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (left, 0, width, height));
}

static void
add_mark (GskPathBuilder *builder, float middle, float bottom)
{
  gsk_path_builder_move_to (builder, middle - MARK / 2, bottom - MARK);
  gsk_path_builder_line_to (builder, middle + MARK / 2, bottom - MARK);
  gsk_path_builder_line_to (builder, middle, bottom);
  gsk_path_builder_close (builder);
}

static void
append_path (GtkSnapshot *snapshot, GskPathBuilder *builder, GdkRGBA color, float alpha)
{
  GskPath *path = gsk_path_builder_free_to_path (builder);

  color.alpha *= alpha;
  if (!gsk_path_is_empty (path))
    gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
  gsk_path_unref (path);
}

static void
paddock_bar_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockBarArea *self = PADDOCK_BAR_AREA (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float slot = self->count > 0 ? width / (float) self->count : 0;
  float gap = slot >= WIDTH_WITH_GAP ? GAP : 0;
  int pointed = paddock_bar_area_get_pointed (self);
  GskPathBuilder *plain = gsk_path_builder_new ();
  GskPathBuilder *full = gsk_path_builder_new ();
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  for (guint i = 0; i < self->count; i++)
    {
      gboolean stands_out = (int) i == pointed || (int) i == self->selected;
      GskPathBuilder *builder = stands_out || self->marks[i] ? full : plain;
      float left = slot * (float) i;
      /* The marks stand above the bars. */
      float bar = self->heights[i] > 0 ? MAX (SHORTEST, self->heights[i] * (height - MARK)) : 0;

      if (stands_out)
        append_band (snapshot, color, left, slot, height);
      if (bar > 0)
        gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (left + gap / 2, height - bar, slot - gap, bar));
      if (self->marks[i])
        add_mark (full, left + slot / 2, height - bar);
    }
  append_path (snapshot, plain, color, PLAIN);
  append_path (snapshot, full, color, 1);
}

static void
paddock_bar_area_finalize (GObject *object)
{
  PaddockBarArea *self = PADDOCK_BAR_AREA (object);

  g_free (self->heights);
  g_free (self->marks);
  G_OBJECT_CLASS (paddock_bar_area_parent_class)->finalize (object);
}

static void
paddock_bar_area_class_init (PaddockBarAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = paddock_bar_area_finalize;
  widget_class->measure = paddock_bar_area_measure;
  widget_class->snapshot = paddock_bar_area_snapshot;
  gtk_widget_class_set_css_name (widget_class, "bar-area");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  /**
   * PaddockBarArea::pointed:
   *
   * Another bar is pointed at, or none.
   */
  signals[POINTED] = g_signal_new ("pointed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  /**
   * PaddockBarArea::activated:
   * @bar: its position
   *
   * A bar was clicked, or chosen with the keyboard.
   */
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
paddock_bar_area_init (PaddockBarArea *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->hovered = self->cursor = self->selected = -1;
  self->pointer_x = self->pointer_y = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (notify_pointed), NULL);
}

GtkWidget *
paddock_bar_area_new (void)
{
  return g_object_new (PADDOCK_TYPE_BAR_AREA, NULL);
}

/**
 * paddock_bar_area_set_bars:
 * @self: the area
 * @heights: (array length=count): parts of the full height
 * @marks: (array length=count) (nullable): which ones stand out
 * @count: how many there are
 */
void
paddock_bar_area_set_bars (PaddockBarArea *self, const double *heights, const gboolean *marks, guint count)
{
  gboolean changed = count != self->count;

  g_free (self->heights);
  g_free (self->marks);
  self->heights = g_new0 (float, MAX (count, 1));
  self->marks = g_new0 (gboolean, MAX (count, 1));
  self->count = count;
  for (guint i = 0; i < count; i++)
    {
      self->heights[i] = (float) CLAMP (heights[i], 0, 1);
      self->marks[i] = marks != NULL && marks[i];
    }
  if (changed)
    self->hovered = self->cursor = self->selected = -1;
  notify_pointed (self);
}

void
paddock_bar_area_set_selected (PaddockBarArea *self, int selected)
{
  self->selected = selected >= 0 && selected < (int) self->count ? selected : -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
