/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-report.h"

#include "model/report-check.h"
#include "model/report-failure.h"

struct _PaddockModelReport
{
  gatomicrefcount references;

  /* Owned */
  char *path;
  char *architecture;
  PaddockGgufShards *shards;
  GPtrArray *findings;               /* of PaddockFinding */

  gint64 version;
  gint64 n_tensors;
};

static PaddockModelReport *
report_new (const char *path)
{
  PaddockModelReport *self = g_new0 (PaddockModelReport, 1);

  g_atomic_ref_count_init (&self->references);
  self->path = g_strdup (path);
  self->version = -1;
  self->n_tensors = -1;
  return self;
}

static void
check_file (PaddockReportFindings *findings, PaddockGgufShards *shards, PaddockGgufFile *file, GCancellable *cancellable)
{
  PaddockReportCheck check = { findings, shards, file, paddock_gguf_file_get_metadata (file), NULL, cancellable };

  check.architecture = paddock_gguf_metadata_dup_string (check.metadata, "general.architecture");
  paddock_report_check_container (&check);
  paddock_report_check_names (&check);
  paddock_report_check_values (&check);
  paddock_report_check_layout (&check);
  paddock_report_check_tensors (&check);
  /* Where the places of the tensors cannot be trusted there is nothing to be learned from their numbers. */
  if (!paddock_report_findings_is_bad (findings))
    paddock_report_check_samples (&check);
  g_free (check.architecture);
}

static void
check_model (PaddockReportFindings *findings, PaddockGgufShards *shards, GCancellable *cancellable)
{
  PaddockGgufFile *file = paddock_gguf_shards_get_primary (shards);
  PaddockReportCheck check = { findings, shards, file, paddock_gguf_file_get_metadata (file), NULL, cancellable };

  check.architecture = paddock_gguf_metadata_dup_string (check.metadata, "general.architecture");
  paddock_report_check_shards (&check);
  /* Without the first shard nobody knows what the model says. */
  if (paddock_gguf_shards_get_shard (shards, 0)->file != NULL)
    {
      paddock_report_check_architecture (&check);
      paddock_report_check_companion (&check);
      paddock_report_check_parts (&check);
      paddock_report_check_quantization (&check);
      paddock_report_check_tokenizer (&check);
      paddock_report_check_template (&check);
    }
  g_free (check.architecture);
}

/* A file that somebody writes to meanwhile may have passed every check and be another one now. */
static void
check_unchanged (PaddockReportFindings *findings, PaddockGgufShards *shards)
{
  for (guint i = 0; i < paddock_gguf_shards_get_count (shards); i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (shards, i);

      if (shard->file != NULL && !paddock_gguf_source_check (paddock_gguf_file_get_source (shard->file), NULL))
        paddock_report_findings_add (findings, PADDOCK_SAYS_CHANGED, -1, shard->path, -1);
    }
}

static void
check_everything (PaddockReportFindings *findings, PaddockGgufShards *shards, GCancellable *cancellable)
{
  for (guint i = 0; i < paddock_gguf_shards_get_count (shards); i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (shards, i);

      if (shard->file != NULL && !g_cancellable_is_cancelled (cancellable))
        check_file (findings, shards, shard->file, cancellable);
    }
  check_model (findings, shards, cancellable);
  check_unchanged (findings, shards);
  if (g_cancellable_is_cancelled (cancellable))
    paddock_report_findings_add (findings, PADDOCK_SAYS_CANCELLED, -1, NULL, 0);
}

/* What can be told of a model whose header may break off. */
static void
set_model (PaddockModelReport *self, PaddockGgufShards *shards)
{
  PaddockGgufFile *file = paddock_gguf_shards_get_primary (shards);

  self->shards = paddock_gguf_shards_ref (shards);
  self->architecture = paddock_gguf_metadata_dup_string (paddock_gguf_file_get_metadata (file), "general.architecture");
  if (paddock_gguf_file_get_version (file) != 0)
    self->version = paddock_gguf_file_get_version (file);
  if (paddock_gguf_file_get_failure (file) == NULL)
    self->n_tensors = paddock_gguf_shards_get_n_tensors (shards);
}

