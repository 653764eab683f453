/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-draft.h"

#define MAX_NOTES 64

static gpointer
copy_device (gconstpointer device, gpointer nothing)
{
  return paddock_hardware_device_copy (device);
}

static gpointer
copy_disk (gconstpointer disk, gpointer nothing)
{
  return paddock_hardware_disk_copy (disk);
}

static gpointer
copy_note (gconstpointer note, gpointer nothing)
{
  return paddock_hardware_note_copy (note);
}

/**
 * paddock_hardware_draft_new:
 *
 * Returns: (transfer full): the draft of a computer of which nothing is known
 */
PaddockHardwareDraft *
paddock_hardware_draft_new (void)
{
  PaddockHardwareDraft *self = g_new0 (PaddockHardwareDraft, 1);

  self->processor = paddock_hardware_processor_new ();
  self->memory = paddock_hardware_memory_new ();
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_device_free);
  self->disks = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_disk_free);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_note_free);
  return self;
}

/**
 * paddock_hardware_draft_new_from_snapshot:
 * @snapshot: what it begins with
 *
 * Returns: (transfer full): a draft that may become something else
 */
PaddockHardwareDraft *
paddock_hardware_draft_new_from_snapshot (const PaddockHardwareSnapshot *snapshot)
{
  PaddockHardwareDraft *self = g_new0 (PaddockHardwareDraft, 1);

  self->name = g_strdup (snapshot->name);
  self->name_source = g_strdup (snapshot->name_source);
  self->sandbox = g_strdup (snapshot->sandbox);
  self->processor = paddock_hardware_processor_copy (snapshot->processor);
  self->memory = paddock_hardware_memory_copy (snapshot->memory);
  self->devices = g_ptr_array_copy (snapshot->devices, (GCopyFunc) copy_device, NULL);
  self->disks = g_ptr_array_copy (snapshot->disks, (GCopyFunc) copy_disk, NULL);
  if (snapshot->engine != NULL)
    self->engine = paddock_hardware_engine_copy (snapshot->engine);
  self->notes = g_ptr_array_copy (snapshot->notes, (GCopyFunc) copy_note, NULL);
  self->taken_at = snapshot->taken_at;
  return self;
}

/**
 * paddock_hardware_draft_free:
 * @self: (transfer full): a draft
 */
void
paddock_hardware_draft_free (PaddockHardwareDraft *self)
{
  paddock_hardware_snapshot_unref (paddock_hardware_draft_end (self));
}

/**
 * paddock_hardware_draft_end:
 * @self: (transfer full): a draft
 *
 * Returns: (transfer full): what it says, for good
 */
PaddockHardwareSnapshot *
paddock_hardware_draft_end (PaddockHardwareDraft *self)
{
  PaddockHardwareSnapshot *snapshot = g_atomic_rc_box_new0 (PaddockHardwareSnapshot);

  snapshot->name = self->name;
  snapshot->name_source = self->name_source;
  snapshot->sandbox = self->sandbox;
  snapshot->processor = self->processor;
  snapshot->memory = self->memory;
  snapshot->devices = self->devices;
  snapshot->disks = self->disks;
  snapshot->engine = self->engine;
  snapshot->notes = self->notes;
  snapshot->taken_at = self->taken_at;
  g_free (self);
  return snapshot;
}

static gboolean
notes_equal (gconstpointer one, gconstpointer other)
{
  return paddock_hardware_note_equal (one, other);
}

/**
 * paddock_hardware_draft_note:
 * @self: a draft
 * @code: what there is to know
 * @subject: (nullable): what it is about, any bytes
 * @value: (nullable): what that says, any bytes
 *
 * Says something that a person should know about the computer, or about what could not be found out.
 */
void
paddock_hardware_draft_note (PaddockHardwareDraft *self, PaddockHardwareNoteCode code, const char *subject, const char *value)
{
  g_autoptr (PaddockHardwareNote) note = paddock_hardware_note_new (code, subject, value);

  if (self->notes->len > MAX_NOTES || g_ptr_array_find_with_equal_func (self->notes, note, notes_equal, NULL))
    return;
  if (self->notes->len == MAX_NOTES)
    {
      paddock_hardware_note_free (note);
      note = paddock_hardware_note_new (PADDOCK_HARDWARE_NOTE_MORE, NULL, NULL);
    }
  g_ptr_array_add (self->notes, g_steal_pointer (&note));
}

/**
 * paddock_hardware_draft_find_device:
 * @self: a draft
 * @pci: (nullable): where it is on the bus
 * @id: (nullable): what it is called
 *
 * Returns: (transfer none) (nullable): the device at that address, or else the one of that id
 */
PaddockHardwareDevice *
paddock_hardware_draft_find_device (PaddockHardwareDraft *self, const char *pci, const char *id)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      PaddockHardwareDevice *device = g_ptr_array_index (self->devices, i);

      if (pci != NULL && device->pci != NULL && g_ascii_strcasecmp (device->pci, pci) == 0)
        return device;
    }
  for (guint i = 0; id != NULL && i < self->devices->len; i++)
    {
      PaddockHardwareDevice *device = g_ptr_array_index (self->devices, i);

      if (g_str_equal (device->id, id))
        return device;
    }
  return NULL;
}

/**
 * paddock_hardware_draft_add_device:
 * @self: a draft
 * @device: (transfer full): a device that is not there yet
 *
 * Returns: (transfer none): the device
 */
PaddockHardwareDevice *
paddock_hardware_draft_add_device (PaddockHardwareDraft *self, PaddockHardwareDevice *device)
{
  g_ptr_array_add (self->devices, device);
  return device;
}
