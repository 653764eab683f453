/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-estimate.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_COMPANION_PROJECTOR,
  PADDOCK_COMPANION_DRAFT
} PaddockCompanionKind;

/**
 * PaddockCompanionFile:
 *
 * A file that is loaded together with a model, as it was read. It does not change, and may be shared by threads.
 */
typedef struct
{
  /* Owned */
  char *path;
  PaddockModelShape *shape;          /* of a draft model */

  PaddockCompanionKind kind;
  guint64 bytes;                     /* that a projector needs */
  double band;                       /* by how much they may be off */
} PaddockCompanionFile;

/* Reads it in a worker. An error says that it is no such file, or cannot be read. */
void                  paddock_companion_file_load_async  (const char *path, PaddockCompanionKind kind,
                                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                                          gpointer user_data);
PaddockCompanionFile *paddock_companion_file_load_finish (GAsyncResult *result, GError **error);

PaddockCompanionFile *paddock_companion_file_ref         (PaddockCompanionFile *self);
void                  paddock_companion_file_unref       (PaddockCompanionFile *self);

/* Adds what it needs beside a model that is run like that. */
gboolean              paddock_companion_file_add         (const PaddockCompanionFile *self, PaddockMemoryEstimate *estimate,
                                                          const PaddockMemoryRequest *request, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockCompanionFile, paddock_companion_file_unref)

G_END_DECLS
