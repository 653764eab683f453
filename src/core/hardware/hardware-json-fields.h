/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-number.h"

G_BEGIN_DECLS

/* The numbers of each part, by their names in JSON: what writes and what reads go through the same lists. */
typedef struct
{
  const char *name;                  /* NULL ends a list */
  gsize offset;                      /* of a PaddockHardwareNumber in the part's struct */
  guint scale;                       /* how many of ours one of JSON's is; 0 means 1 */
} PaddockHardwareJsonField;

extern const PaddockHardwareJsonField paddock_hardware_json_processor_fields[];
extern const PaddockHardwareJsonField paddock_hardware_json_memory_fields[];
extern const PaddockHardwareJsonField paddock_hardware_json_node_fields[];
extern const PaddockHardwareJsonField paddock_hardware_json_pages_fields[];
extern const PaddockHardwareJsonField paddock_hardware_json_device_fields[];
extern const PaddockHardwareJsonField paddock_hardware_json_disk_fields[];

PaddockHardwareNumber *paddock_hardware_json_field_get (const PaddockHardwareJsonField *self, gpointer part);

G_END_DECLS
