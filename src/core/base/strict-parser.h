/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* For one document, which others wrote or could have: JSON as the standard has it, and nothing after it. */
JsonParser *
paddock_strict_parser_new (void);

G_END_DECLS
