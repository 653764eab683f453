/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-request.h"
#include "network-options.h"
#include "source-answer.h"
#include "source-body.h"

G_BEGIN_DECLS

/* More connections than this do not help. */
#define PADDOCK_SOURCE_LINK_MAX 16

/**
 * PaddockSourceLink:
 *
 * The way from one source of a file to its bytes: redirections, signed addresses that expire, tokens that stay at home.
 * Any number of threads may open bodies; each body belongs to one.
 */
typedef struct _PaddockSourceLink PaddockSourceLink;

PaddockSourceLink *
paddock_source_link_new (const PaddockDownloadSource *source, const PaddockNetworkOptions *options, GError **error);
void
paddock_source_link_free (PaddockSourceLink *self);

/* Asks what there is. The body that may come with the answer is kept for whoever opens the file from its begin. asked: how
   many seconds the server wants to be left alone, -1: it does not say. */
gboolean
paddock_source_link_ask (
    PaddockSourceLink *self, PaddockSourceFacts *facts, gint64 *asked, GCancellable *cancellable, GError **error);
/* From begin up to, and without, end. Has to be the file of the facts, all of which are known by then; else CHANGED. Where
   parts cannot be asked for, the body is the whole file, whatever was wanted. */
PaddockSourceBody *
paddock_source_link_open (PaddockSourceLink *self,
                          const PaddockSourceFacts *facts,
                          guint64 begin,
                          guint64 end,
                          gint64 *asked,
                          GCancellable *cancellable,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockSourceLink, paddock_source_link_free)

G_END_DECLS
