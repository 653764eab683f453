/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/array-element.h"

#include "base/units.h"

/**
 * PaddockArrayElement:
 *
 * One element of an array as a row shows it.
 */
struct _PaddockArrayElement
{
  GObject parent_instance;

  /* Owned */
  char *text;

  guint64 position;
};

enum
{
  PROP_POSITION = 1,
  PROP_TEXT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockArrayElement, paddock_array_element, G_TYPE_OBJECT)

static void
paddock_array_element_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockArrayElement *self = PADDOCK_ARRAY_ELEMENT (object);

  switch (property)
    {
    case PROP_POSITION:
      g_value_take_string (value, paddock_units_format_count (self->position));
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_array_element_finalize (GObject *object)
{
  g_free (PADDOCK_ARRAY_ELEMENT (object)->text);
  G_OBJECT_CLASS (paddock_array_element_parent_class)->finalize (object);
}

static void
paddock_array_element_class_init (PaddockArrayElementClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_array_element_get_property;
  object_class->finalize = paddock_array_element_finalize;
  properties[PROP_POSITION] =
    g_param_spec_string ("position", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_array_element_init (PaddockArrayElement *self)
{
}

/**
 * paddock_array_element_new:
 * @position: in the array, from 0
 * @text: the element, ready to be shown
 *
 * Returns: (transfer full): the element
 */
PaddockArrayElement *
paddock_array_element_new (guint64 position, const char *text)
{
  PaddockArrayElement *self = g_object_new (PADDOCK_TYPE_ARRAY_ELEMENT, NULL);

  self->position = position;
  self->text = g_strdup (text);
  return self;
}
