/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-engine.h"

G_BEGIN_DECLS

#define PADDOCK_ENGINE_FIT_PROGRAM "llama-fit-params"

/**
 * PaddockEngineBinary:
 *
 * An engine that can be asked what a model needs.
 */
typedef struct
{
  /* Owned */
  PaddockHardwareEngine *installed;  /* its fit is never NULL */

  gboolean on_host;                  /* outside of the sandbox that this program runs in */
} PaddockEngineBinary;

PaddockEngineBinary *paddock_engine_binary_new          (PaddockHardwareEngine *installed);
PaddockEngineBinary *paddock_engine_binary_new_for_host (void);
PaddockEngineBinary *paddock_engine_binary_copy         (const PaddockEngineBinary *self);
void                 paddock_engine_binary_free         (PaddockEngineBinary *self);

/* What to execute so that the fit program gets the arguments. */
char   **paddock_engine_binary_build_command (const PaddockEngineBinary *self, const char *const *arguments);
/* Takes over what the program says for --version, which nobody knows better; other text changes nothing. */
void     paddock_engine_binary_read_version  (PaddockEngineBinary *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockEngineBinary, paddock_engine_binary_free)

G_END_DECLS
