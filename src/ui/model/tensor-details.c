/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-details.h"

#include "activity/text-direction.h"
#include "base/units.h"
#include "charts/chart-scale.h"
#include "charts/histogram-chart.h"
#include "loading/loading-error.h"
#include "loading/tensor-stats.h"
#include "model/tensor-row.h"

#include <glib/gi18n.h>
#include <math.h>

#define PATIENCE_MS 250              /* a spinner that flashes by only disturbs */

/**
 * PaddockTensorDetails:
 *
 * The numbers in one tensor: a histogram and what they come to. They are read in the background; another choice or a
 * closed window stops that.
 */
struct _PaddockTensorDetails
{
  AdwBin parent_instance;

  /* Owned */
  GCancellable *reading;

  /* Template */
  GtkStack *stack;
  GtkLabel *name_label;
  GtkLabel *facts_label;
  GtkStack *values;
  GtkWidget *spinner;
  AdwStatusPage *failed_page;
  PaddockHistogramChart *chart;
  GtkLabel *caution_label;
  AdwActionRow *minimum_row;
  AdwActionRow *maximum_row;
  AdwActionRow *mean_row;
  AdwActionRow *deviation_row;
  AdwActionRow *zeros_row;
  AdwActionRow *nan_row;
  AdwActionRow *infinities_row;

  guint spinner_source;
};

G_DEFINE_FINAL_TYPE (PaddockTensorDetails, paddock_tensor_details, ADW_TYPE_BIN)

static void
stop_reading (PaddockTensorDetails *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->spinner_source, g_source_remove);
}

static void
show_number (AdwActionRow *row, double value)
{
  g_autofree char *text = isnan (value) ? g_strdup ("–") : paddock_chart_scale_format_number (value);

  adw_action_row_set_subtitle (row, text);
}

