/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strict-parser.h"
#include "hardware/hardware-draft.h"
#include "hardware/hardware-json-fields.h"
#include "hardware/hardware-json.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define MAX_TEXT (16 * 1024 * 1024)
#define MAX_ITEMS 4096

G_DEFINE_QUARK (paddock-hardware-json-error-quark, paddock_hardware_json_error)

/* The member of an object, NULL where it is missing or null, which mean the same. */
static JsonNode *
get_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
fail (GError **error, const char *name, const char *wanted)
{
  g_set_error (error, PADDOCK_HARDWARE_JSON_ERROR, PADDOCK_HARDWARE_JSON_ERROR_SHAPE, "“%s” is not %s", name, wanted);
  return FALSE;
}

static gboolean
holds_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
read_string (JsonObject *object, const char *name, char **text, GError **error)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!holds_string (node))
    return fail (error, name, "a text");
  g_set_str (text, json_node_get_string (node));
  return TRUE;
}

static gboolean
read_object (JsonObject *object, const char *name, JsonObject **inner, GError **error)
{
  JsonNode *node = get_member (object, name);

  *inner = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, name, "an object");
  *inner = json_node_get_object (node);
  return TRUE;
}

static gboolean
read_boolean (JsonObject *object, const char *name, gboolean *known, gboolean *value, GError **error)
{
  JsonNode *node = get_member (object, name);

  *known = node != NULL;
  *value = FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (error, name, "true or false");
  *value = json_node_get_boolean (node);
  return TRUE;
}

/* A number times its scale; people write large ones as 8e9 too. */
static gboolean
read_number (JsonObject *object, const char *name, guint scale, gboolean *known, guint64 *value, GError **error)
{
  JsonNode *node = get_member (object, name);
  double number;

  *known = node != NULL;
  *value = 0;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || (json_node_get_value_type (node) != G_TYPE_INT64 &&
                                        json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return fail (error, name, "a number");
  number = json_node_get_double (node) * MAX (scale, 1);
  if (!isfinite (number) || number < 0 || number > (double) PADDOCK_HARDWARE_NUMBER_MAX)
    return fail (error, name, "a number from 0 to 2^60");
  if (json_node_get_value_type (node) == G_TYPE_INT64 && scale <= 1)
    *value = (guint64) json_node_get_int (node);
  else
    *value = (guint64) llround (number);
  return TRUE;
}

static gboolean
read_count (JsonObject *object, const char *name, guint max, guint *count, GError **error)
{
  gboolean known;
  guint64 value;

  if (!read_number (object, name, 1, &known, &value, error))
    return FALSE;
  if (value > max)
    return fail (error, name, "so large");
  *count = (guint) value;
  return TRUE;
}

/* Called for each item of a list. */
typedef gboolean (*ReadItem) (JsonObject *object, gpointer part, GError **error);

static gboolean
read_list (JsonObject *object, const char *name, ReadItem read_item, gpointer part, GError **error)
{
  JsonNode *node = get_member (object, name);
  JsonArray *items;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > MAX_ITEMS)
    return fail (error, name, "a list");
  items = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);

      if (!JSON_NODE_HOLDS_OBJECT (item))
        return fail (error, name, "a list of objects");
      if (!read_item (json_node_get_object (item), part, error))
        {
          g_prefix_error (error, "%s[%u]: ", name, i);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_words (JsonObject *object, const char *name, GPtrArray *words, GError **error)
{
  JsonNode *node = get_member (object, name);
  JsonArray *items;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > MAX_ITEMS)
    return fail (error, name, "a list");
  items = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);

      if (!holds_string (item))
        return fail (error, name, "a list of texts");
      g_ptr_array_add (words, json_node_dup_string (item));
    }
  return TRUE;
}

/* A part's sources: one for each number, or, in what people write by hand, one text for all. */
static gboolean
find_source (JsonObject *object, const char *name, char **source, GError **error)
{
  JsonNode *node = get_member (object, "source");

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return read_string (json_node_get_object (node), name, source, error);
  return read_string (object, "source", source, error);
}

static gboolean
read_override (JsonObject *object, const PaddockHardwareJsonField *field, PaddockHardwareNumber *number, GError **error)
{
  JsonObject *all, *one;

  if (!read_object (object, "overridden", &all, error))
    return FALSE;
  if (all == NULL)
    return TRUE;
  if (!read_object (all, field->name, &one, error))
    return FALSE;
  if (one == NULL || !number->known)
    return TRUE;
  number->overridden = TRUE;
  return read_number (one, "found", field->scale, &number->found_known, &number->found, error) &&
         read_string (one, "source", &number->found_source, error);
}

