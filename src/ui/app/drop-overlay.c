/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/drop-overlay.h"

#include <glib/gi18n.h>

#include "base/units.h"

#define NAME_LENGTH_MAX 200

/**
 * PaddockDropOverlay:
 *
 * Takes files and folders that are dropped anywhere on its child, and says meanwhile what letting go will do.
 */
struct _PaddockDropOverlay
{
  GtkWidget parent_instance;

  /* Borrowed */
  GtkDropTarget *target;

  gboolean imports;

  /* Template */
  GtkOverlay *overlay;
  GtkRevealer *revealer;
  GtkLabel *title;
};

G_DEFINE_FINAL_TYPE (PaddockDropOverlay, paddock_drop_overlay, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_IMPORTS,
  N_PROPS,
};

enum
{
  FILES_DROPPED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
paddock_drop_overlay_describe (PaddockDropOverlay *self, GListModel *files)
{
  guint count = g_list_model_get_n_items (files);
  g_autoptr (GFile) file = NULL;
  g_autofree char *basename = NULL;
  g_autofree char *name = NULL;

  if (count != 1 && self->imports)
    return g_strdup_printf (ngettext ("Import %u file", "Import %u files", count), count);
  if (count != 1)
    return g_strdup_printf (ngettext ("Open %u file", "Open %u files", count), count);

  file = g_list_model_get_item (files, 0);
  if (g_file_has_uri_scheme (file, "https") || g_file_has_uri_scheme (file, "http"))
    return g_strdup (_("Follow the link"));
  basename = g_file_get_basename (file);
  name = paddock_units_escape (basename != NULL ? basename : "", -1, NAME_LENGTH_MAX);
  if (self->imports)
    /* Translators: %s is the name of a file or folder that is being dragged over the window */
    return g_strdup_printf (_("Import “%s”"), name);
  /* Translators: %s is the name of a file or folder that is being dragged over the window */
  return g_strdup_printf (_("Open “%s”"), name);
}

/* What is dragged is known only some time after it came in, and from some programs only when it is let go. */
static void
paddock_drop_overlay_update_title (PaddockDropOverlay *self)
{
  const GValue *value = gtk_drop_target_get_value (self->target);
  g_autoptr (GListModel) files = NULL;
  g_autofree char *title = NULL;

  if (value != NULL)
    files = paddock_drop_overlay_dup_files (value);

  if (files != NULL)
    title = paddock_drop_overlay_describe (self, files);
  else
    title = g_strdup (self->imports ? _("Import here") : _("Open here"));
  gtk_label_set_label (self->title, title);
}

static GdkDragAction
paddock_drop_overlay_on_enter (GtkDropTarget *target, double x, double y, gpointer user_data)
{
  PaddockDropOverlay *self = user_data;

  paddock_drop_overlay_update_title (self);
  /* Before, nobody has to know how large its letters are. */
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return GDK_ACTION_COPY;
}

static void
paddock_drop_overlay_on_leave (GtkDropTarget *target, gpointer user_data)
{
  PaddockDropOverlay *self = user_data;

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
paddock_drop_overlay_on_value (GtkDropTarget *target, GParamSpec *pspec, gpointer user_data)
{
  if (gtk_drop_target_get_value (target) != NULL)
    paddock_drop_overlay_update_title (user_data);
}

static gboolean
paddock_drop_overlay_on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  PaddockDropOverlay *self = user_data;
  g_autoptr (GListModel) files = paddock_drop_overlay_dup_files (value);

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (files == NULL || g_list_model_get_n_items (files) == 0)
    return FALSE;

  g_signal_emit (self, signals[FILES_DROPPED], 0, files);
  return TRUE;
}

static void
paddock_drop_overlay_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  PaddockDropOverlay *self = PADDOCK_DROP_OVERLAY (object);

  switch (property_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, gtk_overlay_get_child (self->overlay));
      break;
    case PROP_IMPORTS:
      g_value_set_boolean (value, self->imports);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
paddock_drop_overlay_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  PaddockDropOverlay *self = PADDOCK_DROP_OVERLAY (object);

  switch (property_id)
    {
    case PROP_CHILD:
      gtk_overlay_set_child (self->overlay, g_value_get_object (value));
      break;
    case PROP_IMPORTS:
      self->imports = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
paddock_drop_overlay_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_DROP_OVERLAY);

  G_OBJECT_CLASS (paddock_drop_overlay_parent_class)->dispose (object);
}

static void
paddock_drop_overlay_class_init (PaddockDropOverlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = paddock_drop_overlay_get_property;
  object_class->set_property = paddock_drop_overlay_set_property;
  object_class->dispose = paddock_drop_overlay_dispose;

  /**
   * PaddockDropOverlay:child:
   *
   * The widget on which files may be dropped.
   */
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  /**
   * PaddockDropOverlay:imports:
   *
   * Whether what is dropped comes into the library; otherwise it is opened.
   */
  properties[PROP_IMPORTS] = g_param_spec_boolean ("imports", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * PaddockDropOverlay::files-dropped:
   * @self: the overlay
   * @files: a list of [iface@Gio.File], never empty
   *
   * Files or folders were dropped.
   */
  signals[FILES_DROPPED] = g_signal_new ("files-dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);

  gtk_widget_class_set_css_name (widget_class, "drop-overlay");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/drop-overlay.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockDropOverlay, overlay);
  gtk_widget_class_bind_template_child (widget_class, PaddockDropOverlay, revealer);
  gtk_widget_class_bind_template_child (widget_class, PaddockDropOverlay, title);
}

static void
paddock_drop_overlay_init (PaddockDropOverlay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  gtk_drop_target_set_preload (self->target, TRUE);
  g_signal_connect (self->target, "enter", G_CALLBACK (paddock_drop_overlay_on_enter), self);
  g_signal_connect (self->target, "leave", G_CALLBACK (paddock_drop_overlay_on_leave), self);
  g_signal_connect (self->target, "drop", G_CALLBACK (paddock_drop_overlay_on_drop), self);
  g_signal_connect (self->target, "notify::value", G_CALLBACK (paddock_drop_overlay_on_value), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->target));
}

/**
 * paddock_drop_overlay_dup_files:
 * @value: a value that was dropped or pasted
 *
 * Returns: (transfer full) (nullable): a list of the value's [iface@Gio.File]s, or %NULL if it holds no files
 */
GListModel *
paddock_drop_overlay_dup_files (const GValue *value)
{
  GListStore *list;
  GdkFileList *files;
  g_autoptr (GSList) links = NULL;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return NULL;

  list = g_list_store_new (G_TYPE_FILE);
  files = g_value_get_boxed (value);
  links = files != NULL ? gdk_file_list_get_files (files) : NULL;
  for (GSList *link = links; link != NULL; link = link->next)
    g_list_store_append (list, link->data);

  return G_LIST_MODEL (list);
}
