/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-output.h"

#include "output.h"
#include "text-wrap.h"

#include <glib/gi18n.h>

static void
add_findings (PaddockJsonWriter *writer, PaddockModelReport *report, const char *name, PaddockVerdict severity)
{
  paddock_json_writer_begin_array (writer, name);
  for (guint i = 0; i < paddock_model_report_get_n_findings (report); i++)
    {
      const PaddockFinding *finding = paddock_model_report_get_finding (report, i);

      if (finding->severity != severity)
        continue;
      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "code", finding->code);
      paddock_json_writer_add_string (writer, "message", finding->message);
      if (finding->offset >= 0)
        paddock_json_writer_add_int (writer, "offset", finding->offset);
      if (finding->subject != NULL)
        paddock_json_writer_add_string (writer, "subject", finding->subject);
      if (finding->remedy != NULL)
        paddock_json_writer_add_string (writer, "remedy", finding->remedy);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

/**
 * paddock_report_output_add:
 * @writer: where an object is open
 * @report: a report
 *
 * Writes it for programs.
 */
void
paddock_report_output_add (PaddockJsonWriter *writer, PaddockModelReport *report)
{
  static const struct
  {
    const char *name;
    PaddockFindingArea area;
  } areas[] = {
    { "format_valid", PADDOCK_FINDING_FORMAT },
    { "architecture_valid", PADDOCK_FINDING_ARCHITECTURE },
    { "tensors_valid", PADDOCK_FINDING_TENSORS },
    { "metadata_valid", PADDOCK_FINDING_METADATA },
  };
  PaddockVerdict verdict = paddock_model_report_get_verdict (report);

  paddock_json_writer_add_boolean (writer, "valid", verdict != PADDOCK_VERDICT_REJECT);
  paddock_json_writer_add_string (writer, "verdict", paddock_verdict_get_id (verdict));
  for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    paddock_json_writer_add_boolean (writer, areas[i].name, paddock_model_report_is_valid_in (report, areas[i].area));
  paddock_json_writer_add_known (writer, "version", paddock_model_report_get_version (report));
  paddock_json_writer_add_string (writer, "architecture", paddock_model_report_get_architecture (report));
  paddock_json_writer_add_known (writer, "tensor_count", paddock_model_report_get_n_tensors (report));
  add_findings (writer, report, "errors", PADDOCK_VERDICT_REJECT);
  add_findings (writer, report, "warnings", PADDOCK_VERDICT_WARN);
}

/**
 * paddock_report_output_describe:
 * @report: a report
 *
 * Returns: its verdict, for a person
 */
const char *
paddock_report_output_describe (PaddockModelReport *report)
{
  switch (paddock_model_report_get_verdict (report))
    {
    case PADDOCK_VERDICT_ACCEPT:
      return _("sound");
    case PADDOCK_VERDICT_WARN:
      return _("can be used, with warnings");
    case PADDOCK_VERDICT_REJECT:
    default:
      return _("must not be used");
    }
}

static void
print_finding (const PaddockFinding *finding)
{
  guint width = paddock_output_get_width ();
  const char *severity = finding->severity == PADDOCK_VERDICT_REJECT ? _("error") : _("warning");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *wrapped = NULL;

  g_string_append_printf (text, "  %s: %s [%s]", severity, finding->message, finding->code);
  if (finding->remedy != NULL)
    g_string_append_printf (text, "\n    %s", finding->remedy);
  wrapped = paddock_text_wrap (text->str, width > 0 ? width : G_MAXUINT, "    ");
  paddock_output_line ("%s", wrapped);
}

/**
 * paddock_report_output_print:
 * @report: a report
 *
 * Prints its findings for a person.
 */
void
paddock_report_output_print (PaddockModelReport *report)
{
  for (guint i = 0; i < paddock_model_report_get_n_findings (report); i++)
    print_finding (paddock_model_report_get_finding (report, i));
}
