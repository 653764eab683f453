/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What the answers say of a file. */
typedef struct
{
  gint64 size;         /* -1: unknown */
  char *sha256;        /* NULL: unknown */
  char *tag;           /* a strong one; NULL: none */
  char *host;          /* whose tag that is */
  gboolean whole_only; /* parts cannot be asked for */
} PaddockSourceFacts;

void
paddock_source_facts_clear (PaddockSourceFacts *self);

/* One question, and what came back. */
typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
} PaddockSourceAnswer;

void
paddock_source_answer_clear (PaddockSourceAnswer *self);
const char *
paddock_source_answer_get_header (const PaddockSourceAnswer *self, const char *name);
gboolean
paddock_source_answer_is_redirection (const PaddockSourceAnswer *self);
/* To where; NULL: to no place that could be meant. */
GUri *
paddock_source_answer_get_target (const PaddockSourceAnswer *self, GError **error);
/* What is not known yet: of headers that a resolver adds, and of the tag. */
void
paddock_source_answer_learn_linked (const PaddockSourceAnswer *self, PaddockSourceFacts *facts);
void
paddock_source_answer_learn_tag (const PaddockSourceAnswer *self, PaddockSourceFacts *facts);
/* Whether its body may be the file, as it was sent. */
gboolean
paddock_source_answer_check_body (const PaddockSourceAnswer *self, GError **error);
gboolean
paddock_source_answer_refuse (const PaddockSourceAnswer *self, gboolean has_token, gint64 *asked, GError **error);
void
paddock_source_answer_set_error (GError **error, PaddockDownloadError code, GUri *uri, const char *what);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PaddockSourceFacts, paddock_source_facts_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PaddockSourceAnswer, paddock_source_answer_clear)

G_END_DECLS
