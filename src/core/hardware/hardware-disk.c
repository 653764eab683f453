/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-disk.h"

/**
 * paddock_hardware_disk_new:
 * @path: the place that is asked about
 *
 * Returns: (transfer full): a disk of which nothing else is known
 */
PaddockHardwareDisk *
paddock_hardware_disk_new (const char *path)
{
  PaddockHardwareDisk *self = g_new0 (PaddockHardwareDisk, 1);

  self->path = g_strdup (path);
  return self;
}

/**
 * paddock_hardware_disk_copy:
 * @self: a disk
 *
 * Returns: (transfer full): another one that says the same
 */
PaddockHardwareDisk *
paddock_hardware_disk_copy (const PaddockHardwareDisk *self)
{
  PaddockHardwareDisk *copy = paddock_hardware_disk_new (self->path);

  copy->mount = g_strdup (self->mount);
  copy->filesystem = g_strdup (self->filesystem);
  copy->device = g_strdup (self->device);
  copy->mount_source = g_strdup (self->mount_source);
  copy->reflink_source = g_strdup (self->reflink_source);
  copy->rotational_source = g_strdup (self->rotational_source);
  paddock_hardware_number_copy (&copy->total, &self->total);
  paddock_hardware_number_copy (&copy->free, &self->free);
  paddock_hardware_number_copy (&copy->bandwidth, &self->bandwidth);
  copy->reflink = self->reflink;
  copy->rotational = self->rotational;
  copy->read_only = self->read_only;
  return copy;
}

/**
 * paddock_hardware_disk_free:
 * @self: (transfer full): a disk
 */
void
paddock_hardware_disk_free (PaddockHardwareDisk *self)
{
  g_free (self->path);
  g_free (self->mount);
  g_free (self->filesystem);
  g_free (self->device);
  g_free (self->mount_source);
  g_free (self->reflink_source);
  g_free (self->rotational_source);
  paddock_hardware_number_clear (&self->total);
  paddock_hardware_number_clear (&self->free);
  paddock_hardware_number_clear (&self->bandwidth);
  g_free (self);
}
