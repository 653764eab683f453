/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/weight-name.h"

#define MAX_BYTES 128

gboolean
paddock_weight_name_is_known (const char *name, gsize length)
{
  g_autofree char *text = g_strndup (name, MIN (length, MAX_BYTES));

  return g_str_has_suffix (text, ".weight") || g_str_has_suffix (text, ".bias") || g_str_has_prefix (text, "blk.");
}
