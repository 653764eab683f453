/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"

G_BEGIN_DECLS

/* The words for how far a piece of work is, translated. */

char *paddock_activity_words_dup_progress (guint64 done, guint64 total, double rate);
char *paddock_activity_words_dup_end      (PaddockActivity *activity);   /* a sentence to be read out */

G_END_DECLS
