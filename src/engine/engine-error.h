/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockEngineError:
 *
 * Why the engine gave no answer.
 */
typedef enum
{
  PADDOCK_ENGINE_ERROR_MISSING,        /* llama.cpp is not installed */
  PADDOCK_ENGINE_ERROR_NO_FIT,         /* it is, but without the program that tells what a model needs */
  PADDOCK_ENGINE_ERROR_UNSUPPORTED,    /* that program is older than the question */
  PADDOCK_ENGINE_ERROR_START,          /* it could not be started */
  PADDOCK_ENGINE_ERROR_FAILED,         /* it ended with a failure, or crashed */
  PADDOCK_ENGINE_ERROR_TIMED_OUT,      /* it took too long, and was ended */
  PADDOCK_ENGINE_ERROR_TOO_MUCH,       /* it said far more than an answer has, and was ended */
  PADDOCK_ENGINE_ERROR_ANSWER,         /* what it said is no answer */
  PADDOCK_ENGINE_ERROR_STORE           /* what is kept of earlier answers cannot be read */
} PaddockEngineError;

#define PADDOCK_ENGINE_ERROR (paddock_engine_error_quark ())
GQuark paddock_engine_error_quark (void);

G_END_DECLS