static gboolean
read_numbers (JsonObject *object, const PaddockHardwareJsonField *fields, gpointer part, GError **error)
{
  for (; fields->name != NULL; fields++)
    {
      PaddockHardwareNumber *number = paddock_hardware_json_field_get (fields, part);

      if (!read_number (object, fields->name, fields->scale, &number->known, &number->value, error) ||
          (number->known && !find_source (object, fields->name, &number->source, error)) ||
          !read_override (object, fields, number, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_answer (JsonObject *object, const char *name, PaddockAnswer *answer, GError **error)
{
  gboolean known, value;

  if (!read_boolean (object, name, &known, &value, error))
    return FALSE;
  *answer = !known ? PADDOCK_ANSWER_UNKNOWN : value ? PADDOCK_ANSWER_YES : PADDOCK_ANSWER_NO;
  return TRUE;
}

/* A note of a later version says something that this one has no words for: it is left out. */
static gboolean
parse_note (JsonObject *object, PaddockHardwareNote **note, GError **error)
{
  g_autofree char *code = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *value = NULL;
  PaddockHardwareNoteCode number;

  if (!read_string (object, "code", &code, error) || !read_string (object, "subject", &subject, error) ||
      !read_string (object, "value", &value, error))
    return FALSE;
  if (code != NULL && paddock_hardware_note_code_parse (code, &number))
    *note = paddock_hardware_note_new (number, subject, value);
  return TRUE;
}

static gboolean
read_note (JsonObject *object, gpointer part, GError **error)
{
  PaddockHardwareDraft *draft = part;
  PaddockHardwareNote *note = NULL;

  if (!parse_note (object, &note, error))
    return FALSE;
  if (note != NULL)
    g_ptr_array_add (draft->notes, note);
  return TRUE;
}

static gboolean
read_cache (JsonObject *object, gpointer part, GError **error)
{
  PaddockHardwareProcessor *processor = part;
  PaddockHardwareCache cache = { 0 };
  g_autofree char *kind = NULL;
  gboolean known;

  if (!read_count (object, "level", 9, &cache.level, error) || !read_string (object, "kind", &kind, error) ||
      !read_number (object, "size", 1, &known, &cache.size, error) ||
      !read_count (object, "shared_by", G_MAXINT, &cache.shared_by, error) ||
      !read_count (object, "count", G_MAXINT, &cache.count, error))
    return FALSE;
  for (cache.kind = PADDOCK_HARDWARE_CACHE_DATA; cache.kind <= PADDOCK_HARDWARE_CACHE_UNIFIED; cache.kind++)
    if (g_strcmp0 (kind, paddock_hardware_cache_kind_get_name (cache.kind)) == 0)
      {
        g_array_append_val (processor->caches, cache);
        return TRUE;
      }
  return fail (error, "kind", "a kind of cache");
}

static gboolean
read_processor (JsonObject *object, PaddockHardwareProcessor *processor, GError **error)
{
  g_autoptr (GPtrArray) features = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  if (!read_string (object, "name", &processor->name, error) ||
      !read_string (object, "architecture", &processor->architecture, error) ||
      !read_words (object, "features", features, error) ||
      !read_list (object, "caches", read_cache, processor, error) ||
      !find_source (object, "name", &processor->name_source, error) ||
      !find_source (object, "features", &processor->features_source, error) ||
      !find_source (object, "caches", &processor->caches_source, error) ||
      !read_numbers (object, paddock_hardware_json_processor_fields, processor, error))
    return FALSE;
  g_strfreev (processor->features);
  processor->features = (char **) g_ptr_array_free (g_steal_pointer (&features), FALSE);
  return TRUE;
}

static gboolean
read_node (JsonObject *object, gpointer part, GError **error)
{
  PaddockHardwareNode *node = paddock_hardware_memory_add_node (part, 0);

  return read_count (object, "id", G_MAXUINT16, &node->id, error) && read_string (object, "cpus", &node->cpus, error) &&
         read_numbers (object, paddock_hardware_json_node_fields, node, error);
}

static gboolean
read_pages (JsonObject *object, gpointer part, GError **error)
{
  PaddockHardwareHugePages *pages = paddock_hardware_memory_add_huge_pages (part, 0);
  gboolean known;

  return read_number (object, "size", 1, &known, &pages->size, error) &&
         read_numbers (object, paddock_hardware_json_pages_fields, pages, error);
}

static gboolean
read_memory (JsonObject *object, PaddockHardwareMemory *memory, GError **error)
{
  return read_string (object, "transparent_huge_pages", &memory->transparent_huge_pages, error) &&
         find_source (object, "transparent_huge_pages", &memory->transparent_source, error) &&
         read_list (object, "nodes", read_node, memory, error) &&
         read_list (object, "huge_pages", read_pages, memory, error) &&
         read_numbers (object, paddock_hardware_json_memory_fields, memory, error);
}

static gboolean
read_device (JsonObject *object, gpointer part, GError **error)
{
  g_autoptr (PaddockHardwareDevice) device = paddock_hardware_device_new (NULL, PADDOCK_DEVICE_DISCRETE);
  g_autofree char *kind = NULL;
  JsonObject *note;

  if (!read_string (object, "id", &device->id, error) || !read_string (object, "name", &device->name, error) ||
      !read_string (object, "kind", &kind, error) || !read_string (object, "driver", &device->driver, error) ||
      !read_string (object, "driver_version", &device->driver_version, error) ||
      !read_string (object, "pci", &device->pci, error) || !read_words (object, "backends", device->backends, error) ||
      !read_object (object, "note", &note, error) || (note != NULL && !parse_note (note, &device->note, error)) ||
      !read_numbers (object, paddock_hardware_json_device_fields, device, error))
    return FALSE;
  if (device->id == NULL)
    return fail (error, "id", "a text");
  if (kind != NULL && !paddock_hardware_device_kind_parse (kind, &device->kind))
    return fail (error, "kind", "a kind of device");
  g_ptr_array_add (part, g_steal_pointer (&device));
  return TRUE;
}

static gboolean
read_disk (JsonObject *object, gpointer part, GError **error)
{
  g_autoptr (PaddockHardwareDisk) disk = paddock_hardware_disk_new (NULL);
  gboolean known;

  if (!read_string (object, "path", &disk->path, error) || !read_string (object, "mount", &disk->mount, error) ||
      !read_string (object, "filesystem", &disk->filesystem, error) ||
      !read_string (object, "device", &disk->device, error) ||
      !read_answer (object, "reflink", &disk->reflink, error) ||
      !read_answer (object, "rotational", &disk->rotational, error) ||
      !read_boolean (object, "read_only", &known, &disk->read_only, error) ||
      !find_source (object, "filesystem", &disk->mount_source, error) ||
      !find_source (object, "reflink", &disk->reflink_source, error) ||
      !find_source (object, "rotational", &disk->rotational_source, error) ||
      !read_numbers (object, paddock_hardware_json_disk_fields, disk, error))
    return FALSE;
  if (disk->path == NULL)
    return fail (error, "path", "a text");
  g_ptr_array_add (part, g_steal_pointer (&disk));
  return TRUE;
}

static gboolean
read_engine (JsonObject *object, PaddockHardwareDraft *draft, GError **error)
{
  draft->engine = paddock_hardware_engine_new (NULL);
  return read_string (object, "path", &draft->engine->path, error) &&
         read_string (object, "bench", &draft->engine->bench, error) &&
         read_string (object, "fit", &draft->engine->fit, error) &&
         read_string (object, "version", &draft->engine->version, error) &&
         read_words (object, "backends", draft->engine->backends, error) &&
         find_source (object, "path", &draft->engine->source, error) &&
         find_source (object, "version", &draft->engine->version_source, error);
}

static gboolean
read_document (JsonObject *object, PaddockHardwareDraft *draft, GError **error)
{
  JsonObject *processor, *memory, *engine;
  gboolean known;
  guint64 taken_at;

  if (!read_string (object, "name", &draft->name, error) || !find_source (object, "name", &draft->name_source, error) ||
      !read_string (object, "sandbox", &draft->sandbox, error) ||
      !read_number (object, "taken_at", 1, &known, &taken_at, error) ||
      !read_object (object, "processor", &processor, error) || !read_object (object, "memory", &memory, error) ||
      !read_object (object, "engine", &engine, error))
    return FALSE;
  draft->taken_at = (gint64) taken_at;
  if (processor != NULL && !read_processor (processor, draft->processor, error))
    {
      g_prefix_error_literal (error, "processor: ");
      return FALSE;
    }
  if (memory != NULL && !read_memory (memory, draft->memory, error))
    {
      g_prefix_error_literal (error, "memory: ");
      return FALSE;
    }
  return read_list (object, "devices", read_device, draft->devices, error) &&
         read_list (object, "disks", read_disk, draft->disks, error) &&
         (engine == NULL || read_engine (engine, draft, error)) &&
         read_list (object, "notes", read_note, draft, error);
}

/**
 * paddock_hardware_json_read:
 * @text: what paddock_hardware_json_write() wrote, or a person by its example
 * @length: its bytes, or -1
 * @error: return location for a #PaddockHardwareJsonError
 *
 * Members that are missing are unknown, those that nobody knows are left out.
 *
 * Returns: (transfer full) (nullable): the computer it describes
 */
PaddockHardwareSnapshot *
paddock_hardware_json_read (const char *text, gssize length, GError **error)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  g_autoptr (GError) syntax = NULL;
  JsonNode *document;

  if (length < 0)
    length = (gssize) strlen (text);
  if (length > MAX_TEXT || !json_parser_load_from_data (parser, text, length, &syntax))
    {
      g_set_error (error, PADDOCK_HARDWARE_JSON_ERROR, PADDOCK_HARDWARE_JSON_ERROR_SYNTAX, "%s",
                   syntax != NULL ? syntax->message : "too long");
      return NULL;
    }
  document = json_parser_get_root (parser);
  if (document == NULL || !JSON_NODE_HOLDS_OBJECT (document))
    {
      fail (error, "document", "an object");
      return NULL;
    }
  if (!read_document (json_node_get_object (document), draft, error))
    return NULL;
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}
