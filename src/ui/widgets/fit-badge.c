/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/fit-badge.h"

#include "base/units.h"

#include <glib/gi18n.h>

#define SPACING 4

typedef struct
{
  const char *word;
  const char *icon;
  const char *style;
} Look;

/**
 * PaddockFitBadge:
 *
 * A pill that says in a word how a model would find room on this computer. The numbers are in its tooltip.
 */
struct _PaddockFitBadge
{
  AdwBin parent_instance;

  /* Owned */
  char *tooltip;
  char *text;

  const Look *look;                  /* NULL: it has none yet */

  /* Owned: children */
  GtkImage *image;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (PaddockFitBadge, paddock_fit_badge, ADW_TYPE_BIN)

static const Look looks[] = {
  [PADDOCK_FIT_UNKNOWN] = { N_("Unknown Fit"), "paddock-fit-unknown-symbolic", "dimmed" },
  [PADDOCK_FIT_GPU] = { N_("Fits the GPU"), "paddock-fit-gpu-symbolic", "success" },
  [PADDOCK_FIT_MEMORY] = { N_("Fits Memory"), "paddock-fit-memory-symbolic", "success" },
  [PADDOCK_FIT_SPLIT] = { N_("GPU and Memory"), "paddock-fit-split-symbolic", "warning" },
  [PADDOCK_FIT_TIGHT] = { N_("Tight"), "paddock-fit-tight-symbolic", "warning" },
  [PADDOCK_FIT_TOO_LARGE] = { N_("Too Large"), "paddock-fit-too-large-symbolic", "error" },
};

static char *
explain (PaddockFit fit, guint64 needed, guint64 available)
{
  g_autofree char *need = paddock_units_format_size (needed);
  g_autofree char *room = paddock_units_format_size (available);

  if (needed == 0)
    return g_strdup (_("Nobody knows how much memory it needs"));
  if (fit == PADDOCK_FIT_UNKNOWN)
    /* Translators: a size in memory. */
    return g_strdup_printf (_("Needs %s"), need);
  if (fit == PADDOCK_FIT_TOO_LARGE)
    /* Translators: two sizes in memory: what a model takes, and what there is. */
    return g_strdup_printf (_("Needs %s, but only %s are free"), need, room);
  /* Translators: two sizes in memory: "Needs 5.2 GB of 7.1 GB free". */
  return g_strdup_printf (_("Needs %s of %s free"), need, room);
}

/* Badges change as fast as lists scroll, and to give the toolkit a text each time is slow: it looks for the pointer. */
static gboolean
paddock_fit_badge_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, PADDOCK_FIT_BADGE (widget)->tooltip);
  return TRUE;
}

static void
paddock_fit_badge_finalize (GObject *object)
{
  g_free (PADDOCK_FIT_BADGE (object)->tooltip);
  g_free (PADDOCK_FIT_BADGE (object)->text);
  G_OBJECT_CLASS (paddock_fit_badge_parent_class)->finalize (object);
}

static void
paddock_fit_badge_class_init (PaddockFitBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = paddock_fit_badge_finalize;
  widget_class->query_tooltip = paddock_fit_badge_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* By hand: each row of a list has one, and to read a template for each keeps a window's first frame waiting. */
static void
paddock_fit_badge_init (PaddockFitBadge *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->image));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "pill-badge");
  gtk_widget_add_css_class (GTK_WIDGET (self), "fit-badge");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  paddock_fit_badge_set_fit (self, PADDOCK_FIT_UNKNOWN, 0, 0);
}

GtkWidget *
paddock_fit_badge_new (void)
{
  return g_object_new (PADDOCK_TYPE_FIT_BADGE, NULL);
}

/* Numbers change often, the look seldom. */
static void
show_look (PaddockFitBadge *self, const Look *look)
{
  if (look == self->look)
    return;
  if (self->look != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->look->style);
  self->look = look;
  gtk_widget_add_css_class (GTK_WIDGET (self), look->style);
  gtk_image_set_from_icon_name (self->image, look->icon);
  gtk_label_set_label (self->label, _(look->word));
}

/**
 * paddock_fit_badge_set_fit:
 * @self: the badge
 * @fit: what it says
 * @needed: bytes that the model takes, 0 if nobody knows
 * @available: bytes that are free where it would go
 */
void
paddock_fit_badge_set_fit (PaddockFitBadge *self, PaddockFit fit, guint64 needed, guint64 available)
{
  const Look *look = &looks[(guint) fit < G_N_ELEMENTS (looks) ? fit : PADDOCK_FIT_UNKNOWN];
  g_autofree char *tooltip = explain (fit, needed, available);

  if (look == self->look && g_strcmp0 (tooltip, self->tooltip) == 0)
    return;
  show_look (self, look);
  g_set_str (&self->tooltip, tooltip);
  /* Translators: what a badge says, and its numbers: "Fits the GPU: Needs 5.2 GB of 7.1 GB free". */
  g_free (self->text);
  self->text = g_strdup_printf (_("%s: %s"), _(look->word), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->text, -1);
}

const char *
paddock_fit_badge_get_text (PaddockFitBadge *self)
{
  return self->text;
}
