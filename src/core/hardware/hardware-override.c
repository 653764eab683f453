/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-override.h"

#include <string.h>

#include "hardware/hardware-path.h"

struct _PaddockHardwareOverride
{
  char *path;
  guint64 value;
};

static const struct
{
  const char *name;
  guint64 bytes;
} units[] = {
  { "", 1 },
  { "B", 1 },
  { "KiB", G_GUINT64_CONSTANT (1) << 10 },
  { "MiB", G_GUINT64_CONSTANT (1) << 20 },
  { "GiB", G_GUINT64_CONSTANT (1) << 30 },
  { "TiB", G_GUINT64_CONSTANT (1) << 40 },
  { "KB", 1000 },
  { "MB", 1000000 },
  { "GB", 1000000000 },
  { "TB", G_GUINT64_CONSTANT (1000000000000) },
};

static gboolean
parse_value (const char *text, guint64 *value)
{
  char *unit = NULL;
  guint64 number;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  number = g_ascii_strtoull (text, &unit, 10);
  unit += *unit == ' ';
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i].name, unit) == 0)
      return !__builtin_mul_overflow (number, units[i].bytes, value) && *value <= PADDOCK_HARDWARE_NUMBER_MAX;
  return FALSE;
}

/**
 * paddock_hardware_override_parse:
 * @text: "DEVICE.FIELD=VALUE"
 * @error: return location for %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (nullable): what the text asks for
 */
PaddockHardwareOverride *
paddock_hardware_override_parse (const char *text, GError **error)
{
  g_autoptr (PaddockHardwareOverride) self = g_new0 (PaddockHardwareOverride, 1);
  const char *equals = strrchr (text, '=');
  g_autofree char *name = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  if (!g_utf8_validate (text, -1, NULL) || dot == NULL || dot == name)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "It has to be written as DEVICE.FIELD=BYTES");
      return NULL;
    }
  if (!paddock_hardware_path_is_valid (name))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no number called “%s”", dot + 1);
      return NULL;
    }
  if (!parse_value (equals + 1, &self->value) || !paddock_hardware_path_is_possible (name, self->value))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not a possible number", equals + 1);
      return NULL;
    }
  self->path = g_steal_pointer (&name);
  return g_steal_pointer (&self);
}

PaddockHardwareOverride *
paddock_hardware_override_copy (const PaddockHardwareOverride *self)
{
  PaddockHardwareOverride *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  return copy;
}

void
paddock_hardware_override_free (PaddockHardwareOverride *self)
{
  g_free (self->path);
  g_free (self);
}

/**
 * paddock_hardware_override_format:
 * @self: an override
 *
 * Returns: (transfer full): the text that it is parsed from
 */
char *
paddock_hardware_override_format (const PaddockHardwareOverride *self)
{
  return g_strdup_printf ("%s=%" G_GUINT64_FORMAT, self->path, self->value);
}

/* It is no override: what is found later is limited again. */
static void
limit (PaddockHardwareNumber *part, const PaddockHardwareNumber *whole)
{
  if (part->known && whole->known && whole->overridden && !part->overridden && part->value > whole->value)
    paddock_hardware_number_set (part, whole->value, whole->source);
}

/**
 * paddock_hardware_override_limit:
 * @draft: a computer with numbers that the person has given
 *
 * Where the person said that there is less memory, no more of it is free.
 */
void
paddock_hardware_override_limit (PaddockHardwareDraft *draft)
{
  limit (&draft->memory->available, &draft->memory->total);
  limit (&draft->memory->available, &draft->memory->limit);
  limit (&draft->memory->swap_free, &draft->memory->swap_total);
  for (guint i = 0; i < draft->devices->len; i++)
    {
      PaddockHardwareDevice *device = g_ptr_array_index (draft->devices, i);

      limit (&device->free, &device->total);
    }
  for (guint i = 0; i < draft->disks->len; i++)
    {
      PaddockHardwareDisk *disk = g_ptr_array_index (draft->disks, i);

      limit (&disk->free, &disk->total);
    }
}

/**
 * paddock_hardware_override_apply:
 * @snapshot: a computer
 * @overrides: (element-type PaddockHardwareOverride): what the person knows better; the last one counts
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the computer with those numbers
 */
PaddockHardwareSnapshot *
paddock_hardware_override_apply (const PaddockHardwareSnapshot *snapshot, GPtrArray *overrides, GError **error)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new_from_snapshot (snapshot);

  for (guint i = 0; i < overrides->len; i++)
    {
      const PaddockHardwareOverride *override = g_ptr_array_index (overrides, i);
      PaddockHardwareNumber *number;
      guint n = 0;

      for (; (number = paddock_hardware_path_find_draft (draft, override->path, n)) != NULL; n++)
        paddock_hardware_number_override (number, override->value, "set by you");
      if (n == 0)
        {
          g_autofree char *device = g_strndup (override->path, (gsize) (strrchr (override->path, '.') - override->path));

          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no device “%s”", device);
          return NULL;
        }
    }
  paddock_hardware_override_limit (draft);
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}
