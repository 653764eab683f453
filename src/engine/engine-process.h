/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* More than that no answer has: a program that says more is ended. */
#define PADDOCK_ENGINE_PROCESS_MAX_OUTPUT (256u << 10)
/* Of its complaints the first ones are kept; it may go on complaining. */
#define PADDOCK_ENGINE_PROCESS_MAX_COMPLAINTS (256u << 10)

/**
 * PaddockEngineOutput:
 *
 * What a program said until its end. The texts may hold any bytes but end with a NUL.
 */
typedef struct
{
  char *output, *complaints;
  gsize output_length;
  int status;                        /* of its exit; -1: a signal ended it */
} PaddockEngineOutput;

void paddock_engine_output_free (PaddockEngineOutput *self);

/* Runs a program to its end without blocking anybody. Cancelling and the timeout end it with all that it started. */
void                 paddock_engine_process_run_async  (const char *const *command, guint timeout_ms,
                                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                                        gpointer user_data);
PaddockEngineOutput *paddock_engine_process_run_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockEngineOutput, paddock_engine_output_free)

G_END_DECLS
