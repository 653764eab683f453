/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-editor.h"

G_BEGIN_DECLS

#define PADDOCK_GGUF_EDIT_BLOCK 4096   /* a page of memory; tensors are cloned by such blocks */

/**
 * PaddockGgufEditLayout:
 *
 * How the file will look after an edit, and how it gets there.
 */
typedef struct
{
  /* Owned */
  GBytes *before;                    /* everything before the tensors, as it is */
  GBytes *header;                    /* and as it will be */

  PaddockGgufEditMethod method;
  guint64 tail;                      /* bytes after it, which stay as they are */
  guint64 first;                     /* the bytes that differ, in place */
  guint64 last;
  guint64 room;                      /* bytes kept for later edits */
  guint64 hard_links;                /* other names of the file, which keep the old one when a new file is made */
  gboolean journal;                  /* in place: what differs is more than one sector */
  gboolean clones;                   /* new file: the file system can share the tensors */
} PaddockGgufEditLayout;

/**
 * paddock_gguf_edit_layout_make:
 * @file: a file whose header is whole
 * @changes: (element-type PaddockGgufChange): what becomes different
 * @output: (nullable) (type filename): the new file; %NULL for the file itself
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the layout
 */
PaddockGgufEditLayout *paddock_gguf_edit_layout_make (PaddockGgufFile *file, GPtrArray *changes, const char *output,
                                                      GError **error);
void                   paddock_gguf_edit_layout_free (PaddockGgufEditLayout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufEditLayout, paddock_gguf_edit_layout_free)

G_END_DECLS
