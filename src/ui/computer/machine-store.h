/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockMachineStore:
 *
 * The computers that the person has imagined. They are read once, in a thread, and every change is written by one, in the
 * order of the changes; whoever lets go of the store waits for what is not written yet.
 *
 * "loaded" follows when they have been read; "failed" says with a text that one could not be read or written.
 */
#define PADDOCK_TYPE_MACHINE_STORE (paddock_machine_store_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMachineStore, paddock_machine_store, PADDOCK, MACHINE_STORE, GObject)

PaddockMachineStore *paddock_machine_store_new        (const char *folder);   /* NULL: that of the user */
GListModel          *paddock_machine_store_get_list   (PaddockMachineStore *self);   /* of PaddockMachine, by name */
PaddockMachine      *paddock_machine_store_find       (PaddockMachineStore *self, const char *name);   /* NULL: none */
/* %G_IO_ERROR_INVALID_ARGUMENT and %G_IO_ERROR_EXISTS, in the language of the person. */
gboolean             paddock_machine_store_check_name (PaddockMachineStore *self, const char *name, GError **error);

char                *paddock_machine_store_dup_free_name (PaddockMachineStore *self, const char *name);

/* The name must have passed the check. */
PaddockMachine      *paddock_machine_store_add        (PaddockMachineStore *self, const char *name,
                                                       PaddockHardwareSnapshot *snapshot);
void                 paddock_machine_store_rename     (PaddockMachineStore *self, PaddockMachine *machine, const char *name);
void                 paddock_machine_store_change     (PaddockMachineStore *self, PaddockMachine *machine,
                                                       PaddockHardwareSnapshot *snapshot);
void                 paddock_machine_store_remove     (PaddockMachineStore *self, PaddockMachine *machine);

G_END_DECLS
