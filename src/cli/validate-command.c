/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "awaiter.h"
#include "base/units.h"
#include "interruption.h"
#include "json-writer.h"
#include "loading/deep-check.h"
#include "model/model-report.h"
#include "output.h"
#include "progress-bar.h"
#include "report-output.h"

#include <glib/gi18n.h>

static gboolean deep;

static const GOptionEntry options[] = {
  { "deep", 0, 0, G_OPTION_ARG_NONE, &deep, N_ ("Read the numbers of every tensor too"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl validate model.gguf",
  "paddockctl validate --deep model.gguf",
  "paddockctl validate --json *.gguf | jq -r '.reports[] | select(.valid | not) | .path'",
  NULL
};

static void
add_report (PaddockJsonWriter *writer, const char *path, PaddockModelReport *report)
{
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "path", path);
  paddock_report_output_add (writer, report);
  paddock_json_writer_end_object (writer);
}

static void
print_report (const char *path, PaddockModelReport *report)
{
  g_autofree char *shown = paddock_units_escape (path, -1, 0);

  paddock_output_line ("%s: %s", shown, paddock_report_output_describe (report));
  paddock_report_output_print (report);
}

/* NULL: the person wants no more. */
static PaddockModelReport *
read_numbers (const char *path, PaddockModelReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (path);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (PaddockDeepCheck) check = NULL;
  g_autofree char *read = NULL;
  g_autofree char *held = NULL;
  const PaddockLoadingEfficiency *efficiency;

  paddock_deep_check_run_async (paddock_model_report_get_shards (report), paddock_progress_bar_update, bar,
                                paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  check = paddock_deep_check_run_finish (paddock_awaiter_wait (awaiter), &error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  if (check == NULL)
    return NULL;
  efficiency = paddock_deep_check_get_efficiency (check);
  read = paddock_units_format_size (efficiency->bytes_copied);
  held = paddock_units_format_size (efficiency->peak_held);
  /* Translators: how much was read, how long it took, with how many threads and how much memory. */
  paddock_output_note (_("%s of numbers read in %.2f s by %u threads, with %s of memory."), read, efficiency->seconds,
                       efficiency->lanes, held);
  return paddock_deep_check_complete_report (check, report);
}

static PaddockModelReport *
make_report (const char *path)
{
  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (path, NULL);

  if (!deep || paddock_model_report_get_n_tensors (report) < 0)
    return g_steal_pointer (&report);
  return read_numbers (path, report);
}

/* Judges the files one after the other; what is done before an interruption is answered for. */
static gboolean
judge (const PaddockArguments *arguments, PaddockJsonWriter *writer)
{
  gboolean all_valid = TRUE;

  for (guint i = 0; i < arguments->n_paths && paddock_interruption_get_status () == 0; i++)
    {
      const char *path = arguments->paths[i];
      gint64 started = g_get_monotonic_time ();
      g_autoptr (PaddockModelReport) report = make_report (path);

      if (report == NULL)
        break;
      all_valid = all_valid && paddock_model_report_get_verdict (report) != PADDOCK_VERDICT_REJECT;
      paddock_output_note (_("File %u of %u judged in %.1f ms."), i + 1, arguments->n_paths,
                           (double) (g_get_monotonic_time () - started) / 1000);
      if (writer != NULL)
        add_report (writer, path, report);
      else
        print_report (path, report);
    }
  return all_valid;
}

static int
run (const PaddockArguments *arguments)
{
  gboolean all_valid;
  int interrupted;

  paddock_interruption_set (PADDOCK_INTERRUPTION_BETWEEN);
  if (arguments->json)
    {
      g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_begin_array (writer, "reports");
      all_valid = judge (arguments, writer);
      paddock_json_writer_end_array (writer);
      paddock_json_writer_end_object (writer);
    }
  else
    {
      all_valid = judge (arguments, NULL);
    }

  interrupted = paddock_interruption_get_status ();
  if (interrupted != 0)
    return interrupted;
  return all_valid ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

const PaddockCommand paddock_validate_command = {
  .name = "validate",
  .paths = N_ ("FILE..."),
  .max_paths = G_MAXUINT,
  .summary = N_ ("Judge whether models are sound"),
  .description = N_ ("Checks everything that a GGUF file says of itself: the format, the architecture, the keys, and "
                     "where the tensors lie. Of the numbers in the tensors only a few are looked at, unless --deep asks for "
                     "all: then scales and numbers that are none or infinite are counted. A file that must not be used "
                     "makes the exit status 1."),
  .examples = examples,
  .options = options,
  .run = run,
};
