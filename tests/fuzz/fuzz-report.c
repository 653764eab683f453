/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz-target.h"
#include "model/model-report.h"

#define NAME 24

/* The whole judgement on any bytes: every sentence of it can be shown, and the verdict follows from the findings. */

static void
check_shown (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *letter = text; *letter != '\0'; letter = g_utf8_next_char (letter))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (letter)));
}

static PaddockVerdict
check_findings (PaddockModelReport *report, guint64 size)
{
  PaddockVerdict worst = PADDOCK_VERDICT_ACCEPT, before = PADDOCK_VERDICT_REJECT;

  for (guint i = 0; i < paddock_model_report_get_n_findings (report); i++)
    {
      const PaddockFinding *finding = paddock_model_report_get_finding (report, i);

      g_assert_true (finding->severity == PADDOCK_VERDICT_WARN || finding->severity == PADDOCK_VERDICT_REJECT);
      g_assert_cmpint (finding->severity, <=, before);
      g_assert_cmpint (finding->offset, >=, -1);
      g_assert_nonnull (finding->message);
      check_shown (finding->code);
      check_shown (finding->message);
      if (finding->subject != NULL)
        check_shown (finding->subject);
      if (finding->severity == PADDOCK_VERDICT_REJECT)
        g_assert_false (paddock_model_report_is_valid_in (report, finding->area));
      before = finding->severity;
      worst = MAX (worst, finding->severity);
    }
  return worst;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, size);
  /* Its last bytes are its name too: names of files are no more to be trusted. */
  g_autofree char *name = g_strndup ((const char *) data + size - MIN (size, NAME), MIN (size, NAME));
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, name);
  g_autoptr(PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_autoptr(PaddockGgufShards) shards = paddock_gguf_shards_new_for_file (file);
  g_autoptr(PaddockModelReport) report = paddock_model_report_new_for_shards (shards, NULL);
  const char *architecture = paddock_model_report_get_architecture (report);

  g_assert_cmpint (paddock_model_report_get_verdict (report), ==, check_findings (report, size));
  if (paddock_gguf_file_get_failure (file) != NULL)
    g_assert_cmpint (paddock_model_report_get_verdict (report), ==, PADDOCK_VERDICT_REJECT);
  if (architecture != NULL)
    g_assert_true (g_utf8_validate (architecture, -1, NULL));
  return 0;
}
