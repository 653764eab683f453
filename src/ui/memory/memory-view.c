/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-view.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "charts/context-chart.h"
#include "estimate/estimate-error.h"
#include "memory/companion-group.h"
#include "memory/context-outlook.h"
#include "memory/context-row.h"
#include "memory/device-bars.h"
#include "memory/engine-answer-group.h"
#include "memory/memory-controls.h"
#include "memory/memory-numbers.h"
#include "memory/memory-words.h"
#include "memory/refusal-words.h"
#include "memory/saving-group.h"
#include "widgets/fit-badge.h"

#define PATIENCE_MS 250              /* a spinner that flashes by only disturbs */
#define PROGRAM "llama-server"

/**
 * PaddockMemoryView:
 *
 * What a model needs to run, and whether a computer has it. Each change of a setting is answered at once: the header is
 * in memory, and so is what the computer has.
 */
struct _PaddockMemoryView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockMachineChoice *machines;
  PaddockOpenedModel *model;
  PaddockModelShape *shape;          /* NULL: nobody can tell what it needs */
  char *command;

  /* Template */
  GtkStack *stack;
  GtkBox *content;
  GtkWidget *context_group;
  AdwStatusPage *failed_page;
  AdwStatusPage *unknown_page;
  PaddockFitBadge *badge;
  GtkLabel *verdict_label;
  AdwComboRow *machine_row;
  PaddockDeviceBars *bars;
  PaddockContextChart *chart;
  PaddockContextRow *context_row;
  GtkWidget *command_group;
  GtkLabel *command_label;

  /* The content's, made after the rest; NULL until then */
  PaddockMemoryControls *controls;
  PaddockCompanionGroup *companions;
  PaddockSavingGroup *saving_group;
  PaddockMemoryNumbers *numbers;
  PaddockEngineAnswerGroup *engine_answer;

  GCancellable *drawing;             /* Owned; NULL: the curve is as it should be */
  guint spinner_source;
  guint making_source;               /* 0: all groups are made */
  guint frame;                       /* tick callback that shows the outlook; 0: it is shown */
  guint32 largest;                   /* context that fits */
  gboolean drawn;                    /* there is a curve of this model */
  gboolean on_devices;               /* it is about the memory of graphics processors alone */
  gboolean following;
  gboolean setting;                  /* it is not a person who chooses another computer */
};

G_DEFINE_FINAL_TYPE (PaddockMemoryView, paddock_memory_view, ADW_TYPE_BIN)

static PaddockMemorySettings *
get_settings (PaddockMemoryView *self)
{
  return paddock_opened_model_get_memory_settings (self->model);
}

