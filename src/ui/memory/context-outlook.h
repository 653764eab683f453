/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"
#include "memory/memory-settings.h"

G_BEGIN_DECLS

/**
 * PaddockContextOutlook:
 *
 * What a model needs with one context or another, and which of them fit. Where a context fits beside the graphics
 * processor, it is about the memory there; else about all memory together.
 */
typedef struct
{
  guint64 *contexts;                 /* Owned: [count], ascending */
  guint64 *bytes;                    /* Owned: [count] */
  guint count;
  guint64 available;
  guint64 largest;                   /* that fits; 0: none does */
  gboolean on_devices;               /* all of it beside the graphics processor */
} PaddockContextOutlook;

/* NULL: it cannot be run like that at all, whatever the context. */
PaddockContextOutlook *paddock_context_outlook_new  (const PaddockModelShape *shape,
                                                     const PaddockMemorySettings *settings,
                                                     const PaddockHardwareSnapshot *machine);
void                   paddock_context_outlook_free (PaddockContextOutlook *self);

/* The same from a worker: it is estimated for many contexts. */
void                   paddock_context_outlook_new_async  (PaddockModelShape *shape, const PaddockMemorySettings *settings,
                                                           PaddockHardwareSnapshot *machine, GCancellable *cancellable,
                                                           GAsyncReadyCallback callback, gpointer user_data);
PaddockContextOutlook *paddock_context_outlook_new_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockContextOutlook, paddock_context_outlook_free)

G_END_DECLS
