/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the hub said to a question. Counted. */
typedef struct
{
  guint status;
  char *url;           /* that was asked in the end */
  char *next;          /* path and query of the next page; NULL: there is none */
  JsonNode *root;      /* NULL: it was no JSON */
  gint64 said_at;      /* when it was said or confirmed, in seconds since 1970 */
  gboolean from_cache; /* it could not be asked: that is what it said then */
} PaddockHubAnswer;

PaddockHubAnswer *
paddock_hub_answer_ref (PaddockHubAnswer *self);
void
paddock_hub_answer_unref (PaddockHubAnswer *self);

/* link: of the header "Link". Path and query of what comes next, which is asked of the same server whatever host it names;
   NULL: nothing does. */
char *
paddock_hub_answer_find_next (const char *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubAnswer, paddock_hub_answer_unref)

G_END_DECLS
