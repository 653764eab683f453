/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "library-storage.h"
#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockMergeDialog:
 *
 * Shows which duplicates would share their bytes, how, and what that saves, before anything is done.
 */
#define PADDOCK_TYPE_MERGE_DIALOG (paddock_merge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMergeDialog, paddock_merge_dialog, PADDOCK, MERGE_DIALOG, AdwDialog)

AdwDialog *paddock_merge_dialog_new (PaddockLibrary *library, PaddockActivityList *activities, PaddockLibraryStorage *storage);

G_END_DECLS
