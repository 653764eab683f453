/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-overview.h"

#include "base/units.h"
#include "model/fact-row.h"
#include "model/model-words.h"
#include "model/quantization-group.h"
#include "model/stat-tile.h"
#include "model/type-share-bar.h"
#include "model/type-share-row.h"

#include <glib/gi18n.h>

#define VALUE_CHARS 1000
#define MAX_SHARES 16                /* rows in the legend: more types than any real model mixes */
#define MAX_MISSING 8                /* names of missing shards */

/**
 * PaddockModelOverview:
 *
 * What a model is, at a glance: its name, badges, the numbers that matter, and below them every fact that is known.
 * What is not known is left out.
 */
struct _PaddockModelOverview
{
  AdwBin parent_instance;

  /* Owned */
  GPtrArray *rows;                   /* borrowed rows that the next snapshot replaces */

  /* Template */
  GtkLabel *title_label;
  GtkLabel *byline_label;
  AdwWrapBox *badges;
  AdwWrapBox *tiles;
  AdwActionRow *verdict_row;
  GtkImage *verdict_icon;
  AdwActionRow *template_row;
  GtkWidget *template_arrow;
  PaddockQuantizationGroup *quantization_group;
  AdwPreferencesGroup *weights_group;
  PaddockTypeShareBar *share_bar;
  AdwPreferencesGroup *build_group;
  AdwPreferencesGroup *origin_group;
  AdwPreferencesGroup *file_group;
};

G_DEFINE_FINAL_TYPE (PaddockModelOverview, paddock_model_overview, ADW_TYPE_BIN)

static void
paddock_model_overview_dispose (GObject *object)
{
  PaddockModelOverview *self = PADDOCK_MODEL_OVERVIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_MODEL_OVERVIEW);
  G_OBJECT_CLASS (paddock_model_overview_parent_class)->dispose (object);
}

static void
paddock_model_overview_class_init (PaddockModelOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_model_overview_dispose;
  g_type_ensure (PADDOCK_TYPE_QUANTIZATION_GROUP);
  g_type_ensure (PADDOCK_TYPE_TYPE_SHARE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/model-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, title_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, byline_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, badges);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, tiles);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, verdict_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, template_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, template_arrow);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, quantization_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, weights_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, share_bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, build_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, origin_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelOverview, file_group);
}

