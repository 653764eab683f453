/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"

G_BEGIN_DECLS

/**
 * PaddockHubSplice:
 *
 * How a header is put together that begins like that of a sibling: quantizations of one model have the same vocabulary, which
 * is most of a header, and need not be fetched for each. That it is the same is seen by what is fetched on both sides of it,
 * and by the tensors that follow, which have to fill the file to its last byte.
 */
typedef struct
{
  GBytes *between; /* of the sibling: what is not fetched */
  GBytes *mark;    /* what the rest has to begin with */
  guint64 begin;   /* of the rest in the file */
  gsize length;    /* of the rest, or more */
} PaddockHubSplice;

void
paddock_hub_splice_free (PaddockHubSplice *self);
/* sibling: a whole header. head: the first bytes of another file. NULL: they have too little in common. */
PaddockHubSplice *
paddock_hub_splice_new (PaddockGgufFile *sibling, GBytes *head);
/* rest: the bytes of the file from the begin of the rest on. NULL: it does not fit; then everything has to be fetched. */
PaddockGgufFile *
paddock_hub_splice_join (
    const PaddockHubSplice *self, GBytes *head, GBytes *rest, guint64 size, const char *name, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubSplice, paddock_hub_splice_free)

G_END_DECLS
