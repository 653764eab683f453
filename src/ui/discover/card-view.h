/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-card.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockCardView:
 *
 * What the owner of a repository writes about it. Signal "open-link" (address): the person follows a link.
 */
#define PADDOCK_TYPE_CARD_VIEW (paddock_card_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockCardView, paddock_card_view, PADDOCK, CARD_VIEW, AdwBin)

/* Takes the card. */
void paddock_card_view_take_card (PaddockCardView *self, PaddockHubCard *card);

G_END_DECLS
