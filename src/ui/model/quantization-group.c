/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/quantization-group.h"

#include "base/units.h"
#include "hardware/hardware-probe.h"
#include "model/quantization-words.h"

#include <glib/gi18n.h>

/**
 * PaddockQuantizationGroup:
 *
 * Which quantization of a model this computer can hold, by what a person prefers, and what all of them cost and give.
 */
struct _PaddockQuantizationGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  char *source;                      /* the file's own quantization */
  GPtrArray *rows;                   /* borrowed rows of the table, while it is open */

  /* Template */
  AdwToggleGroup *preferences;
  AdwActionRow *choice_row;
  GtkImage *choice_icon;
  GtkLabel *size_label;
  AdwActionRow *memory_row;
  AdwExpanderRow *table_row;

  guint64 memory_total;
  guint64 memory_available;
  gboolean memory_limited;
  guint64 weights;
  guint64 source_bytes;
};

G_DEFINE_FINAL_TYPE (PaddockQuantizationGroup, paddock_quantization_group, ADW_TYPE_PREFERENCES_GROUP)

static const char * const preference_names[] = { "highest", "balanced", "efficient" };

static PaddockQuantPreference
get_preference (PaddockQuantizationGroup *self)
{
  const char *name = adw_toggle_group_get_active_name (self->preferences);

  for (guint i = 0; i < G_N_ELEMENTS (preference_names); i++)
    if (g_strcmp0 (name, preference_names[i]) == 0)
      return i;
  return PADDOCK_QUANT_PREFER_BALANCED;
}

static void
recommend (PaddockQuantizationGroup *self, PaddockQuantAdvice *advice)
{
  PaddockQuantRequest request = {
    .weights = self->weights,
    .memory = self->memory_available,
    .preference = get_preference (self),
    .source = self->source,
    .source_bytes = self->source_bytes,
  };

  paddock_quant_advice_recommend (advice, &request);
}

static const char *
get_choice_name (PaddockQuantizationGroup *self, const PaddockQuantAdvice *advice)
{
  if (advice->reason == PADDOCK_QUANT_REASON_NONE_FITS)
    return _("None Fits");
  if (advice->choice != NULL)
    return advice->choice->name;
  return self->source != NULL ? self->source : _("This File");
}

static void
show_choice (PaddockQuantizationGroup *self)
{
  PaddockQuantAdvice advice;
  g_autofree char *reason = NULL;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  gboolean fits;
  gboolean exact;

  recommend (self, &advice);
  fits = advice.reason != PADDOCK_QUANT_REASON_NONE_FITS;
  exact = advice.size == self->source_bytes;
  reason = paddock_quantization_words_dup_reason (&advice, self->source);
  size = paddock_units_format_size (advice.size);
  /* Translators: an estimated size. */
  text = exact ? g_strdup (size) : g_strdup_printf (_("about %s"), size);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->choice_row), get_choice_name (self, &advice));
  adw_action_row_set_subtitle (self->choice_row, reason);
  gtk_label_set_label (self->size_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->size_label), fits);
  gtk_image_set_from_icon_name (self->choice_icon, fits ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->choice_icon), fits ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->choice_icon), fits ? "success" : "warning");
}

static void
show_memory (PaddockQuantizationGroup *self)
{
  g_autofree char *available = paddock_units_format_size (self->memory_available);
  g_autofree char *total = paddock_units_format_size (self->memory_total);
  g_autofree char *reserve = paddock_units_format_size (paddock_quant_advice_get_reserve (self->memory_available));
  g_autofree char *text = NULL;

  if (self->memory_limited)
    /* Translators: three sizes. The limit is one that the system sets for the application, smaller than the memory. */
    text = g_strdup_printf (_("%s of the %s that this application may use; %s are kept for the context and the engine"),
                            available, total, reserve);
  else
    /* Translators: three sizes. */
    text = g_strdup_printf (_("%s of %s; %s are kept for the context and the engine"), available, total, reserve);
  adw_action_row_set_subtitle (self->memory_row, text);
}

static void
add_mark (GtkWidget *row, const char *text, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (label, "pill-badge");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static GtkWidget *
make_row (PaddockQuantizationGroup *self, const PaddockQuantTradeoff *tradeoff, const PaddockQuantAdvice *advice)
{
  gboolean is_source = paddock_quant_tradeoff_lookup (self->source) == tradeoff;
  guint64 bytes = is_source ? self->source_bytes : 0;
  guint64 size = is_source ? bytes : paddock_quant_tradeoff_estimate_size (tradeoff, self->weights);
  g_autofree char *facts = paddock_quantization_words_dup_facts (tradeoff, self->weights, bytes);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", tradeoff->name, "subtitle", facts, "use-markup", FALSE,
                                 NULL);

  if (is_source)
    add_mark (row, _("This File"), NULL);
  if (tradeoff == advice->choice && advice->reason != PADDOCK_QUANT_REASON_NONE_FITS)
    add_mark (row, _("Advised"), "accent");
  else if (size > advice->room)
    add_mark (row, _("Too Large"), "warning");
  return row;
}

