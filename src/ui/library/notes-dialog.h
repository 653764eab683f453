/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockNotesDialog:
 *
 * What a person wants to remember of a model: tags and notes.
 */
#define PADDOCK_TYPE_NOTES_DIALOG (paddock_notes_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockNotesDialog, paddock_notes_dialog, PADDOCK, NOTES_DIALOG, AdwDialog)

AdwDialog *paddock_notes_dialog_new (PaddockLibrary *library, const PaddockLibraryEntry *entry, GtkWidget *near);

G_END_DECLS
