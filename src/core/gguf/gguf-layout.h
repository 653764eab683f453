/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_GGUF_LAYOUT_OVERFLOW,      /* the number of elements or bytes is none that a file could have */
  PADDOCK_GGUF_LAYOUT_PARTIAL_BLOCK, /* a row is not whole blocks; amount is the block */
  PADDOCK_GGUF_LAYOUT_UNALIGNED,     /* amount is what the offset has too much */
  PADDOCK_GGUF_LAYOUT_OUTSIDE,       /* reaches past the end of the file; amount is by how much */
  PADDOCK_GGUF_LAYOUT_OVERLAP,       /* with other, which starts before it or at the same place */
  PADDOCK_GGUF_LAYOUT_GAP,           /* amount bytes before it belong to nothing */
  PADDOCK_GGUF_LAYOUT_ORDER,         /* lies before a tensor that is listed before it: other */
  PADDOCK_GGUF_LAYOUT_TRAILING,      /* amount bytes after the last tensor belong to nothing */
  PADDOCK_GGUF_LAYOUT_PADDING,       /* the first byte of padding that is not zero */
  PADDOCK_GGUF_LAYOUT_N_KINDS
} PaddockGgufLayoutKind;

/**
 * PaddockGgufLayoutIssue:
 *
 * One thing that is not as it should be. @tensor and @other are positions in the file's list, G_MAXUINT if none.
 */
typedef struct
{
  PaddockGgufLayoutKind kind;
  guint tensor;
  guint other;
  guint64 offset;                    /* in the file; where an addition would overflow, the last byte there can be */
  guint64 amount;
} PaddockGgufLayoutIssue;

/**
 * PaddockGgufLayout:
 *
 * How the tensors of one file lie in it: all of them sorted by their place, and what is wrong with that. Immutable.
 */
typedef struct _PaddockGgufLayout PaddockGgufLayout;

PaddockGgufLayout *paddock_gguf_layout_new  (PaddockGgufFile *file);
void               paddock_gguf_layout_free (PaddockGgufLayout *self);

/* The first of each kind are kept, and all are counted. */
guint                         paddock_gguf_layout_get_n_issues (PaddockGgufLayout *self);
const PaddockGgufLayoutIssue *paddock_gguf_layout_get_issue    (PaddockGgufLayout *self, guint position);
guint64                       paddock_gguf_layout_count        (PaddockGgufLayout *self, PaddockGgufLayoutKind kind);
/* The tensor that lies at this place when they are counted from the front of the data. */
guint                         paddock_gguf_layout_get_tensor   (PaddockGgufLayout *self, guint place);
guint64                       paddock_gguf_layout_get_data_end (PaddockGgufLayout *self);   /* in the file; without padding */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufLayout, paddock_gguf_layout_free)

G_END_DECLS
