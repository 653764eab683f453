/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;                        /* "Q4_K"; the number where nobody knows the type */
  guint64 bytes;
  guint64 elements;
  guint tensors;
} PaddockTypeShare;

/**
 * PaddockTypeShares:
 *
 * How a model's bytes are spread over tensor types, the largest share first. Reference counted, immutable.
 */
typedef struct _PaddockTypeShares PaddockTypeShares;

PaddockTypeShares      *paddock_type_shares_new       (PaddockGgufShards *shards);
PaddockTypeShares      *paddock_type_shares_ref       (PaddockTypeShares *self);
void                    paddock_type_shares_unref     (PaddockTypeShares *self);
guint                   paddock_type_shares_get_count (PaddockTypeShares *self);
const PaddockTypeShare *paddock_type_shares_get_share (PaddockTypeShares *self, guint position);
guint64                 paddock_type_shares_get_bytes (PaddockTypeShares *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockTypeShares, paddock_type_shares_unref)

G_END_DECLS
