/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-device.h"
#include "hardware/hardware-disk.h"
#include "hardware/hardware-engine.h"
#include "hardware/hardware-memory.h"
#include "hardware/hardware-note.h"
#include "hardware/hardware-processor.h"

G_BEGIN_DECLS

/**
 * PaddockHardwareSnapshot:
 *
 * What a computer has, seen at one moment. Reference counted from any thread; nobody changes it, so the fields are read
 * only. Another one is made with a #PaddockHardwareDraft.
 */
typedef struct
{
  char *name;                        /* what the computer, or the imagined one, is called; NULL: nobody said */
  char *name_source;
  char *sandbox;                     /* "flatpak", "container": what hides part of the computer; NULL: nothing */
  PaddockHardwareProcessor *processor;
  PaddockHardwareMemory *memory;
  GPtrArray *devices;                /* of PaddockHardwareDevice */
  GPtrArray *disks;                  /* of PaddockHardwareDisk */
  PaddockHardwareEngine *engine;     /* NULL: there is none */
  GPtrArray *notes;                  /* of PaddockHardwareNote */
  gint64 taken_at;                   /* seconds since 1970 */
} PaddockHardwareSnapshot;

#define PADDOCK_TYPE_HARDWARE_SNAPSHOT (paddock_hardware_snapshot_get_type ())
GType                    paddock_hardware_snapshot_get_type (void);

PaddockHardwareSnapshot *paddock_hardware_snapshot_ref   (PaddockHardwareSnapshot *self);
void                     paddock_hardware_snapshot_unref (PaddockHardwareSnapshot *self);

/* NULL: there is no such device. */
const PaddockHardwareDevice *paddock_hardware_snapshot_find_device (const PaddockHardwareSnapshot *self, const char *id);
/* The disk that a path lies on, by the longest mount that holds it; NULL: nobody asked about it. */
const PaddockHardwareDisk   *paddock_hardware_snapshot_find_disk   (const PaddockHardwareSnapshot *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareSnapshot, paddock_hardware_snapshot_unref)

G_END_DECLS
