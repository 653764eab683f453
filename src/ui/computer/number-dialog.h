/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"
#include "widgets/entry-dialog.h"

G_BEGIN_DECLS

/* Asks for a number of a computer in the place of one that was found; NULL: the computer has no such number. */
PaddockEntryDialog *paddock_number_dialog_new        (const PaddockHardwareSnapshot *computer, const char *path);
const char         *paddock_number_dialog_get_path   (PaddockEntryDialog *dialog);
guint64             paddock_number_dialog_get_value  (PaddockEntryDialog *dialog);   /* when it is done */

/* For other dialogs that ask for a size: a #PaddockEntryCheck. */
char               *paddock_number_dialog_check_size (const char *text, gpointer nothing);

G_END_DECLS
