/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sharing-plan.h"

G_BEGIN_DECLS

/* What a step of a plan writes, in the person's language and safe to be shown: "A second name of /a/path". */
char *paddock_sharing_text_dup_way (const PaddockSharingStep *step);

G_END_DECLS
