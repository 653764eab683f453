/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-json.h"

static JsonNode *
get_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

const char *
paddock_hub_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
paddock_hub_json_get_number (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_INT64);

  return node != NULL && json_node_get_int (node) >= 0 ? json_node_get_int (node) : -1;
}

gboolean
paddock_hub_json_get_boolean (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

JsonObject *
paddock_hub_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
paddock_hub_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gint64
paddock_hub_json_get_time (JsonObject *object, const char *member)
{
  const char *text = paddock_hub_json_get_string (object, member);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL && g_date_time_to_unix (time) >= 0 ? g_date_time_to_unix (time) : -1;
}

/**
 * paddock_hub_json_dup_strings:
 * @array: (nullable): an array
 *
 * Returns: (transfer full): the strings in it
 */
GStrv
paddock_hub_json_dup_strings (JsonArray *array)
{
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (strings, json_node_get_string (node));
    }
  return g_strv_builder_end (strings);
}
