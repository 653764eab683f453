/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/machine-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hardware/hardware-machines.h"

struct _PaddockMachineStore
{
  GObject parent_instance;

  /* Owned */
  GListStore *list;
  GThreadPool *writer;               /* of one thread: what is written last was said last */
  char *folder;
};

/* One thing to do in the thread: to read all, to write one, or to remove it. */
typedef struct
{
  /* Owned */
  char *folder;
  char *name;                        /* NULL: all are read */
  PaddockHardwareSnapshot *snapshot; /* NULL: it is removed */
  GWeakRef store;                    /* that hears about it */
  GPtrArray *found;                  /* of PaddockMachine, by the thread */
  char *problem;                     /* by the thread */
} Job;

enum
{
  LOADED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockMachineStore, paddock_machine_store, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->folder);
  g_free (job->name);
  g_clear_pointer (&job->snapshot, paddock_hardware_snapshot_unref);
  g_weak_ref_clear (&job->store);
  g_ptr_array_unref (job->found);
  g_free (job->problem);
  g_free (job);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *first = paddock_machine_get_name ((PaddockMachine *) a);
  const char *second = paddock_machine_get_name ((PaddockMachine *) b);
  int order = g_utf8_collate (first, second);

  return order != 0 ? order : strcmp (first, second);
}

static gboolean
on_done (gpointer data)
{
  Job *job = data;
  g_autoptr (PaddockMachineStore) self = g_weak_ref_get (&job->store);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  /* What was made before they were read is newer than what was read. */
  for (guint i = 0; i < job->found->len; i++)
    if (paddock_machine_store_find (self, paddock_machine_get_name (g_ptr_array_index (job->found, i))) == NULL)
      g_list_store_insert_sorted (self->list, g_ptr_array_index (job->found, i), compare, NULL);
  if (job->problem != NULL)
    g_signal_emit (self, signals[FAILED], 0, job->problem);
  if (job->name == NULL)
    g_signal_emit (self, signals[LOADED], 0);
  return G_SOURCE_REMOVE;
}

static void
read_all (Job *job, PaddockHardwareMachines *machines)
{
  g_auto (GStrv) names = paddock_hardware_machines_list (machines);

  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PaddockHardwareSnapshot) snapshot = paddock_hardware_machines_load (machines, *name, &error);

      if (snapshot != NULL)
        g_ptr_array_add (job->found, paddock_machine_new (*name, snapshot));
      else
        g_set_str (&job->problem, error->message);
    }
}

/* In the thread. */
static void
do_job (gpointer data, gpointer nothing)
{
  Job *job = data;
  g_autoptr (PaddockHardwareMachines) machines = paddock_hardware_machines_new (job->folder);
  g_autoptr (GError) error = NULL;

  if (job->name == NULL)
    read_all (job, machines);
  else if (job->snapshot != NULL)
    paddock_hardware_machines_save (machines, job->name, job->snapshot, &error);
  else
    paddock_hardware_machines_remove (machines, job->name, &error);
  if (error != NULL)
    job->problem = g_strdup (error->message);
  /* Not invoked: as long as no main loop runs, that would be done in this thread. */
  g_idle_add_full (G_PRIORITY_DEFAULT, on_done, job, job_free);
}

static void
push (PaddockMachineStore *self, const char *name, PaddockHardwareSnapshot *snapshot)
{
  Job *job = g_new0 (Job, 1);

  job->folder = g_strdup (self->folder);
  job->name = g_strdup (name);
  job->snapshot = snapshot != NULL ? paddock_hardware_snapshot_ref (snapshot) : NULL;
  g_weak_ref_init (&job->store, self);
  job->found = g_ptr_array_new_with_free_func (g_object_unref);
  g_thread_pool_push (self->writer, job, NULL);
}

static void
paddock_machine_store_finalize (GObject *object)
{
  PaddockMachineStore *self = PADDOCK_MACHINE_STORE (object);

  g_thread_pool_free (self->writer, FALSE, TRUE);
  g_object_unref (self->list);
  g_free (self->folder);
  G_OBJECT_CLASS (paddock_machine_store_parent_class)->finalize (object);
}

