/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"
#include "hub-variant.h"
#include "quant/quant-advice.h"

G_BEGIN_DECLS

/* What quantization a variant is of; one of a publisher's own is taken for what it is nearest to. NULL: nobody knows. */
const PaddockQuantTradeoff *paddock_variant_choice_get_tradeoff (const PaddockHubVariant *variant);
/* Bytes of the main memory that are free, or of graphics memory where that is more; 0: nobody tells. */
guint64 paddock_variant_choice_count_memory (const PaddockHardwareSnapshot *machine);
/* The variant that a person is served best with, of those that a repository has (element-type PaddockHubVariant). NULL: none
   of them fits, or nobody can tell. parameters: of the model; -1: unknown. too_large: those of which that is known for sure;
   NULL: none. */
const PaddockHubVariant *paddock_variant_choice_find (GPtrArray *variants,
                                                      gint64 parameters,
                                                      guint64 memory,
                                                      PaddockQuantPreference preference,
                                                      GHashTable *too_large);

G_END_DECLS
