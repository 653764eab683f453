/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/card-view.h"

#include "discover/card-block-widget.h"

#include <glib/gi18n.h>

#define BLOCKS_AT_ONCE 8             /* so many are made between two frames */
#define BLOCKS_AT_FIRST 60           /* most people read no further */

struct _PaddockCardView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockHubCard *card;              /* NULL: there is none yet */
  guint source;

  guint n_shown, n_wanted;           /* blocks */

  /* Template */
  GtkBox *box;
  GtkWidget *more_button;
};

enum
{
  OPEN_LINK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockCardView, paddock_card_view, ADW_TYPE_BIN)

static gboolean
on_link (PaddockCardView *self, const char *address)
{
  g_signal_emit (self, signals[OPEN_LINK], 0, address);
  return GDK_EVENT_STOP;
}

static void
update_more_button (PaddockCardView *self)
{
  gtk_widget_set_visible (self->more_button, self->source == 0 && self->n_shown < self->card->blocks->len);
}

static gboolean
show_some (gpointer user_data)
{
  PaddockCardView *self = user_data;
  guint end = MIN (self->n_shown + BLOCKS_AT_ONCE, self->n_wanted);

  for (; self->n_shown < end; self->n_shown++)
    gtk_box_append (self->box, paddock_card_block_widget_new (g_ptr_array_index (self->card->blocks, self->n_shown),
                                                              G_CALLBACK (on_link), self));
  if (self->n_shown < self->n_wanted)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  update_more_button (self);
  return G_SOURCE_REMOVE;
}

/* In small pieces: a long card has hundreds of widgets. */
static void
show_up_to (PaddockCardView *self, guint count)
{
  self->n_wanted = MIN (count, self->card->blocks->len);
  if (self->source == 0)
    self->source = g_idle_add (show_some, self);
  update_more_button (self);
}

static void
on_more_clicked (PaddockCardView *self)
{
  show_up_to (self, self->card->blocks->len);
}

static void
paddock_card_view_dispose (GObject *object)
{
  PaddockCardView *self = PADDOCK_CARD_VIEW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_CARD_VIEW);
  g_clear_pointer (&self->card, paddock_hub_card_free);
  G_OBJECT_CLASS (paddock_card_view_parent_class)->dispose (object);
}

static void
paddock_card_view_class_init (PaddockCardViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_card_view_dispose;

  /**
   * PaddockCardView::open-link:
   * @address: where it goes
   *
   * The person follows a link.
   */
  signals[OPEN_LINK] = g_signal_new ("open-link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/card-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockCardView, box);
  gtk_widget_class_bind_template_child (widget_class, PaddockCardView, more_button);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
}

static void
paddock_card_view_init (PaddockCardView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_card_view_take_card:
 * @self: the view
 * @card: (transfer full): what to show
 */
void
paddock_card_view_take_card (PaddockCardView *self, PaddockHubCard *card)
{
  g_return_if_fail (self->card == NULL);
  self->card = card;
  show_up_to (self, BLOCKS_AT_FIRST);
}
