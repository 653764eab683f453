/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockEntryDialog:
 *
 * Asks for a few short texts. What is wrong with one is said below them, and the signal "done" follows only when all are
 * right, with the dialog about to close.
 */
#define PADDOCK_TYPE_ENTRY_DIALOG (paddock_entry_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockEntryDialog, paddock_entry_dialog, PADDOCK, ENTRY_DIALOG, AdwAlertDialog)

/* NULL: the text is right; (transfer full): why it is not. */
typedef char *(*PaddockEntryCheck) (const char *text, gpointer user_data);

PaddockEntryDialog *paddock_entry_dialog_new      (const char *heading, const char *body, const char *button);
/* In the order in which they are asked for; the check's data must live as long as the dialog. */
void                paddock_entry_dialog_add      (PaddockEntryDialog *self, const char *title, const char *text,
                                                   PaddockEntryCheck check, gpointer user_data, GDestroyNotify destroy);
char               *paddock_entry_dialog_dup_text (PaddockEntryDialog *self, guint n);

G_END_DECLS
