/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-entry.h"
#include "store-places.h"

G_BEGIN_DECLS

/* One thing that would be written. */
typedef struct
{
  char *path;
  char *source;                      /* of a link or shared copy; NULL: text is written */
  char *text;
  enum { PADDOCK_SHARE_REFLINK, PADDOCK_SHARE_HARD_LINK, PADDOCK_SHARE_SYMBOLIC_LINK, PADDOCK_SHARE_WRITE } way;
} PaddockSharingStep;

/**
 * PaddockSharingPlan:
 *
 * Making a model known to another program without a second copy: what would be written, then doing it. Taking it back
 * removes exactly that.
 */
typedef struct
{
  char *program;                     /* "ollama", "lmstudio", "llamacpp" */
  GPtrArray *steps;                  /* PaddockSharingStep */
} PaddockSharingPlan;

/* Ollama needs the SHA-256, which is computed if nobody knows it: blocks. */
PaddockSharingPlan *paddock_sharing_plan_new  (const PaddockLibraryEntry *entry, const char *program,
                                               const PaddockStorePlaces *places, GCancellable *cancellable, GError **error);
void                paddock_sharing_plan_free (PaddockSharingPlan *self);
gboolean            paddock_sharing_plan_run  (PaddockSharingPlan *self, GError **error);   /* all or nothing */
gboolean            paddock_sharing_plan_undo (PaddockSharingPlan *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockSharingPlan, paddock_sharing_plan_free)

G_END_DECLS
