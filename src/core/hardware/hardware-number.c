/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-number.h"

/**
 * paddock_hardware_number_set:
 * @self: a number
 * @value: what was found
 * @source: (nullable): the file, call or measurement that says so
 *
 * A value beyond %PADDOCK_HARDWARE_NUMBER_MAX is not believed: the number stays as it was.
 */
void
paddock_hardware_number_set (PaddockHardwareNumber *self, guint64 value, const char *source)
{
  g_autofree char *valid = source != NULL ? g_utf8_make_valid (source, -1) : NULL;

  if (value > PADDOCK_HARDWARE_NUMBER_MAX)
    return;
  paddock_hardware_number_clear (self);
  self->value = value;
  self->known = TRUE;
  self->source = g_steal_pointer (&valid);
}

/**
 * paddock_hardware_number_override:
 * @self: a number
 * @value: what shall be believed from now on
 * @source: who says so
 */
void
paddock_hardware_number_override (PaddockHardwareNumber *self, guint64 value, const char *source)
{
  if (value > PADDOCK_HARDWARE_NUMBER_MAX)
    return;
  if (!self->overridden)
    {
      self->found = self->value;
      self->found_known = self->known;
      self->found_source = g_steal_pointer (&self->source);
    }
  self->overridden = TRUE;
  self->value = value;
  self->known = TRUE;
  g_set_str (&self->source, source);
}

/**
 * paddock_hardware_number_restore:
 * @self: a number
 *
 * Takes an override back: it is what was found again, or unknown.
 */
void
paddock_hardware_number_restore (PaddockHardwareNumber *self)
{
  PaddockHardwareNumber found = { .value = self->found, .known = self->found_known };

  if (!self->overridden)
    return;
  found.source = g_steal_pointer (&self->found_source);
  paddock_hardware_number_clear (self);
  *self = found;
}

/**
 * paddock_hardware_number_copy:
 * @self: a number, which forgets what it was
 * @other: the number that it becomes
 */
void
paddock_hardware_number_copy (PaddockHardwareNumber *self, const PaddockHardwareNumber *other)
{
  PaddockHardwareNumber copy = *other;

  copy.source = g_strdup (other->source);
  copy.found_source = g_strdup (other->found_source);
  paddock_hardware_number_clear (self);
  *self = copy;
}

/**
 * paddock_hardware_number_clear:
 * @self: a number, which is unknown afterwards
 */
void
paddock_hardware_number_clear (PaddockHardwareNumber *self)
{
  g_free (self->source);
  g_free (self->found_source);
  *self = (PaddockHardwareNumber) { 0 };
}

/**
 * paddock_hardware_number_equal:
 * @self: a number
 * @other: another
 *
 * Returns: whether they say the same, from the same sources
 */
gboolean
paddock_hardware_number_equal (const PaddockHardwareNumber *self, const PaddockHardwareNumber *other)
{
  return self->value == other->value && self->known == other->known && self->overridden == other->overridden &&
         self->found_known == other->found_known && self->found == other->found &&
         g_strcmp0 (self->source, other->source) == 0 && g_strcmp0 (self->found_source, other->found_source) == 0;
}
