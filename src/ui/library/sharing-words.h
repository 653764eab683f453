/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sharing-offer.h"

G_BEGIN_DECLS

/* The words for making a model known to other programs: ready to be shown, escaped and translated. */

const char *paddock_sharing_words_get_program (const char *program);                  /* "LM Studio" */
char       *paddock_sharing_words_dup_offer   (const PaddockSharingOffer *offer);     /* what it will be there, or why not */
char       *paddock_sharing_words_dup_plan    (const PaddockSharingPlan *plan);       /* what it takes, a sentence or two */

G_END_DECLS
