/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryFollower:
 *
 * Tells a library, as long as it lives, what another program wrote meanwhile: the settings, and the records of models.
 */
#define PADDOCK_TYPE_LIBRARY_FOLLOWER (paddock_library_follower_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryFollower, paddock_library_follower, PADDOCK, LIBRARY_FOLLOWER, GObject)

PaddockLibraryFollower *paddock_library_follower_new (PaddockLibrary *library);

G_END_DECLS
