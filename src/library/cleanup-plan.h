/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "removal-plan.h"

G_BEGIN_DECLS

/* Rules of a clean-up; 0: not asked for. */
typedef struct
{
  guint keep;                        /* so many of the most recently used stay */
  guint unused_days;                 /* not used, and not added, for so long */
  guint64 limit;                     /* bytes that the own folder may hold: the least recently used go first */
  gint64 now;                        /* seconds since 1970 */
} PaddockCleanupRules;

typedef enum
{
  PADDOCK_CLEANUP_NOT_KEPT,          /* more recently used ones are as many as shall stay */
  PADDOCK_CLEANUP_UNUSED,
  PADDOCK_CLEANUP_LIMIT
} PaddockCleanupReason;

typedef struct
{
  char *id;                          /* of an entry */
  GPtrArray *paths;                  /* char *: its files in the own folder; nothing else would go */
  guint64 frees;
  gint64 last_used;                  /* or added, if that was later */
  PaddockCleanupReason reason;
} PaddockCleanupProposal;

/**
 * PaddockCleanupPlan:
 *
 * What rules would remove from the own folder: a proposal, which somebody has to agree to by running @removal. Never in it:
 * a favourite, a pinned one, the default, what goes with another model, and what would free nothing.
 */
typedef struct
{
  GPtrArray *proposals;              /* PaddockCleanupProposal, the least recently used first */
  guint64 own_bytes;                 /* that the own folder holds */
  guint64 frees;
  guint64 over_limit;                /* that would still be too much, for all that stays is protected */
  PaddockRemovalPlan *removal;       /* of all proposals */
} PaddockCleanupPlan;

/* Asks the disk: blocks. CHANGED: the index is out of date. */
PaddockCleanupPlan *paddock_cleanup_plan_new  (PaddockLibraryIndex *index, const PaddockCleanupRules *rules,
                                               const char *default_model, GError **error);
void                paddock_cleanup_plan_free (PaddockCleanupPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockCleanupPlan, paddock_cleanup_plan_free)

G_END_DECLS