static void
show_spinner (gpointer user_data)
{
  PaddockMemoryView *self = user_data;

  self->spinner_source = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
show_command (PaddockMemoryView *self, const PaddockMemoryOutlook *outlook)
{
  g_autoptr (GString) command = g_string_new (PROGRAM " -m ");
  g_autofree char *path = g_shell_quote (paddock_opened_model_get_path (self->model));
  g_autofree char *shown = NULL;

  g_string_append (command, path);
  for (char **argument = outlook->arguments; *argument != NULL; argument++)
    {
      gboolean plain = g_regex_match_simple ("^[A-Za-z0-9_.,:/=-]+$", *argument, 0, 0);
      g_autofree char *quoted = plain ? g_strdup (*argument) : g_shell_quote (*argument);

      g_string_append_printf (command, " %s", quoted);
    }
  g_set_str (&self->command, command->str);
  shown = paddock_units_escape (command->str, -1, 0);
  gtk_label_set_label (self->command_label, shown);
}

static char *
dup_reason (PaddockMemoryView *self, const GError *problem)
{
  PaddockMemoryRequest request = paddock_memory_settings_get_request (get_settings (self), self->shape);

  return paddock_refusal_words_dup (problem, self->shape, &request);
}

/* What could not be is not shown as if it were. */
static void
show_problem (PaddockMemoryView *self, const GError *problem)
{
  gboolean of_context = g_error_matches (problem, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CONTEXT);
  g_autofree char *reason = problem != NULL ? dup_reason (self, problem) : NULL;
  GtkWidget *widgets[] = { GTK_WIDGET (self->bars), GTK_WIDGET (self->saving_group), GTK_WIDGET (self->numbers),
                           GTK_WIDGET (self->engine_answer), self->command_group };

  paddock_context_row_set_problem (self->context_row, of_context ? reason : NULL);
  paddock_memory_controls_set_problem (self->controls, problem, reason);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    gtk_widget_set_sensitive (widgets[i], problem == NULL);
  if (problem == NULL)
    return;
  paddock_fit_badge_set_fit (self->badge, PADDOCK_FIT_UNKNOWN, 0, 0);
  gtk_label_set_label (self->verdict_label, reason);
}

/* Of this computer, whichever one is chosen: that is where the engine is asked. */
static guint64
get_available (PaddockMemoryView *self)
{
  PaddockHardwareSnapshot *here =
    paddock_this_computer_get_snapshot (paddock_machine_choice_get_computer (self->machines));
  guint64 available = 0;

  if (here == NULL || !paddock_hardware_memory_get_usable (here->memory, NULL, &available, NULL))
    return 0;
  return available;
}

static void
show_outlook (PaddockMemoryView *self, const PaddockMemoryOutlook *outlook)
{
  PaddockMemoryRequest request = paddock_memory_settings_get_request (get_settings (self), self->shape);
  g_autofree char *verdict = paddock_memory_words_dup_verdict (outlook);
  g_autoptr (GArray) suggestions = paddock_memory_suggestion_list (self->shape, &request);

  paddock_fit_badge_set_fit (self->badge, outlook->fit, outlook->needed, outlook->available);
  gtk_label_set_label (self->verdict_label, verdict);
  paddock_device_bars_set_outlook (self->bars, outlook);
  paddock_memory_controls_set_outlook (self->controls, outlook);
  paddock_saving_group_set_suggestions (self->saving_group, suggestions);
  paddock_memory_numbers_set_estimate (self->numbers, self->shape, &outlook->estimate);
  paddock_engine_answer_group_set_question (self->engine_answer, paddock_opened_model_get_snapshot (self->model),
                                            self->shape, &request);
  paddock_engine_answer_group_set_available (self->engine_answer, get_available (self));
  show_command (self, outlook);
}

/* What depends on the context. */
static void
update_outlook (PaddockMemoryView *self)
{
  PaddockMemorySettings *settings = get_settings (self);
  PaddockHardwareSnapshot *machine = paddock_machine_choice_get_snapshot (self->machines);
  g_autoptr (GError) problem = NULL;
  g_autoptr (PaddockMemoryOutlook) outlook = paddock_memory_outlook_new (self->shape, settings, machine, &problem);

  paddock_context_row_set_context (self->context_row, settings->request.context);
  paddock_context_chart_set_context (self->chart, settings->request.context,
                                     outlook != NULL ? paddock_memory_outlook_count (outlook, self->on_devices) : 0);
  show_problem (self, problem);
  if (outlook != NULL)
    show_outlook (self, outlook);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  PaddockMemoryView *self = PADDOCK_MEMORY_VIEW (widget);

  self->frame = 0;
  if (self->shape != NULL && paddock_machine_choice_get_snapshot (self->machines) != NULL)
    update_outlook (self);
  return G_SOURCE_REMOVE;
}

/* A slider moves more often than anybody can see. */
static void
update_outlook_once (PaddockMemoryView *self)
{
  if (self->frame == 0)
    self->frame = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
}

static void
on_curve (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockMemoryView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockContextOutlook) outlook = paddock_context_outlook_new_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->drawing);
  self->drawn = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->chart), outlook != NULL);
  gtk_stack_set_visible_child_name (self->stack, "full");
  if (outlook == NULL)
    return;
  self->largest = (guint32) outlook->largest;
  if (self->on_devices != outlook->on_devices)
    {
      self->on_devices = outlook->on_devices;
      update_outlook_once (self);
    }
  paddock_context_chart_set_curve (self->chart, outlook->contexts, outlook->bytes, outlook->count);
  paddock_context_chart_set_room (self->chart, outlook->available, outlook->largest);
  paddock_context_row_set_range (self->context_row, self->shape->training_context, self->largest);
}

