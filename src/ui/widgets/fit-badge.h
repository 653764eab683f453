/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/fit.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_FIT_BADGE (paddock_fit_badge_get_type ())
G_DECLARE_FINAL_TYPE (PaddockFitBadge, paddock_fit_badge, PADDOCK, FIT_BADGE, AdwBin)

GtkWidget *paddock_fit_badge_new     (void);
/* Bytes that it takes, and bytes that are free where it would go; 0 where nobody knows what it takes. */
void       paddock_fit_badge_set_fit (PaddockFitBadge *self, PaddockFit fit, guint64 needed, guint64 available);
/* All that it says, its numbers too. */
const char *paddock_fit_badge_get_text (PaddockFitBadge *self);

G_END_DECLS
