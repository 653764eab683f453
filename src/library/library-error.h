/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PADDOCK_LIBRARY_ERROR (paddock_library_error_quark ())

/* What the person can do about it. */
typedef enum
{
  PADDOCK_LIBRARY_ERROR_FAILED,        /* nothing that the others name */
  PADDOCK_LIBRARY_ERROR_NOT_FOUND,     /* look where it went, or plug the drive in */
  PADDOCK_LIBRARY_ERROR_EXISTS,        /* choose another name */
  PADDOCK_LIBRARY_ERROR_NO_SPACE,      /* free some, or choose another folder */
  PADDOCK_LIBRARY_ERROR_PERMISSION,    /* the folder belongs to somebody else */
  PADDOCK_LIBRARY_ERROR_READ_ONLY,     /* nothing can be written there by anybody */
  PADDOCK_LIBRARY_ERROR_NOT_A_MODEL,   /* look at its Health */
  PADDOCK_LIBRARY_ERROR_CHANGED,       /* the file is no longer the one that was planned with: plan again */
  PADDOCK_LIBRARY_ERROR_INVALID,       /* the request, or what was written about a model, makes no sense */
  PADDOCK_LIBRARY_ERROR_NEWER,         /* written by a newer Paddock: it may be read, not changed */
  PADDOCK_LIBRARY_ERROR_FOREIGN,       /* it belongs to another program: ask the person first */
  PADDOCK_LIBRARY_ERROR_DIFFERENT      /* the copy is not what the source was */
} PaddockLibraryError;

GQuark paddock_library_error_quark (void);

/* An error of the system (errno) about a path, with the code that fits; always FALSE, for returning it at once. */
gboolean paddock_library_error_set_errno (GError **error, int number, const char *what, const char *path);

G_END_DECLS
