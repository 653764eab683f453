/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats-text.h"

#include "base/units.h"
#include "output.h"
#include "tensor-choice.h"
#include "text-table.h"

#include <glib/gi18n.h>
#include <math.h>

#define INDENT "  "
#define HISTOGRAM_ROWS 16
#define HISTOGRAM_COLUMNS 40

typedef struct
{
  PaddockGgufShards *shards;
  PaddockTensorSurvey *survey;
} Listing;

static char *
format_number (double value)
{
  return isnan (value) ? g_strdup ("–") : g_strdup_printf ("%.6g", value);
}

static char *
format_share (double share)
{
  return isnan (share) ? g_strdup ("–") : g_strdup_printf ("%.2f %%", share * 100);
}

static char *
format_count (guint64 count)
{
  return paddock_units_format_count ((gint64) MIN (count, G_MAXINT64));
}

static const char *
get_type_name (PaddockGgufShards *shards, guint position)
{
  guint shard;
  const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, position, &shard);
  const PaddockQuantType *type =
    paddock_gguf_file_get_tensor_type (paddock_gguf_shards_get_shard (shards, shard)->file, tensor);

  return type != NULL ? type->name : _("unknown");
}

static void
fill_summary (guint row, char **cells, gpointer user_data)
{
  Listing *listing = user_data;
  const PaddockTensorSummary *summary = paddock_tensor_survey_get_summary (listing->survey, row);

  cells[0] = paddock_tensor_choice_dup_name (listing->shards, row);
  cells[1] = g_strdup (get_type_name (listing->shards, row));
  for (guint i = 2; summary == NULL && i < 8; i++)
    cells[i] = g_strdup ("–");
  if (summary == NULL)
    return;
  cells[2] = format_number (summary->minimum);
  cells[3] = format_number (summary->maximum);
  cells[4] = format_number (summary->mean);
  cells[5] = format_number (paddock_tensor_summary_get_deviation (summary));
  cells[6] = format_share (paddock_tensor_summary_get_zero_share (summary));
  cells[7] = format_count (summary->count - paddock_tensor_summary_get_n_finite (summary));
}

/**
 * paddock_stats_text_print_survey:
 * @shards: a model
 * @survey: of its tensors
 */
void
paddock_stats_text_print_survey (PaddockGgufShards *shards, PaddockTensorSurvey *survey)
{
  Listing listing = { shards, survey };
  const PaddockTextColumn columns[] = {
    { _("Tensor"), FALSE, TRUE },   { _("Type"), FALSE, FALSE },     { _("Minimum"), TRUE, FALSE },
    { _("Maximum"), TRUE, FALSE },  { _("Mean"), TRUE, FALSE },      { _("Deviation"), TRUE, FALSE },
    { _("Zeros"), TRUE, FALSE },    { _("NaN or ∞"), TRUE, FALSE },
  };

  paddock_text_table_print ("", columns, G_N_ELEMENTS (columns), paddock_tensor_survey_get_n_tensors (survey), fill_summary,
                            &listing);
}

static void
fill_fact (guint row, char **cells, gpointer user_data)
{
  const PaddockTensorStats *stats = user_data;
  const PaddockTensorSummary *summary = &stats->summary;
  const char *const names[] = { _("Numbers"), _("Minimum"), _("Maximum"), _("Mean"), _("Deviation"), _("Zeros"), "NaN", "∞" };
  const double values[] = { summary->minimum, summary->maximum, summary->mean, paddock_tensor_summary_get_deviation (summary) };

  cells[0] = g_strdup (names[row]);
  if (row == 0)
    cells[1] = format_count (summary->count);
  else if (row < 5)
    cells[1] = format_number (values[row - 1]);
  else if (row == 5)
    cells[1] = format_share (paddock_tensor_summary_get_zero_share (summary));
  else
    cells[1] = format_count (row == 6 ? summary->nan : summary->positive_infinity + summary->negative_infinity);
}

/* A few bins beside each other make a row. */
static guint64
sum_row (const PaddockTensorStats *stats, guint row)
{
  guint first = row * stats->n_bins / HISTOGRAM_ROWS;
  guint end = (row + 1) * stats->n_bins / HISTOGRAM_ROWS;
  guint64 sum = 0;

  for (guint bin = first; bin < end; bin++)
    sum += stats->bins[bin];
  return sum;
}

static void
fill_bar (guint row, char **cells, gpointer user_data)
{
  const PaddockTensorStats *stats = user_data;
  double range = stats->summary.maximum - stats->summary.minimum;
  guint64 most = 1;
  g_autoptr (GString) bar = g_string_new (NULL);

  for (guint i = 0; i < HISTOGRAM_ROWS; i++)
    most = MAX (most, sum_row (stats, i));
  for (guint i = 0; (double) i < (double) sum_row (stats, row) / (double) most * HISTOGRAM_COLUMNS; i++)
    g_string_append (bar, "█");
  cells[0] = format_number (stats->summary.minimum + range * row / HISTOGRAM_ROWS);
  cells[1] = format_count (sum_row (stats, row));
  cells[2] = g_string_free (g_steal_pointer (&bar), FALSE);
}

/**
 * paddock_stats_text_print_tensor:
 * @shards: a model
 * @position: of one of its tensors
 * @stats: what its numbers come to
 */
void
paddock_stats_text_print_tensor (PaddockGgufShards *shards, guint position, const PaddockTensorStats *stats)
{
  const PaddockTextColumn facts[] = { { NULL, FALSE, FALSE }, { NULL, TRUE, FALSE } };
  const PaddockTextColumn bars[] = { { _("From"), TRUE, FALSE }, { _("Numbers"), TRUE, FALSE }, { "", FALSE, TRUE } };
  const char *caution = paddock_loading_caution_get_text (stats->caution);
  g_autofree char *name = paddock_tensor_choice_dup_name (shards, position);

  paddock_output_line ("%s (%s)", name, get_type_name (shards, position));
  if (caution != NULL)
    paddock_output_line (INDENT "%s", caution);
  paddock_text_table_print (INDENT, facts, G_N_ELEMENTS (facts), 8, fill_fact, (gpointer) stats);
  if (stats->n_bins == 0)
    return;
  paddock_output_text ("\n");
  paddock_text_table_print (INDENT, bars, G_N_ELEMENTS (bars), HISTOGRAM_ROWS, fill_bar, (gpointer) stats);
}
