/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-fit.h"
#include "engine-log.h"
#include "fuzz-target.h"

/* What another program prints. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (PaddockEngineFit) fit = paddock_engine_fit_parse ((const char *) data, size, NULL);
  g_auto (GStrv) proposal = paddock_engine_fit_parse_proposal ((const char *) data, size);
  g_autofree char *reason = paddock_engine_log_find_reason (text);

  if (fit != NULL)
    {
      PaddockEngineFitDevice sum = paddock_engine_fit_sum (fit);

      g_assert_cmpuint (fit->devices->len, >, 0);
      g_assert_cmpuint (sum.weights, >=, ((PaddockEngineFitDevice *) g_ptr_array_index (fit->devices, 0))->weights);
    }
  if (proposal != NULL)
    g_assert_cmpstr (proposal[0], ==, "-c");
  if (reason != NULL)
    g_assert_true (g_utf8_validate (reason, -1, NULL));
  return 0;
}
