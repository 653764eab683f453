/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockTagsDialog:
 *
 * Which tags some models have, all of them or a few, to be given to all or taken from all.
 */
#define PADDOCK_TYPE_TAGS_DIALOG (paddock_tags_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockTagsDialog, paddock_tags_dialog, PADDOCK, TAGS_DIALOG, AdwDialog)

AdwDialog *paddock_tags_dialog_new (PaddockLibrary *library, GPtrArray *entries, GtkWidget *near);

G_END_DECLS
