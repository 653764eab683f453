/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/repository-heading.h"

#include "base/units.h"
#include "discover/discover-words.h"
#include "model/stat-tile.h"

#include <glib/gi18n.h>

#define BADGE_CHARS 60

struct _PaddockRepositoryHeading
{
  AdwBin parent_instance;

  /* Template */
  GtkLabel *name_label;
  GtkButton *owner_button;
  AdwWrapBox *badges;
  AdwWrapBox *tiles;
};

G_DEFINE_FINAL_TYPE (PaddockRepositoryHeading, paddock_repository_heading, ADW_TYPE_BIN)

static void
add_badge (PaddockRepositoryHeading *self, char *text, const char *style)
{
  GtkWidget *label;

  if (text == NULL)
    return;
  label = g_object_new (GTK_TYPE_LABEL, "label", text, "ellipsize", PANGO_ELLIPSIZE_END, "accessible-role",
                        GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  g_free (text);
  gtk_widget_add_css_class (label, "pill-badge");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  adw_wrap_box_append (self->badges, label);
}

static char *
dup_text (const char *text)
{
  return text != NULL ? paddock_units_escape (text, -1, BADGE_CHARS) : NULL;
}

static void
show_heading (PaddockRepositoryHeading *self, const PaddockHubRepository *repository)
{
  g_autofree char *name = paddock_discover_words_dup_name (repository);
  g_autofree char *owner = paddock_discover_words_dup_owner (repository);

  gtk_label_set_label (self->name_label, name);
  gtk_button_set_label (self->owner_button, owner);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->owner_button), "s", repository->author);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->owner_button), "discover.show-owner");
  add_badge (self, g_strdup (paddock_discover_words_get_gate (repository)), "warning");
  add_badge (self, repository->task != NULL ? paddock_discover_words_dup_task (repository->task) : NULL, NULL);
  add_badge (self, dup_text (repository->architecture), NULL);
  add_badge (self, paddock_discover_words_dup_license (repository), NULL);
}

static void
add_tile (PaddockRepositoryHeading *self, char *value, const char *caption)
{
  if (value != NULL)
    adw_wrap_box_append (self->tiles, paddock_stat_tile_new (value, caption));
  g_free (value);
}

static void
show_tiles (PaddockRepositoryHeading *self, const PaddockHubRepository *repository)
{
  add_tile (self, paddock_discover_words_dup_parameters (repository), _("Parameters"));
  if (repository->context_length > 0)
    add_tile (self, paddock_units_format_count ((guint64) repository->context_length), _("Tokens of Context"));
  add_tile (self, paddock_units_format_parameters (repository->downloads), _("Downloads a Month"));
  add_tile (self, paddock_units_format_parameters (repository->likes), _("Likes"));
}

static void
paddock_repository_heading_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_REPOSITORY_HEADING);
  G_OBJECT_CLASS (paddock_repository_heading_parent_class)->dispose (object);
}

static void
paddock_repository_heading_class_init (PaddockRepositoryHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_repository_heading_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/repository-heading.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryHeading, name_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryHeading, owner_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryHeading, badges);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryHeading, tiles);
}

static void
paddock_repository_heading_init (PaddockRepositoryHeading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_repository_heading_set_repository:
 * @self: the heading
 * @repository: what it is about, once
 */
void
paddock_repository_heading_set_repository (PaddockRepositoryHeading *self, const PaddockHubRepository *repository)
{
  show_heading (self, repository);
  show_tiles (self, repository);
}
