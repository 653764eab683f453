/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/machine.h"

#include <glib/gi18n.h>

struct _PaddockMachine
{
  GObject parent_instance;

  /* Owned */
  char *name;                        /* NULL: it is this computer */
  PaddockHardwareSnapshot *snapshot; /* NULL: not known yet */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SNAPSHOT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PaddockMachine, paddock_machine, G_TYPE_OBJECT)

static void
paddock_machine_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  PaddockMachine *self = PADDOCK_MACHINE (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, paddock_machine_get_title (self));
      break;
    case PROP_SNAPSHOT:
      g_value_set_boxed (value, self->snapshot);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
paddock_machine_finalize (GObject *object)
{
  PaddockMachine *self = PADDOCK_MACHINE (object);

  g_free (self->name);
  g_clear_pointer (&self->snapshot, paddock_hardware_snapshot_unref);
  G_OBJECT_CLASS (paddock_machine_parent_class)->finalize (object);
}

static void
paddock_machine_class_init (PaddockMachineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_machine_get_property;
  object_class->finalize = paddock_machine_finalize;
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SNAPSHOT] = g_param_spec_boxed ("snapshot", NULL, NULL, PADDOCK_TYPE_HARDWARE_SNAPSHOT,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
paddock_machine_init (PaddockMachine *self)
{
}

/**
 * paddock_machine_new:
 * @name: (nullable): what the person calls it; %NULL for this computer
 * @snapshot: (nullable): what it has
 *
 * Returns: (transfer full): the machine
 */
PaddockMachine *
paddock_machine_new (const char *name, PaddockHardwareSnapshot *snapshot)
{
  PaddockMachine *self = g_object_new (PADDOCK_TYPE_MACHINE, NULL);

  self->name = g_strdup (name);
  self->snapshot = snapshot != NULL ? paddock_hardware_snapshot_ref (snapshot) : NULL;
  return self;
}

const char *
paddock_machine_get_name (PaddockMachine *self)
{
  return self->name;
}

const char *
paddock_machine_get_title (PaddockMachine *self)
{
  return self->name != NULL ? self->name : _("This Computer");
}

PaddockHardwareSnapshot *
paddock_machine_get_snapshot (PaddockMachine *self)
{
  return self->snapshot;
}

void
paddock_machine_set_name (PaddockMachine *self, const char *name)
{
  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
paddock_machine_set_snapshot (PaddockMachine *self, PaddockHardwareSnapshot *snapshot)
{
  if (snapshot == self->snapshot)
    return;
  g_clear_pointer (&self->snapshot, paddock_hardware_snapshot_unref);
  self->snapshot = snapshot != NULL ? paddock_hardware_snapshot_ref (snapshot) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SNAPSHOT]);
}
