/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-target.h"
#include "model/template-scan.h"
#include "model/text-flags.h"

/* The looks at texts from a file, chat templates above all. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *fault = paddock_template_scan_find_fault (text);
  PaddockTextFlags syntax = paddock_text_flags_scan_syntax ((const char *) data, size);

  paddock_template_scan_find_danger (text);
  paddock_text_flags_scan ((const char *) data, size);
  if (syntax != 0)
    g_assert_nonnull (paddock_text_flags_describe (syntax));
  if (fault != NULL)
    g_assert_true (g_utf8_validate (fault, -1, NULL));
  return 0;
}