static void
paddock_model_overview_init (PaddockModelOverview *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_row (PaddockModelOverview *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_fact (PaddockModelOverview *self, AdwPreferencesGroup *group, const char *title, const char *value)
{
  if (value != NULL && *value != '\0')
    add_row (self, group, paddock_fact_row_new (title, value));
}

static void
add_text_fact (PaddockModelOverview *self, AdwPreferencesGroup *group, const char *title, const char *text)
{
  g_autofree char *value = text != NULL ? paddock_units_escape (text, -1, VALUE_CHARS) : NULL;

  add_fact (self, group, title, value);
}

static void
add_list_fact (PaddockModelOverview *self, AdwPreferencesGroup *group, const char *title, char **list)
{
  g_autofree char *joined = list != NULL ? g_strjoinv (", ", list) : NULL;

  add_text_fact (self, group, title, joined);
}

static char *
dup_count (gint64 count)
{
  return count > 0 ? paddock_units_format_count ((guint64) count) : NULL;
}

static void
add_count_fact (PaddockModelOverview *self, AdwPreferencesGroup *group, const char *title, gint64 count)
{
  g_autofree char *value = dup_count (count);

  add_fact (self, group, title, value);
}

static void
add_badge (PaddockModelOverview *self, const char *text, const char *style)
{
  g_autofree char *escaped = NULL;
  GtkWidget *label;

  if (text == NULL || *text == '\0')
    return;
  escaped = paddock_units_escape (text, -1, 60);
  label = g_object_new (GTK_TYPE_LABEL, "label", escaped, "ellipsize", PANGO_ELLIPSIZE_END, "accessible-role",
                        GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  gtk_widget_add_css_class (label, "pill-badge");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  adw_wrap_box_append (self->badges, label);
}

static void
add_tile (PaddockModelOverview *self, const char *value, const char *caption)
{
  if (value != NULL)
    adw_wrap_box_append (self->tiles, paddock_stat_tile_new (value, caption));
}

static void
clear (PaddockModelOverview *self)
{
  AdwPreferencesGroup *groups[] = { self->weights_group, self->build_group, self->origin_group, self->file_group };

  for (guint i = 0; i < self->rows->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (groups); j++)
      if (gtk_widget_is_ancestor (g_ptr_array_index (self->rows, i), GTK_WIDGET (groups[j])))
        {
          adw_preferences_group_remove (groups[j], g_ptr_array_index (self->rows, i));
          break;
        }
  g_ptr_array_set_size (self->rows, 0);
  adw_wrap_box_remove_all (self->badges);
  adw_wrap_box_remove_all (self->tiles);
}

static void
show_heading (PaddockModelOverview *self, PaddockModelSnapshot *snapshot)
{
  const PaddockModelInfo *info = snapshot->info;
  g_autofree char *title = paddock_model_words_dup_title (snapshot);
  g_autofree char *by = NULL;

  if (info->organization != NULL || info->author != NULL)
    by = paddock_units_escape (info->organization != NULL ? info->organization : info->author, -1, 120);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->byline_label, by != NULL ? by : "");
  gtk_widget_set_visible (GTK_WIDGET (self->byline_label), by != NULL);

  add_badge (self, paddock_model_words_get_kind (info->kind), "accent");
  add_badge (self, info->architecture_name, NULL);
  add_badge (self, info->size_label, NULL);
  add_badge (self, info->quantization, NULL);
  for (guint bit = 1; bit <= PADDOCK_CAPABILITY_TOOLS; bit <<= 1)
    if (info->capabilities & bit)
      add_badge (self, paddock_model_words_get_capability (bit), "accent");
}

static void
show_tiles (PaddockModelOverview *self, const PaddockModelInfo *info)
{
  g_autofree char *parameters = info->parameters > 0 ? paddock_units_format_parameters (info->parameters) : NULL;
  g_autofree char *context = dup_count (info->context_length);
  g_autofree char *size = paddock_units_format_size (info->file_size);
  g_autofree char *bits = info->bits_per_weight > 0 ? g_strdup_printf ("%.2f", info->bits_per_weight) : NULL;

  add_tile (self, parameters, _("Parameters"));
  add_tile (self, context, _("Context (Tokens)"));
  add_tile (self, size, _("On Disk"));
  add_tile (self, bits, _("Bits per Weight"));
}

static void
show_verdict (PaddockModelOverview *self, PaddockModelReport *report)
{
  static const char * const styles[] = { "success", "warning", "error", NULL };
  PaddockVerdict verdict = paddock_model_report_get_verdict (report);
  guint count = paddock_model_report_get_n_findings (report);
  g_autofree char *subtitle = NULL;

  if (count == 1)
    subtitle = g_strdup (paddock_model_report_get_finding (report, 0)->message);
  else if (count > 1)
    subtitle = g_strdup_printf (ngettext ("%u finding", "%u findings", count), count);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->verdict_row),
                                 paddock_model_words_get_verdict_title (verdict));
  adw_action_row_set_subtitle (self->verdict_row, subtitle != NULL ? subtitle : _("Nothing is wrong with its structure"));
  gtk_image_set_from_icon_name (self->verdict_icon, paddock_model_words_get_verdict_icon (verdict));
  for (gsize i = 0; styles[i] != NULL; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict_icon), paddock_model_words_get_verdict_style (verdict));
}

static void
show_template (PaddockModelOverview *self, const PaddockModelInfo *info)
{
  gboolean present = info->chat_template != NULL;
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->template_row), present || info->kind == PADDOCK_MODEL_LANGUAGE);
  gtk_widget_set_visible (self->template_arrow, present);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->template_row), present);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->template_row), present ? "model.show-template" : NULL);
  if (present)
    {
      guint64 characters = (guint64) g_utf8_strlen (info->chat_template, -1);

      count = paddock_units_format_count (characters);
      subtitle = g_strdup_printf (ngettext ("%s character", "%s characters", (gulong) characters), count);
    }
  adw_action_row_set_subtitle (self->template_row,
                               present ? subtitle : _("None: it completes text, or the engine chooses one"));
}

static void
show_weights (PaddockModelOverview *self, PaddockTypeShares *shares)
{
  guint count = paddock_type_shares_get_count (shares);

  paddock_type_share_bar_set_shares (self->share_bar, shares);
  gtk_widget_set_visible (GTK_WIDGET (self->weights_group), count > 0);
  for (guint i = 0; i < MIN (count, MAX_SHARES); i++)
    add_row (self, self->weights_group, paddock_type_share_row_new (shares, i));
  if (count > MAX_SHARES)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%u more type", "%u more types", count - MAX_SHARES),
                                               count - MAX_SHARES);

      add_row (self, self->weights_group, paddock_fact_row_new (more, ""));
    }
}

