/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-finding-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/atomic-file.h"
#include "base/io-error.h"
#include "base/own-folder.h"
#include "engine-error.h"

#define FILE_NAME "engine-findings.json"
#define LIST "findings"
#define MAX_BYTES (16u << 20)

static JsonNode *
refuse (const char *path, const char *reason, GError **error)
{
  g_set_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_STORE, "%s: %s", path, reason);
  return NULL;
}

static JsonNode *
make_empty (void)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_array_member (object, LIST, json_array_new ());
  return json_node_init_object (json_node_alloc (), object);
}

/* What cannot be read is never written over: somebody may still mend it. */
static JsonNode *
read_document (const char *path, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  GStatBuf status;
  JsonNode *root, *list;

  if (g_stat (path, &status) != 0 && errno == ENOENT)
    return make_empty ();
  json_parser_set_strict (parser, TRUE);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || status.st_size > MAX_BYTES)
    return refuse (path, "it is no file of findings", error);
  if (!g_file_get_contents (path, &text, &length, &problem) ||
      !json_parser_load_from_data (parser, text, (gssize) length, &problem))
    return refuse (path, problem->message, error);
  root = json_parser_get_root (parser);
  list = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), LIST) : NULL;
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return refuse (path, "it has no list of findings", error);
  return json_parser_steal_root (parser);
}

static JsonNode *
read_kept (GError **error)
{
  g_autofree char *folder = paddock_own_folder_dup_path (PADDOCK_OWN_DATA);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);

  return read_document (path, error);
}

static JsonArray *
get_list (JsonNode *document)
{
  return json_object_get_array_member (json_node_get_object (document), LIST);
}

static void
write_numbers (JsonObject *object, const char *name, gint64 weights, gint64 cache, gint64 compute)
{
  JsonObject *numbers = json_object_new ();

  json_object_set_int_member (numbers, "weights", weights);
  json_object_set_int_member (numbers, "cache", cache);
  json_object_set_int_member (numbers, "compute", compute);
  json_object_set_object_member (object, name, numbers);
}

static JsonObject *
write_finding (const PaddockEngineFinding *finding)
{
  JsonObject *object = json_object_new ();
  JsonArray *question = json_array_new ();

  for (char **word = finding->question; *word != NULL; word++)
    json_array_add_string_element (question, *word);
  json_object_set_string_member (object, "id", finding->id);
  json_object_set_string_member (object, "model", finding->model);
  json_object_set_string_member (object, "identity", finding->identity);
  json_object_set_int_member (object, "size", (gint64) finding->size);
  json_object_set_string_member (object, "engine_version", finding->version);
  json_object_set_array_member (object, "question", question);
  write_numbers (object, "ours", (gint64) finding->ours.weights, (gint64) finding->ours.cache, (gint64) finding->ours.compute);
  write_numbers (object, "engine", (gint64) finding->theirs.weights, (gint64) finding->theirs.cache,
                 (gint64) finding->theirs.compute);
  write_numbers (object, "difference", finding->weights, finding->cache, finding->compute);
  json_object_set_int_member (object, "found_at", finding->found_at);
  return object;
}

static char *
read_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_dup_string (node);
}

static gint64
read_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : 0;
}

static JsonObject *
find_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static PaddockEngineNumbers
read_numbers (JsonObject *object, const char *name)
{
  JsonObject *numbers = find_object (object, name);

  if (numbers == NULL)
    return (PaddockEngineNumbers) { 0 };
  return (PaddockEngineNumbers) { (guint64) read_number (numbers, "weights"), (guint64) read_number (numbers, "cache"),
                                  (guint64) read_number (numbers, "compute") };
}

static char **
read_question (JsonObject *object)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (object, "question");
  JsonArray *words = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    {
      JsonNode *word = json_array_get_element (words, i);

      if (JSON_NODE_HOLDS_VALUE (word) && json_node_get_value_type (word) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (word));
    }
  return g_strv_builder_end (builder);
}

/* NULL: nobody can say what it is about. */
static PaddockEngineFinding *
read_finding (JsonNode *node)
{
  g_autoptr (PaddockEngineFinding) finding = paddock_engine_finding_new_empty ();
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *difference;

  if (object == NULL)
    return NULL;
  finding->id = read_text (object, "id");
  finding->model = read_text (object, "model");
  finding->identity = read_text (object, "identity");
  finding->version = read_text (object, "engine_version");
  finding->question = read_question (object);
  finding->size = (guint64) read_number (object, "size");
  finding->found_at = read_number (object, "found_at");
  finding->ours = read_numbers (object, "ours");
  finding->theirs = read_numbers (object, "engine");
  difference = find_object (object, "difference");
  if (difference == NULL || finding->id == NULL || finding->model == NULL)
    return NULL;
  finding->weights = read_number (difference, "weights");
  finding->cache = read_number (difference, "cache");
  finding->compute = read_number (difference, "compute");
  return g_steal_pointer (&finding);
}

static gboolean
is_same (const PaddockEngineFinding *one, const PaddockEngineFinding *other)
{
  return g_str_equal (one->id, other->id) && one->weights == other->weights && one->cache == other->cache &&
         one->compute == other->compute;
}

static gboolean
is_kept (JsonArray *list, const PaddockEngineFinding *finding)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autoptr (PaddockEngineFinding) kept = read_finding (json_array_get_element (list, i));

      if (kept != NULL && is_same (kept, finding))
        return TRUE;
    }
  return FALSE;
}

static gboolean
write_document (const char *folder, JsonNode *document, GError **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autofree char *text = json_to_string (document, TRUE);
  g_autoptr (PaddockAtomicFile) file = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      paddock_io_error_set_from_errno (error, errno, "make", folder);
      return FALSE;
    }
  file = paddock_atomic_file_new (path, error);
  return file != NULL && paddock_atomic_file_write (file, (const guint8 *) text, strlen (text), error) &&
         paddock_atomic_file_commit (file, error);
}

/**
 * paddock_engine_finding_store_add:
 * @finding: what was found
 * @error: return location for an error
 *
 * Returns: whether it is kept
 */
gboolean
paddock_engine_finding_store_add (const PaddockEngineFinding *finding, GError **error)
{
  g_autofree char *folder = paddock_own_folder_dup_path (PADDOCK_OWN_DATA);
  g_autoptr (JsonNode) document = read_kept (error);

  if (document == NULL)
    return FALSE;
  if (is_kept (get_list (document), finding))
    return TRUE;
  json_array_add_object_element (get_list (document), write_finding (finding));
  return write_document (folder, document, error);
}

/**
 * paddock_engine_finding_store_load:
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type PaddockEngineFinding): what is kept; it may be empty
 */
GPtrArray *
paddock_engine_finding_store_load (GError **error)
{
  g_autoptr (JsonNode) document = read_kept (error);
  GPtrArray *findings;

  if (document == NULL)
    return NULL;
  findings = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_engine_finding_free);
  for (guint i = 0; i < json_array_get_length (get_list (document)); i++)
    {
      PaddockEngineFinding *one = read_finding (json_array_get_element (get_list (document), i));

      if (one != NULL)
        g_ptr_array_add (findings, one);
    }
  return findings;
}

/**
 * paddock_engine_finding_store_export:
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): all that is kept, as JSON
 */
char *
paddock_engine_finding_store_export (GError **error)
{
  g_autoptr (JsonNode) document = read_kept (error);

  return document != NULL ? json_to_string (document, FALSE) : NULL;
}
