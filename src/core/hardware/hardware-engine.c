/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-engine.h"

/**
 * paddock_hardware_engine_new:
 * @path: of the program
 *
 * Returns: (transfer full): an engine of which nothing else is known
 */
PaddockHardwareEngine *
paddock_hardware_engine_new (const char *path)
{
  PaddockHardwareEngine *self = g_new0 (PaddockHardwareEngine, 1);

  self->path = g_strdup (path);
  self->backends = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * paddock_hardware_engine_copy:
 * @self: an engine
 *
 * Returns: (transfer full): another one that says the same
 */
PaddockHardwareEngine *
paddock_hardware_engine_copy (const PaddockHardwareEngine *self)
{
  PaddockHardwareEngine *copy = paddock_hardware_engine_new (self->path);

  copy->bench = g_strdup (self->bench);
  copy->fit = g_strdup (self->fit);
  copy->version = g_strdup (self->version);
  copy->version_source = g_strdup (self->version_source);
  copy->source = g_strdup (self->source);
  for (guint i = 0; i < self->backends->len; i++)
    paddock_hardware_engine_add_backend (copy, g_ptr_array_index (self->backends, i));
  return copy;
}

/**
 * paddock_hardware_engine_free:
 * @self: (transfer full): an engine
 */
void
paddock_hardware_engine_free (PaddockHardwareEngine *self)
{
  g_free (self->path);
  g_free (self->bench);
  g_free (self->fit);
  g_free (self->version);
  g_free (self->version_source);
  g_free (self->source);
  g_ptr_array_unref (self->backends);
  g_free (self);
}

/**
 * paddock_hardware_engine_add_backend:
 * @self: an engine
 * @backend: what it can compute with; nothing happens if that is known
 */
void
paddock_hardware_engine_add_backend (PaddockHardwareEngine *self, const char *backend)
{
  if (!g_ptr_array_find_with_equal_func (self->backends, backend, g_str_equal, NULL))
    g_ptr_array_add (self->backends, g_strdup (backend));
}
