/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/number-path.h"

#include <string.h>

#define MEMORY "memory"
#define PROCESSOR "processor"
#define DISK "disk:"

typedef struct
{
  const char *name;
  gsize offset;
} Field;

#define FIELD(type, name) { #name, G_STRUCT_OFFSET (type, name) }

static const Field processor_fields[] = {
  FIELD (PaddockHardwareProcessor, sockets),
  FIELD (PaddockHardwareProcessor, cores),
  FIELD (PaddockHardwareProcessor, performance_cores),
  FIELD (PaddockHardwareProcessor, efficiency_cores),
  FIELD (PaddockHardwareProcessor, threads),
  FIELD (PaddockHardwareProcessor, allowed),
  { NULL, 0 },
};

static const Field memory_fields[] = {
  FIELD (PaddockHardwareMemory, total),
  FIELD (PaddockHardwareMemory, available),
  FIELD (PaddockHardwareMemory, limit),
  FIELD (PaddockHardwareMemory, swap_total),
  FIELD (PaddockHardwareMemory, swap_free),
  FIELD (PaddockHardwareMemory, bandwidth),
  { NULL, 0 },
};

static const Field device_fields[] = {
  FIELD (PaddockHardwareDevice, total),
  FIELD (PaddockHardwareDevice, free),
  FIELD (PaddockHardwareDevice, shared),
  FIELD (PaddockHardwareDevice, bandwidth),
  { NULL, 0 },
};

static const Field disk_fields[] = {
  FIELD (PaddockHardwareDisk, total),
  FIELD (PaddockHardwareDisk, free),
  FIELD (PaddockHardwareDisk, bandwidth),
  { NULL, 0 },
};

static const PaddockHardwareNumber *
find_field (const Field *fields, const char *name, gconstpointer place)
{
  for (; fields->name != NULL && place != NULL; fields++)
    if (g_str_equal (fields->name, name))
      return (const PaddockHardwareNumber *) (gconstpointer) ((const guint8 *) place + fields->offset);
  return NULL;
}

static const PaddockHardwareDisk *
find_disk (const PaddockHardwareSnapshot *computer, const char *mount)
{
  for (guint i = 0; i < computer->disks->len; i++)
    {
      const PaddockHardwareDisk *disk = g_ptr_array_index (computer->disks, i);

      if (g_strcmp0 (disk->mount, mount) == 0)
        return disk;
    }
  return NULL;
}

/**
 * paddock_number_path_find:
 * @computer: a computer
 * @path: which of its numbers
 *
 * Returns: (transfer none) (nullable): the number, which may be unknown; %NULL if the computer has no such part
 */
const PaddockHardwareNumber *
paddock_number_path_find (const PaddockHardwareSnapshot *computer, const char *path)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *part = NULL;

  if (dot == NULL)
    return NULL;
  part = g_strndup (path, (gsize) (dot - path));
  if (g_str_equal (part, PROCESSOR))
    return find_field (processor_fields, dot + 1, computer->processor);
  if (g_str_equal (part, MEMORY))
    return find_field (memory_fields, dot + 1, computer->memory);
  if (g_str_has_prefix (part, DISK))
    return find_field (disk_fields, dot + 1, find_disk (computer, part + sizeof DISK - 1));
  return find_field (device_fields, dot + 1, paddock_hardware_snapshot_find_device (computer, part));
}

/**
 * paddock_number_path_can_be_overridden:
 * @path: which number
 *
 * Returns: whether the person may know it better: those that decide what fits and how fast it is
 */
gboolean
paddock_number_path_can_be_overridden (const char *path)
{
  static const char *const of_memory[] = { "memory.total", "memory.available", "memory.bandwidth", NULL };

  if (g_str_has_prefix (path, MEMORY "."))
    return g_strv_contains (of_memory, path);
  return !g_str_has_prefix (path, PROCESSOR ".") && !g_str_has_prefix (path, DISK);
}

/**
 * paddock_number_path_make_disk:
 * @mount: where the disk is mounted
 * @field: which of its numbers
 *
 * Returns: (transfer full): what the number is called
 */
char *
paddock_number_path_make_disk (const char *mount, const char *field)
{
  return g_strdup_printf (DISK "%s.%s", mount, field);
}
