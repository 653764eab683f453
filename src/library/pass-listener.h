/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-index.h"

/**
 * PaddockPassListener: (skip)
 *
 * Brings what a pass has found so far from its thread to whoever began it. The thread never holds that object, as it
 * could be the last to do so, and would destroy it.
 */
typedef struct _PaddockPassListener PaddockPassListener;

/**
 * PaddockPassHeard:
 * @owner: whoever listens
 * @pass: the number of the pass
 * @part: what was found so far
 */
typedef void (*PaddockPassHeard) (gpointer owner, guint pass, PaddockLibraryIndex *part);

PaddockPassListener *paddock_pass_listener_new (gpointer owner, guint pass, PaddockPassHeard heard);
void paddock_pass_listener_unref (gpointer listener);
void paddock_pass_listener_tell (PaddockLibraryIndex *part, gpointer listener);
