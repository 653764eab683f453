/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"
#include "hub-cache.h"
#include "hub-session.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A question that no library answers by itself: it follows no redirection, and the token goes along only where it may. */
SoupMessage *
paddock_hub_session_make_message (PaddockHubSession *self, GUri *uri);
SoupSession *
paddock_hub_session_get_questions (PaddockHubSession *self);
/* For files: bytes come as they are. */
SoupSession *
paddock_hub_session_get_files (PaddockHubSession *self);
/* Of headers of files; in no folder that a person would miss. */
PaddockHubCache *
paddock_hub_session_get_headers (PaddockHubSession *self);
/* A whole header of the same group as others are of, such as a repository; NULL: none was read. */
PaddockGgufFile *
paddock_hub_session_get_sibling (PaddockHubSession *self, const char *group);
void
paddock_hub_session_set_sibling (PaddockHubSession *self, const char *group, PaddockGgufFile *file);
/* Of answers to questions; by the key of each. */
PaddockHubCache *
paddock_hub_session_get_answers (PaddockHubSession *self);
char *
paddock_hub_session_make_key (PaddockHubSession *self, const char *path);
/* Whether the hub may be asked now; it says itself when it may not. */
gboolean
paddock_hub_session_may_ask (PaddockHubSession *self, GError **error);
void
paddock_hub_session_learn_limit (PaddockHubSession *self, SoupMessage *message);
/* Whether the token may go there. */
gboolean
paddock_hub_session_is_home (PaddockHubSession *self, GUri *uri);

G_END_DECLS
