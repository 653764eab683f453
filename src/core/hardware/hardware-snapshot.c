/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-snapshot.h"

#include <string.h>

#include "hardware/mount-table.h"

G_DEFINE_BOXED_TYPE (PaddockHardwareSnapshot, paddock_hardware_snapshot, paddock_hardware_snapshot_ref,
                     paddock_hardware_snapshot_unref)

static void
clear_snapshot (gpointer data)
{
  PaddockHardwareSnapshot *self = data;

  g_free (self->name);
  g_free (self->name_source);
  g_free (self->sandbox);
  paddock_hardware_processor_free (self->processor);
  paddock_hardware_memory_free (self->memory);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->disks);
  g_clear_pointer (&self->engine, paddock_hardware_engine_free);
  g_ptr_array_unref (self->notes);
}

/**
 * paddock_hardware_snapshot_ref:
 * @self: a snapshot
 *
 * Returns: (transfer full): the same
 */
PaddockHardwareSnapshot *
paddock_hardware_snapshot_ref (PaddockHardwareSnapshot *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * paddock_hardware_snapshot_unref:
 * @self: (transfer full): a snapshot
 */
void
paddock_hardware_snapshot_unref (PaddockHardwareSnapshot *self)
{
  g_atomic_rc_box_release_full (self, clear_snapshot);
}

/**
 * paddock_hardware_snapshot_find_device:
 * @self: a snapshot
 * @id: a device's id
 *
 * Returns: (transfer none) (nullable): that device
 */
const PaddockHardwareDevice *
paddock_hardware_snapshot_find_device (const PaddockHardwareSnapshot *self, const char *id)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (self->devices, i);

      if (g_str_equal (device->id, id))
        return device;
    }
  return NULL;
}

/**
 * paddock_hardware_snapshot_find_disk:
 * @self: a snapshot
 * @path: an absolute path
 *
 * Returns: (transfer none) (nullable): what is known of where it lies
 */
const PaddockHardwareDisk *
paddock_hardware_snapshot_find_disk (const PaddockHardwareSnapshot *self, const char *path)
{
  const PaddockHardwareDisk *best = NULL;

  for (guint i = 0; i < self->disks->len; i++)
    {
      const PaddockHardwareDisk *disk = g_ptr_array_index (self->disks, i);

      if (disk->mount != NULL && paddock_mount_table_holds (disk->mount, path) &&
          (best == NULL || strlen (disk->mount) > strlen (best->mount)))
        best = disk;
    }
  return best;
}
