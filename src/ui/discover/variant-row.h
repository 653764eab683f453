/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "discover/variant-fits.h"
#include "download.h"
#include "library-entry.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockVariantRow:
 *
 * One of the models that a repository has to choose from. Signals: "show-model", the person wants to see it in the
 * library, which has it; "download", they want to have it.
 */
#define PADDOCK_TYPE_VARIANT_ROW (paddock_variant_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockVariantRow, paddock_variant_row, PADDOCK, VARIANT_ROW, AdwPreferencesRow)

/* The variant has to outlive the row. */
PaddockVariantRow *paddock_variant_row_new (const PaddockHubVariant *variant);
const PaddockHubVariant *paddock_variant_row_get_variant (PaddockVariantRow *self);
/* NULL: nobody knows how it fits. */
void paddock_variant_row_set_fit (PaddockVariantRow *self, const PaddockVariantFit *fit);
void paddock_variant_row_set_advised (PaddockVariantRow *self, gboolean advised);
/* Whether it may be downloaded. */
void paddock_variant_row_set_offered (PaddockVariantRow *self, gboolean offered);
/* Of its files (element-type PaddockDownload); NULL: it is not downloaded. */
void paddock_variant_row_set_downloads (PaddockVariantRow *self, GPtrArray *downloads);
/* It is what the person asked for. */
void paddock_variant_row_set_wanted (PaddockVariantRow *self);
/* NULL: the library does not have it. */
void paddock_variant_row_set_entry (PaddockVariantRow *self, PaddockLibraryEntry *entry);
PaddockLibraryEntry *paddock_variant_row_get_entry (PaddockVariantRow *self);

G_END_DECLS
