/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-record.h"

#include "download-error.h"

#include <string.h>

static const char *const state_names[] = {
  [PADDOCK_DOWNLOAD_QUEUED] = "queued",           [PADDOCK_DOWNLOAD_RESOLVING] = "resolving",
  [PADDOCK_DOWNLOAD_DOWNLOADING] = "downloading", [PADDOCK_DOWNLOAD_PAUSED] = "paused",
  [PADDOCK_DOWNLOAD_WAITING] = "waiting",         [PADDOCK_DOWNLOAD_VERIFYING] = "verifying",
  [PADDOCK_DOWNLOAD_DONE] = "done",               [PADDOCK_DOWNLOAD_FAILED] = "failed",
  [PADDOCK_DOWNLOAD_CANCELLED] = "cancelled",
};

static const char *const priority_names[] = {
  [PADDOCK_DOWNLOAD_LOW] = "low",
  [PADDOCK_DOWNLOAD_NORMAL] = "normal",
  [PADDOCK_DOWNLOAD_HIGH] = "high",
};

/* What this version knows of. */
static const char *const members[]
    = { "origin", "sha256", "size", "target", "title", "state", "priority",
        "limit", "received", "total", "begun", "digest", "error", "mirrors", NULL };

static JsonNode *
find (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
paddock_download_record_find_string (JsonObject *object, const char *member)
{
  JsonNode *node = find (object, member);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
paddock_download_record_find_number (JsonObject *object, const char *member)
{
  JsonNode *node = find (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? MAX (json_node_get_int (node), -1) : -1;
}

gboolean
paddock_download_record_find_flag (JsonObject *object, const char *member)
{
  JsonNode *node = find (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* JSON has no bytes: a path that is not UTF-8 is written as an address. */
static void
write_path (JsonObject *object, const char *member, const char *path)
{
  g_autofree char *uri = g_utf8_validate (path, -1, NULL) ? NULL : g_filename_to_uri (path, NULL, NULL);

  json_object_set_string_member (object, member, uri != NULL ? uri : path);
}

static char *
read_path (JsonObject *object, const char *member)
{
  const char *text = paddock_download_record_find_string (object, member);
  gboolean is_address = text != NULL && g_str_has_prefix (text, "file:");
  g_autofree char *path = is_address ? g_filename_from_uri (text, NULL, NULL) : g_strdup (text);

  return path != NULL && g_path_is_absolute (path) ? g_steal_pointer (&path) : NULL;
}

static void
write_mirrors (JsonObject *object, char **mirrors)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; mirrors[i] != NULL; i++)
    json_array_add_string_element (array, mirrors[i]);
  json_object_set_array_member (object, "mirrors", array);
}

/* What is no text is no mirror. */
static char **
read_mirrors (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "mirrors");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) mirrors = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *url = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      if (url != NULL)
        g_strv_builder_add (mirrors, url);
    }
  return g_strv_builder_end (mirrors);
}

static void
write_error (JsonObject *object, const GError *error)
{
  JsonObject *said = json_object_new ();

  json_object_set_string_member (said, "code", paddock_download_error_get_name ((PaddockDownloadError) error->code));
  json_object_set_string_member (said, "message", error->message);
  json_object_set_object_member (object, "error", said);
}

static void
copy_member (JsonObject *from G_GNUC_UNUSED, const char *name, JsonNode *node, gpointer user_data)
{
  json_object_set_member (user_data, name, json_node_copy (node));
}

static void
write_others (JsonObject *object, const char *others)
{
  g_autoptr (JsonNode) node = others != NULL ? json_from_string (others, NULL) : NULL;

  if (node != NULL)
    json_object_foreach_member (json_node_get_object (node), copy_member, object);
}

static JsonObject *
write_object (PaddockDownload *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "origin", self->origin->text);
  if (self->origin->sha256 != NULL)
    json_object_set_string_member (object, "sha256", self->origin->sha256);
  if (self->origin->size >= 0)
    json_object_set_int_member (object, "size", self->origin->size);
  if (self->origin->mirrors != NULL)
    write_mirrors (object, self->origin->mirrors);
  write_path (object, "target", self->target);
  json_object_set_string_member (object, "title", self->title);
  json_object_set_string_member (object, "state", state_names[self->state]);
  if (self->priority != PADDOCK_DOWNLOAD_NORMAL)
    json_object_set_string_member (object, "priority", priority_names[self->priority]);
  if (self->limit > 0)
    json_object_set_int_member (object, "limit", (gint64) MIN (self->limit, (guint64) G_MAXINT64));
  if (self->received > 0)
    json_object_set_int_member (object, "received", (gint64) MIN (self->received, (guint64) G_MAXINT64));
  if (self->total >= 0)
    json_object_set_int_member (object, "total", self->total);
  if (self->begun)
    json_object_set_boolean_member (object, "begun", TRUE);
  if (self->sha256 != NULL)
    json_object_set_string_member (object, "digest", self->sha256);
  if (self->error != NULL)
    write_error (object, self->error);
  write_others (object, self->others);
  return object;
}

