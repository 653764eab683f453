/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-value.h"
#include "json-writer.h"

G_BEGIN_DECLS

/* The members that describe a value: type and value, or for an array type, element_type, length and, when it is short,
 * value. */
void paddock_value_json_add_entry (PaddockJsonWriter *writer, const PaddockGgufMetadata *metadata,
                                   const PaddockGgufEntry *entry);
void paddock_value_json_add_value (PaddockJsonWriter *writer, const PaddockGgufValue *value);

G_END_DECLS
