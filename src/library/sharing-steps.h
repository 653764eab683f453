/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sharing-plan.h"

G_BEGIN_DECLS

/* For those who fill a plan. A link in the best way that leads from there to the file; whatever is at the path already stays:
   FALSE with EXISTS. */
gboolean paddock_sharing_steps_add_link (PaddockSharingPlan *self, const PaddockLibraryFile *file, const char *path,
                                         GError **error);
gboolean paddock_sharing_steps_add_text (PaddockSharingPlan *self, const char *path, const char *text, GError **error);
/* Letters, digits and "._-" of a text, small; fallback where there is none. */
char    *paddock_sharing_steps_make_name (const char *text, const char *fallback);

/* Of the plan for Ollama: blobs, then what names them. projector: NULL: there is none. What would have to be read for its
   hash, and may not be, makes an outline. */
gboolean paddock_sharing_ollama_fill (PaddockSharingPlan *self, const PaddockLibraryEntry *entry,
                                      const PaddockLibraryFile *file, const PaddockLibraryEntry *projector_entry,
                                      const PaddockLibraryFile *projector, const char *root, gboolean may_read,
                                      PaddockWorker *worker, GError **error);

G_END_DECLS
