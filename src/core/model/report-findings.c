/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report-findings.h"

#include "base/units.h"

#include <string.h>

#define MAX_SUBJECT_CHARS 120
#define MAX_VALUE_CHARS 300

struct _PaddockReportFindings
{
  GPtrArray *list;                   /* owned: of PaddockFinding */
  guint64 counts[PADDOCK_N_FINDING_TEXTS];
};

static void
finding_free (gpointer data)
{
  PaddockFinding *finding = data;

  g_free (finding->subject);
  g_free (finding->message);
  g_free (finding);
}

/**
 * paddock_report_findings_new:
 *
 * Returns: (transfer full): an empty collection
 */
PaddockReportFindings *
paddock_report_findings_new (void)
{
  PaddockReportFindings *self = g_new0 (PaddockReportFindings, 1);

  self->list = g_ptr_array_new_with_free_func (finding_free);
  return self;
}

/**
 * paddock_report_findings_free:
 * @self: (transfer full): a collection
 */
void
paddock_report_findings_free (PaddockReportFindings *self)
{
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_free (self);
}

static PaddockFinding *
finding_new (PaddockFindingText text, gint64 offset)
{
  PaddockFinding *finding = g_new0 (PaddockFinding, 1);

  finding->code = paddock_finding_text_get_code (text);
  finding->area = paddock_finding_text_get_area (text);
  finding->severity = paddock_finding_text_get_severity (text);
  finding->remedy = paddock_finding_text_get_remedy (text);
  finding->offset = offset;
  return finding;
}

static void
add (PaddockReportFindings *self, PaddockFindingText text, gint64 offset, const char *subject, gssize length, const char *value)
{
  PaddockFinding *finding = finding_new (text, offset);

  if (subject != NULL)
    finding->subject = paddock_units_escape (subject, length, MAX_SUBJECT_CHARS);
  finding->message = paddock_finding_text_format (text, finding->subject, value);
  g_ptr_array_add (self->list, finding);
}

/**
 * paddock_report_findings_add:
 * @self: a collection
 * @text: what is said
 * @offset: where in the file, or -1
 * @subject: (nullable): the bytes of the key, tensor or file name that it is about
 * @length: how many, or -1 if they end with NUL
 */
void
paddock_report_findings_add (PaddockReportFindings *self, PaddockFindingText text, gint64 offset, const char *subject,
                             gssize length)
{
  if (self->counts[text]++ < PADDOCK_REPORT_MAX_OF_A_KIND)
    add (self, text, offset, subject, length, NULL);
}

/**
 * paddock_report_findings_add_value:
 * @self: a collection
 * @text: what is said
 * @offset: where in the file, or -1
 * @subject: (nullable): the bytes of the key, tensor or file name that it is about
 * @length: how many, or -1 if they end with NUL
 * @format: how to print what was found there; it is made showable here
 * @...: for @format
 */
void
paddock_report_findings_add_value (PaddockReportFindings *self, PaddockFindingText text, gint64 offset, const char *subject,
                                   gssize length, const char *format, ...)
{
  g_autofree char *value = NULL;
  g_autofree char *shown = NULL;
  va_list arguments;

  if (self->counts[text]++ >= PADDOCK_REPORT_MAX_OF_A_KIND)
    return;
  va_start (arguments, format);
  value = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  shown = paddock_units_escape (value, -1, MAX_VALUE_CHARS);
  add (self, text, offset, subject, length, shown);
}

void
paddock_report_findings_add_uncounted (PaddockReportFindings *self, PaddockFindingText text, guint64 more)
{
  self->counts[text] += more;
}

/**
 * paddock_report_findings_add_copy:
 * @self: a collection
 * @finding: what another report says
 */
void
paddock_report_findings_add_copy (PaddockReportFindings *self, const PaddockFinding *finding)
{
  PaddockFinding *copy = g_memdup2 (finding, sizeof *finding);

  copy->subject = g_strdup (finding->subject);
  copy->message = g_strdup (finding->message);
  g_ptr_array_add (self->list, copy);
}

gboolean
paddock_report_findings_is_bad (PaddockReportFindings *self)
{
  for (guint text = 0; text < PADDOCK_N_FINDING_TEXTS; text++)
    if (self->counts[text] > 0 && paddock_finding_text_get_severity (text) == PADDOCK_VERDICT_REJECT)
      return TRUE;
  return FALSE;
}

static int
compare_severity (gconstpointer a, gconstpointer b)
{
  const PaddockFinding *first = *(PaddockFinding *const *) a;
  const PaddockFinding *second = *(PaddockFinding *const *) b;

  return (int) second->severity - (int) first->severity;
}

/**
 * paddock_report_findings_steal:
 * @self: a collection, empty afterwards
 *
 * Returns: (transfer full) (element-type PaddockFinding): all findings, the worst first, otherwise as they came;
 *   what was not kept is summed up at the end
 */
GPtrArray *
paddock_report_findings_steal (PaddockReportFindings *self)
{
  GPtrArray *list = g_steal_pointer (&self->list);

  self->list = g_ptr_array_new_with_free_func (finding_free);
  for (guint text = 0; text < PADDOCK_N_FINDING_TEXTS; text++)
    if (self->counts[text] > PADDOCK_REPORT_MAX_OF_A_KIND)
      {
        PaddockFinding *finding = finding_new (text, -1);

        finding->message = paddock_finding_text_format_more (text, self->counts[text] - PADDOCK_REPORT_MAX_OF_A_KIND);
        g_ptr_array_add (list, finding);
      }
  memset (self->counts, 0, sizeof self->counts);
  /* GLib's sort is stable. */
  g_ptr_array_sort (list, compare_severity);
  return list;
}
