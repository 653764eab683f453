/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-card.h"

#include <adwaita.h>

#define LEAST_WIDTH 216
#define MARGIN_TOP 9
#define MARGIN_BOTTOM 12
#define MARGIN_START 12
#define MARGIN_END 6
#define TEXT_END 12                  /* of texts, from the edge */
#define SPACING 6
#define SUMMARY_LINES 2

struct _PaddockLibraryCard
{
  PaddockLibraryCell parent_instance;

  /* Owned: a child */
  GtkWidget *surface;
};

G_DEFINE_FINAL_TYPE (PaddockLibraryCard, paddock_library_card, PADDOCK_TYPE_LIBRARY_CELL)

static int
get_height (const PaddockCellParts *parts, PaddockVoice voice)
{
  return paddock_cell_voices_get_line_height (parts->voices, voice);
}

static int
get_title_height (const PaddockCellParts *parts)
{
  return MAX (get_height (parts, PADDOCK_VOICE_TITLE), paddock_cell_parts_get_height (parts->menu_button));
}

static int
get_pill_height (const PaddockCellParts *parts)
{
  return MAX (paddock_cell_voices_get_badge_height (parts->voices), get_height (parts, PADDOCK_VOICE_TAG));
}

static int
get_end_height (const PaddockCellParts *parts)
{
  return MAX (get_height (parts, PADDOCK_VOICE_NUMBER), get_height (parts, PADDOCK_VOICE_NOTE));
}

static void
paddock_library_card_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                              int *minimum_baseline, int *natural_baseline)
{
  const PaddockCellParts *parts = paddock_library_cell_get_parts (PADDOCK_LIBRARY_CELL (widget));

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = MARGIN_TOP + get_title_height (parts) + SPACING + SUMMARY_LINES * get_height (parts, PADDOCK_VOICE_NOTE) +
               SPACING + get_pill_height (parts) + SPACING + get_end_height (parts) + MARGIN_BOTTOM;
  else
    *minimum = LEAST_WIDTH + MARGIN_START + MARGIN_END;
  *natural = *minimum;
}

static void
place_title (GtkWidget *widget, PaddockCellParts *parts, int y, int width)
{
  int height = get_title_height (parts);
  int check = paddock_cell_parts_get_width (parts->check);
  int button = paddock_cell_parts_get_width (parts->menu_button);
  int star = paddock_cell_parts_get_width (parts->favourite);
  int x = MARGIN_START + (check > 0 ? check + SPACING : 0);
  int end = width - MARGIN_END;

  paddock_cell_parts_place (widget, parts->check, MARGIN_START, y, check, height);
  paddock_cell_parts_place (widget, parts->menu_button, end - button, y, button, height);
  end -= button > 0 ? button + SPACING : 0;
  paddock_cell_parts_place (widget, parts->favourite, end - star, y, star, height);
  end -= star > 0 ? star + SPACING : 0;
  paddock_cell_line_place (&parts->lines[PADDOCK_CELL_TITLE], parts->voices, widget, x,
                           y + (height - get_height (parts, PADDOCK_VOICE_TITLE)) / 2, end - x, FALSE);
}

static void
place_pills (GtkWidget *widget, PaddockCellParts *parts, int y, int end)
{
  GtkWidget *pills[] = { parts->badge, parts->state };
  int height = get_pill_height (parts);
  int x = MARGIN_START;

  for (gsize i = 0; i < G_N_ELEMENTS (pills); i++)
    {
      int pill = MIN (paddock_cell_parts_get_width (pills[i]), end - x);

      paddock_cell_parts_place (widget, pills[i], x, y, pill, height);
      x += pill > 0 ? pill + SPACING : 0;
    }
  paddock_cell_line_place (&parts->lines[PADDOCK_CELL_TAGS], parts->voices, widget, x,
                           y + (height - get_height (parts, PADDOCK_VOICE_TAG)) / 2, end - x, FALSE);
}

static void
paddock_library_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PaddockCellParts *parts = paddock_library_cell_get_parts (PADDOCK_LIBRARY_CELL (widget));
  PaddockCellLine *size = &parts->lines[PADDOCK_CELL_SIZE];
  int end = width - TEXT_END;
  int size_width = paddock_cell_line_get_natural (size, parts->voices);
  int y = MARGIN_TOP;

  gtk_widget_size_allocate (PADDOCK_LIBRARY_CARD (widget)->surface, &(GtkAllocation) { 0, 0, width, height }, -1);
  place_title (widget, parts, y, width);
  y += get_title_height (parts) + SPACING;
  paddock_cell_line_place (&parts->lines[PADDOCK_CELL_SUMMARY], parts->voices, widget, MARGIN_START, y, end - MARGIN_START,
                           FALSE);
  y += SUMMARY_LINES * get_height (parts, PADDOCK_VOICE_NOTE) + SPACING;
  place_pills (widget, parts, y, end);
  y = height - MARGIN_BOTTOM - get_end_height (parts);
  paddock_cell_line_place (size, parts->voices, widget, end - size_width, y, size_width, TRUE);
  y += (get_end_height (parts) - get_height (parts, PADDOCK_VOICE_NOTE)) / 2;
  paddock_cell_line_place (&parts->lines[PADDOCK_CELL_PLACES], parts->voices, widget, MARGIN_START, y,
                           end - size_width - 2 * SPACING - MARGIN_START, FALSE);
}

static void
paddock_library_card_class_init (PaddockLibraryCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = paddock_library_card_measure;
  widget_class->size_allocate = paddock_library_card_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "child");
}

static void
paddock_library_card_init (PaddockLibraryCard *self)
{
  PaddockCellParts *parts = paddock_library_cell_get_parts (PADDOCK_LIBRARY_CELL (self));

  parts->lines[PADDOCK_CELL_SUMMARY].lines = SUMMARY_LINES;
  self->surface = g_object_new (ADW_TYPE_BIN, "css-name", "box", NULL);
  gtk_widget_add_css_class (self->surface, "card");
  gtk_widget_insert_after (self->surface, GTK_WIDGET (self), NULL);
}