static void
clear_table (PaddockQuantizationGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->table_row, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

/* The rows are made when they are looked at: they are many, and most people never open them. */
static void
show_table (PaddockQuantizationGroup *self)
{
  PaddockQuantAdvice advice;

  clear_table (self);
  if (!adw_expander_row_get_expanded (self->table_row))
    return;
  recommend (self, &advice);
  for (gsize i = 0; i < paddock_quant_tradeoffs_count; i++)
    {
      const PaddockQuantTradeoff *tradeoff = &paddock_quant_tradeoffs[i];
      gboolean is_source = paddock_quant_tradeoff_lookup (self->source) == tradeoff;
      gboolean is_rare = tradeoff->use == PADDOCK_QUANT_USE_TRAINED || g_str_equal (tradeoff->name, "F32");
      GtkWidget *row;

      if (is_rare && !is_source)
        continue;
      row = make_row (self, tradeoff, &advice);
      adw_expander_row_add_row (self->table_row, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
show_all (PaddockQuantizationGroup *self)
{
  /* While the template is built there is nothing to show yet. */
  if (self->weights == 0)
    return;
  show_choice (self);
  show_memory (self);
  show_table (self);
}

static void
on_preference_changed (PaddockQuantizationGroup *self)
{
  show_all (self);
}

static void
on_expanded_changed (PaddockQuantizationGroup *self)
{
  if (self->weights > 0)
    show_table (self);
}

static void
paddock_quantization_group_dispose (GObject *object)
{
  PaddockQuantizationGroup *self = PADDOCK_QUANTIZATION_GROUP (object);

  self->weights = 0;
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_QUANTIZATION_GROUP);
  G_OBJECT_CLASS (paddock_quantization_group_parent_class)->dispose (object);
}

static void
paddock_quantization_group_finalize (GObject *object)
{
  PaddockQuantizationGroup *self = PADDOCK_QUANTIZATION_GROUP (object);

  g_free (self->source);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (paddock_quantization_group_parent_class)->finalize (object);
}

static void
paddock_quantization_group_class_init (PaddockQuantizationGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_quantization_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_quantization_group_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/quantization-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockQuantizationGroup, preferences);
  gtk_widget_class_bind_template_child (widget_class, PaddockQuantizationGroup, choice_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockQuantizationGroup, choice_icon);
  gtk_widget_class_bind_template_child (widget_class, PaddockQuantizationGroup, size_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockQuantizationGroup, memory_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockQuantizationGroup, table_row);
  gtk_widget_class_bind_template_callback (widget_class, on_preference_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded_changed);
}

static void
paddock_quantization_group_init (PaddockQuantizationGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_expander_row_set_subtitle (self->table_row,
                                 _("Sizes are estimates from typical files. Quality was measured by the llama.cpp project "
                                   "with one model, Llama 3 8B; larger models lose less."));
}

/**
 * paddock_quantization_group_set_snapshot:
 * @self: the group
 * @snapshot: a model of which something was opened
 *
 * Shows what fits. The group hides where that cannot be told: for what is no model by itself, for models of which parts
 * are missing, and on systems that do not say how much memory there is.
 */
void
paddock_quantization_group_set_snapshot (PaddockQuantizationGroup *self, PaddockModelSnapshot *snapshot)
{
  const PaddockModelInfo *info = snapshot->info;
  gboolean complete = paddock_gguf_shards_get_n_present (snapshot->shards) == paddock_gguf_shards_get_count (snapshot->shards);
  gboolean known = info->kind == PADDOCK_MODEL_LANGUAGE && complete && info->parameters > 0 && info->tensor_bytes > 0 &&
                   paddock_hardware_probe_memory_usable ("/", &self->memory_total, &self->memory_available,
                                                         &self->memory_limited);

  self->weights = known ? (guint64) info->parameters : 0;
  self->source_bytes = info->tensor_bytes;
  g_set_str (&self->source, info->quantization);
  gtk_widget_set_visible (GTK_WIDGET (self), known);
  show_all (self);
}
