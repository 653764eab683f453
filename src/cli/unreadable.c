/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unreadable.h"

#include "gguf/gguf-error.h"
#include "model/model-report.h"
#include "output.h"

/**
 * paddock_unreadable_complain:
 * @error: why it could not be opened
 * @path: (type filename): the file
 *
 * The report knows what other kinds of files look like, and has words for people; the system's own errors say it best.
 */
void
paddock_unreadable_complain (const GError *error, const char *path)
{
  g_autoptr (PaddockModelReport) report = NULL;

  if (error->domain == PADDOCK_GGUF_ERROR && error->code >= PADDOCK_GGUF_ERROR_NOT_GGUF)
    report = paddock_model_report_new_for_path (path, NULL);
  if (report != NULL && paddock_model_report_get_n_findings (report) > 0)
    paddock_output_complain (paddock_model_report_get_finding (report, 0)->message, path);
  else
    paddock_output_complain_of (error, path);
}
