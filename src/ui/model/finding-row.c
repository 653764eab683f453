/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/finding-row.h"

#include "base/units.h"
#include "model/fact-row.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

/**
 * PaddockFindingRow:
 *
 * One finding of the report: the sentence and the remedy; opened, also its place and code.
 */
struct _PaddockFindingRow
{
  AdwExpanderRow parent_instance;

  /* Owned */
  gpointer owner;
  GDestroyNotify release;

  /* Borrowed from the owner */
  const PaddockFinding *finding;

  gboolean detailed;                 /* what opens is made */
};

G_DEFINE_FINAL_TYPE (PaddockFindingRow, paddock_finding_row, ADW_TYPE_EXPANDER_ROW)

static void
paddock_finding_row_finalize (GObject *object)
{
  PaddockFindingRow *self = PADDOCK_FINDING_ROW (object);

  self->release (self->owner);
  G_OBJECT_CLASS (paddock_finding_row_parent_class)->finalize (object);
}

static void
paddock_finding_row_class_init (PaddockFindingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_finding_row_finalize;
}

static void
paddock_finding_row_init (PaddockFindingRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_expander_row_set_title_lines (ADW_EXPANDER_ROW (self), 6);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (self), 6);
}

static const char *
get_area (PaddockFindingArea area)
{
  switch (area)
    {
    case PADDOCK_FINDING_ARCHITECTURE:
      return _("Architecture");
    case PADDOCK_FINDING_TENSORS:
      return _("Tensors");
    case PADDOCK_FINDING_METADATA:
      return _("Metadata");
    case PADDOCK_FINDING_FORMAT:
    default:
      return _("File format");
    }
}

static void
add_fact (PaddockFindingRow *self, const char *title, const char *value)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), paddock_fact_row_new (title, value));
}

static void
add_place (PaddockFindingRow *self, guint64 offset)
{
  g_autofree char *count = paddock_units_format_count (offset);
  g_autofree char *hexadecimal = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", offset);
  /* Translators: a place in a file, in decimal and hexadecimal. */
  g_autofree char *place = g_strdup_printf (_("Byte %s (%s)"), count, hexadecimal);

  add_fact (self, _("Place"), place);
}

/* There can be many findings, few of which are opened. */
static void
add_details (PaddockFindingRow *self)
{
  const PaddockFinding *finding = self->finding;

  if (self->detailed)
    return;
  self->detailed = TRUE;
  add_fact (self, _("Concerns"), get_area (finding->area));
  if (finding->subject != NULL)
    add_fact (self, _("Where"), finding->subject);
  if (finding->offset >= 0)
    add_place (self, (guint64) finding->offset);
  add_fact (self, _("Code"), finding->code);
}

/**
 * paddock_finding_row_new:
 * @finding: what was found
 * @owner: (transfer full): what the finding is a part of
 * @release: drops @owner
 *
 * Returns: (transfer full): the row
 */
GtkWidget *
paddock_finding_row_new (const PaddockFinding *finding, gpointer owner, GDestroyNotify release)
{
  PaddockFindingRow *self = g_object_new (PADDOCK_TYPE_FINDING_ROW, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (paddock_model_words_get_verdict_icon (finding->severity));

  self->finding = finding;
  self->owner = owner;
  self->release = release;
  gtk_widget_add_css_class (icon, paddock_model_words_get_verdict_style (finding->severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  finding->severity == PADDOCK_VERDICT_REJECT ? _("Error") : _("Warning"), -1);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), finding->message);
  if (finding->remedy != NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), finding->remedy);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (add_details), NULL);
  return GTK_WIDGET (self);
}
