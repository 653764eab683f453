/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockStorePlaces:
 *
 * Where a person's files are, and what their environment says of it: the only thing that stores look for their roots
 * with, so that a test can put a tree in the place of a home.
 */
typedef struct
{
  char *home;
  char *data;                        /* XDG data home */
  char *cache;
  char *config;
  char *system;                      /* "/" */
  char **environment;                /* as of g_get_environ() */
  char *own;                         /* Paddock's own models */
} PaddockStorePlaces;

PaddockStorePlaces *paddock_store_places_new         (void);   /* of this person; PADDOCK_DATA_DIR is heeded */
PaddockStorePlaces *paddock_store_places_new_in      (const char *home, char **environment);
PaddockStorePlaces *paddock_store_places_copy        (const PaddockStorePlaces *self);
void                paddock_store_places_free        (PaddockStorePlaces *self);
const char         *paddock_store_places_get_variable (const PaddockStorePlaces *self, const char *name);   /* NULL: unset or empty */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockStorePlaces, paddock_store_places_free)

G_END_DECLS
