/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-cell.h"

#include "library/library-words.h"
#include "widgets/fit-badge.h"

#include <glib/gi18n.h>

typedef struct
{
  PaddockCellParts parts;
  const char *style;                 /* the class that the state has now */
  gboolean selecting;
} PaddockLibraryCellPrivate;

static const PaddockVoice voices[PADDOCK_CELL_N_LINES] = {
  [PADDOCK_CELL_TITLE] = PADDOCK_VOICE_TITLE, [PADDOCK_CELL_TAGS] = PADDOCK_VOICE_TAG,
  [PADDOCK_CELL_SUMMARY] = PADDOCK_VOICE_NOTE, [PADDOCK_CELL_SIZE] = PADDOCK_VOICE_NUMBER,
  [PADDOCK_CELL_PLACES] = PADDOCK_VOICE_NOTE,
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PaddockLibraryCell, paddock_library_cell, PADDOCK_TYPE_TILE)

static PaddockLibraryCellPrivate *
get_private (PaddockLibraryCell *self)
{
  return paddock_library_cell_get_instance_private (self);
}

static const PaddockLibraryEntry *
get_entry (PaddockLibraryCell *self)
{
  PaddockLibraryItem *item = paddock_library_cell_get_item (self);

  return item != NULL ? paddock_library_item_get_entry (item) : NULL;
}

static void
on_menu_clicked (PaddockLibraryCell *self)
{
  const PaddockLibraryEntry *entry = get_entry (self);

  if (entry != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "entry.menu", "s", entry->id);
}

/* Parts that few cells have are made when one does. */
static void
show_part (PaddockLibraryCell *self, GtkWidget **part, gboolean shown, GtkWidget *(*make) (void))
{
  if (shown && *part == NULL)
    {
      *part = make ();
      gtk_widget_set_parent (*part, GTK_WIDGET (self));
    }
  if (*part != NULL)
    gtk_widget_set_visible (*part, shown);
}

static GtkWidget *
make_check (void)
{
  GtkWidget *check = g_object_new (GTK_TYPE_CHECK_BUTTON, "can-focus", FALSE, "can-target", FALSE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (check, "selection-mode");
  return check;
}

static GtkWidget *
make_favourite (void)
{
  GtkWidget *image = gtk_image_new_from_icon_name ("starred-symbolic");

  gtk_widget_set_tooltip_text (image, _("Favourite"));
  gtk_widget_add_css_class (image, "accent");
  return image;
}

static GtkWidget *
make_state (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "pill-badge");
  return label;
}

static void
update_description (PaddockLibraryCell *self, const PaddockLibraryEntry *entry)
{
  PaddockLibraryCellPrivate *priv = get_private (self);
  gboolean ready = entry->state == PADDOCK_ENTRY_READY && paddock_library_entry_find_differing (entry) == NULL;
  g_autofree char *reason = ready ? NULL : paddock_library_words_dup_reason (entry);
  const char *fit = priv->parts.badge != NULL && gtk_widget_get_child_visible (priv->parts.badge)
                      ? paddock_fit_badge_get_text (PADDOCK_FIT_BADGE (priv->parts.badge))
                      : "";

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason != NULL ? reason : fit,
                                  -1);
}

