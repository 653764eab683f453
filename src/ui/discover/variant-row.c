/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/variant-row.h"

#include "base/units.h"
#include "discover/variant-choice.h"
#include "discover/variant-progress.h"
#include "model/quantization-words.h"
#include "widgets/fit-badge.h"

#include <glib/gi18n.h>

#define LABEL_CHARS 80

struct _PaddockVariantRow
{
  AdwPreferencesRow parent_instance;

  /* Owned */
  PaddockLibraryEntry *entry;        /* NULL: the library does not have it */
  GPtrArray *downloads;              /* PaddockDownload; NULL: none */

  /* Borrowed */
  const PaddockHubVariant *variant;

  gboolean offered;

  /* Template */
  GtkLabel *title;
  PaddockFitBadge *badge;
  GtkWidget *advised;
  GtkWidget *wanted;
  GtkWidget *owned;
  GtkLabel *facts;
  GtkWidget *open_button;
  GtkWidget *download_button;
  GtkProgressBar *bar;
  GtkLabel *progress;
};

enum
{
  SHOW_MODEL,
  DOWNLOAD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockVariantRow, paddock_variant_row, ADW_TYPE_PREFERENCES_ROW)

static char *
dup_parts (const PaddockHubVariant *variant)
{
  if (!paddock_hub_variant_is_whole (variant))
    return g_strdup_printf (ngettext ("only %u of %u part is there", "only %u of %u parts are there", variant->shards),
                            variant->files->len, variant->shards);
  if (variant->files->len < 2)
    return NULL;
  return g_strdup_printf (ngettext ("%u file", "%u files", variant->files->len), variant->files->len);
}

static char *
dup_facts (const PaddockHubVariant *variant, guint64 context)
{
  const PaddockQuantTradeoff *tradeoff = paddock_variant_choice_get_tradeoff (variant);
  PaddockQuantGrade grade = tradeoff != NULL ? paddock_quant_tradeoff_get_grade (tradeoff) : PADDOCK_QUANT_GRADE_UNKNOWN;
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  char *shards = dup_parts (variant);

  if (variant->size >= 0)
    g_strv_builder_take (parts, paddock_units_format_size ((guint64) variant->size));
  if (shards != NULL)
    g_strv_builder_take (parts, shards);
  if (grade != PADDOCK_QUANT_GRADE_UNKNOWN)
    g_strv_builder_add (parts, paddock_quantization_words_get_grade (grade));
  if (context > 0)
    {
      g_autofree char *count = paddock_units_format_count (context);

      /* Translators: how many tokens of context a model has room for on this computer. */
      g_strv_builder_take (parts, g_strdup_printf (_("up to %s tokens here"), count));
    }
  words = g_strv_builder_end (parts);
  return g_strjoinv (" · ", words);
}

/* There is one such button in each row: who does not see the row hears which it is. */
static void
name_button (GtkWidget *button, const char *label)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_progress (PaddockVariantRow *self)
{
  PaddockVariantProgress progress = { PADDOCK_DOWNLOAD_DONE, -1 };
  gboolean listed = self->downloads != NULL && self->entry == NULL;
  gboolean ended;
  g_autofree char *text = NULL;

  if (listed)
    paddock_variant_progress_read (&progress, self->downloads);
  text = paddock_variant_progress_dup_text (&progress);
  ended = progress.state == PADDOCK_DOWNLOAD_FAILED || progress.state == PADDOCK_DOWNLOAD_CANCELLED;
  gtk_label_set_label (self->progress, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), listed);
  gtk_progress_bar_set_fraction (self->bar, MAX (progress.fraction, 0));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), listed && !ended && progress.state != PADDOCK_DOWNLOAD_DONE);
  gtk_widget_set_visible (self->download_button,
                          self->offered && self->entry == NULL && (!listed || ended) &&
                            paddock_hub_variant_is_whole (self->variant));
}

static void
forget_downloads (PaddockVariantRow *self)
{
  for (guint i = 0; self->downloads != NULL && i < self->downloads->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->downloads, i), self);
  g_clear_pointer (&self->downloads, g_ptr_array_unref);
}

static void
on_download_clicked (PaddockVariantRow *self)
{
  g_signal_emit (self, signals[DOWNLOAD], 0);
}

static void
on_open_clicked (PaddockVariantRow *self)
{
  g_signal_emit (self, signals[SHOW_MODEL], 0);
}

static void
paddock_variant_row_dispose (GObject *object)
{
  PaddockVariantRow *self = PADDOCK_VARIANT_ROW (object);

  forget_downloads (self);
  g_clear_pointer (&self->entry, paddock_library_entry_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_VARIANT_ROW);
  G_OBJECT_CLASS (paddock_variant_row_parent_class)->dispose (object);
}

