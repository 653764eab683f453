/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "hardware/hardware-draft.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_BANDWIDTH_MEMORY_READ,
  PADDOCK_BANDWIDTH_MEMORY_COPY,     /* the bytes that were copied, counted once */
  PADDOCK_BANDWIDTH_DISK_READ,
  PADDOCK_BANDWIDTH_DEVICE           /* of a device's memory, read and written */
} PaddockBandwidthKind;

/* What to measure: bits. */
enum
{
  PADDOCK_BANDWIDTH_OF_MEMORY = 1 << 0,
  PADDOCK_BANDWIDTH_OF_DISK = 1 << 1,
  PADDOCK_BANDWIDTH_OF_DEVICES = 1 << 2
};

/**
 * PaddockBandwidth:
 *
 * How fast a part of this computer moved bytes when it was measured.
 */
typedef struct
{
  PaddockBandwidthKind kind;
  char *subject;                     /* a path, or the id of a device; NULL: the memory */
  guint64 speed;                     /* bytes per second; 0: it could not be measured */
  char *problem;                     /* why; NULL: it was */
  gint64 measured_at;                /* seconds since 1970 */
} PaddockBandwidth;

PaddockBandwidth *paddock_bandwidth_new  (PaddockBandwidthKind kind, const char *subject, guint64 speed);
PaddockBandwidth *paddock_bandwidth_copy (const PaddockBandwidth *self);
void              paddock_bandwidth_free (PaddockBandwidth *self);

const char *paddock_bandwidth_kind_get_name (PaddockBandwidthKind kind);   /* "memory-read", "disk-read", ... */
gboolean    paddock_bandwidth_kind_parse    (const char *name, PaddockBandwidthKind *kind);

/*
 * Measures with all processors, for some seconds. The path is a file that is read, or a directory in which one is made
 * for it; NULL: the one for temporary files of any length. One PaddockBandwidth for each part, whether it could be
 * measured or not; an error only when it was cancelled. The one without _async blocks, and serves threads of their own.
 */
GPtrArray *paddock_bandwidth_measure        (guint                parts,
                                             const char          *path,
                                             PaddockWorker       *worker,
                                             GError             **error);
void       paddock_bandwidth_measure_async  (guint                parts,
                                             const char          *path,
                                             GCancellable        *cancellable,
                                             PaddockProgressFunc  progress,
                                             gpointer             progress_data,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
GPtrArray *paddock_bandwidth_measure_finish (GAsyncResult        *result,
                                             GError             **error);

/* What was measured becomes the number of the part that it is about, with the date. */
void paddock_bandwidth_apply (GPtrArray *measured, PaddockHardwareDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockBandwidth, paddock_bandwidth_free)

G_END_DECLS