/**
 * paddock_download_record_get_text:
 * @download: a download
 *
 * Returns: (transfer none): how it is kept; made only when something has changed
 */
const char *
paddock_download_record_get_text (PaddockDownload *download)
{
  if (download->saved == NULL)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

      json_node_take_object (node, write_object (download));
      download->saved = json_to_string (node, FALSE);
    }
  return download->saved;
}

static guint
find_name (const char *const *names, guint n_names, const char *name, guint otherwise)
{
  for (guint i = 0; name != NULL && i < n_names; i++)
    if (g_str_equal (names[i], name))
      return i;
  return otherwise;
}

static void
read_error (PaddockDownload *self, JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "error");
  JsonObject *said = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = said != NULL ? paddock_download_record_find_string (said, "code") : NULL;
  const char *message = said != NULL ? paddock_download_record_find_string (said, "message") : NULL;
  PaddockDownloadError code;

  if (name != NULL && message != NULL && paddock_download_error_find_name (name, &code))
    self->error = g_error_new_literal (PADDOCK_DOWNLOAD_ERROR, (int) code, message);
}

static void
read_others (PaddockDownload *self, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *others = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    if (!g_strv_contains (members, name))
      json_object_set_member (others, name, json_node_copy (member));
  json_node_take_object (node, others);
  if (json_object_get_size (others) > 0)
    self->others = json_to_string (node, FALSE);
}

/* What was under way goes on: it is queued, and gets its turn before the others. */
static void
read_state (PaddockDownload *self, JsonObject *object)
{
  const char *name = paddock_download_record_find_string (object, "state");
  PaddockDownloadState state = find_name (state_names, G_N_ELEMENTS (state_names), name, PADDOCK_DOWNLOAD_QUEUED);

  self->state = state;
  self->goes_first = paddock_download_is_active (self);
  if (self->goes_first || state == PADDOCK_DOWNLOAD_WAITING)
    self->state = PADDOCK_DOWNLOAD_QUEUED;
  if (self->state == PADDOCK_DOWNLOAD_FAILED)
    read_error (self, object);
}

/**
 * paddock_download_record_read:
 * @node: what was kept
 *
 * Returns: (transfer full) (nullable): the download
 */
PaddockDownload *
paddock_download_record_read (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *text = object != NULL ? paddock_download_record_find_string (object, "origin") : NULL;
  g_autofree char *target = object != NULL ? read_path (object, "target") : NULL;
  g_autofree char *name = target != NULL ? g_filename_display_basename (target) : NULL;
  const char *title;
  PaddockDownload *self;

  if (text == NULL || target == NULL)
    return NULL;
  {
    g_autoptr (PaddockDownloadOrigin) alone = paddock_download_origin_new (
        text, paddock_download_record_find_string (object, "sha256"), paddock_download_record_find_number (object, "size"));
    g_auto (GStrv) mirrors = read_mirrors (object);
    g_autoptr (PaddockDownloadOrigin) origin
        = paddock_download_origin_new_with_mirrors (alone, (const char *const *) mirrors);

    title = paddock_download_record_find_string (object, "title");
    self = paddock_download_new (title != NULL ? title : name, target, origin);
  }
  read_state (self, object);
  self->priority = find_name (priority_names, G_N_ELEMENTS (priority_names),
                              paddock_download_record_find_string (object, "priority"), PADDOCK_DOWNLOAD_NORMAL);
  self->limit = (guint64) MAX (paddock_download_record_find_number (object, "limit"), 0);
  self->received = (guint64) MAX (paddock_download_record_find_number (object, "received"), 0);
  self->verified = self->state == PADDOCK_DOWNLOAD_DONE ? self->received : 0;
  self->total = MAX (paddock_download_record_find_number (object, "total"), self->total);
  self->begun = paddock_download_record_find_flag (object, "begun");
  self->allocated = self->begun ? -1 : 0;
  self->sha256 = g_strdup (paddock_download_record_find_string (object, "digest"));
  read_others (self, object);
  return self;
}
