/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-controls.h"

#include <glib/gi18n.h>

#include "estimate/estimate-error.h"
#include "memory/memory-words.h"
#include "memory/more-row.h"

/* By how many bits each number takes. */
static const char *const types[] = { "F32", "F16", "BF16", "Q8_0", "Q5_1", "Q5_0", "Q4_1", "IQ4_NL", "Q4_0" };

/**
 * PaddockMemoryControls:
 *
 * The settings that decide about memory, beside the context. None is forbidden in advance: what cannot work says why.
 */
struct _PaddockMemoryControls
{
  AdwPreferencesGroup parent_instance;

  gboolean setting;                  /* it is not a person who changes the rows */

  /* Template */
  GtkStringList *types;
  GtkWidget *reset_button;
  AdwComboRow *key_row;
  AdwComboRow *value_row;
  AdwComboRow *attention_row;
  AdwSpinRow *parallel_row;
  AdwSwitchRow *unified_row;
  AdwSwitchRow *automatic_row;
  AdwSpinRow *layers_row;
  GtkAdjustment *layers_adjustment;
  PaddockMoreRow *more_row;
};

enum
{
  CHANGED,
  RESET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockMemoryControls, paddock_memory_controls, ADW_TYPE_PREFERENCES_GROUP)

static void
on_changed (PaddockMemoryControls *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_reset_clicked (PaddockMemoryControls *self)
{
  g_signal_emit (self, signals[RESET], 0);
}

static void
paddock_memory_controls_dispose (GObject *object)
{
  /* What the template drops is not what a person changes. */
  PADDOCK_MEMORY_CONTROLS (object)->setting = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_MEMORY_CONTROLS);
  G_OBJECT_CLASS (paddock_memory_controls_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, types);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, reset_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, key_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, value_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, attention_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, parallel_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, unified_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, automatic_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, layers_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, layers_adjustment);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryControls, more_row);
}

static void
paddock_memory_controls_class_init (PaddockMemoryControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_memory_controls_dispose;
  g_type_ensure (PADDOCK_TYPE_MORE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/memory-controls.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);

  /**
   * PaddockMemoryControls::changed:
   *
   * A person has changed a setting.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  /**
   * PaddockMemoryControls::reset:
   *
   * A person wants all settings as they were at first.
   */
  signals[RESET] = g_signal_new ("reset", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
paddock_memory_controls_init (PaddockMemoryControls *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_string_list_append (self->types, types[i]);
  self->setting = FALSE;
}

static guint
find_type (const PaddockQuantType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (paddock_quant_type_lookup_by_name (types[i]) == type)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static const PaddockQuantType *
get_type (AdwComboRow *row, const PaddockQuantType *otherwise)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < G_N_ELEMENTS (types) ? paddock_quant_type_lookup_by_name (types[selected]) : otherwise;
}

static gboolean
has_cache (const PaddockModelShape *shape)
{
  for (guint i = 0; i < shape->layers; i++)
    if (shape->layer[i].has_cache)
      return TRUE;
  return FALSE;
}

/* A model that makes values from its keys has one cache for both. */
static void
show_cache (PaddockMemoryControls *self, const PaddockModelShape *shape)
{
  gboolean cache = has_cache (shape);
  gboolean both = shape->key_length_mla != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->key_row), cache);
  gtk_widget_set_visible (GTK_WIDGET (self->value_row), cache && !both);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key_row), both ? _("Cache") : _("Cache for Keys"));
}

/**
 * paddock_memory_controls_show:
 * @self: the controls
 * @shape: a model
 * @settings: how it is run
 */
