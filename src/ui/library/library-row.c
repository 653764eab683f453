/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-row.h"

#define MARGIN 9
#define MARGIN_END 3
#define SPACING 12
#define LINE_SPACING 3
#define TITLE_SPACING 6
#define SUMMARY_SPACING 9
#define LEAST_TEXT 120
#define END_CHARS 16                 /* that the names of places may have */

struct _PaddockLibraryRow
{
  PaddockLibraryCell parent_instance;
};

G_DEFINE_FINAL_TYPE (PaddockLibraryRow, paddock_library_row, PADDOCK_TYPE_LIBRARY_CELL)

static int
get_button_width (const PaddockCellParts *parts)
{
  int width = paddock_cell_parts_get_width (parts->menu_button);

  return width > 0 ? width + SPACING / 2 : 0;
}

static int
get_check_width (const PaddockCellParts *parts)
{
  int width = paddock_cell_parts_get_width (parts->check);

  return width > 0 ? width + SPACING : 0;
}

static int
get_summary_height (const PaddockCellParts *parts)
{
  return MAX (paddock_cell_voices_get_badge_height (parts->voices),
              paddock_cell_voices_get_line_height (parts->voices, PADDOCK_VOICE_NOTE));
}

static int
get_text_height (const PaddockCellParts *parts)
{
  return paddock_cell_voices_get_line_height (parts->voices, PADDOCK_VOICE_TITLE) + LINE_SPACING + get_summary_height (parts);
}

static void
paddock_library_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  const PaddockCellParts *parts = paddock_library_cell_get_parts (PADDOCK_LIBRARY_CELL (widget));

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = 2 * MARGIN + MAX (get_text_height (parts), paddock_cell_parts_get_height (parts->menu_button));
  else
    *minimum = MARGIN + LEAST_TEXT + SPACING + LEAST_TEXT / 2 + SPACING + get_button_width (parts) + MARGIN_END;
  *natural = *minimum;
}

/* Size and places, one under the other; the width they take. */
static int
place_end (GtkWidget *widget, PaddockCellParts *parts, int end, int height)
{
  PaddockCellLine *size = &parts->lines[PADDOCK_CELL_SIZE];
  PaddockCellLine *places = &parts->lines[PADDOCK_CELL_PLACES];
  int size_height = paddock_cell_voices_get_line_height (parts->voices, PADDOCK_VOICE_NUMBER);
  int note_height = paddock_cell_voices_get_line_height (parts->voices, PADDOCK_VOICE_NOTE);
  int longest = END_CHARS * note_height / 2;
  int width = MAX (paddock_cell_line_get_natural (size, parts->voices),
                   MIN (paddock_cell_line_get_natural (places, parts->voices), longest));
  int y = (height - size_height - LINE_SPACING - note_height) / 2;

  paddock_cell_line_place (size, parts->voices, widget, end - width, y, width, TRUE);
  paddock_cell_line_place (places, parts->voices, widget, end - width, y + size_height + LINE_SPACING, width, TRUE);
  return width;
}

static void
place_title (GtkWidget *widget, PaddockCellParts *parts, int x, int y, int width)
{
  PaddockCellLine *title = &parts->lines[PADDOCK_CELL_TITLE];
  PaddockCellLine *tags = &parts->lines[PADDOCK_CELL_TAGS];
  int height = paddock_cell_voices_get_line_height (parts->voices, PADDOCK_VOICE_TITLE);
  int note_height = paddock_cell_voices_get_line_height (parts->voices, PADDOCK_VOICE_TAG);
  int star = paddock_cell_parts_get_width (parts->favourite);
  int tags_width = MIN (paddock_cell_line_get_natural (tags, parts->voices), width / 3);
  int rest = width - (star > 0 ? star + TITLE_SPACING : 0) - (tags_width > 0 ? tags_width + TITLE_SPACING : 0);
  int title_width = MIN (paddock_cell_line_get_natural (title, parts->voices), rest);
  int after = x + title_width + TITLE_SPACING;

  paddock_cell_line_place (title, parts->voices, widget, x, y, title_width, FALSE);
  paddock_cell_parts_place (widget, parts->favourite, after, y, star, height);
  after += star > 0 ? star + TITLE_SPACING : 0;
  paddock_cell_line_place (tags, parts->voices, widget, after, y + (height - note_height) / 2, x + width - after, FALSE);
}

static void
place_summary (GtkWidget *widget, PaddockCellParts *parts, int x, int y, int width)
{
  int height = get_summary_height (parts);
  int note_height = paddock_cell_voices_get_line_height (parts->voices, PADDOCK_VOICE_NOTE);
  GtkWidget *pills[] = { parts->badge, parts->state };

  for (gsize i = 0; i < G_N_ELEMENTS (pills); i++)
    {
      int pill = MIN (paddock_cell_parts_get_width (pills[i]), width);

      paddock_cell_parts_place (widget, pills[i], x, y, pill, height);
      x += pill > 0 ? pill + SUMMARY_SPACING : 0;
      width -= pill > 0 ? pill + SUMMARY_SPACING : 0;
    }
  paddock_cell_line_place (&parts->lines[PADDOCK_CELL_SUMMARY], parts->voices, widget, x, y + (height - note_height) / 2,
                           width, FALSE);
}

static void
paddock_library_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PaddockCellParts *parts = paddock_library_cell_get_parts (PADDOCK_LIBRARY_CELL (widget));
  int button = paddock_cell_parts_get_width (parts->menu_button);
  int x = MARGIN + get_check_width (parts);
  int end = width - MARGIN_END - (button > 0 ? button + SPACING : 0) - SPACING / 2;
  int y = (height - get_text_height (parts)) / 2;

  paddock_cell_parts_place (widget, parts->check, MARGIN, 0, x - MARGIN - SPACING, height);
  paddock_cell_parts_place (widget, parts->menu_button, width - MARGIN_END - button, 0, button, height);
  end -= place_end (widget, parts, end, height) + SPACING;
  place_title (widget, parts, x, y, end - x);
  y += paddock_cell_voices_get_line_height (parts->voices, PADDOCK_VOICE_TITLE) + LINE_SPACING;
  place_summary (widget, parts, x, y, end - x);
}

static void
paddock_library_row_class_init (PaddockLibraryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = paddock_library_row_measure;
  widget_class->size_allocate = paddock_library_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "row");
}

static void
paddock_library_row_init (PaddockLibraryRow *self)
{
}
