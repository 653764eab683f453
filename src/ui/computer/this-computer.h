/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/**
 * PaddockThisComputer:
 *
 * What this computer has, with the numbers that the person knows better, which the settings keep. "changed" follows each
 * scan and each such number; "refreshed" when another amount of memory is free than before.
 */
#define PADDOCK_TYPE_THIS_COMPUTER (paddock_this_computer_get_type ())
G_DECLARE_FINAL_TYPE (PaddockThisComputer, paddock_this_computer, PADDOCK, THIS_COMPUTER, GObject)

PaddockThisComputer     *paddock_this_computer_new          (GSettings *settings, const char *root);
void                     paddock_this_computer_scan         (PaddockThisComputer *self);
gboolean                 paddock_this_computer_is_scanning  (PaddockThisComputer *self);
PaddockHardwareSnapshot *paddock_this_computer_get_snapshot (PaddockThisComputer *self);   /* NULL: not known yet */
const char              *paddock_this_computer_get_problem  (PaddockThisComputer *self);   /* NULL: there is none */

/* The path is one of an override, "memory.total". */
gboolean                 paddock_this_computer_override     (PaddockThisComputer *self, const char *path, guint64 value,
                                                             GError **error);
void                     paddock_this_computer_reset        (PaddockThisComputer *self, const char *path);

/* Other computers that lend their memory, by their addresses as paddock_remote_worker_normalize() writes them. */
GVariant                *paddock_this_computer_dup_workers   (PaddockThisComputer *self);   /* a(st): address and bytes */
guint64                  paddock_this_computer_get_worker    (PaddockThisComputer *self, const char *address);   /* 0: none */
void                     paddock_this_computer_set_worker    (PaddockThisComputer *self, const char *address, guint64 bytes);
void                     paddock_this_computer_change_worker (PaddockThisComputer *self, const char *before,
                                                              const char *address, guint64 bytes);
void                     paddock_this_computer_remove_worker (PaddockThisComputer *self, const char *address);

/* It is scanned when somebody looks for the first time, and its free memory followed while somebody does. */
void                     paddock_this_computer_look         (PaddockThisComputer *self);
void                     paddock_this_computer_look_away    (PaddockThisComputer *self);

G_END_DECLS
