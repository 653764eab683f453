/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Why the hub did not answer a question: with a code that a person can act on. root: of the body, NULL if it is no JSON. */
GError *
paddock_hub_refusal_new (SoupMessage *message, JsonNode *root, gboolean has_token);

G_END_DECLS
