/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-path.h"

G_BEGIN_DECLS

/*
 * Numbers as a person writes them: "24 GiB", "1,5 TB", "80 GB/s", "16". The decimal point is that of the language or that of
 * everybody; without a unit a size is in GB, and a speed in GB/s. FALSE: it is no such number.
 */
gboolean paddock_number_text_parse  (const char *text, PaddockNumberKind kind, guint64 *value);
/* Can be parsed again. */
char    *paddock_number_text_format (guint64 value, PaddockNumberKind kind);
/* What to write instead. */
char    *paddock_number_text_dup_reason (PaddockNumberKind kind);

G_END_DECLS
