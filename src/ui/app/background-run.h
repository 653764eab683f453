/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_BACKGROUND_RUN (paddock_background_run_get_type ())

/**
 * PaddockBackgroundRun:
 *
 * Goes on without a window: asks the desktop, through its portal where there is one, and tells the person.
 *
 * Signals: `refused`: the desktop does not want that; the person is told of it.
 */
G_DECLARE_FINAL_TYPE (PaddockBackgroundRun, paddock_background_run, PADDOCK, BACKGROUND_RUN, GObject)

PaddockBackgroundRun *
paddock_background_run_new (GApplication *application);
/* The last window is gone. */
void
paddock_background_run_begin (PaddockBackgroundRun *self);
/* There is one again, or nothing to do any more. */
void
paddock_background_run_end (PaddockBackgroundRun *self);

G_END_DECLS
