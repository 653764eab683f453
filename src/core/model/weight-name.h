/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a tensor of this name holds weights, so that each number in it has to be one. What a tensor of another name
 * holds, even bits that are no numbers, nobody knows. */
gboolean paddock_weight_name_is_known (const char *name, gsize length);

G_END_DECLS
