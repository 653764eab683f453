/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-path.h"

#include <string.h>

#define MEMORY "memory"
#define PROCESSOR "processor"
#define DISK "disk:"
#define MAX_COUNT 65536              /* more processors than anything has */

typedef struct
{
  const char *name;
  gsize offset;
  PaddockNumberKind kind;
  gboolean may_be_zero;              /* all of it may be taken, or there may be none */
} Field;

#define FIELD(type, name, kind, may_be_zero) { #name, G_STRUCT_OFFSET (type, name), PADDOCK_NUMBER_##kind, may_be_zero }

static const Field processor_fields[] = {
  FIELD (PaddockHardwareProcessor, sockets, COUNT, FALSE),
  FIELD (PaddockHardwareProcessor, cores, COUNT, FALSE),
  FIELD (PaddockHardwareProcessor, performance_cores, COUNT, TRUE),
  FIELD (PaddockHardwareProcessor, efficiency_cores, COUNT, TRUE),
  FIELD (PaddockHardwareProcessor, threads, COUNT, FALSE),
  FIELD (PaddockHardwareProcessor, allowed, COUNT, FALSE),
  { 0 },
};

static const Field memory_fields[] = {
  FIELD (PaddockHardwareMemory, total, SIZE, FALSE),
  FIELD (PaddockHardwareMemory, available, SIZE, TRUE),
  FIELD (PaddockHardwareMemory, limit, SIZE, FALSE),
  FIELD (PaddockHardwareMemory, swap_total, SIZE, TRUE),
  FIELD (PaddockHardwareMemory, swap_free, SIZE, TRUE),
  FIELD (PaddockHardwareMemory, bandwidth, SPEED, FALSE),
  { 0 },
};

static const Field device_fields[] = {
  FIELD (PaddockHardwareDevice, total, SIZE, FALSE),
  FIELD (PaddockHardwareDevice, free, SIZE, TRUE),
  FIELD (PaddockHardwareDevice, shared, SIZE, TRUE),
  FIELD (PaddockHardwareDevice, bandwidth, SPEED, FALSE),
  { 0 },
};

static const Field disk_fields[] = {
  FIELD (PaddockHardwareDisk, total, SIZE, FALSE),
  FIELD (PaddockHardwareDisk, free, SIZE, TRUE),
  FIELD (PaddockHardwareDisk, bandwidth, SPEED, FALSE),
  { 0 },
};

/* The part before the last point, and the field behind it; NULL: no part has such a field. */
static const Field *
parse (const char *path, char **part)
{
  const char *dot = strrchr (path, '.');
  const Field *fields = device_fields;

  if (dot == NULL || dot == path)
    return NULL;
  *part = g_strndup (path, (gsize) (dot - path));
  if (g_str_equal (*part, PROCESSOR))
    fields = processor_fields;
  else if (g_str_equal (*part, MEMORY))
    fields = memory_fields;
  else if (g_str_has_prefix (*part, DISK))
    fields = disk_fields;
  for (; fields->name != NULL; fields++)
    if (g_str_equal (fields->name, dot + 1))
      return fields;
  return NULL;
}

static gpointer
find_device (GPtrArray *devices, const char *id, guint n)
{
  for (guint i = 0; i < devices->len && n == 0; i++)
    {
      PaddockHardwareDevice *device = g_ptr_array_index (devices, i);

      if (g_str_equal (device->id, id))
        return device;
    }
  return NULL;
}

static gpointer
find_disk (GPtrArray *disks, const char *mount, guint n)
{
  for (guint i = 0; i < disks->len; i++)
    {
      PaddockHardwareDisk *disk = g_ptr_array_index (disks, i);

      if (g_strcmp0 (disk->mount, mount) == 0 && n-- == 0)
        return disk;
    }
  return NULL;
}

static PaddockHardwareNumber *
find (const char *path, PaddockHardwareProcessor *processor, PaddockHardwareMemory *memory, GPtrArray *devices,
      GPtrArray *disks, guint n)
{
  g_autofree char *part = NULL;
  const Field *field = parse (path, &part);
  gpointer place;

  if (field == NULL)
    return NULL;
  if (g_str_equal (part, PROCESSOR))
    place = n == 0 ? processor : NULL;
  else if (g_str_equal (part, MEMORY))
    place = n == 0 ? memory : NULL;
  else if (g_str_has_prefix (part, DISK))
    place = find_disk (disks, part + strlen (DISK), n);
  else
    place = find_device (devices, part, n);
  return place != NULL ? (PaddockHardwareNumber *) (gpointer) ((guint8 *) place + field->offset) : NULL;
}

/**
 * paddock_hardware_path_is_valid:
 * @path: any text
 *
 * Returns: whether a computer can have such a number
 */
gboolean
paddock_hardware_path_is_valid (const char *path)
{
  g_autofree char *part = NULL;

  return parse (path, &part) != NULL;
}

/**
 * paddock_hardware_path_get_kind:
 * @path: a valid path
 *
 * Returns: what is counted
 */
PaddockNumberKind
paddock_hardware_path_get_kind (const char *path)
{
  g_autofree char *part = NULL;
  const Field *field = parse (path, &part);

  return field != NULL ? field->kind : PADDOCK_NUMBER_SIZE;
}

/**
 * paddock_hardware_path_is_possible:
 * @path: a valid path
 * @value: a number
 *
 * Returns: whether that number can be so many
 */
gboolean
paddock_hardware_path_is_possible (const char *path, guint64 value)
{
  g_autofree char *part = NULL;
  const Field *field = parse (path, &part);

  return field != NULL && (value > 0 || field->may_be_zero) &&
         value <= (field->kind == PADDOCK_NUMBER_COUNT ? MAX_COUNT : PADDOCK_HARDWARE_NUMBER_MAX);
}

/**
 * paddock_hardware_path_find:
 * @computer: a computer
 * @path: which of its numbers
 *
 * Returns: (transfer none) (nullable): the number
 */
const PaddockHardwareNumber *
paddock_hardware_path_find (const PaddockHardwareSnapshot *computer, const char *path)
{
  return find (path, computer->processor, computer->memory, computer->devices, computer->disks, 0);
}

/**
 * paddock_hardware_path_find_draft:
 * @draft: a computer in the making
 * @path: which of its numbers
 * @n: of which of the places that have it, from 0
 *
 * Returns: (transfer none) (nullable): the number
 */
PaddockHardwareNumber *
paddock_hardware_path_find_draft (PaddockHardwareDraft *draft, const char *path, guint n)
{
  return find (path, draft->processor, draft->memory, draft->devices, draft->disks, n);
}

/**
 * paddock_hardware_path_make_disk:
 * @mount: where the disk is mounted
 * @field: which of its numbers
 *
 * Returns: (transfer full): what the number is called
 */
char *
paddock_hardware_path_make_disk (const char *mount, const char *field)
{
  return g_strdup_printf (DISK "%s.%s", mount, field);
}
