/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/**
 * PaddockHardwareDraft:
 *
 * A snapshot in the making: what probes write to, and what overrides and saved machines are made with. Of one thread.
 */
typedef struct
{
  /* Owned */
  char *name;
  char *name_source;
  char *sandbox;
  PaddockHardwareProcessor *processor;
  PaddockHardwareMemory *memory;
  GPtrArray *devices;                /* of PaddockHardwareDevice */
  GPtrArray *disks;                  /* of PaddockHardwareDisk */
  PaddockHardwareEngine *engine;     /* NULL: there is none */
  GPtrArray *notes;                  /* of PaddockHardwareNote */
  gint64 taken_at;
} PaddockHardwareDraft;

PaddockHardwareDraft    *paddock_hardware_draft_new               (void);
PaddockHardwareDraft    *paddock_hardware_draft_new_from_snapshot (const PaddockHardwareSnapshot *snapshot);
void                     paddock_hardware_draft_free              (PaddockHardwareDraft *self);
PaddockHardwareSnapshot *paddock_hardware_draft_end               (PaddockHardwareDraft *self);   /* takes @self */

/* The same one is not said twice, and after many no more are. */
void paddock_hardware_draft_note (PaddockHardwareDraft *self, PaddockHardwareNoteCode code, const char *subject,
                                  const char *value);

/* The device that another probe has found already: by its PCI address, or else by its id. NULL: it is new. */
PaddockHardwareDevice *paddock_hardware_draft_find_device (PaddockHardwareDraft *self, const char *pci, const char *id);
/* Takes the device, which the caller may go on filling in. */
PaddockHardwareDevice *paddock_hardware_draft_add_device  (PaddockHardwareDraft *self, PaddockHardwareDevice *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareDraft, paddock_hardware_draft_free)

G_END_DECLS
