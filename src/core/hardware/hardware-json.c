/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-json.h"

#include "hardware/hardware-json-fields.h"

#include <json-glib/json-glib.h>

/* A place beside a number from which a text comes, in the same "source". */
typedef struct
{
  const char *name;
  const char *source;
} TextSource;

static void
add_string (JsonBuilder *builder, const char *name, const char *text)
{
  if (name != NULL)
    json_builder_set_member_name (builder, name);
  if (text == NULL)
    {
      json_builder_add_null_value (builder);
    }
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      json_builder_add_string_value (builder, valid);
    }
}

static void
add_integer (JsonBuilder *builder, const char *name, guint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) value);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_answer (JsonBuilder *builder, const char *name, PaddockAnswer answer)
{
  if (answer == PADDOCK_ANSWER_UNKNOWN)
    add_string (builder, name, NULL);
  else
    add_boolean (builder, name, answer == PADDOCK_ANSWER_YES);
}

static void
add_words (JsonBuilder *builder, const char *name, GPtrArray *words)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < words->len; i++)
    add_string (builder, NULL, g_ptr_array_index (words, i));
  json_builder_end_array (builder);
}

static void
add_value (JsonBuilder *builder, const char *name, gboolean known, guint64 value, guint scale)
{
  json_builder_set_member_name (builder, name);
  if (!known)
    json_builder_add_null_value (builder);
  else if (scale > 1)
    json_builder_add_double_value (builder, (double) value / scale);
  else
    json_builder_add_int_value (builder, (gint64) value);
}

