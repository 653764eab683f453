/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a server says, which may be of another kind than it should be: then it was not said. */
const char *
paddock_hub_json_get_string (JsonObject *object, const char *member); /* NULL: none */
gint64
paddock_hub_json_get_number (JsonObject *object, const char *member); /* -1: none, or below 0 */
gboolean
paddock_hub_json_get_boolean (JsonObject *object, const char *member);
JsonObject *
paddock_hub_json_get_object (JsonObject *object, const char *member);
JsonArray *
paddock_hub_json_get_array (JsonObject *object, const char *member);
/* Seconds since 1970, of "2026-08-01T10:11:12.000Z"; -1: none. */
gint64
paddock_hub_json_get_time (JsonObject *object, const char *member);
/* Of an array with other things in it as well. */
GStrv
paddock_hub_json_dup_strings (JsonArray *array);

G_END_DECLS
