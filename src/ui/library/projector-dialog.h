/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockProjectorDialog:
 *
 * With which projector a model sees pictures: the one that is found by metadata, none, or one that the person knows better.
 */
#define PADDOCK_TYPE_PROJECTOR_DIALOG (paddock_projector_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockProjectorDialog, paddock_projector_dialog, PADDOCK, PROJECTOR_DIALOG, AdwDialog)

AdwDialog *paddock_projector_dialog_new (PaddockLibrary *library, PaddockLibraryEntry *entry, GtkWidget *near);

G_END_DECLS