static void
show_build (PaddockModelOverview *self, const PaddockModelInfo *info)
{
  AdwPreferencesGroup *group = self->build_group;
  g_autofree char *active = info->active_parameters > 0 && info->active_parameters != info->parameters
                              ? paddock_units_format_parameters (info->active_parameters) : NULL;
  g_autofree char *heads = dup_count (info->heads);
  g_autofree char *kv_heads = dup_count (info->kv_heads);
  g_autofree char *experts = dup_count (info->experts);
  g_autofree char *used = dup_count (info->experts_used);
  guint before = self->rows->len;

  add_text_fact (self, group, _("Architecture"), info->architecture_name);
  add_fact (self, group, _("Parameters Active for One Token"), active);
  add_count_fact (self, group, _("Layers"), info->layers);
  add_count_fact (self, group, _("Embedding Length"), info->embedding_length);
  if (heads != NULL && kv_heads != NULL && info->heads != info->kv_heads)
    {
      /* Translators: attention heads, and how many of them keep keys and values. */
      g_autofree char *both = g_strdup_printf (_("%s, sharing %s for keys and values"), heads, kv_heads);

      add_fact (self, group, _("Attention Heads"), both);
    }
  else
    add_fact (self, group, _("Attention Heads"), heads);
  if (experts != NULL && used != NULL)
    {
      g_autofree char *both = g_strdup_printf (_("%s, of which %s work on each token"), experts, used);

      add_fact (self, group, _("Experts"), both);
    }
  else
    add_fact (self, group, _("Experts"), experts);
  add_count_fact (self, group, _("Vocabulary (Tokens)"), info->vocabulary);
  add_text_fact (self, group, _("Tokenizer"), info->tokenizer);
  if (g_strcmp0 (info->file_type, info->quantization) != 0)
    add_text_fact (self, group, _("Quantization, as the File Claims"), info->file_type);
  gtk_widget_set_visible (GTK_WIDGET (group), self->rows->len > before);
}

static void
show_origin (PaddockModelOverview *self, const PaddockModelInfo *info)
{
  AdwPreferencesGroup *group = self->origin_group;
  guint before = self->rows->len;

  add_text_fact (self, group, _("Description"), info->description);
  add_text_fact (self, group, _("License"), info->license);
  add_text_fact (self, group, _("Author"), info->author);
  add_text_fact (self, group, _("Organization"), info->organization);
  add_text_fact (self, group, _("Repository"), info->repository);
  add_list_fact (self, group, _("Languages"), info->languages);
  add_list_fact (self, group, _("Tags"), info->tags);
  gtk_widget_set_visible (GTK_WIDGET (group), self->rows->len > before);
}

static char *
list_missing (PaddockGgufShards *shards)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint missing = 0;

  for (guint i = 0; i < paddock_gguf_shards_get_count (shards); i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (shards, i);
      g_autofree char *name = NULL;

      if (shard->file != NULL || missing++ >= MAX_MISSING)
        continue;
      name = paddock_model_words_dup_file_name (shard->path);
      g_string_append_printf (names, "%s%s", names->len > 0 ? "\n" : "", name);
    }
  if (missing > MAX_MISSING)
    {
      g_string_append_c (names, '\n');
      g_string_append_printf (names, ngettext ("and %u more", "and %u more", missing - MAX_MISSING), missing - MAX_MISSING);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
show_file (PaddockModelOverview *self, PaddockModelSnapshot *snapshot)
{
  AdwPreferencesGroup *group = self->file_group;
  PaddockGgufFile *primary = paddock_gguf_shards_get_primary (snapshot->shards);
  guint count = paddock_gguf_shards_get_count (snapshot->shards);
  guint present = paddock_gguf_shards_get_n_present (snapshot->shards);
  g_autofree char *display = g_filename_display_name (snapshot->path);
  g_autofree char *version = g_strdup_printf (paddock_gguf_file_get_byte_order (primary) == PADDOCK_GGUF_BIG_ENDIAN
                                                ? _("GGUF version %u, big-endian") : _("GGUF version %u"),
                                              paddock_gguf_file_get_version (primary));

  add_text_fact (self, group, _("Location"), display);
  if (count > 1)
    {
      g_autofree char *parts = g_strdup_printf (ngettext ("%u of %u part is here", "%u of %u parts are here", count),
                                                present, count);
      g_autofree char *missing = present < count ? list_missing (snapshot->shards) : NULL;

      add_fact (self, group, _("Split Model"), parts);
      add_fact (self, group, _("Missing Parts"), missing);
    }
  add_fact (self, group, _("Format"), version);
}

/**
 * paddock_model_overview_set_snapshot:
 * @self: the overview
 * @snapshot: what to show; something of it was opened
 */
void
paddock_model_overview_set_snapshot (PaddockModelOverview *self, PaddockModelSnapshot *snapshot)
{
  clear (self);
  show_heading (self, snapshot);
  show_tiles (self, snapshot->info);
  show_verdict (self, snapshot->report);
  show_template (self, snapshot->info);
  paddock_quantization_group_set_snapshot (self->quantization_group, snapshot);
  show_weights (self, snapshot->shares);
  show_build (self, snapshot->info);
  show_origin (self, snapshot->info);
  show_file (self, snapshot);
}
