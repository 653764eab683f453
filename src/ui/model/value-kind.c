/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/value-kind.h"

#include <glib/gi18n.h>

static const PaddockValueKind kinds[] = {
  { N_("Text"), NULL, "apache-2.0" },
  { N_("Yes or No"), "bool", "true" },
  { N_("Whole Number, 32 Bits, Unsigned"), "u32", "4096" },
  { N_("Whole Number, 32 Bits, Signed"), "i32", "-1" },
  { N_("Whole Number, 64 Bits, Unsigned"), "u64", "4096" },
  { N_("Whole Number, 64 Bits, Signed"), "i64", "-1" },
  { N_("Whole Number, 16 Bits, Unsigned"), "u16", "512" },
  { N_("Whole Number, 16 Bits, Signed"), "i16", "-1" },
  { N_("Whole Number, 8 Bits, Unsigned"), "u8", "8" },
  { N_("Whole Number, 8 Bits, Signed"), "i8", "-1" },
  { N_("Number, 32 Bits"), "f32", "0.00001" },
  { N_("Number, 64 Bits"), "f64", "0.00001" },
  { N_("List of Texts"), "[str]", "[\"en\", \"de\"]" },
  { N_("List of Whole Numbers, 32 Bits"), "[i32]", "[1, 2, 3]" },
  { N_("List of Numbers, 32 Bits"), "[f32]", "[0.5, 1.0]" },
};

/**
 * paddock_value_kind_get:
 * @position: from 0
 *
 * Returns: (transfer none) (nullable): a kind, %NULL beyond the last
 */
const PaddockValueKind *
paddock_value_kind_get (guint position)
{
  return position < G_N_ELEMENTS (kinds) ? &kinds[position] : NULL;
}

/**
 * paddock_value_kind_parse:
 * @self: a kind
 * @text: what a person typed
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the value
 */
PaddockGgufValue *
paddock_value_kind_parse (const PaddockValueKind *self, const char *text, GError **error)
{
  g_autofree char *typed = NULL;

  if (self->prefix == NULL)
    return paddock_gguf_value_new_string (text, -1);
  typed = g_strdup_printf ("%s:%s", self->prefix, text);
  return paddock_gguf_value_parse (typed, NULL, error);
}