static void
stop_drawing (PaddockMemoryView *self)
{
  if (self->drawing != NULL)
    g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
}

/* What does not. It is estimated for many contexts, and takes its time. */
static void
update_curve (PaddockMemoryView *self)
{
  stop_drawing (self);
  self->drawing = g_cancellable_new ();
  paddock_context_row_set_range (self->context_row, self->shape->training_context, self->largest);
  paddock_context_outlook_new_async (self->shape, get_settings (self), paddock_machine_choice_get_snapshot (self->machines),
                                     self->drawing, on_curve, g_object_ref (self));
}

static void
update (PaddockMemoryView *self)
{
  update_curve (self);
  update_outlook (self);
  paddock_memory_controls_show (self->controls, self->shape, get_settings (self));
}

static void
show_machine (PaddockMemoryView *self)
{
  GListModel *list = paddock_machine_choice_get_list (self->machines);
  guint count = g_list_model_get_n_items (list);

  self->setting = TRUE;
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (PaddockMachine) machine = g_list_model_get_item (list, i);

      if (machine == paddock_machine_choice_get_chosen (self->machines))
        adw_combo_row_set_selected (self->machine_row, i);
    }
  self->setting = FALSE;
}

/* What somebody has imagined does not change by itself. */
static void
follow (PaddockMemoryView *self, gboolean follow)
{
  PaddockThisComputer *computer = paddock_machine_choice_get_computer (self->machines);

  if (follow == self->following)
    return;
  self->following = follow;
  if (follow)
    paddock_this_computer_look (computer);
  else
    paddock_this_computer_look_away (computer);
}

static void
wait_for_machine (PaddockMemoryView *self)
{
  const char *problem = paddock_this_computer_get_problem (paddock_machine_choice_get_computer (self->machines));

  if (problem != NULL)
    {
      g_clear_handle_id (&self->spinner_source, g_source_remove);
      adw_status_page_set_description (self->failed_page, problem);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  else if (self->spinner_source == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "waiting");
      self->spinner_source = g_timeout_add_once (PATIENCE_MS, show_spinner, self);
    }
}

