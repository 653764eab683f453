/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/cell-voices.h"

#include "widgets/fit-badge.h"

struct _PaddockCellVoices
{
  GtkWidget parent_instance;

  /* Owned: children */
  GtkWidget *labels[PADDOCK_N_VOICES];
  GtkWidget *badge;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const classes[PADDOCK_N_VOICES][3] = {
  [PADDOCK_VOICE_TITLE] = { "heading" },
  [PADDOCK_VOICE_NUMBER] = { "numeric" },
  [PADDOCK_VOICE_NOTE] = { "caption", "numeric", "cell-note" },
  [PADDOCK_VOICE_TAG] = { "caption", "accent" },
};

G_DEFINE_FINAL_TYPE (PaddockCellVoices, paddock_cell_voices, GTK_TYPE_WIDGET)

static void
paddock_cell_voices_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (paddock_cell_voices_parent_class)->css_changed (widget, change);
  g_signal_emit (widget, signals[CHANGED], 0);
}

static void
paddock_cell_voices_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (paddock_cell_voices_parent_class)->system_setting_changed (widget, setting);
  g_signal_emit (widget, signals[CHANGED], 0);
}

static void
paddock_cell_voices_dispose (GObject *object)
{
  PaddockCellVoices *self = PADDOCK_CELL_VOICES (object);

  for (guint i = 0; i < PADDOCK_N_VOICES; i++)
    g_clear_pointer (&self->labels[i], gtk_widget_unparent);
  g_clear_pointer (&self->badge, gtk_widget_unparent);
  G_OBJECT_CLASS (paddock_cell_voices_parent_class)->dispose (object);
}

static void
paddock_cell_voices_class_init (PaddockCellVoicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_cell_voices_dispose;
  widget_class->css_changed = paddock_cell_voices_css_changed;
  widget_class->system_setting_changed = paddock_cell_voices_system_setting_changed;

  /**
   * PaddockCellVoices::changed:
   *
   * Fonts are others now.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
paddock_cell_voices_init (PaddockCellVoices *self)
{
  gtk_widget_set_child_visible (GTK_WIDGET (self), FALSE);
  for (guint i = 0; i < PADDOCK_N_VOICES; i++)
    {
      self->labels[i] = g_object_new (GTK_TYPE_LABEL, "label", "M", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      for (guint j = 0; j < G_N_ELEMENTS (classes[i]) && classes[i][j] != NULL; j++)
        gtk_widget_add_css_class (self->labels[i], classes[i][j]);
      gtk_widget_set_parent (self->labels[i], GTK_WIDGET (self));
    }
  self->badge = paddock_fit_badge_new ();
  gtk_widget_set_parent (self->badge, GTK_WIDGET (self));
}

GtkWidget *
paddock_cell_voices_new (void)
{
  return g_object_new (PADDOCK_TYPE_CELL_VOICES, NULL);
}

/**
 * paddock_cell_voices_create_layout:
 * @self: the voices
 * @voice: one of them
 *
 * Returns: (transfer full): a layout without a text yet
 */
PangoLayout *
paddock_cell_voices_create_layout (PaddockCellVoices *self, PaddockVoice voice)
{
  /* What a label has of the style sheet beyond its font, such as the height of lines, is known to its layout alone. */
  PangoLayout *layout = pango_layout_copy (gtk_label_get_layout (GTK_LABEL (self->labels[voice])));

  pango_layout_set_width (layout, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static int
measure_height (GtkWidget *widget)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

int
paddock_cell_voices_get_line_height (PaddockCellVoices *self, PaddockVoice voice)
{
  return measure_height (self->labels[voice]);
}

int
paddock_cell_voices_get_badge_height (PaddockCellVoices *self)
{
  return measure_height (self->badge);
}

/**
 * paddock_cell_voices_get_color:
 * @self: the voices
 * @voice: one of them
 * @color: (out): its colour
 */
void
paddock_cell_voices_get_color (PaddockCellVoices *self, PaddockVoice voice, GdkRGBA *color)
{
  gtk_widget_get_color (self->labels[voice], color);
}
