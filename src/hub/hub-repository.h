/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_HUB_OPEN,
  PADDOCK_HUB_GATED_AUTOMATIC, /* whoever accepts the conditions gets in */
  PADDOCK_HUB_GATED_MANUAL     /* the owner looks at each one */
} PaddockHubGate;

/**
 * PaddockHubRepository:
 *
 * What the hub says of a repository. Counted; nobody changes it.
 */
typedef struct
{
  char *id; /* "owner/name" */
  char *author;
  char *sha;     /* of the commit that this is about; NULL: unknown */
  char *task;    /* "text-generation"; NULL: unknown */
  char *license; /* NULL: unknown */
  GStrv tags;
  GStrv base_models;                 /* ids of what it was made from */
  gint64 downloads, likes;           /* -1: unknown */
  gint64 modified, created;          /* seconds since 1970; -1: unknown */
  gint64 parameters, context_length; /* of the file that the hub has looked into; -1: unknown */
  char *architecture;                /* NULL: unknown */
  PaddockHubGate gate;
  gboolean is_private, is_disabled;
} PaddockHubRepository;

/* NULL: it is none. */
PaddockHubRepository *
paddock_hub_repository_read (JsonNode *node);
PaddockHubRepository *
paddock_hub_repository_ref (PaddockHubRepository *self);
void
paddock_hub_repository_unref (PaddockHubRepository *self);
/* Of one page of a search: appended (element-type PaddockHubRepository). FALSE: it is no such page. */
gboolean
paddock_hub_repository_read_list (JsonNode *root, GPtrArray *repositories);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubRepository, paddock_hub_repository_unref)

G_END_DECLS