/* While nobody sees it nothing is computed. */
static void
show_all (PaddockMemoryView *self)
{
  if (self->shape == NULL || self->making_source != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  follow (self, paddock_machine_get_name (paddock_machine_choice_get_chosen (self->machines)) == NULL);
  if (paddock_machine_choice_get_snapshot (self->machines) == NULL)
    {
      wait_for_machine (self);
      return;
    }
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  show_machine (self);
  update (self);
  if (self->drawn)
    gtk_stack_set_visible_child_name (self->stack, "full");
}

static void
on_try_again (PaddockMemoryView *self)
{
  paddock_this_computer_scan (paddock_machine_choice_get_computer (self->machines));
}

static void
on_machine_selected (PaddockMemoryView *self)
{
  PaddockMachine *machine = adw_combo_row_get_selected_item (self->machine_row);

  if (!self->setting && machine != NULL)
    paddock_machine_choice_set_chosen (self->machines, machine);
}

static void
on_bars_table (PaddockMemoryView *self)
{
  paddock_device_bars_show_table (self->bars);
}

static void
on_chart_table (PaddockMemoryView *self)
{
  paddock_context_chart_show_table (self->chart);
}

static void
on_context_picked (PaddockMemoryView *self, guint64 context)
{
  get_settings (self)->request.context = (guint32) context;
  update_outlook_once (self);
}

static void
on_context_changed (PaddockMemoryView *self)
{
  get_settings (self)->request.context = paddock_context_row_get_context (self->context_row);
  update_outlook_once (self);
}

static void
on_controls_changed (PaddockMemoryView *self)
{
  paddock_memory_controls_read (self->controls, get_settings (self));
  update (self);
}

static void
on_reset (PaddockMemoryView *self)
{
  paddock_memory_settings_reset (get_settings (self), self->shape);
  update (self);
}

static void
on_companion_chosen (PaddockMemoryView *self, PaddockCompanionKind kind, PaddockCompanionFile *file)
{
  paddock_memory_settings_set_file (get_settings (self), kind, file);
  paddock_companion_group_show (self->companions, get_settings (self), paddock_opened_model_get_path (self->model));
  update (self);
}

static void
on_saving_chosen (PaddockMemoryView *self, const PaddockMemorySuggestion *suggestion)
{
  paddock_memory_settings_apply (get_settings (self), suggestion);
  update (self);
}

static void
on_copy_clicked (PaddockMemoryView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "model.copy-command", "s", self->command);
}

static void
paddock_memory_view_map (GtkWidget *widget)
{
  PaddockMemoryView *self = PADDOCK_MEMORY_VIEW (widget);

  GTK_WIDGET_CLASS (paddock_memory_view_parent_class)->map (widget);
  show_all (self);
}

static void
paddock_memory_view_unmap (GtkWidget *widget)
{
  PaddockMemoryView *self = PADDOCK_MEMORY_VIEW (widget);

  follow (self, FALSE);
  GTK_WIDGET_CLASS (paddock_memory_view_parent_class)->unmap (widget);
}