/**
 * paddock_model_report_new_for_shards:
 * @shards: a model that was opened
 * @cancellable: (nullable): a cancellable
 *
 * Judges a model. A report that was stopped says so.
 *
 * Returns: (transfer full): the report
 */
PaddockModelReport *
paddock_model_report_new_for_shards (PaddockGgufShards *shards, GCancellable *cancellable)
{
  g_autoptr (PaddockReportFindings) findings = paddock_report_findings_new ();
  PaddockGgufFile *file = paddock_gguf_shards_get_opened (shards);
  PaddockModelReport *self = report_new (paddock_gguf_file_get_path (file));

  set_model (self, shards);
  if (paddock_gguf_file_get_failure (file) != NULL)
    paddock_report_failure_add (findings, self->path, file, paddock_gguf_file_get_failure (file));
  else
    check_everything (findings, shards, cancellable);
  self->findings = paddock_report_findings_steal (findings);
  return self;
}

/**
 * paddock_model_report_new_for_path:
 * @path: (type filename): a file
 * @cancellable: (nullable): a cancellable
 *
 * Opens a file, with its siblings where it is split, and judges it. Never fails: what cannot be opened gets a report
 * that says so.
 *
 * Returns: (transfer full): the report
 */
PaddockModelReport *
paddock_model_report_new_for_path (const char *path, GCancellable *cancellable)
{
  g_autoptr (PaddockGgufShards) shards = NULL;
  g_autoptr (PaddockGgufFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_path (path, &error);

  if (source == NULL)
    {
      g_autoptr (PaddockReportFindings) findings = paddock_report_findings_new ();
      PaddockModelReport *self = report_new (path);

      paddock_report_failure_add (findings, path, NULL, error);
      self->findings = paddock_report_findings_steal (findings);
      return self;
    }
  file = paddock_gguf_file_scan (source, cancellable);
  if (paddock_gguf_file_get_failure (file) != NULL)
    shards = paddock_gguf_shards_new_for_file (file);
  else
    shards = paddock_gguf_shards_new_for_path_of (file, cancellable);
  return paddock_model_report_new_for_shards (shards, cancellable);
}

static void
add_number_finding (PaddockReportFindings *findings, const PaddockNumberFinding *number)
{
  gint64 offset = number->offset <= G_MAXINT64 ? (gint64) number->offset : -1;

  switch (number->kind)
    {
    case PADDOCK_NUMBER_FINDING_UNREADABLE:
      paddock_report_findings_add_value (findings, PADDOCK_SAYS_UNREADABLE_TENSOR, offset, number->subject, -1, "%s",
                                         number->problem);
      return;
    case PADDOCK_NUMBER_FINDING_CHANGED:
      paddock_report_findings_add (findings, PADDOCK_SAYS_CHANGED, -1, number->subject, -1);
      return;
    case PADDOCK_NUMBER_FINDING_BAD:
    default:
      paddock_report_findings_add_value (findings, PADDOCK_SAYS_BAD_NUMBERS, offset, number->subject, -1,
                                         "%s, %" G_GUINT64_FORMAT " × NaN, %" G_GUINT64_FORMAT " × ∞", number->type, number->nan,
                                         number->infinity);
    }
}

/* What was found in a sample is said again by whoever read everything. */
static gboolean
is_replaced (const PaddockFinding *finding, const PaddockNumberFinding *numbers, guint n_numbers)
{
  if (g_str_equal (finding->code, paddock_finding_text_get_code (PADDOCK_SAYS_BAD_NUMBER)))
    return TRUE;
  if (!g_str_equal (finding->code, paddock_finding_text_get_code (PADDOCK_SAYS_CHANGED)))
    return FALSE;
  for (guint i = 0; i < n_numbers; i++)
    if (numbers[i].kind == PADDOCK_NUMBER_FINDING_CHANGED)
      return TRUE;
  return FALSE;
}

/**
 * paddock_model_report_new_with_numbers:
 * @report: what the headers say
 * @findings: (array length=n_findings): what the numbers of all tensors say
 * @n_findings: how many
 *
 * Returns: (transfer full): a report of both; a sample of the numbers is not spoken of any more
 */
PaddockModelReport *
paddock_model_report_new_with_numbers (PaddockModelReport *report, const PaddockNumberFinding *findings, guint n_findings)
{
  g_autoptr (PaddockReportFindings) all = paddock_report_findings_new ();
  PaddockModelReport *self = report_new (report->path);

  self->architecture = g_strdup (report->architecture);
  self->shards = report->shards != NULL ? paddock_gguf_shards_ref (report->shards) : NULL;
  self->version = report->version;
  self->n_tensors = report->n_tensors;
  for (guint i = 0; i < report->findings->len; i++)
    if (!is_replaced (paddock_model_report_get_finding (report, i), findings, n_findings))
      paddock_report_findings_add_copy (all, paddock_model_report_get_finding (report, i));
  for (guint i = 0; i < n_findings; i++)
    add_number_finding (all, &findings[i]);
  self->findings = paddock_report_findings_steal (all);
  return self;
}

/**
 * paddock_model_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): @self
 */
PaddockModelReport *
paddock_model_report_ref (PaddockModelReport *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * paddock_model_report_unref:
 * @self: (transfer full): a report
 */
void
paddock_model_report_unref (PaddockModelReport *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  g_ptr_array_unref (self->findings);
  g_free (self->architecture);
  g_free (self->path);
  g_free (self);
}

/**
 * paddock_model_report_get_verdict:
 * @self: a report
 *
 * Returns: the worst of all findings
 */
PaddockVerdict
paddock_model_report_get_verdict (PaddockModelReport *self)
{
  return self->findings->len == 0 ? PADDOCK_VERDICT_ACCEPT : paddock_model_report_get_finding (self, 0)->severity;
}

/**
 * paddock_model_report_is_valid_in:
 * @self: a report
 * @area: an area
 *
 * Returns: whether nothing in that area forbids to use the model; what could not be read is not valid
 */
gboolean
paddock_model_report_is_valid_in (PaddockModelReport *self, PaddockFindingArea area)
{
  gboolean readable = self->n_tensors >= 0;

  for (guint i = 0; i < self->findings->len; i++)
    {
      const PaddockFinding *finding = paddock_model_report_get_finding (self, i);

      if (finding->severity == PADDOCK_VERDICT_REJECT && finding->area == area)
        return FALSE;
    }
  return readable || area == PADDOCK_FINDING_FORMAT;
}

guint
paddock_model_report_get_n_findings (PaddockModelReport *self)
{
  return self->findings->len;
}

/**
 * paddock_model_report_get_finding:
 * @self: a report
 * @position: less than the number of findings
 *
 * Returns: (transfer none): the finding at this place, the worst first
 */
const PaddockFinding *
paddock_model_report_get_finding (PaddockModelReport *self, guint position)
{
  return g_ptr_array_index (self->findings, position);
}

/**
 * paddock_model_report_get_path:
 * @self: a report
 *
 * Returns: (type filename): the file that was asked for
 */
const char *
paddock_model_report_get_path (PaddockModelReport *self)
{
  return self->path;
}

/**
 * paddock_model_report_get_architecture:
 * @self: a report
 *
 * Returns: (nullable): what the file says of its architecture
 */
const char *
paddock_model_report_get_architecture (PaddockModelReport *self)
{
  return self->architecture;
}

gint64
paddock_model_report_get_version (PaddockModelReport *self)
{
  return self->version;
}

gint64
paddock_model_report_get_n_tensors (PaddockModelReport *self)
{
  return self->n_tensors;
}

/**
 * paddock_model_report_get_shards:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): what was opened, as far as it could be
 */
PaddockGgufShards *
paddock_model_report_get_shards (PaddockModelReport *self)
{
  return self->shards;
}

/**
 * paddock_verdict_get_id:
 * @verdict: a verdict
 *
 * Returns: "accept", "warn" or "reject"
 */
const char *
paddock_verdict_get_id (PaddockVerdict verdict)
{
  static const char *const ids[] = { "accept", "warn", "reject" };

  return ids[verdict];
}
