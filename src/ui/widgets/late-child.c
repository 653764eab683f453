/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/late-child.h"

struct _PaddockLateChild
{
  AdwBin parent_instance;

  /* Owned */
  char *resource;
  GtkBuilder *builder;               /* NULL: nobody has seen the child yet */

  guint source;                      /* 0: it is not prepared */
};

enum
{
  PROP_RESOURCE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockLateChild, paddock_late_child, ADW_TYPE_BIN)

static void
make_child (PaddockLateChild *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->builder != NULL)
    return;
  self->builder = gtk_builder_new_from_resource (self->resource);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (gtk_builder_get_object (self->builder, "child")));
}

static gboolean
make_prepared (gpointer user_data)
{
  PaddockLateChild *self = user_data;

  self->source = 0;
  make_child (self);
  return G_SOURCE_REMOVE;
}

static void
paddock_late_child_map (GtkWidget *widget)
{
  make_child (PADDOCK_LATE_CHILD (widget));
  GTK_WIDGET_CLASS (paddock_late_child_parent_class)->map (widget);
}

static void
paddock_late_child_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_RESOURCE:
      g_set_str (&PADDOCK_LATE_CHILD (object)->resource, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_late_child_dispose (GObject *object)
{
  PaddockLateChild *self = PADDOCK_LATE_CHILD (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->builder);
  G_OBJECT_CLASS (paddock_late_child_parent_class)->dispose (object);
}

static void
paddock_late_child_finalize (GObject *object)
{
  g_free (PADDOCK_LATE_CHILD (object)->resource);
  G_OBJECT_CLASS (paddock_late_child_parent_class)->finalize (object);
}

static void
paddock_late_child_class_init (PaddockLateChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = paddock_late_child_set_property;
  object_class->dispose = paddock_late_child_dispose;
  object_class->finalize = paddock_late_child_finalize;
  GTK_WIDGET_CLASS (klass)->map = paddock_late_child_map;

  /**
   * PaddockLateChild:resource:
   *
   * The path of the file that the child comes from.
   */
  properties[PROP_RESOURCE] =
    g_param_spec_string ("resource", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_late_child_init (PaddockLateChild *self)
{
}

/**
 * paddock_late_child_prepare:
 * @self: the place
 */
void
paddock_late_child_prepare (PaddockLateChild *self)
{
  if (self->builder == NULL && self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, make_prepared, self, NULL);
}

/**
 * paddock_late_child_get_object:
 * @self: the place
 * @name: of an object in its file
 *
 * Returns: (transfer none) (nullable): that object, for which the child is made if it was not there
 */
gpointer
paddock_late_child_get_object (PaddockLateChild *self, const char *name)
{
  make_child (self);
  return gtk_builder_get_object (self->builder, name);
}
