/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window.h"

/**
 * PaddockWindow:
 *
 * The application's window; it comes back as it was left.
 */
struct _PaddockWindow
{
  AdwApplicationWindow parent_instance;

  /* Owned */
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (PaddockWindow, paddock_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_SETTINGS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
paddock_window_restore (PaddockWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
paddock_window_close_request (GtkWindow *window)
{
  PaddockWindow *self = PADDOCK_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));

  return GTK_WINDOW_CLASS (paddock_window_parent_class)->close_request (window);
}

static void
paddock_window_constructed (GObject *object)
{
  G_OBJECT_CLASS (paddock_window_parent_class)->constructed (object);

  paddock_window_restore (PADDOCK_WINDOW (object));
}

static void
paddock_window_dispose (GObject *object)
{
  PaddockWindow *self = PADDOCK_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_WINDOW);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (paddock_window_parent_class)->dispose (object);
}

static void
paddock_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  PaddockWindow *self = PADDOCK_WINDOW (object);

  switch (property_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
paddock_window_class_init (PaddockWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = paddock_window_constructed;
  object_class->dispose = paddock_window_dispose;
  object_class->set_property = paddock_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = paddock_window_close_request;

  /**
   * PaddockWindow:settings:
   *
   * Where the window's size and page are kept.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/window.ui");
}

static void
paddock_window_init (PaddockWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_window_new:
 * @application: the application that the window belongs to
 * @settings: where its state is kept
 *
 * Returns: (transfer none): a window, owned by the toolkit until it is closed
 */
PaddockWindow *
paddock_window_new (PaddockApplication *application, GSettings *settings)
{
  g_return_val_if_fail (PADDOCK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  return g_object_new (PADDOCK_TYPE_WINDOW, "application", application, "settings", settings, NULL);
}
