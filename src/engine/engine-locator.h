/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine-binary.h"
#include "engine-error.h"

G_BEGIN_DECLS

/* A directory, or a program in it, that holds the engine; before all other places. */
#define PADDOCK_ENGINE_VARIABLE "PADDOCK_ENGINE"

/* Reads files, some of them long: for worker threads. */
PaddockEngineBinary *paddock_engine_locator_find (const char *root, const char *chosen, GError **error);

G_END_DECLS
