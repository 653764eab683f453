/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-draft.h"
#include "hardware/pci-names.h"

G_BEGIN_DECLS

/**
 * PaddockDrmCard:
 *
 * A card that the kernel draws or computes with, as it stands in `sys` below a root.
 */
typedef struct
{
  /* Borrowed */
  const char *root;

  /* Owned */
  char *node;                        /* "/sys/class/drm/card0" */
  char *path;                        /* "/sys/class/drm/card0/device" */
  char *driver;                      /* "amdgpu"; NULL: nobody drives it */
  char *pci;                         /* "0000:03:00.0"; NULL: it is on no such bus */

  PaddockPciIdentity identity;       /* zeros where unknown */
} PaddockDrmCard;

PaddockDrmCard *paddock_drm_card_new  (const char *root, const char *name);
void            paddock_drm_card_free (PaddockDrmCard *self);

/* What has no chip behind it that computes: displays of virtual machines, of servers' managers, of firmware. */
gboolean paddock_drm_card_only_shows (const PaddockDrmCard *self);
/* The path of one of its files, to be read below the root. */
char    *paddock_drm_card_build_path (const PaddockDrmCard *self, const char *file);

/* What the drivers tell of the memory; what they do not tell stays unknown. */
void paddock_drm_card_read_amd    (const PaddockDrmCard *self, PaddockHardwareDevice *device, PaddockHardwareDraft *draft);
void paddock_drm_card_read_intel  (const PaddockDrmCard *self, PaddockHardwareDevice *device, PaddockHardwareDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDrmCard, paddock_drm_card_free)

G_END_DECLS
