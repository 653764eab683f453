/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "model-store.h"

G_BEGIN_DECLS

/* A place to look in. */
typedef struct
{
  const PaddockModelStore *store;
  char *path;
} PaddockScanRoot;

PaddockScanRoot *paddock_scan_root_new  (const PaddockModelStore *store, const char *path);
void             paddock_scan_root_free (PaddockScanRoot *self);

typedef enum
{
  PADDOCK_ROOT_LISTED,
  PADDOCK_ROOT_OFFLINE,              /* it is not there: its models are remembered, not forgotten */
  PADDOCK_ROOT_UNREADABLE            /* found, and closed to us */
} PaddockRootState;

typedef struct
{
  char *path;
  const char *store;
  PaddockRootState state;
  char *problem;                     /* NULL when it was listed */
  GPtrArray *directories;            /* char *: all that were entered, for the watcher; NULL unless listed */
  guint64 filesystem;                /* that was listed; 0: not known */
} PaddockScannedRoot;

/**
 * PaddockScan:
 *
 * What a look at some roots found.
 */
typedef struct
{
  GPtrArray *files;                  /* PaddockLibraryFile */
  GPtrArray *roots;                  /* PaddockScannedRoot */
  guint n_read;                      /* headers that had to be read: those of files that nobody knew */
} PaddockScan;

void paddock_scan_free (PaddockScan *self);

/* Called from the worker's thread with some files that were met since the last time (transfer full), so that a long first
   scan shows something early. */
typedef void (*PaddockScanBatch) (GPtrArray *files, gpointer user_data);

/* known: PaddockLibraryFile of earlier; the header of an unchanged identity is not read again. In a worker, or by itself
   with worker NULL. NULL only when cancelled. */
PaddockScan *paddock_library_scan (GPtrArray *roots, GPtrArray *known, PaddockScanBatch batch, gpointer user_data,
                                   PaddockWorker *worker, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockScan, paddock_scan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockScanRoot, paddock_scan_root_free)

G_END_DECLS
