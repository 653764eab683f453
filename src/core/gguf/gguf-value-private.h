/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-value.h"

G_BEGIN_DECLS

/* Bytes are those of a little-endian version 3 value; nobody checks them. (transfer full) bytes */
PaddockGgufValue *paddock_gguf_value_new_take (PaddockGgufType type, PaddockGgufType element_type, guint64 length,
                                               GByteArray *bytes);
/* Appends the value as it stands in a file of that order, without its type. */
void              paddock_gguf_value_encode   (const PaddockGgufValue *self, PaddockGgufByteOrder order,
                                               GByteArray *out);

G_END_DECLS
