/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the type's blocks can be turned from one byte order into the other. */
gboolean paddock_quant_swap_is_known (guint32 type);
gboolean paddock_quant_swap_blocks   (guint32 type, const guint8 *from, guint8 *to, gsize n_blocks);

G_END_DECLS
