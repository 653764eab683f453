/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-item.h"

struct _PaddockDiscoverItem
{
  GObject parent_instance;

  /* Owned */
  PaddockHubRepository *repository;
};

G_DEFINE_FINAL_TYPE (PaddockDiscoverItem, paddock_discover_item, G_TYPE_OBJECT)

static void
paddock_discover_item_finalize (GObject *object)
{
  g_clear_pointer (&PADDOCK_DISCOVER_ITEM (object)->repository, paddock_hub_repository_unref);
  G_OBJECT_CLASS (paddock_discover_item_parent_class)->finalize (object);
}

static void
paddock_discover_item_class_init (PaddockDiscoverItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_discover_item_finalize;
}

static void
paddock_discover_item_init (PaddockDiscoverItem *self)
{
}

/**
 * paddock_discover_item_new:
 * @repository: what was found
 *
 * Returns: (transfer full): it, for a list
 */
PaddockDiscoverItem *
paddock_discover_item_new (PaddockHubRepository *repository)
{
  PaddockDiscoverItem *self = g_object_new (PADDOCK_TYPE_DISCOVER_ITEM, NULL);

  self->repository = paddock_hub_repository_ref (repository);
  return self;
}

/**
 * paddock_discover_item_get_repository:
 * @self: the item
 *
 * Returns: (transfer none): what was found
 */
const PaddockHubRepository *
paddock_discover_item_get_repository (PaddockDiscoverItem *self)
{
  return self->repository;
}
