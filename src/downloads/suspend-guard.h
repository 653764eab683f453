/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_SUSPEND_GUARD (paddock_suspend_guard_get_type ())

/**
 * PaddockSuspendGuard:
 *
 * Keeps the computer from falling asleep by itself as long as something is under way. A system where nobody can be asked
 * for that is left to its habits.
 */
G_DECLARE_FINAL_TYPE (PaddockSuspendGuard, paddock_suspend_guard, PADDOCK, SUSPEND_GUARD, GObject)

/* why: as the desktop shows it to the person. */
PaddockSuspendGuard *
paddock_suspend_guard_new (const char *why);
void
paddock_suspend_guard_set_wanted (PaddockSuspendGuard *self, gboolean wanted);
/* The system has agreed. */
gboolean
paddock_suspend_guard_is_held (PaddockSuspendGuard *self);

G_END_DECLS
