/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockHardwareEngine:
 *
 * The llama.cpp programs that are installed, by what lies on the disk: nothing is run to learn it.
 */
typedef struct
{
  /* Owned */
  char *path;                        /* of llama-server, else of llama-bench or llama-fit-params */
  char *bench;                       /* of llama-bench; NULL: there is none */
  char *fit;                         /* of llama-fit-params, which tells what a model needs; NULL: there is none */
  char *version;                     /* NULL: unknown without running it */
  char *version_source;
  GPtrArray *backends;               /* of strings: "cpu", "cuda", "vulkan": libraries that lie beside it */
  char *source;                      /* where it was found: "PATH", or the directory */
} PaddockHardwareEngine;

PaddockHardwareEngine *paddock_hardware_engine_new  (const char *path);
PaddockHardwareEngine *paddock_hardware_engine_copy (const PaddockHardwareEngine *self);
void                   paddock_hardware_engine_free (PaddockHardwareEngine *self);

void                   paddock_hardware_engine_add_backend (PaddockHardwareEngine *self, const char *backend);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareEngine, paddock_hardware_engine_free)

G_END_DECLS
