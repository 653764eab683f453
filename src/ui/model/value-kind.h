/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-value.h"

G_BEGIN_DECLS

/**
 * PaddockValueKind:
 *
 * A type that a person can give to a new key.
 */
typedef struct
{
  const char *name;                  /* untranslated, for people */
  const char *prefix;                /* what paddock_gguf_value_parse() understands; NULL for text */
  const char *example;
} PaddockValueKind;

const PaddockValueKind *paddock_value_kind_get (guint position);   /* NULL beyond the last */
PaddockGgufValue       *paddock_value_kind_parse (const PaddockValueKind *self, const char *text, GError **error);

G_END_DECLS
