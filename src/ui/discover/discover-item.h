/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hub-repository.h"

G_BEGIN_DECLS

/**
 * PaddockDiscoverItem:
 *
 * A repository that was found, as a list holds it.
 */
#define PADDOCK_TYPE_DISCOVER_ITEM (paddock_discover_item_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDiscoverItem, paddock_discover_item, PADDOCK, DISCOVER_ITEM, GObject)

PaddockDiscoverItem *paddock_discover_item_new (PaddockHubRepository *repository);
const PaddockHubRepository *paddock_discover_item_get_repository (PaddockDiscoverItem *self);

G_END_DECLS
