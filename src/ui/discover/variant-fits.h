/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "estimate/fit.h"
#include "hub-listing.h"
#include "hub-session.h"
#include "hub-variant.h"

G_BEGIN_DECLS

/* How a variant would fit the chosen computer, found out from its header. */
typedef struct
{
  PaddockFit fit;
  guint64 needed, available;         /* bytes; needed is 0 where nobody knows */
  guint64 context;                   /* the most tokens that there is room for; 0: nobody knows, or none */
} PaddockVariantFit;

/**
 * PaddockVariantFits:
 *
 * How the variants of a repository fit the chosen computer. What nobody asked for is not fetched; of what somebody did, a
 * few headers at a time. Signal "judged": some more are known.
 */
#define PADDOCK_TYPE_VARIANT_FITS (paddock_variant_fits_get_type ())
G_DECLARE_FINAL_TYPE (PaddockVariantFits, paddock_variant_fits, PADDOCK, VARIANT_FITS, GObject)

/* The listing has to outlive it. */
PaddockVariantFits *paddock_variant_fits_new (PaddockHubSession *session,
                                              const PaddockHubListing *listing,
                                              PaddockMachineChoice *machines);
/* NULL: not known (yet). */
const PaddockVariantFit *paddock_variant_fits_look (PaddockVariantFits *self, const PaddockHubVariant *variant);
/* Why the hub gives no header, of no variant; NULL: it does, or nobody asked. */
const GError *paddock_variant_fits_get_refusal (PaddockVariantFits *self);
/* At least one header is there: the person may have the files. */
gboolean paddock_variant_fits_has_access (PaddockVariantFits *self);
/* It is found out, unless it was asked for before. */
void paddock_variant_fits_ask (PaddockVariantFits *self, const PaddockHubVariant *variant);
/* Whoever lets go of the listing wants nothing more to be found out. */
void paddock_variant_fits_stop (PaddockVariantFits *self);

G_END_DECLS
