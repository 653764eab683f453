/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-device.h"

static const char *const kind_names[] = {
  [PADDOCK_DEVICE_DISCRETE] = "discrete",
  [PADDOCK_DEVICE_INTEGRATED] = "integrated",
  [PADDOCK_DEVICE_REMOTE] = "remote",
  [PADDOCK_DEVICE_PROCESSOR] = "processor",
};

/**
 * paddock_hardware_device_new:
 * @id: what overrides and command lines call it
 * @kind: of what kind it is
 *
 * Returns: (transfer full): a device of which nothing else is known
 */
PaddockHardwareDevice *
paddock_hardware_device_new (const char *id, PaddockHardwareDeviceKind kind)
{
  PaddockHardwareDevice *self = g_new0 (PaddockHardwareDevice, 1);

  self->id = g_strdup (id);
  self->kind = kind;
  self->backends = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * paddock_hardware_device_copy:
 * @self: a device
 *
 * Returns: (transfer full): another one that says the same
 */
PaddockHardwareDevice *
paddock_hardware_device_copy (const PaddockHardwareDevice *self)
{
  PaddockHardwareDevice *copy = paddock_hardware_device_new (self->id, self->kind);

  copy->name = g_strdup (self->name);
  copy->driver = g_strdup (self->driver);
  copy->driver_version = g_strdup (self->driver_version);
  copy->pci = g_strdup (self->pci);
  if (self->note != NULL)
    copy->note = paddock_hardware_note_copy (self->note);
  for (guint i = 0; i < self->backends->len; i++)
    paddock_hardware_device_add_backend (copy, g_ptr_array_index (self->backends, i));
  paddock_hardware_number_copy (&copy->total, &self->total);
  paddock_hardware_number_copy (&copy->free, &self->free);
  paddock_hardware_number_copy (&copy->shared, &self->shared);
  paddock_hardware_number_copy (&copy->bandwidth, &self->bandwidth);
  return copy;
}

/**
 * paddock_hardware_device_free:
 * @self: (transfer full): a device
 */
void
paddock_hardware_device_free (PaddockHardwareDevice *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->driver);
  g_free (self->driver_version);
  g_free (self->pci);
  g_clear_pointer (&self->note, paddock_hardware_note_free);
  g_ptr_array_unref (self->backends);
  paddock_hardware_number_clear (&self->total);
  paddock_hardware_number_clear (&self->free);
  paddock_hardware_number_clear (&self->shared);
  paddock_hardware_number_clear (&self->bandwidth);
  g_free (self);
}

/**
 * paddock_hardware_device_add_backend:
 * @self: a device
 * @backend: what can use it; nothing happens if that is known
 */
void
paddock_hardware_device_add_backend (PaddockHardwareDevice *self, const char *backend)
{
  if (!paddock_hardware_device_has_backend (self, backend))
    g_ptr_array_add (self->backends, g_strdup (backend));
}

/**
 * paddock_hardware_device_has_backend:
 * @self: a device
 * @backend: "cuda", "vulkan", "opencl"
 *
 * Returns: whether that can use it
 */
gboolean
paddock_hardware_device_has_backend (const PaddockHardwareDevice *self, const char *backend)
{
  return g_ptr_array_find_with_equal_func (self->backends, backend, g_str_equal, NULL);
}

/**
 * paddock_hardware_device_kind_get_name:
 * @kind: a kind of device
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
paddock_hardware_device_kind_get_name (PaddockHardwareDeviceKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * paddock_hardware_device_kind_parse:
 * @name: a name as above
 * @kind: (out): the kind of that name
 *
 * Returns: whether there is one
 */
gboolean
paddock_hardware_device_kind_parse (const char *name, PaddockHardwareDeviceKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_str_equal (kind_names[i], name))
      {
        *kind = (PaddockHardwareDeviceKind) i;
        return TRUE;
      }
  return FALSE;
}
