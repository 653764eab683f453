/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockGgufEditJournal:
 *
 * What stood where a header is being overwritten, in a small file beside the model (`.NAME.paddock-undo`). It is on the
 * disk before the first byte of the header changes and goes away when the last one is on the disk. Whoever finds it
 * afterwards can tell from it a header that is old, new, torn, or somebody else's: only a torn one is put right, to
 * the old bytes. A journal that is itself not whole means that the header was not touched yet.
 */
typedef struct
{
  /* Owned */
  char *path;
  char *model;                       /* the real path of the model */
} PaddockGgufEditJournal;

PaddockGgufEditJournal *paddock_gguf_edit_journal_begin (const char *model, guint64 model_size, guint64 first, guint64 length,
                                                         const guint8 *before, const guint8 *after, GError **error);
void                    paddock_gguf_edit_journal_end   (PaddockGgufEditJournal *self);   /* removes the file; frees */
void                    paddock_gguf_edit_journal_free  (PaddockGgufEditJournal *self);   /* leaves the file */

/* See paddock_gguf_editor_recover(). */
gboolean                paddock_gguf_edit_journal_replay (const char *model, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufEditJournal, paddock_gguf_edit_journal_free)

G_END_DECLS