void
paddock_memory_controls_show (PaddockMemoryControls *self, const PaddockModelShape *shape,
                              const PaddockMemorySettings *settings)
{
  const PaddockMemoryRequest *request = &settings->request;
  PaddockMemorySettings usual;

  self->setting = TRUE;
  paddock_memory_settings_init (&usual, shape);
  usual.request.context = request->context;
  gtk_widget_set_sensitive (self->reset_button, !paddock_memory_settings_equal (settings, &usual));
  show_cache (self, shape);
  adw_combo_row_set_selected (self->key_row, find_type (request->cache_k));
  adw_combo_row_set_selected (self->value_row, find_type (request->cache_v));
  adw_combo_row_set_selected (self->attention_row, request->flash_attention);
  adw_spin_row_set_value (self->parallel_row, request->parallel);
  adw_switch_row_set_active (self->unified_row, request->unified);
  adw_switch_row_set_active (self->automatic_row, settings->layers_automatic);
  gtk_adjustment_set_upper (self->layers_adjustment, shape->layers + 1);
  adw_spin_row_set_value (self->layers_row, settings->gpu_layers);
  paddock_more_row_show (self->more_row, shape, request);
  self->setting = FALSE;
}

static guint32
get_number (AdwSpinRow *row)
{
  return (guint32) adw_spin_row_get_value (row);
}

void
paddock_memory_controls_read (PaddockMemoryControls *self, PaddockMemorySettings *settings)
{
  PaddockMemoryRequest *request = &settings->request;

  request->cache_k = get_type (self->key_row, request->cache_k);
  request->cache_v = gtk_widget_get_visible (GTK_WIDGET (self->value_row)) ? get_type (self->value_row, request->cache_v)
                                                                           : request->cache_k;
  request->flash_attention = (PaddockFlashAttention) adw_combo_row_get_selected (self->attention_row);
  request->parallel = get_number (self->parallel_row);
  request->unified = adw_switch_row_get_active (self->unified_row);
  settings->layers_automatic = adw_switch_row_get_active (self->automatic_row);
  settings->gpu_layers = get_number (self->layers_row);
  paddock_more_row_read (self->more_row, request);
}

static void
say (gpointer row, const char *text, gboolean problem)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  if (problem)
    gtk_widget_add_css_class (row, "problem");
  else
    gtk_widget_remove_css_class (row, "problem");
}

/**
 * paddock_memory_controls_set_outlook:
 * @self: the controls
 * @outlook: what becomes of the model with them
 */
void
paddock_memory_controls_set_outlook (PaddockMemoryControls *self, const PaddockMemoryOutlook *outlook)
{
  gboolean devices = outlook->devices->len > 1;
  gboolean automatic = adw_switch_row_get_active (self->automatic_row);
  g_autofree char *layers = paddock_memory_words_dup_layers (outlook);
  g_autofree char *refusal = outlook->layers_refused ? paddock_memory_words_dup_verdict (outlook) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->automatic_row), devices);
  gtk_widget_set_visible (GTK_WIDGET (self->layers_row), devices && !automatic);
  say (self->automatic_row, automatic ? layers : NULL, FALSE);
  say (self->layers_row, refusal, refusal != NULL);
}

static gboolean
is_about (const GError *problem, PaddockEstimateError code)
{
  return g_error_matches (problem, PADDOCK_ESTIMATE_ERROR, (int) code);
}

/**
 * paddock_memory_controls_set_problem:
 * @self: the controls
 * @problem: (nullable): why the model cannot be run like that
 * @reason: (nullable): the same, for people
 *
 * Returns: whether it is one that these controls can cause
 */
gboolean
paddock_memory_controls_set_problem (PaddockMemoryControls *self, const GError *problem, const char *reason)
{
  gboolean attention = is_about (problem, PADDOCK_ESTIMATE_ERROR_ATTENTION);
  gboolean type = is_about (problem, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE);
  gboolean parallel = is_about (problem, PADDOCK_ESTIMATE_ERROR_PARALLEL);
  gboolean batch = is_about (problem, PADDOCK_ESTIMATE_ERROR_BATCH) || is_about (problem, PADDOCK_ESTIMATE_ERROR_OUTPUTS);
  AdwComboRow *cache = gtk_widget_get_visible (GTK_WIDGET (self->value_row)) ? self->value_row : self->key_row;

  say (self->key_row, type || (attention && cache == self->key_row) ? reason : NULL,
       type || (attention && cache == self->key_row));
  say (self->value_row, attention || type ? reason : NULL, attention || type);
  say (self->attention_row, attention ? reason : NULL, attention);
  say (self->parallel_row, parallel ? reason : NULL, parallel);
  paddock_more_row_set_problem (self->more_row, batch ? reason : NULL);
  return attention || type || parallel || batch;
}
