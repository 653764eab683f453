/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-json-fields.h"

#include "hardware/hardware-snapshot.h"

#define FIELD(type, name) { #name, G_STRUCT_OFFSET (type, name), 0 }
#define END { NULL, 0, 0 }

const PaddockHardwareJsonField paddock_hardware_json_processor_fields[] = {
  FIELD (PaddockHardwareProcessor, sockets),
  FIELD (PaddockHardwareProcessor, cores),
  FIELD (PaddockHardwareProcessor, performance_cores),
  FIELD (PaddockHardwareProcessor, efficiency_cores),
  FIELD (PaddockHardwareProcessor, threads),
  FIELD (PaddockHardwareProcessor, smt),
  FIELD (PaddockHardwareProcessor, allowed),
  /* In JSON it is so many threads, with a fraction. */
  { "quota", G_STRUCT_OFFSET (PaddockHardwareProcessor, quota), 1000 },
  END,
};

const PaddockHardwareJsonField paddock_hardware_json_memory_fields[] = {
  FIELD (PaddockHardwareMemory, total),
  FIELD (PaddockHardwareMemory, available),
  FIELD (PaddockHardwareMemory, limit),
  FIELD (PaddockHardwareMemory, swap_total),
  FIELD (PaddockHardwareMemory, swap_free),
  FIELD (PaddockHardwareMemory, swap_compressed),
  FIELD (PaddockHardwareMemory, bandwidth),
  END,
};

const PaddockHardwareJsonField paddock_hardware_json_node_fields[] = {
  FIELD (PaddockHardwareNode, total),
  FIELD (PaddockHardwareNode, free),
  END,
};

const PaddockHardwareJsonField paddock_hardware_json_pages_fields[] = {
  FIELD (PaddockHardwareHugePages, total),
  FIELD (PaddockHardwareHugePages, free),
  END,
};

const PaddockHardwareJsonField paddock_hardware_json_device_fields[] = {
  FIELD (PaddockHardwareDevice, total),
  FIELD (PaddockHardwareDevice, free),
  FIELD (PaddockHardwareDevice, shared),
  FIELD (PaddockHardwareDevice, bandwidth),
  END,
};

const PaddockHardwareJsonField paddock_hardware_json_disk_fields[] = {
  FIELD (PaddockHardwareDisk, total),
  FIELD (PaddockHardwareDisk, free),
  FIELD (PaddockHardwareDisk, bandwidth),
  END,
};

/**
 * paddock_hardware_json_field_get:
 * @self: a field
 * @part: the struct that has it
 *
 * Returns: (transfer none): the number in that struct
 */
PaddockHardwareNumber *
paddock_hardware_json_field_get (const PaddockHardwareJsonField *self, gpointer part)
{
  return (PaddockHardwareNumber *) ((char *) part + self->offset);
}
