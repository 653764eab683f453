/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/layer-view.h"

#include "charts/layer-chart.h"
#include "model/survey-activity.h"
#include "model/tensor-layers.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * PaddockLayerView:
 *
 * The layers of a model side by side, so that an odd one stands out. Sizes and types are known at once; what the numbers
 * come to takes a reading of the whole model, which a person asks for, and which is one of the application's activities.
 * Choosing a layer emits #PaddockLayerView::layer-chosen.
 */
struct _PaddockLayerView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockActivityList *activities;   /* NULL: nothing can be begun */
  PaddockModelSnapshot *snapshot;
  PaddockTensorLayers *layers;       /* NULL before they are known */
  PaddockSurveyActivity *survey;     /* of these very files, or NULL */
  GCancellable *looking;

  /* Template */
  GtkStack *stack;
  PaddockLayerChart *bytes_chart;
  GtkLabel *bytes_label;
  GtkWidget *survey_button;
  GtkWidget *progress_box;
  GtkProgressBar *progress_bar;
  GtkWidget *values_box;
  PaddockLayerChart *deviation_chart;
  GtkLabel *deviation_label;
  PaddockLayerChart *extreme_chart;
  GtkLabel *extreme_label;
  GtkLabel *trouble_label;
};

enum
{
  LAYER_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLayerView, paddock_layer_view, ADW_TYPE_BIN)

static void
show_chart (PaddockLayerChart *chart, GtkLabel *label, const char *title, PaddockLayerUnit unit, const double *values,
            const char * const *notes, guint count)
{
  g_autofree char *summary = paddock_layer_chart_set_values (chart, title, unit, values, notes, count);

  gtk_label_set_label (label, summary);
}

static void
show_bytes (PaddockLayerView *self)
{
  guint count = paddock_tensor_layers_get_count (self->layers);
  g_autofree double *values = g_new0 (double, MAX (count, 1));
  g_auto (GStrv) notes = g_new0 (char *, count + 1);

  for (guint i = 0; i < count; i++)
    {
      const PaddockTensorLayer *layer = paddock_tensor_layers_get_layer (self->layers, i);

      values[i] = layer->tensors > 0 ? (double) layer->bytes : NAN;
      notes[i] = g_strdup (layer->types);
    }
  show_chart (self->bytes_chart, self->bytes_label, _("Size of Each Layer"), PADDOCK_LAYER_BYTES, values,
              (const char * const *) notes, count);
}

/* What each layer's numbers come to, all its tensors taken together. */
static PaddockTensorSummary *
merge_layers (PaddockLayerView *self, PaddockTensorSurvey *survey)
{
  guint count = paddock_tensor_layers_get_count (self->layers);
  PaddockTensorSummary *merged = g_new0 (PaddockTensorSummary, MAX (count, 1));

  for (guint i = 0; i < count; i++)
    merged[i] = (PaddockTensorSummary) PADDOCK_TENSOR_SUMMARY_INIT;
  for (guint i = 0; i < paddock_tensor_survey_get_n_tensors (survey); i++)
    {
      const PaddockTensorSummary *summary = paddock_tensor_survey_get_summary (survey, i);
      guint layer;

      if (summary != NULL && paddock_tensor_layers_find (self->layers, self->snapshot->shards, i, &layer))
        paddock_tensor_summary_merge (&merged[layer], summary);
    }
  return merged;
}

static void
show_survey (PaddockLayerView *self, PaddockTensorSurvey *survey)
{
  guint count = paddock_tensor_layers_get_count (self->layers);
  g_autofree PaddockTensorSummary *merged = merge_layers (self, survey);
  g_autofree double *deviations = g_new0 (double, MAX (count, 1));
  g_autofree double *extremes = g_new0 (double, MAX (count, 1));

  for (guint i = 0; i < count; i++)
    {
      gboolean known = paddock_tensor_summary_get_n_finite (&merged[i]) > 0;

      deviations[i] = known ? paddock_tensor_summary_get_deviation (&merged[i]) : NAN;
      extremes[i] = known ? fmax (fabs (merged[i].minimum), fabs (merged[i].maximum)) : NAN;
    }
  show_chart (self->deviation_chart, self->deviation_label, _("Standard Deviation"), PADDOCK_LAYER_NUMBER, deviations, NULL,
              count);
  show_chart (self->extreme_chart, self->extreme_label, _("Value Farthest from Zero"), PADDOCK_LAYER_NUMBER, extremes, NULL,
              count);
}

