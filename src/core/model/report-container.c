/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-layout.h"
#include "model/report-check.h"

/* What real files stay far below. */
#define MANY_ENTRIES 65536
#define SMALLEST_ALIGNMENT 8
#define LARGEST_ALIGNMENT 65536

static const char *
get_tensor_name (PaddockReportCheck *check, guint position, gsize *length)
{
  return paddock_gguf_file_get_tensor_name_bytes (check->file, paddock_gguf_file_get_tensor (check->file, position), length);
}

static void
check_counts (PaddockReportCheck *check)
{
  guint entries = paddock_gguf_metadata_get_count (check->metadata);
  guint tensors = paddock_gguf_file_get_n_tensors (check->file);

  if (entries == 0)
    paddock_report_findings_add (check->findings, PADDOCK_SAYS_NO_METADATA, 16, NULL, 0);
  if (entries > MANY_ENTRIES)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_MANY_ENTRIES, 16, NULL, 0, "%u keys", entries);
  if (tensors > MANY_ENTRIES)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_MANY_ENTRIES, 8, NULL, 0, "%u tensors", tensors);
}

void
paddock_report_check_container (PaddockReportCheck *check)
{
  guint32 version = paddock_gguf_file_get_version (check->file);
  guint64 alignment = paddock_gguf_file_get_alignment (check->file);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, "general.alignment");

  if (version < 2)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_OLD_VERSION, 4, NULL, 0, "%u", version);
  if (paddock_gguf_file_get_byte_order (check->file) == PADDOCK_GGUF_BIG_ENDIAN)
    paddock_report_findings_add (check->findings, PADDOCK_SAYS_BIG_ENDIAN, 4, NULL, 0);
  if (alignment < SMALLEST_ALIGNMENT || alignment > LARGEST_ALIGNMENT)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_ODD_ALIGNMENT,
                                       entry != NULL ? (gint64) entry->value_offset : -1, "general.alignment", -1,
                                       "%" G_GUINT64_FORMAT, alignment);
  check_counts (check);
}

static const PaddockFindingText layout_texts[PADDOCK_GGUF_LAYOUT_N_KINDS] = {
  [PADDOCK_GGUF_LAYOUT_OVERFLOW] = PADDOCK_SAYS_TENSOR_OVERFLOW,
  [PADDOCK_GGUF_LAYOUT_PARTIAL_BLOCK] = PADDOCK_SAYS_PARTIAL_BLOCK,
  [PADDOCK_GGUF_LAYOUT_UNALIGNED] = PADDOCK_SAYS_UNALIGNED_TENSOR,
  [PADDOCK_GGUF_LAYOUT_OUTSIDE] = PADDOCK_SAYS_TRUNCATED_DATA,
  [PADDOCK_GGUF_LAYOUT_OVERLAP] = PADDOCK_SAYS_OVERLAPPING_TENSORS,
  [PADDOCK_GGUF_LAYOUT_GAP] = PADDOCK_SAYS_GAP,
  [PADDOCK_GGUF_LAYOUT_ORDER] = PADDOCK_SAYS_TENSOR_ORDER,
  [PADDOCK_GGUF_LAYOUT_TRAILING] = PADDOCK_SAYS_TRAILING_DATA,
  [PADDOCK_GGUF_LAYOUT_PADDING] = PADDOCK_SAYS_DIRTY_PADDING,
};

static void
report_issue (PaddockReportCheck *check, const PaddockGgufLayoutIssue *issue)
{
  const PaddockGgufTensor *tensor = issue->tensor != G_MAXUINT ? paddock_gguf_file_get_tensor (check->file, issue->tensor) : NULL;
  gint64 offset = issue->offset > G_MAXINT64 ? -1 : (gint64) issue->offset;
  gsize length = 0, other_length = 0;
  const char *name = tensor != NULL ? get_tensor_name (check, issue->tensor, &length) : NULL;
  const char *other = issue->other != G_MAXUINT ? get_tensor_name (check, issue->other, &other_length) : "";
  PaddockFindingText text = layout_texts[issue->kind];

  if (issue->kind == PADDOCK_GGUF_LAYOUT_OVERFLOW)
    paddock_report_findings_add_value (check->findings, text, offset, name, (gssize) length,
                                       "%" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT,
                                       tensor->dimensions[0], tensor->dimensions[1], tensor->dimensions[2],
                                       tensor->dimensions[3]);
  else if (issue->kind == PADDOCK_GGUF_LAYOUT_PARTIAL_BLOCK)
    paddock_report_findings_add_value (check->findings, text, offset, name, (gssize) length,
                                       "%" G_GUINT64_FORMAT " ÷ %" G_GUINT64_FORMAT, tensor->dimensions[0], issue->amount);
  else if (issue->kind == PADDOCK_GGUF_LAYOUT_UNALIGNED)
    paddock_report_findings_add_value (check->findings, text, offset, name, (gssize) length,
                                       "%" G_GUINT64_FORMAT " ÷ %" G_GUINT64_FORMAT, tensor->offset,
                                       paddock_gguf_file_get_alignment (check->file));
  else if (issue->kind == PADDOCK_GGUF_LAYOUT_OVERLAP)
    paddock_report_findings_add_value (check->findings, text, offset, name, (gssize) length, "%.*s", (int) other_length, other);
  else
    paddock_report_findings_add_value (check->findings, text, offset, name, (gssize) length,
                                       issue->kind == PADDOCK_GGUF_LAYOUT_OUTSIDE ? "−%" G_GUINT64_FORMAT
                                                                                  : "%" G_GUINT64_FORMAT,
                                       issue->amount);
}

void
paddock_report_check_layout (PaddockReportCheck *check)
{
  g_autoptr (PaddockGgufLayout) layout = paddock_gguf_layout_new (check->file);
  guint64 kept[PADDOCK_GGUF_LAYOUT_N_KINDS] = { 0 };

  for (guint i = 0; i < paddock_gguf_layout_get_n_issues (layout); i++)
    {
      report_issue (check, paddock_gguf_layout_get_issue (layout, i));
      kept[paddock_gguf_layout_get_issue (layout, i)->kind]++;
    }
  for (guint kind = 0; kind < PADDOCK_GGUF_LAYOUT_N_KINDS; kind++)
    paddock_report_findings_add_uncounted (check->findings, layout_texts[kind],
                                           paddock_gguf_layout_count (layout, (PaddockGgufLayoutKind) kind) - kept[kind]);
}