static void
paddock_memory_view_dispose (GObject *object)
{
  PaddockMemoryView *self = PADDOCK_MEMORY_VIEW (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_handle_id (&self->making_source, g_source_remove);
  stop_drawing (self);
  if (self->frame != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->frame);
  self->frame = 0;
  self->setting = TRUE;
  /* The template would drop its own child, and leave the view with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_MEMORY_VIEW);
  g_clear_object (&self->machines);
  g_clear_object (&self->model);
  g_clear_pointer (&self->shape, paddock_model_shape_unref);
  g_clear_pointer (&self->command, g_free);
  G_OBJECT_CLASS (paddock_memory_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, content);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, context_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, unknown_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, badge);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, machine_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, bars);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, chart);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, context_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, command_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryView, command_label);
}

static void
paddock_memory_view_class_init (PaddockMemoryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_memory_view_dispose;
  widget_class->map = paddock_memory_view_map;
  widget_class->unmap = paddock_memory_view_unmap;
  g_type_ensure (PADDOCK_TYPE_FIT_BADGE);
  g_type_ensure (PADDOCK_TYPE_DEVICE_BARS);
  g_type_ensure (PADDOCK_TYPE_CONTEXT_CHART);
  g_type_ensure (PADDOCK_TYPE_CONTEXT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/memory-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  gtk_widget_class_bind_template_callback (widget_class, on_machine_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_bars_table);
  gtk_widget_class_bind_template_callback (widget_class, on_chart_table);
  gtk_widget_class_bind_template_callback (widget_class, on_context_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_context_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

/* A model that was not shown before. */
static void
show_from_start (PaddockMemoryView *self)
{
  if (self->making_source == 0 && self->shape != NULL)
    paddock_companion_group_show (self->companions, get_settings (self), paddock_opened_model_get_path (self->model));
  show_all (self);
}

static gpointer
add_group (PaddockMemoryView *self, GType type, gpointer after)
{
  GtkWidget *group = g_object_new (type, NULL);

  gtk_box_insert_child_after (self->content, group, after);
  return group;
}

/* Each in a turn of its own: all at once would keep the main loop away for too long. */
static gboolean
make_group (gpointer user_data)
{
  PaddockMemoryView *self = user_data;

  if (self->controls == NULL)
    {
      self->controls = add_group (self, PADDOCK_TYPE_MEMORY_CONTROLS, self->context_group);
      g_signal_connect_object (self->controls, "changed", G_CALLBACK (on_controls_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->controls, "reset", G_CALLBACK (on_reset), self, G_CONNECT_SWAPPED);
    }
  else if (self->companions == NULL)
    {
      self->companions = add_group (self, PADDOCK_TYPE_COMPANION_GROUP, self->controls);
      g_signal_connect_object (self->companions, "chosen", G_CALLBACK (on_companion_chosen), self, G_CONNECT_SWAPPED);
    }
  else if (self->saving_group == NULL)
    {
      self->saving_group = add_group (self, PADDOCK_TYPE_SAVING_GROUP, self->companions);
      g_signal_connect_object (self->saving_group, "chosen", G_CALLBACK (on_saving_chosen), self, G_CONNECT_SWAPPED);
    }
  else if (self->numbers == NULL)
    self->numbers = add_group (self, PADDOCK_TYPE_MEMORY_NUMBERS, self->saving_group);
  else
    {
      self->engine_answer = add_group (self, PADDOCK_TYPE_ENGINE_ANSWER_GROUP, self->numbers);
      self->making_source = 0;
      show_from_start (self);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static void
paddock_memory_view_init (PaddockMemoryView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->making_source = g_idle_add (make_group, self);
}

/**
 * paddock_memory_view_set_machines:
 * @self: the view
 * @machines: for which computer models are judged
 *
 * Must be called once, before there is something to show.
 */
void
paddock_memory_view_set_machines (PaddockMemoryView *self, PaddockMachineChoice *machines)
{
  g_set_object (&self->machines, machines);
  self->setting = TRUE;
  adw_combo_row_set_model (self->machine_row, paddock_machine_choice_get_list (machines));
  self->setting = FALSE;
  g_signal_connect_object (machines, "notify::snapshot", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (paddock_machine_choice_get_computer (machines), "changed", G_CALLBACK (show_all), self,
                           G_CONNECT_SWAPPED);
}

static void
show_unknown (PaddockMemoryView *self, PaddockModelSnapshot *snapshot)
{
  const char *other = paddock_memory_words_get_other_kind (snapshot->info->kind);
  g_autofree char *reason = NULL;

  if (other == NULL && snapshot->shape_problem != NULL)
    reason = paddock_refusal_words_dup_unknown (snapshot->shape_problem);
  adw_status_page_set_title (self->unknown_page, other != NULL ? _("Not Run by Itself") : _("Nobody Knows What It Needs"));
  adw_status_page_set_description (self->unknown_page, other != NULL ? other : reason);
  gtk_stack_set_visible_child_name (self->stack, "unknown");
}

/**
 * paddock_memory_view_show_model:
 * @self: the view
 * @model: a model that has been read
 *
 * Shows what it needs. The settings are kept with the model.
 */
void
paddock_memory_view_show_model (PaddockMemoryView *self, PaddockOpenedModel *model)
{
  PaddockModelSnapshot *snapshot = paddock_opened_model_get_snapshot (model);

  stop_drawing (self);
  self->drawn = FALSE;
  self->largest = 0;
  g_set_object (&self->model, model);
  g_clear_pointer (&self->shape, paddock_model_shape_unref);
  if (snapshot->info->kind == PADDOCK_MODEL_LANGUAGE && snapshot->shape != NULL)
    self->shape = paddock_model_shape_ref (snapshot->shape);
  if (self->shape == NULL)
    show_unknown (self, snapshot);
  else
    show_from_start (self);
}