static void
on_fraction_changed (PaddockLayerView *self)
{
  gtk_progress_bar_set_fraction (self->progress_bar, MAX (paddock_activity_get_fraction (PADDOCK_ACTIVITY (self->survey)), 0));
}

static void
update_survey (PaddockLayerView *self)
{
  PaddockActivity *activity = self->survey != NULL ? PADDOCK_ACTIVITY (self->survey) : NULL;
  PaddockTensorSurvey *survey = activity != NULL ? paddock_survey_activity_get_survey (self->survey) : NULL;
  gboolean running = activity != NULL && !paddock_activity_is_over (activity);
  gboolean failed = activity != NULL && paddock_activity_get_state (activity) == PADDOCK_ACTIVITY_FAILED;
  g_autofree char *status = failed ? paddock_activity_dup_status (activity) : NULL;

  gtk_widget_set_visible (self->progress_box, running);
  gtk_widget_set_visible (self->survey_button, !running && survey == NULL);
  gtk_widget_set_visible (self->values_box, survey != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_label), failed);
  gtk_label_set_label (self->trouble_label, failed ? status : "");
  if (running)
    on_fraction_changed (self);
  if (survey != NULL && self->layers != NULL)
    show_survey (self, survey);
}

static void
on_layers_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockLayerView) self = g_steal_pointer (&user_data);
  g_autoptr (PaddockTensorLayers) layers = paddock_tensor_layers_make_finish (result, NULL);

  if (layers == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->looking);
  self->layers = g_steal_pointer (&layers);
  if (paddock_tensor_layers_get_count (self->layers) > 0)
    show_bytes (self);
  gtk_stack_set_visible_child_name (self->stack, paddock_tensor_layers_get_count (self->layers) > 0 ? "layers" : "none");
  update_survey (self);
}

static void
set_survey (PaddockLayerView *self, PaddockSurveyActivity *survey)
{
  if (self->survey == survey)
    return;
  if (self->survey != NULL)
    g_signal_handlers_disconnect_by_data (self->survey, self);
  g_set_object (&self->survey, survey);
  if (survey == NULL)
    return;
  g_signal_connect_object (survey, "notify::fraction", G_CALLBACK (on_fraction_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (survey, "notify::state", G_CALLBACK (update_survey), self, G_CONNECT_SWAPPED);
}

/* The newest of these files, whoever began it. */
static void
adopt_survey (PaddockLayerView *self)
{
  guint count = self->activities != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->activities)) : 0;
  gboolean found = FALSE;

  for (guint i = 0; i < count && !found && self->snapshot != NULL; i++)
    {
      g_autoptr (PaddockActivity) activity = g_list_model_get_item (G_LIST_MODEL (self->activities), i);

      found = PADDOCK_IS_SURVEY_ACTIVITY (activity) &&
              paddock_survey_activity_is_of (PADDOCK_SURVEY_ACTIVITY (activity), self->snapshot);
      if (found && PADDOCK_SURVEY_ACTIVITY (activity) != self->survey)
        {
          set_survey (self, PADDOCK_SURVEY_ACTIVITY (activity));
          update_survey (self);
        }
    }
}

static void
on_survey_clicked (PaddockLayerView *self)
{
  g_autoptr (PaddockActivity) activity = NULL;

  if (self->activities == NULL || self->snapshot == NULL)
    return;
  activity = paddock_survey_activity_new (self->snapshot);
  paddock_activity_list_add (self->activities, activity);
}

