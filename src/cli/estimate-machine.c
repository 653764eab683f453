/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate-machine.h"

#include <glib/gi18n.h>
#include <string.h>

#include "awaiter.h"
#include "command.h"
#include "hardware/hardware-draft.h"
#include "hardware/hardware-machines.h"
#include "hardware/hardware-probe.h"
#include "hardware/hardware-scan.h"
#include "hardware/remote-worker.h"
#include "interruption.h"
#include "output.h"

/* Files tell all that there is to know of a computer whose devices do not matter: no driver has to wake any. */
static PaddockHardwareSnapshot *
look_without_devices (void)
{
  static const PaddockHardwareProbe probes[] = {
    paddock_hardware_probe_cpu, paddock_hardware_probe_memory, paddock_hardware_probe_engine,
    paddock_hardware_probe_measured,
  };
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    probes[i] ("/", draft);
  draft->taken_at = g_get_real_time () / G_USEC_PER_SEC;
  return paddock_hardware_draft_end (draft);
}

static PaddockHardwareSnapshot *
look (int *status)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  PaddockHardwareSnapshot *machine;

  paddock_hardware_scan_async ("/", paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  machine = paddock_hardware_scan_finish (paddock_awaiter_wait (awaiter), &error);
  *status = machine != NULL ? PADDOCK_EXIT_DONE : paddock_interruption_get_status ();
  if (machine == NULL && *status == PADDOCK_EXIT_DONE)
    *status = PADDOCK_EXIT_NO;
  return machine;
}

static PaddockHardwareSnapshot *
load (const char *name, int *status)
{
  g_autoptr (PaddockHardwareMachines) machines = paddock_hardware_machines_new (NULL);
  g_autoptr (GError) error = NULL;
  PaddockHardwareSnapshot *machine = paddock_hardware_machines_load (machines, name, &error);

  if (machine != NULL)
    return machine;
  *status = PADDOCK_EXIT_USAGE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    paddock_output_complain (_ ("No computer was saved under this name"), name);
  else
    paddock_output_complain_of (error, name);
  return NULL;
}

static gboolean
is_address (const char *name)
{
  return strchr (name, ':') != NULL && !g_str_has_prefix (name, "pci:");
}

static gboolean
add_device (PaddockHardwareDraft *draft, const PaddockEstimateDevice *given)
{
  PaddockHardwareDevice *device;

  if (is_address (given->name))
    device = paddock_remote_worker_new (given->name, given->capacity, given->capacity, NULL);
  else
    device = paddock_hardware_device_new (given->name, PADDOCK_DEVICE_DISCRETE);
  if (device == NULL)
    {
      paddock_output_complain (_ ("This is no address of another computer, HOST:PORT"), given->name);
      return FALSE;
    }
  g_free (device->name);
  device->name = g_strdup (given->name);
  paddock_hardware_number_set (&device->total, given->capacity, "--device");
  paddock_hardware_number_set (&device->free, given->capacity, "--device");
  if (paddock_hardware_draft_find_device (draft, NULL, device->id) != NULL)
    {
      paddock_output_complain (_ ("A device is given twice"), given->name);
      paddock_hardware_device_free (device);
      return FALSE;
    }
  paddock_hardware_draft_add_device (draft, device);
  return TRUE;
}

static PaddockHardwareSnapshot *
replace_devices (const PaddockHardwareSnapshot *machine, GArray *devices, int *status)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new_from_snapshot (machine);

  g_ptr_array_set_size (draft->devices, 0);
  for (guint i = 0; i < devices->len; i++)
    {
      if (!add_device (draft, &g_array_index (devices, PaddockEstimateDevice, i)))
        {
          *status = PADDOCK_EXIT_USAGE;
          return NULL;
        }
    }
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}

/**
 * paddock_estimate_machine_find:
 * @options: what was given
 * @status: (out): the program's status where there is no such computer
 *
 * Returns: (transfer full) (nullable): the computer
 */
PaddockHardwareSnapshot *
paddock_estimate_machine_find (const PaddockEstimateOptions *options, int *status)
{
  g_autoptr (GArray) devices = paddock_estimate_options_dup_devices (options);
  g_autoptr (PaddockHardwareSnapshot) machine = NULL;

  *status = PADDOCK_EXIT_USAGE;
  if (devices == NULL)
    return NULL;
  *status = PADDOCK_EXIT_DONE;
  if (options->machine != NULL)
    machine = load (options->machine, status);
  else
    machine = options->cpu || devices->len > 0 ? look_without_devices () : look (status);
  if (machine == NULL || (!options->cpu && devices->len == 0))
    return g_steal_pointer (&machine);
  return replace_devices (machine, devices, status);
}
