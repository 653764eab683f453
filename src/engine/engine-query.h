/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine-error.h"
#include "engine-fit.h"
#include "estimate/placement.h"

G_BEGIN_DECLS

/* The header of a large model may come slowly from a disk; more than that is no waiting any more. */
#define PADDOCK_ENGINE_QUERY_TIMEOUT 60000

/* Asks the installed engine what a model needs. The request is an aligned one, see engine-arguments.h. */
void              paddock_engine_query_async  (const char *model, const PaddockMemoryRequest *request,
                                               const PaddockPlacement *placement, const char *chosen, guint timeout_ms,
                                               GCancellable *cancellable, GAsyncReadyCallback callback,
                                               gpointer user_data);
PaddockEngineFit *paddock_engine_query_finish (GAsyncResult *result, GError **error);

G_END_DECLS
