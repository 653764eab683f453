/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockLoadingError:
 *
 * Why a tensor could not be read as numbers. What goes wrong with the file itself is of %PADDOCK_GGUF_ERROR.
 */
typedef enum
{
  PADDOCK_LOADING_ERROR_NO_TENSOR,     /* there is none of that name or number */
  PADDOCK_LOADING_ERROR_NO_TYPE,       /* a type that nobody knows, was removed, or is another program's own */
  PADDOCK_LOADING_ERROR_NO_ORDER,      /* the values are known, but not which is which */
  PADDOCK_LOADING_ERROR_SHAPE,         /* rows that are not whole blocks, or a size that overflows */
  PADDOCK_LOADING_ERROR_OUTSIDE,       /* it lies beyond the end of the file */
  PADDOCK_LOADING_ERROR_TARGET         /* where the output should go is the model itself */
} PaddockLoadingError;

#define PADDOCK_LOADING_ERROR (paddock_loading_error_quark ())
GQuark paddock_loading_error_quark (void);

G_END_DECLS