static void
stop_looking (PaddockLayerView *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
on_stop_clicked (PaddockLayerView *self)
{
  if (self->survey != NULL)
    paddock_activity_stop (PADDOCK_ACTIVITY (self->survey));
}

static void
on_table_clicked (PaddockLayerView *self)
{
  paddock_bar_chart_show_table (PADDOCK_BAR_CHART (self->bytes_chart), _("Layers"), _("Layer"), _("Size and Types"));
}

static void
select_layer (PaddockLayerView *self, int layer)
{
  paddock_bar_chart_set_selected (PADDOCK_BAR_CHART (self->bytes_chart), layer);
  paddock_bar_chart_set_selected (PADDOCK_BAR_CHART (self->deviation_chart), layer);
  paddock_bar_chart_set_selected (PADDOCK_BAR_CHART (self->extreme_chart), layer);
}

static void
on_layer_activated (PaddockLayerView *self, int layer)
{
  g_autofree char *prefix = NULL;

  if (self->layers == NULL || layer < 0 || (guint) layer >= paddock_tensor_layers_get_count (self->layers))
    return;
  prefix = paddock_tensor_layers_dup_prefix (self->layers, (guint) layer);
  select_layer (self, layer);
  g_signal_emit (self, signals[LAYER_CHOSEN], 0, prefix);
}

static void
paddock_layer_view_dispose (GObject *object)
{
  PaddockLayerView *self = PADDOCK_LAYER_VIEW (object);

  stop_looking (self);
  if (self->activities != NULL)
    g_signal_handlers_disconnect_by_data (self->activities, self);
  set_survey (self, NULL);
  g_clear_object (&self->activities);
  /* The bin's own child is one of the template's: taken away by the template, the bin would not know. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_LAYER_VIEW);
  g_clear_pointer (&self->layers, paddock_tensor_layers_free);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  G_OBJECT_CLASS (paddock_layer_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, bytes_chart);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, bytes_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, survey_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, progress_box);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, values_box);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, deviation_chart);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, deviation_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, extreme_chart);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, extreme_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockLayerView, trouble_label);
}

static void
paddock_layer_view_class_init (PaddockLayerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_layer_view_dispose;
  g_type_ensure (PADDOCK_TYPE_LAYER_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/layer-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_survey_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_table_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_layer_activated);

  /**
   * PaddockLayerView::layer-chosen:
   * @prefix: what the names of the layer's tensors begin with
   *
   * A layer was clicked, or chosen with the keyboard.
   */
  signals[LAYER_CHOSEN] = g_signal_new ("layer-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
paddock_layer_view_init (PaddockLayerView *self)
{
  g_autoptr (GtkSizeGroup) axes = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  gtk_widget_init_template (GTK_WIDGET (self));
  paddock_bar_chart_align (PADDOCK_BAR_CHART (self->bytes_chart), axes);
  paddock_bar_chart_align (PADDOCK_BAR_CHART (self->deviation_chart), axes);
  paddock_bar_chart_align (PADDOCK_BAR_CHART (self->extreme_chart), axes);
}

/**
 * paddock_layer_view_set_activities:
 * @self: the view
 * @activities: where what takes a while is done
 *
 * Can be called once.
 */
void
paddock_layer_view_set_activities (PaddockLayerView *self, PaddockActivityList *activities)
{
  g_return_if_fail (self->activities == NULL);

  self->activities = g_object_ref (activities);
  g_signal_connect_object (activities, "items-changed", G_CALLBACK (adopt_survey), self, G_CONNECT_SWAPPED);
}

/**
 * paddock_layer_view_set_snapshot:
 * @self: the view
 * @snapshot: a model that could be opened; what is under way for other files of it is stopped
 */
void
paddock_layer_view_set_snapshot (PaddockLayerView *self, PaddockModelSnapshot *snapshot)
{
  stop_looking (self);
  if (self->survey != NULL && !paddock_survey_activity_is_of (self->survey, snapshot))
    {
      paddock_activity_stop (PADDOCK_ACTIVITY (self->survey));
      set_survey (self, NULL);
    }
  g_clear_pointer (&self->layers, paddock_tensor_layers_free);
  paddock_model_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  self->snapshot = snapshot;
  adopt_survey (self);
  update_survey (self);
  self->looking = g_cancellable_new ();
  paddock_tensor_layers_make_async (snapshot->shards, self->looking, on_layers_made, g_object_ref (self));
}

void
paddock_layer_view_set_prefix (PaddockLayerView *self, const char *prefix)
{
  guint count = self->layers != NULL ? paddock_tensor_layers_get_count (self->layers) : 0;
  int found = -1;

  for (guint i = 0; i < count && found < 0; i++)
    {
      g_autofree char *candidate = paddock_tensor_layers_dup_prefix (self->layers, i);

      if (g_str_equal (candidate, prefix))
        found = (int) i;
    }
  select_layer (self, found);
}