static void
update_fit (PaddockLibraryCell *self)
{
  PaddockLibraryCellPrivate *priv = get_private (self);
  PaddockLibraryItem *item = paddock_library_cell_get_item (self);
  PaddockLibraryFits *fits = item != NULL ? paddock_library_item_get_fits (item) : NULL;
  PaddockLibraryFit fit;
  gboolean known;

  if (item == NULL)
    return;
  known = fits != NULL && paddock_library_fits_look (fits, paddock_library_item_get_entry (item), &fit);
  if (known)
    {
      show_part (self, &priv->parts.badge, TRUE, paddock_fit_badge_new);
      paddock_fit_badge_set_fit (PADDOCK_FIT_BADGE (priv->parts.badge), fit.fit, fit.needed, fit.available);
    }
  /* Nothing else than where the texts are changes with it, and it comes and goes as fast as lists scroll. */
  if (priv->parts.badge != NULL && known != gtk_widget_get_child_visible (priv->parts.badge))
    {
      gtk_widget_set_child_visible (priv->parts.badge, known);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  update_description (self, paddock_library_item_get_entry (item));
}

static void
update_state (PaddockLibraryCell *self, const PaddockLibraryEntry *entry)
{
  PaddockLibraryCellPrivate *priv = get_private (self);
  g_autofree char *state = paddock_library_words_dup_state (entry);

  show_part (self, &priv->parts.state, state != NULL, make_state);
  if (state == NULL)
    return;
  if (priv->style != NULL)
    gtk_widget_remove_css_class (priv->parts.state, priv->style);
  priv->style = paddock_library_words_get_style (entry);
  gtk_widget_add_css_class (priv->parts.state, priv->style);
  gtk_label_set_label (GTK_LABEL (priv->parts.state), state);
}

static void
take_text (PaddockLibraryCell *self, PaddockCellPart part, char *taken)
{
  g_autofree char *text = taken;

  paddock_cell_line_set_text (&get_private (self)->parts.lines[part], text);
}

static void
update (PaddockLibraryCell *self)
{
  PaddockLibraryCellPrivate *priv = get_private (self);
  const PaddockLibraryEntry *entry = get_entry (self);
  g_autofree char *label = NULL;

  if (entry == NULL)
    return;
  take_text (self, PADDOCK_CELL_TITLE, paddock_library_words_dup_title (entry));
  take_text (self, PADDOCK_CELL_TAGS, paddock_library_words_dup_tags (entry));
  take_text (self, PADDOCK_CELL_SUMMARY, paddock_library_words_dup_summary (entry));
  take_text (self, PADDOCK_CELL_SIZE, paddock_library_words_dup_size (entry));
  take_text (self, PADDOCK_CELL_PLACES, paddock_library_words_dup_places (entry));
  show_part (self, &priv->parts.favourite, entry->record->favourite, make_favourite);
  update_state (self, entry);
  update_fit (self);
  label = paddock_library_words_dup_label (entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_item_changed (PaddockLibraryCell *self, PaddockLibraryItem *item)
{
  if (item == paddock_library_cell_get_item (self))
    update (self);
  else
    g_signal_handlers_disconnect_by_data (item, self);
}

/* Whatever it showed before is told no more; what is gone by then tells nothing. */
static void
paddock_library_cell_show_item (PaddockTile *tile, gpointer item)
{
  if (item == NULL)
    return;
  g_signal_handlers_disconnect_by_data (item, tile);
  g_signal_connect_object (item, "changed", G_CALLBACK (on_item_changed), tile, G_CONNECT_SWAPPED);
  update (PADDOCK_LIBRARY_CELL (tile));
}

/* What can be done with one model is in the way while many are meant. */
static void
update_selecting (PaddockLibraryCell *self)
{
  PaddockLibraryCellPrivate *priv = get_private (self);

  show_part (self, &priv->parts.check, priv->selecting, make_check);
  gtk_widget_set_child_visible (priv->parts.menu_button, !priv->selecting);
  if (priv->parts.check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (priv->parts.check), paddock_tile_get_selected (PADDOCK_TILE (self)));
}

static void
on_selecting_changed (PaddockLibraryCell *self, GParamSpec *property, PaddockLibrarySelection *selection)
{
  get_private (self)->selecting = paddock_library_selection_get_active (selection);
  update_selecting (self);
}

static void
paddock_library_cell_state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  PaddockCellParts *parts = &get_private (PADDOCK_LIBRARY_CELL (widget))->parts;
  GtkStateFlags now = gtk_widget_get_state_flags (widget);

  if (((before ^ now) & GTK_STATE_FLAG_SELECTED) != 0 && parts->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (parts->check), (now & GTK_STATE_FLAG_SELECTED) != 0);
  GTK_WIDGET_CLASS (paddock_library_cell_parent_class)->state_flags_changed (widget, before);
}

static void
on_voices_changed (PaddockLibraryCell *self)
{
  for (guint i = 0; i < PADDOCK_CELL_N_LINES; i++)
    paddock_cell_line_forget (&get_private (self)->parts.lines[i]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
paddock_library_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockCellParts *parts = &get_private (PADDOCK_LIBRARY_CELL (widget))->parts;

  GTK_WIDGET_CLASS (paddock_library_cell_parent_class)->snapshot (widget, snapshot);
  for (guint i = 0; i < PADDOCK_CELL_N_LINES; i++)
    paddock_cell_line_snapshot (&parts->lines[i], parts->voices, snapshot);
}

/* The words for what the pointer rests on are only found when it does. */
static gboolean
paddock_library_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  PaddockCellParts *parts = &get_private (PADDOCK_LIBRARY_CELL (widget))->parts;
  const PaddockLibraryEntry *entry = get_entry (PADDOCK_LIBRARY_CELL (widget));
  g_autofree char *text = NULL;

  if (entry == NULL)
    return FALSE;
  if (keyboard || paddock_cell_line_is_at (&parts->lines[PADDOCK_CELL_PLACES], x, y))
    text = paddock_library_words_dup_paths (entry);
  else if (paddock_cell_line_is_at (&parts->lines[PADDOCK_CELL_SUMMARY], x, y))
    text = paddock_library_words_dup_summary (entry);
  else if (parts->state != NULL && gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT) == parts->state)
    text = paddock_library_words_dup_reason (entry);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
paddock_library_cell_dispose (GObject *object)
{
  PaddockCellParts *parts = &get_private (PADDOCK_LIBRARY_CELL (object))->parts;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < PADDOCK_CELL_N_LINES; i++)
    paddock_cell_line_clear (&parts->lines[i]);
  G_OBJECT_CLASS (paddock_library_cell_parent_class)->dispose (object);
}

static void
paddock_library_cell_class_init (PaddockLibraryCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_library_cell_dispose;
  widget_class->snapshot = paddock_library_cell_snapshot;
  widget_class->query_tooltip = paddock_library_cell_query_tooltip;
  widget_class->state_flags_changed = paddock_library_cell_state_flags_changed;
  PADDOCK_TILE_CLASS (klass)->show_item = paddock_library_cell_show_item;
}

static void
paddock_library_cell_init (PaddockLibraryCell *self)
{
  PaddockLibraryCellPrivate *priv = get_private (self);

  for (guint i = 0; i < PADDOCK_CELL_N_LINES; i++)
    {
      priv->parts.lines[i].voice = voices[i];
      priv->parts.lines[i].lines = 1;
      priv->parts.lines[i].natural = -1;
    }
  priv->parts.menu_button = gtk_button_new_from_icon_name ("view-more-symbolic");
  gtk_widget_set_tooltip_text (priv->parts.menu_button, _("Model Actions"));
  gtk_widget_add_css_class (priv->parts.menu_button, "flat");
  gtk_widget_add_css_class (priv->parts.menu_button, "circular");
  gtk_widget_set_parent (priv->parts.menu_button, GTK_WIDGET (self));
  g_signal_connect_object (priv->parts.menu_button, "clicked", G_CALLBACK (on_menu_clicked), self, G_CONNECT_SWAPPED);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * paddock_library_cell_set_services:
 * @self: a cell
 * @voices: how its texts look; lives as long as the window
 * @selection: tells whether the person is selecting
 */
void
paddock_library_cell_set_services (PaddockLibraryCell *self, PaddockCellVoices *cell_voices, PaddockLibrarySelection *selection)
{
  PaddockLibraryFits *fits = paddock_library_list_get_fits (paddock_library_selection_get_list (selection));

  get_private (self)->parts.voices = cell_voices;
  g_signal_connect_object (cell_voices, "changed", G_CALLBACK (on_voices_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::active", G_CALLBACK (on_selecting_changed), self, G_CONNECT_SWAPPED);
  if (fits != NULL)
    g_signal_connect_object (fits, "judged", G_CALLBACK (update_fit), self, G_CONNECT_SWAPPED);
  on_selecting_changed (self, NULL, selection);
}

/**
 * paddock_library_cell_get_item:
 * @self: the cell
 *
 * Returns: (transfer none) (nullable): what it shows
 */
PaddockLibraryItem *
paddock_library_cell_get_item (PaddockLibraryCell *self)
{
  return paddock_tile_get_item (PADDOCK_TILE (self));
}

GtkWidget *
paddock_library_cell_get_menu_button (PaddockLibraryCell *self)
{
  return get_private (self)->parts.menu_button;
}

PaddockCellParts *
paddock_library_cell_get_parts (PaddockLibraryCell *self)
{
  return &get_private (self)->parts;
}

static int
measure (GtkWidget *part, GtkOrientation orientation)
{
  int natural = 0;

  if (part != NULL && gtk_widget_get_visible (part))
    gtk_widget_measure (part, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

int
paddock_cell_parts_get_width (GtkWidget *part)
{
  return part != NULL && gtk_widget_get_child_visible (part) ? measure (part, GTK_ORIENTATION_HORIZONTAL) : 0;
}

int
paddock_cell_parts_get_height (GtkWidget *part)
{
  return measure (part, GTK_ORIENTATION_VERTICAL);
}

/**
 * paddock_cell_parts_place:
 * @cell: a cell
 * @part: (nullable): one of its widgets
 * @x: of the box that it is to be in, from where lines begin
 * @y: of the box
 * @width: of the box
 * @height: of the box; the part is in the middle of it
 */
void
paddock_cell_parts_place (GtkWidget *cell, GtkWidget *part, int x, int y, int width, int height)
{
  int own = paddock_cell_parts_get_height (part);

  if (part == NULL || !gtk_widget_get_visible (part) || !gtk_widget_get_child_visible (part))
    return;
  if (gtk_widget_get_direction (cell) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (cell) - x - width;
  gtk_widget_size_allocate (part, &(GtkAllocation) { x, y + (height - own) / 2, MAX (width, 0), own }, -1);
}