static void
add_overridden (JsonBuilder *builder, const PaddockHardwareJsonField *fields, gpointer part)
{
  json_builder_set_member_name (builder, "overridden");
  json_builder_begin_object (builder);
  for (; fields->name != NULL; fields++)
    {
      const PaddockHardwareNumber *number = paddock_hardware_json_field_get (fields, part);

      if (!number->overridden)
        continue;
      json_builder_set_member_name (builder, fields->name);
      json_builder_begin_object (builder);
      add_value (builder, "found", number->found_known, number->found, fields->scale);
      add_string (builder, "source", number->found_source);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static gboolean
any_overridden (const PaddockHardwareJsonField *fields, gpointer part)
{
  for (; fields->name != NULL; fields++)
    if (paddock_hardware_json_field_get (fields, part)->overridden)
      return TRUE;
  return FALSE;
}

/* The numbers of a part, where they come from, and what those were that the person has changed. */
static void
add_numbers (JsonBuilder *builder, const PaddockHardwareJsonField *fields, gpointer part, const TextSource *texts)
{
  for (const PaddockHardwareJsonField *field = fields; field->name != NULL; field++)
    {
      const PaddockHardwareNumber *number = paddock_hardware_json_field_get (field, part);

      add_value (builder, field->name, number->known, number->value, field->scale);
    }
  json_builder_set_member_name (builder, "source");
  json_builder_begin_object (builder);
  for (; texts != NULL && texts->name != NULL; texts++)
    if (texts->source != NULL)
      add_string (builder, texts->name, texts->source);
  for (const PaddockHardwareJsonField *field = fields; field->name != NULL; field++)
    {
      const PaddockHardwareNumber *number = paddock_hardware_json_field_get (field, part);

      if (number->known)
        add_string (builder, field->name, number->source);
    }
  json_builder_end_object (builder);
  if (any_overridden (fields, part))
    add_overridden (builder, fields, part);
}

static void
add_note (JsonBuilder *builder, const PaddockHardwareNote *note)
{
  g_autofree char *text = paddock_hardware_note_describe (note);

  json_builder_begin_object (builder);
  add_string (builder, "code", paddock_hardware_note_code_get_name (note->code));
  add_string (builder, "subject", note->subject);
  add_string (builder, "value", note->value);
  add_string (builder, "text", text);
  json_builder_end_object (builder);
}

static void
add_caches (JsonBuilder *builder, GArray *caches)
{
  json_builder_set_member_name (builder, "caches");
  json_builder_begin_array (builder);
  for (guint i = 0; i < caches->len; i++)
    {
      const PaddockHardwareCache *cache = &g_array_index (caches, PaddockHardwareCache, i);

      json_builder_begin_object (builder);
      add_integer (builder, "level", cache->level);
      add_string (builder, "kind", paddock_hardware_cache_kind_get_name (cache->kind));
      add_integer (builder, "size", cache->size);
      add_integer (builder, "shared_by", cache->shared_by);
      add_value (builder, "count", cache->count > 0, cache->count, 1);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_processor (JsonBuilder *builder, PaddockHardwareProcessor *processor)
{
  const TextSource texts[] = { { "name", processor->name_source },
                               { "features", processor->features_source },
                               { "caches", processor->caches_source },
                               { NULL, NULL } };

  json_builder_set_member_name (builder, "processor");
  json_builder_begin_object (builder);
  add_string (builder, "name", processor->name);
  add_string (builder, "architecture", processor->architecture);
  json_builder_set_member_name (builder, "features");
  json_builder_begin_array (builder);
  for (char **feature = processor->features; *feature != NULL; feature++)
    add_string (builder, NULL, *feature);
  json_builder_end_array (builder);
  add_caches (builder, processor->caches);
  add_numbers (builder, paddock_hardware_json_processor_fields, processor, texts);
  json_builder_end_object (builder);
}

static void
add_memory (JsonBuilder *builder, PaddockHardwareMemory *memory)
{
  const TextSource texts[] = { { "transparent_huge_pages", memory->transparent_source }, { NULL, NULL } };

  json_builder_set_member_name (builder, "memory");
  json_builder_begin_object (builder);
  add_string (builder, "transparent_huge_pages", memory->transparent_huge_pages);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < memory->nodes->len; i++)
    {
      PaddockHardwareNode *node = g_ptr_array_index (memory->nodes, i);

      json_builder_begin_object (builder);
      add_integer (builder, "id", node->id);
      add_string (builder, "cpus", node->cpus);
      add_numbers (builder, paddock_hardware_json_node_fields, node, NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "huge_pages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < memory->huge_pages->len; i++)
    {
      PaddockHardwareHugePages *pages = g_ptr_array_index (memory->huge_pages, i);

      json_builder_begin_object (builder);
      add_integer (builder, "size", pages->size);
      add_numbers (builder, paddock_hardware_json_pages_fields, pages, NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_numbers (builder, paddock_hardware_json_memory_fields, memory, texts);
  json_builder_end_object (builder);
}

static void
add_device (JsonBuilder *builder, PaddockHardwareDevice *device)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", device->id);
  add_string (builder, "name", device->name);
  add_string (builder, "kind", paddock_hardware_device_kind_get_name (device->kind));
  add_string (builder, "driver", device->driver);
  add_string (builder, "driver_version", device->driver_version);
  add_string (builder, "pci", device->pci);
  add_words (builder, "backends", device->backends);
  json_builder_set_member_name (builder, "note");
  if (device->note != NULL)
    add_note (builder, device->note);
  else
    json_builder_add_null_value (builder);
  add_numbers (builder, paddock_hardware_json_device_fields, device, NULL);
  json_builder_end_object (builder);
}

static void
add_disk (JsonBuilder *builder, PaddockHardwareDisk *disk)
{
  const TextSource texts[] = { { "filesystem", disk->mount_source },
                               { "reflink", disk->reflink_source },
                               { "rotational", disk->rotational_source },
                               { NULL, NULL } };

  json_builder_begin_object (builder);
  add_string (builder, "path", disk->path);
  add_string (builder, "mount", disk->mount);
  add_string (builder, "filesystem", disk->filesystem);
  add_string (builder, "device", disk->device);
  add_answer (builder, "reflink", disk->reflink);
  add_answer (builder, "rotational", disk->rotational);
  add_boolean (builder, "read_only", disk->read_only);
  add_numbers (builder, paddock_hardware_json_disk_fields, disk, texts);
  json_builder_end_object (builder);
}

static void
add_engine (JsonBuilder *builder, PaddockHardwareEngine *engine)
{
  json_builder_set_member_name (builder, "engine");
  if (engine == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_string (builder, "path", engine->path);
  add_string (builder, "bench", engine->bench);
  add_string (builder, "fit", engine->fit);
  add_string (builder, "version", engine->version);
  add_words (builder, "backends", engine->backends);
  json_builder_set_member_name (builder, "source");
  json_builder_begin_object (builder);
  add_string (builder, "path", engine->source);
  if (engine->version_source != NULL)
    add_string (builder, "version", engine->version_source);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_lists (JsonBuilder *builder, const PaddockHardwareSnapshot *snapshot)
{
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < snapshot->devices->len; i++)
    add_device (builder, g_ptr_array_index (snapshot->devices, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "disks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < snapshot->disks->len; i++)
    add_disk (builder, g_ptr_array_index (snapshot->disks, i));
  json_builder_end_array (builder);
  add_engine (builder, snapshot->engine);
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < snapshot->notes->len; i++)
    add_note (builder, g_ptr_array_index (snapshot->notes, i));
  json_builder_end_array (builder);
}

/* Characters that would do something to a terminal can only stand within strings, where an escape means the same. */
static char *
escape_unseen (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      GUnicodeType type = g_unichar_type (character);

      if (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_LINE_SEPARATOR &&
          type != G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_unichar (escaped, character);
      else if (character < 0x10000)
        g_string_append_printf (escaped, "\\u%04x", character);
      else
        g_string_append_printf (escaped, "\\u%04x\\u%04x", 0xd800 + ((character - 0x10000) >> 10),
                                0xdc00 + ((character - 0x10000) & 0x3ff));
    }
  return g_string_free (escaped, FALSE);
}

/**
 * paddock_hardware_json_write:
 * @snapshot: what a computer has
 *
 * Returns: (transfer full): the same as one line of JSON, without its break
 */
char *
paddock_hardware_json_write (const PaddockHardwareSnapshot *snapshot)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "name", snapshot->name);
  json_builder_set_member_name (builder, "source");
  json_builder_begin_object (builder);
  if (snapshot->name_source != NULL)
    add_string (builder, "name", snapshot->name_source);
  json_builder_end_object (builder);
  add_string (builder, "sandbox", snapshot->sandbox);
  add_integer (builder, "taken_at", (guint64) MAX (snapshot->taken_at, 0));
  add_processor (builder, snapshot->processor);
  add_memory (builder, snapshot->memory);
  add_lists (builder, snapshot);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  text = json_to_string (document, FALSE);
  return escape_unseen (text);
}
