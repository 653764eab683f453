/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/removal-proposal.h"

G_BEGIN_DECLS

/* The words for what goes, or went, and what stays (transfer full). */

/* Of what was done of a plan; subject: what the person calls it. */
char *paddock_removal_words_dup_done  (const PaddockRemovalPlan *plan, const char *subject);
/* What belongs to others, what would stop working there, and what becomes of it. */
char *paddock_removal_words_dup_consent (const PaddockRemovalProposal *proposal);
/* Why nothing can be removed. */
char *paddock_removal_words_dup_nothing (const PaddockRemovalProposal *proposal);
/* A path as it is told: below the home with "~", escaped. */
char *paddock_removal_words_dup_path    (const char *path);

G_END_DECLS