/* What should not be there is worth a warning. */
static void
show_trouble (AdwActionRow *row, guint64 count)
{
  g_autofree char *text = count > 0 ? paddock_units_format_count (count) : g_strdup (_("None"));

  adw_action_row_set_subtitle (row, text);
  if (count > 0)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
show_zeros (PaddockTensorDetails *self, const PaddockTensorSummary *summary)
{
  double share = paddock_tensor_summary_get_zero_share (summary);
  g_autofree char *count = paddock_units_format_count (summary->zeros);
  g_autofree char *text = NULL;

  if (summary->zeros == 0 || isnan (share))
    text = g_strdup (_("None"));
  else
    /* Translators: a number of zeros, and their share of all numbers. */
    text = paddock_text_direction_isolate (g_strdup_printf (_("%s (%.3g %%)"), count, 100 * share));
  adw_action_row_set_subtitle (self->zeros_row, text);
}

static char *
summarize (const PaddockTensorSummary *summary)
{
  g_autofree char *count = paddock_units_format_count (summary->count);
  g_autofree char *minimum = paddock_chart_scale_format_number (summary->minimum);
  g_autofree char *maximum = paddock_chart_scale_format_number (summary->maximum);
  g_autofree char *mean = paddock_chart_scale_format_number (summary->mean);
  g_autofree char *deviation = paddock_chart_scale_format_number (paddock_tensor_summary_get_deviation (summary));

  if (isnan (summary->minimum))
    return g_strdup_printf (ngettext ("%s value, none of them a number", "%s values, none of them a number",
                                      (gulong) summary->count), count);
  /* Translators: a number of values, then four numbers. */
  return g_strdup_printf (ngettext ("%s value from %s to %s, mean %s, standard deviation %s",
                                    "%s values from %s to %s, mean %s, standard deviation %s", (gulong) summary->count),
                          count, minimum, maximum, mean, deviation);
}

/* What is not certain about the values; NULL if nothing is. */
static const char *
get_caution (PaddockLoadingCaution caution)
{
  switch (caution)
    {
    case PADDOCK_LOADING_CAUTION_VARIANT:
      return _("Two programs store this type differently. It is read as the published models have it.");
    case PADDOCK_LOADING_CAUTION_NO_ORDER:
      return _("The values are certain, but not which of them stands where.");
    case PADDOCK_LOADING_CAUTION_NONE:
    default:
      return NULL;
    }
}

static void
show_stats (PaddockTensorDetails *self, const PaddockTensorStats *stats)
{
  const PaddockTensorSummary *summary = &stats->summary;
  const char *caution = get_caution (stats->caution);
  g_autofree char *sentence = summarize (summary);

  gtk_widget_set_visible (GTK_WIDGET (self->chart), stats->n_bins > 0);
  if (stats->n_bins > 0)
    paddock_histogram_chart_set_bins (self->chart, summary->minimum, summary->maximum, stats->bins, stats->n_bins);
  paddock_bar_chart_set_summary (PADDOCK_BAR_CHART (self->chart), _("Histogram"), sentence);
  gtk_label_set_label (self->caution_label, caution != NULL ? caution : "");
  gtk_widget_set_visible (GTK_WIDGET (self->caution_label), caution != NULL);
  show_number (self->minimum_row, summary->minimum);
  show_number (self->maximum_row, summary->maximum);
  show_number (self->mean_row, summary->mean);
  show_number (self->deviation_row, paddock_tensor_summary_get_deviation (summary));
  show_zeros (self, summary);
  show_trouble (self->nan_row, summary->nan);
  show_trouble (self->infinities_row, summary->positive_infinity + summary->negative_infinity);
  gtk_stack_set_visible_child_name (self->values, "ready");
}

static void
show_error (PaddockTensorDetails *self, const GError *error)
{
  const char *title = _("The Values Could Not Be Read");
  g_autofree char *shown = paddock_units_escape (error->message, -1, 300);
  g_autofree char *description = g_markup_escape_text (shown, -1);

  if (g_error_matches (error, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_NO_TYPE))
    {
      title = _("Unknown Type");
      g_set_str (&description, _("Nobody has said how a tensor of this type is to be read"));
    }
  else if (g_error_matches (error, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_NO_ORDER))
    {
      title = _("No Known Order");
      g_set_str (&description, _("Which value stands where depends on the program that made the file"));
    }
  adw_status_page_set_title (self->failed_page, title);
  adw_status_page_set_description (self->failed_page, description);
  gtk_stack_set_visible_child_name (self->values, "failed");
}

static void
on_computed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockTensorDetails) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorStats) stats = paddock_tensor_stats_compute_finish (result, &error);

  /* A cancelled one has a successor, or nobody waits for it any more. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  if (stats != NULL)
    show_stats (self, stats);
  else
    show_error (self, error);
}

static void
show_spinner (gpointer user_data)
{
  PaddockTensorDetails *self = user_data;

  self->spinner_source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
}

static void
on_logarithmic_toggled (PaddockTensorDetails *self, GtkToggleButton *button)
{
  paddock_bar_chart_set_logarithmic (PADDOCK_BAR_CHART (self->chart), gtk_toggle_button_get_active (button));
}

static void
on_table_clicked (PaddockTensorDetails *self)
{
  paddock_bar_chart_show_table (PADDOCK_BAR_CHART (self->chart), _("Histogram"), _("Range"), _("Count"));
}

static void
paddock_tensor_details_dispose (GObject *object)
{
  PaddockTensorDetails *self = PADDOCK_TENSOR_DETAILS (object);

  stop_reading (self);
  /* The bin's own child is one of the template's: taken away by the template, the bin would not know. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_TENSOR_DETAILS);
  G_OBJECT_CLASS (paddock_tensor_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, name_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, facts_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, values);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, spinner);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, chart);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, caution_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, minimum_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, maximum_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, mean_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, deviation_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, zeros_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, nan_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockTensorDetails, infinities_row);
}

static void
paddock_tensor_details_class_init (PaddockTensorDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_tensor_details_dispose;
  g_type_ensure (PADDOCK_TYPE_HISTOGRAM_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/tensor-details.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_logarithmic_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_table_clicked);
}

static void
paddock_tensor_details_init (PaddockTensorDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  paddock_bar_chart_set_logarithmic (PADDOCK_BAR_CHART (self->chart), TRUE);
}

static void
show_heading (PaddockTensorDetails *self, PaddockGgufShards *shards, guint position)
{
  g_autoptr (PaddockTensorRow) row = paddock_tensor_row_new (shards, position);
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  g_autofree char *shape = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *facts = NULL;

  g_object_get (row, "name", &name, "type", &type, "shape", &shape, "bytes", &bytes, NULL);
  facts = g_strjoin (" · ", type, shape, bytes, NULL);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->facts_label, facts);
}

/**
 * paddock_tensor_details_set_tensor:
 * @self: the details
 * @shards: a model
 * @position: one of its tensors
 *
 * Begins to read the tensor's values, and shows them when that is done.
 */
void
paddock_tensor_details_set_tensor (PaddockTensorDetails *self, PaddockGgufShards *shards, guint position)
{
  stop_reading (self);
  show_heading (self, shards, position);
  gtk_stack_set_visible_child_name (self->stack, "tensor");
  gtk_stack_set_visible_child_name (self->values, "reading");
  gtk_widget_set_visible (self->spinner, FALSE);
  self->spinner_source = g_timeout_add_once (PATIENCE_MS, show_spinner, self);
  self->reading = g_cancellable_new ();
  paddock_tensor_stats_compute_async (shards, position, 0, NULL, NULL, self->reading, on_computed, g_object_ref (self));
}

void
paddock_tensor_details_clear (PaddockTensorDetails *self)
{
  stop_reading (self);
  gtk_stack_set_visible_child_name (self->stack, "none");
}