static void
paddock_machine_store_class_init (PaddockMachineStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_machine_store_finalize;

  /**
   * PaddockMachineStore::loaded:
   *
   * All that were kept are in the list now.
   */
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  /**
   * PaddockMachineStore::failed:
   * @problem: what happened
   *
   * One could not be read, or not be kept.
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
paddock_machine_store_init (PaddockMachineStore *self)
{
  self->list = g_list_store_new (PADDOCK_TYPE_MACHINE);
  self->writer = g_thread_pool_new (do_job, NULL, 1, FALSE, NULL);
}

/**
 * paddock_machine_store_new:
 * @folder: (nullable): where they are kept
 *
 * Returns: (transfer full): the store, which begins to read
 */
PaddockMachineStore *
paddock_machine_store_new (const char *folder)
{
  PaddockMachineStore *self = g_object_new (PADDOCK_TYPE_MACHINE_STORE, NULL);

  self->folder = g_strdup (folder);
  push (self, NULL, NULL);
  return self;
}

GListModel *
paddock_machine_store_get_list (PaddockMachineStore *self)
{
  return G_LIST_MODEL (self->list);
}

/**
 * paddock_machine_store_find:
 * @self: the store
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the machine of that name
 */
PaddockMachine *
paddock_machine_store_find (PaddockMachineStore *self, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (PaddockMachine) machine = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_str_equal (paddock_machine_get_name (machine), name))
        return machine;
    }
  return NULL;
}

/**
 * paddock_machine_store_check_name:
 * @self: the store
 * @name: what one shall be called
 * @error: return location for %G_IO_ERROR_INVALID_ARGUMENT or %G_IO_ERROR_EXISTS
 *
 * Returns: whether one can be called that
 */
gboolean
paddock_machine_store_check_name (PaddockMachineStore *self, const char *name, GError **error)
{
  if (!paddock_hardware_machines_is_name (name))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("A name has between 1 and 80 characters, and no blank at an end"));
      return FALSE;
    }
  if (paddock_machine_store_find (self, name) != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("There is a computer of that name already"));
      return FALSE;
    }
  return TRUE;
}

/**
 * paddock_machine_store_dup_free_name:
 * @self: the store
 * @name: what one was called before
 *
 * Returns: (transfer full): the same, with a number behind it where another one has the name now
 */
char *
paddock_machine_store_dup_free_name (PaddockMachineStore *self, const char *name)
{
  char *other = g_strdup (name);

  for (guint n = 2; paddock_machine_store_find (self, other) != NULL; n++)
    {
      g_autofree char *number = g_strdup_printf (" (%u)", n);
      g_autofree char *start = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1),
                                                               PADDOCK_HARDWARE_MACHINES_MAX_NAME - (glong) strlen (number)));

      g_free (other);
      other = g_strconcat (start, number, NULL);
    }
  return other;
}

/**
 * paddock_machine_store_add:
 * @self: the store
 * @name: what it is called
 * @snapshot: what it has
 *
 * Returns: (transfer none): the new machine
 */
PaddockMachine *
paddock_machine_store_add (PaddockMachineStore *self, const char *name, PaddockHardwareSnapshot *snapshot)
{
  g_autoptr (PaddockMachine) machine = paddock_machine_new (name, snapshot);

  g_list_store_insert_sorted (self->list, machine, compare, NULL);
  push (self, name, snapshot);
  return machine;
}

/**
 * paddock_machine_store_rename:
 * @self: the store
 * @machine: one of its machines
 * @name: what it is called from now on
 */
void
paddock_machine_store_rename (PaddockMachineStore *self, PaddockMachine *machine, const char *name)
{
  g_autofree char *before = g_strdup (paddock_machine_get_name (machine));

  if (g_str_equal (before, name) || !g_list_store_find (self->list, machine, NULL))
    return;
  paddock_machine_set_name (machine, name);
  g_list_store_sort (self->list, compare, NULL);
  /* If this is interrupted there are both, and nothing is lost. */
  push (self, name, paddock_machine_get_snapshot (machine));
  push (self, before, NULL);
}

/**
 * paddock_machine_store_change:
 * @self: the store
 * @machine: one of its machines
 * @snapshot: what it has from now on
 *
 * One that was removed meanwhile does not come back by that.
 */
void
paddock_machine_store_change (PaddockMachineStore *self, PaddockMachine *machine, PaddockHardwareSnapshot *snapshot)
{
  paddock_machine_set_snapshot (machine, snapshot);
  if (g_list_store_find (self->list, machine, NULL))
    push (self, paddock_machine_get_name (machine), snapshot);
}

/**
 * paddock_machine_store_remove:
 * @self: the store
 * @machine: one of its machines
 */
void
paddock_machine_store_remove (PaddockMachineStore *self, PaddockMachine *machine)
{
  guint position;

  push (self, paddock_machine_get_name (machine), NULL);
  if (g_list_store_find (self->list, machine, &position))
    g_list_store_remove (self->list, position);
}