static void
paddock_variant_row_class_init (PaddockVariantRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_variant_row_dispose;

  /**
   * PaddockVariantRow::show-model:
   *
   * The person wants to see it in the library.
   */
  signals[SHOW_MODEL]
      = g_signal_new ("show-model", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * PaddockVariantRow::download:
   *
   * The person wants to have it.
   */
  signals[DOWNLOAD]
      = g_signal_new ("download", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PADDOCK_TYPE_FIT_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/variant-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, title);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, badge);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, advised);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, wanted);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, owned);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, facts);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, download_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantRow, progress);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_download_clicked);
}

static void
paddock_variant_row_init (PaddockVariantRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_variant_row_new:
 * @variant: what it shows
 *
 * Returns: (transfer floating): a row
 */
PaddockVariantRow *
paddock_variant_row_new (const PaddockHubVariant *variant)
{
  PaddockVariantRow *self = g_object_new (PADDOCK_TYPE_VARIANT_ROW, NULL);
  g_autofree char *title = paddock_units_escape (variant->label, -1, LABEL_CHARS);
  g_autofree char *facts = dup_facts (variant, 0);
  g_autofree char *label = NULL;

  self->variant = variant;
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->facts, facts);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  /* Translators: %s is a quantization, "Q4_K_M". */
  label = g_strdup_printf (_("Download %s"), title);
  name_button (self->download_button, label);
  return self;
}

const PaddockHubVariant *
paddock_variant_row_get_variant (PaddockVariantRow *self)
{
  return self->variant;
}

/**
 * paddock_variant_row_set_fit:
 * @self: the row
 * @fit: (nullable): how it would fit the computer
 */
void
paddock_variant_row_set_fit (PaddockVariantRow *self, const PaddockVariantFit *fit)
{
  g_autofree char *facts = dup_facts (self->variant, fit != NULL ? fit->context : 0);

  gtk_label_set_label (self->facts, facts);
  if (fit != NULL)
    paddock_fit_badge_set_fit (self->badge, fit->fit, fit->needed, fit->available);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), fit != NULL);
}

/**
 * paddock_variant_row_set_advised:
 * @self: the row
 * @advised: whether this is the one for this computer and person
 */
void
paddock_variant_row_set_advised (PaddockVariantRow *self, gboolean advised)
{
  gtk_widget_set_visible (self->advised, advised);
}

/**
 * paddock_variant_row_set_offered:
 * @self: the row
 * @offered: whether it may be downloaded
 */
void
paddock_variant_row_set_offered (PaddockVariantRow *self, gboolean offered)
{
  self->offered = offered;
  update_progress (self);
}

/**
 * paddock_variant_row_set_downloads:
 * @self: the row
 * @downloads: (nullable) (element-type PaddockDownload): those of its files
 */
void
paddock_variant_row_set_downloads (PaddockVariantRow *self, GPtrArray *downloads)
{
  forget_downloads (self);
  self->downloads = downloads != NULL ? g_ptr_array_ref (downloads) : NULL;
  for (guint i = 0; downloads != NULL && i < downloads->len; i++)
    g_signal_connect_object (g_ptr_array_index (downloads, i), "notify", G_CALLBACK (update_progress), self, G_CONNECT_SWAPPED);
  update_progress (self);
}

/**
 * paddock_variant_row_set_wanted:
 * @self: the row
 */
void
paddock_variant_row_set_wanted (PaddockVariantRow *self)
{
  gtk_widget_set_visible (self->wanted, TRUE);
}

/**
 * paddock_variant_row_set_entry:
 * @self: the row
 * @entry: (nullable): what it is in the library
 */
void
paddock_variant_row_set_entry (PaddockVariantRow *self, PaddockLibraryEntry *entry)
{
  g_autofree char *label = NULL;

  g_clear_pointer (&self->entry, paddock_library_entry_unref);
  self->entry = entry != NULL ? paddock_library_entry_ref (entry) : NULL;
  gtk_widget_set_visible (self->owned, entry != NULL);
  gtk_widget_set_visible (self->open_button, entry != NULL);
  update_progress (self);
  /* Translators: %s is a quantization, "Q4_K_M". */
  label = g_strdup_printf (_("Open %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  name_button (self->open_button, label);
}

/**
 * paddock_variant_row_get_entry:
 * @self: the row
 *
 * Returns: (transfer none) (nullable): what it is in the library
 */
PaddockLibraryEntry *
paddock_variant_row_get_entry (PaddockVariantRow *self)
{
  return self->entry;
}
