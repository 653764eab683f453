/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-number.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_ANSWER_UNKNOWN,
  PADDOCK_ANSWER_NO,
  PADDOCK_ANSWER_YES
} PaddockAnswer;

/**
 * PaddockHardwareDisk:
 *
 * Where a path lies: the file system that is mounted there and the disk below it.
 */
typedef struct
{
  /* Owned */
  char *path;                        /* the place somebody asked about */
  char *mount;                       /* where its file system is mounted */
  char *filesystem;                  /* "btrfs", "ext4"; NULL: unknown */
  char *device;                      /* "/dev/nvme0n1p2"; NULL: unknown or none */
  char *mount_source;
  char *reflink_source;
  char *rotational_source;

  PaddockHardwareNumber total;
  PaddockHardwareNumber free;        /* to this user */
  PaddockHardwareNumber bandwidth;   /* bytes read per second */
  PaddockAnswer reflink;             /* whether a copy may share its blocks with the original */
  PaddockAnswer rotational;          /* a disk that turns */
  gboolean read_only;
} PaddockHardwareDisk;

PaddockHardwareDisk *paddock_hardware_disk_new  (const char *path);
PaddockHardwareDisk *paddock_hardware_disk_copy (const PaddockHardwareDisk *self);
void                 paddock_hardware_disk_free (PaddockHardwareDisk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareDisk, paddock_hardware_disk_free)

G_END_DECLS
