/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether what belongs to the one server may be told to the other. Both have a host. */
gboolean
paddock_web_origin_is_same (GUri *a, GUri *b);

G_END_DECLS
