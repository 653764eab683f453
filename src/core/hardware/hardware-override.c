/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-override.h"

#include <string.h>

#include "hardware/hardware-draft.h"

/* What stands in the place of a device for the memory of the computer itself. */
#define MEMORY "memory"

struct _PaddockHardwareOverride
{
  char *device;                      /* the id, or "memory" */
  gsize field;                       /* which of the fields below */
  guint64 value;
};

typedef struct
{
  const char *name;
  gboolean of_memory;
  gsize offset;
} Field;

#define OF_MEMORY(name) { #name, TRUE, G_STRUCT_OFFSET (PaddockHardwareMemory, name) }
#define OF_DEVICE(name) { #name, FALSE, G_STRUCT_OFFSET (PaddockHardwareDevice, name) }

static const Field fields[] = {
  OF_MEMORY (total), OF_MEMORY (available), OF_MEMORY (bandwidth),
  OF_DEVICE (total), OF_DEVICE (free), OF_DEVICE (shared), OF_DEVICE (bandwidth),
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

/* Only what is free may be nothing. */
static gboolean
may_be_zero (const Field *field)
{
  return g_str_equal (field->name, "free") || g_str_equal (field->name, "available") || g_str_equal (field->name, "shared");
}

static gboolean
find_field (const char *name, gboolean of_memory, gsize *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].of_memory == of_memory && g_str_equal (fields[i].name, name))
      {
        *field = i;
        return TRUE;
      }
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
  char *dot = name != NULL ? strrchr (name, '.') : NULL;

  if (!g_utf8_validate (text, -1, NULL) || dot == NULL || dot == name)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "It has to be written as DEVICE.FIELD=BYTES");
      return NULL;
    }
  *dot = '\0';
  self->device = g_strdup (name);
  if (!find_field (dot + 1, g_str_equal (name, MEMORY), &self->field))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no number called “%s”", dot + 1);
      return NULL;
    }
  if (!parse_value (equals + 1, &self->value) || (self->value == 0 && !may_be_zero (&fields[self->field])))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not a possible number of bytes", equals + 1);
      return NULL;
    }
  return g_steal_pointer (&self);
}

PaddockHardwareOverride *
paddock_hardware_override_copy (const PaddockHardwareOverride *self)
{
  PaddockHardwareOverride *copy = g_memdup2 (self, sizeof *self);

  copy->device = g_strdup (self->device);
  return copy;
}

void
paddock_hardware_override_free (PaddockHardwareOverride *self)
{
  g_free (self->device);
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
  return g_strdup_printf ("%s.%s=%" G_GUINT64_FORMAT, self->device, fields[self->field].name, self->value);
}

static PaddockHardwareNumber *
find_number (PaddockHardwareDraft *draft, const PaddockHardwareOverride *override)
{
  const Field *field = &fields[override->field];
  guint8 *place = (guint8 *) draft->memory;

  if (!field->of_memory)
    place = (guint8 *) paddock_hardware_draft_find_device (draft, NULL, override->device);
  return place != NULL ? (PaddockHardwareNumber *) (gpointer) (place + field->offset) : NULL;
}

/* Said of less memory, what was found free of more would be a contradiction. */
static void
limit (PaddockHardwareNumber *part, const PaddockHardwareNumber *whole, const char *source)
{
  if (part->known && whole->known && whole->overridden && part->value > whole->value)
    paddock_hardware_number_override (part, whole->value, source);
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
  const char *source = "set by you";

  for (guint i = 0; i < overrides->len; i++)
    {
      const PaddockHardwareOverride *override = g_ptr_array_index (overrides, i);
      PaddockHardwareNumber *number = find_number (draft, override);

      if (number == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no device “%s”", override->device);
          return NULL;
        }
      paddock_hardware_number_override (number, override->value, source);
    }
  limit (&draft->memory->available, &draft->memory->total, source);
  for (guint i = 0; i < draft->devices->len; i++)
    {
      PaddockHardwareDevice *device = g_ptr_array_index (draft->devices, i);

      limit (&device->free, &device->total, source);
    }
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}
