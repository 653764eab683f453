/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/card-block-widget.h"

#define INDENT 18
#define MAX_DEPTH 6

/* Whom links tell. */
typedef struct
{
  GCallback handler;
  gpointer data;
} Follower;

static GtkWidget *
make_label (const char *markup, GtkAccessibleRole role, const Follower *follower)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", markup != NULL ? markup : "", "use-markup", TRUE, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "hexpand", TRUE, "accessible-role", role,
                                   NULL);

  g_signal_connect_object (label, "activate-link", follower->handler, follower->data, G_CONNECT_SWAPPED);
  return label;
}

static GtkWidget *
make_heading (const PaddockCardBlock *block, const Follower *follower)
{
  static const char *const styles[] = { "title-2", "title-3", "title-4", "heading" };
  GtkWidget *label = make_label (block->markup, GTK_ACCESSIBLE_ROLE_HEADING, follower);

  gtk_widget_add_css_class (label, styles[MIN (MAX (block->level, 1), G_N_ELEMENTS (styles)) - 1]);
  gtk_widget_set_margin_top (label, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, (int) MAX (block->level, 1), -1);
  return label;
}

static GtkWidget *
make_item (const PaddockCardBlock *block, const Follower *follower)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *number = block->number > 0 ? g_strdup_printf ("%u.", block->number) : g_strdup ("•");
  GtkWidget *mark = gtk_label_new (number);

  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (mark, "dimmed");
  gtk_widget_set_margin_start (box, INDENT * (int) (CLAMP (block->level, 1, MAX_DEPTH) - 1));
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), make_label (block->markup, GTK_ACCESSIBLE_ROLE_PARAGRAPH, follower));
  return box;
}

/* Lines that must not be broken are moved sideways. */
static GtkWidget *
make_sideways (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_add_css_class (scroller, "card");
  return scroller;
}

static GtkWidget *
make_code (const PaddockCardBlock *block)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", block->markup != NULL ? block->markup : "", "use-markup", TRUE,
                                   "selectable", TRUE, "xalign", 0.0f, "accessible-role", GTK_ACCESSIBLE_ROLE_PARAGRAPH, NULL);

  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "card-code");
  return make_sideways (label);
}

static GtkWidget *
make_quote (const PaddockCardBlock *block, const Follower *follower)
{
  GtkWidget *label = make_label (block->markup, GTK_ACCESSIBLE_ROLE_BLOCK_QUOTE, follower);

  gtk_widget_add_css_class (label, "card-quote");
  gtk_widget_set_margin_start (label, INDENT * (int) (CLAMP (block->level, 1, MAX_DEPTH) - 1));
  return label;
}

static GtkWidget *
make_table (const PaddockCardBlock *block, const Follower *follower)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 18, "row-spacing", 6, NULL);

  for (guint row = 0; block->rows != NULL && row < block->rows->len; row++)
    {
      GStrv cells = g_ptr_array_index (block->rows, row);

      for (guint column = 0; cells[column] != NULL; column++)
        {
          GtkWidget *label = make_label (cells[column], GTK_ACCESSIBLE_ROLE_LABEL, follower);

          gtk_label_set_wrap (GTK_LABEL (label), FALSE);
          if (row == 0)
            gtk_widget_add_css_class (label, "heading");
          gtk_grid_attach (GTK_GRID (grid), label, (int) column, (int) row, 1, 1);
        }
    }
  gtk_widget_add_css_class (grid, "card-table");
  return make_sideways (grid);
}

/**
 * paddock_card_block_widget_new:
 * @block: a part of a card
 * @link_handler: called when a link is followed
 * @data: for @link_handler, an object that outlives the widget
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
paddock_card_block_widget_new (const PaddockCardBlock *block, GCallback link_handler, gpointer data)
{
  const Follower follower = { link_handler, data };

  switch (block->kind)
    {
    case PADDOCK_CARD_HEADING:
      return make_heading (block, &follower);
    case PADDOCK_CARD_ITEM:
      return make_item (block, &follower);
    case PADDOCK_CARD_CODE:
      return make_code (block);
    case PADDOCK_CARD_QUOTE:
      return make_quote (block, &follower);
    case PADDOCK_CARD_TABLE:
      return make_table (block, &follower);
    case PADDOCK_CARD_RULE:
      return gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
    case PADDOCK_CARD_PARAGRAPH:
    default:
      return make_label (block->markup, GTK_ACCESSIBLE_ROLE_PARAGRAPH, &follower);
    }
}
