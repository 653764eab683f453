/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/machine-choice.h"

#include <gtk/gtk.h>

#define KEY "machine"

struct _PaddockMachineChoice
{
  GObject parent_instance;

  /* Owned */
  GSettings *settings;
  PaddockThisComputer *computer;
  PaddockMachineStore *store;
  PaddockMachine *here;              /* this computer */
  PaddockMachine *chosen;
  GListModel *list;
};

enum
{
  PROP_0,
  PROP_CHOSEN,
  PROP_SNAPSHOT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PaddockMachineChoice, paddock_machine_choice, G_TYPE_OBJECT)

static void
on_snapshot (PaddockMachineChoice *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SNAPSHOT]);
}

static void
keep_name (PaddockMachineChoice *self)
{
  const char *name = paddock_machine_get_name (self->chosen);

  g_settings_set_string (self->settings, KEY, name != NULL ? name : "");
}

static void
choose (PaddockMachineChoice *self, PaddockMachine *machine)
{
  if (machine == self->chosen)
    return;
  if (self->chosen != NULL)
    g_signal_handlers_disconnect_by_data (self->chosen, self);
  g_set_object (&self->chosen, machine);
  g_signal_connect_object (machine, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (machine, "notify::title", G_CALLBACK (keep_name), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
  on_snapshot (self);
}

static void
on_computer (PaddockMachineChoice *self)
{
  paddock_machine_set_snapshot (self->here, paddock_this_computer_get_snapshot (self->computer));
}

/* Those that are kept have been read, or the choice was another one elsewhere. */
static void
restore (PaddockMachineChoice *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, KEY);
  PaddockMachine *machine = *name != '\0' ? paddock_machine_store_find (self->store, name) : NULL;

  choose (self, machine != NULL ? machine : self->here);
}

/* What is gone cannot be the choice. */
static void
on_items_changed (PaddockMachineChoice *self)
{
  const char *name = paddock_machine_get_name (self->chosen);

  if (name != NULL && paddock_machine_store_find (self->store, name) != self->chosen)
    paddock_machine_choice_set_chosen (self, self->here);
}

static void
paddock_machine_choice_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  PaddockMachineChoice *self = PADDOCK_MACHINE_CHOICE (object);

  switch (property_id)
    {
    case PROP_CHOSEN:
      g_value_set_object (value, self->chosen);
      break;
    case PROP_SNAPSHOT:
      g_value_set_boxed (value, paddock_machine_choice_get_snapshot (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
paddock_machine_choice_finalize (GObject *object)
{
  PaddockMachineChoice *self = PADDOCK_MACHINE_CHOICE (object);

  g_clear_object (&self->list);
  g_clear_object (&self->chosen);
  g_clear_object (&self->here);
  g_clear_object (&self->store);
  g_clear_object (&self->computer);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (paddock_machine_choice_parent_class)->finalize (object);
}

static void
paddock_machine_choice_class_init (PaddockMachineChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_machine_choice_get_property;
  object_class->finalize = paddock_machine_choice_finalize;
  properties[PROP_CHOSEN] = g_param_spec_object ("chosen", NULL, NULL, PADDOCK_TYPE_MACHINE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SNAPSHOT] = g_param_spec_boxed ("snapshot", NULL, NULL, PADDOCK_TYPE_HARDWARE_SNAPSHOT,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
paddock_machine_choice_init (PaddockMachineChoice *self)
{
  self->here = paddock_machine_new (NULL, NULL);
}

static GListModel *
make_list (PaddockMachineChoice *self)
{
  GListStore *here = g_list_store_new (PADDOCK_TYPE_MACHINE);
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (here, self->here);
  g_list_store_append (lists, here);
  g_list_store_append (lists, paddock_machine_store_get_list (self->store));
  g_object_unref (here);
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists)));
}

/**
 * paddock_machine_choice_new:
 * @settings: where the choice is kept
 * @computer: this computer
 * @store: the machines that the person has imagined
 *
 * Returns: (transfer full): the choice that was made last, as soon as the store has been read
 */
PaddockMachineChoice *
paddock_machine_choice_new (GSettings *settings, PaddockThisComputer *computer, PaddockMachineStore *store)
{
  PaddockMachineChoice *self = g_object_new (PADDOCK_TYPE_MACHINE_CHOICE, NULL);

  self->settings = g_object_ref (settings);
  self->computer = g_object_ref (computer);
  self->store = g_object_ref (store);
  self->list = make_list (self);
  choose (self, self->here);
  on_computer (self);
  restore (self);
  g_signal_connect_object (computer, "changed", G_CALLBACK (on_computer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (computer, "refreshed", G_CALLBACK (on_computer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "loaded", G_CALLBACK (restore), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (paddock_machine_store_get_list (store), "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

PaddockThisComputer *
paddock_machine_choice_get_computer (PaddockMachineChoice *self)
{
  return self->computer;
}

PaddockMachineStore *
paddock_machine_choice_get_store (PaddockMachineChoice *self)
{
  return self->store;
}

GListModel *
paddock_machine_choice_get_list (PaddockMachineChoice *self)
{
  return self->list;
}

PaddockMachine *
paddock_machine_choice_get_chosen (PaddockMachineChoice *self)
{
  return self->chosen;
}

/**
 * paddock_machine_choice_set_chosen:
 * @self: the choice
 * @machine: one of the list
 */
void
paddock_machine_choice_set_chosen (PaddockMachineChoice *self, PaddockMachine *machine)
{
  choose (self, machine);
  keep_name (self);
}

/**
 * paddock_machine_choice_get_snapshot:
 * @self: the choice
 *
 * Returns: (transfer none) (nullable): what the chosen machine has
 */
PaddockHardwareSnapshot *
paddock_machine_choice_get_snapshot (PaddockMachineChoice *self)
{
  return paddock_machine_get_snapshot (self->chosen);
}
