/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-json.h"

#include "library-error.h"
#include "model-verification.h"

static void
add_strings (PaddockJsonWriter *writer, const char *name, const char *const *strings)
{
  paddock_json_writer_begin_array (writer, name);
  for (gsize i = 0; strings[i] != NULL; i++)
    paddock_json_writer_add_string (writer, NULL, strings[i]);
  paddock_json_writer_end_array (writer);
}

/* Sizes and times that nobody knows are 0 in a record. */
static void
add_nonzero (PaddockJsonWriter *writer, const char *name, guint64 value)
{
  if (value > 0)
    paddock_json_writer_add_uint (writer, name, value);
  else
    paddock_json_writer_add_null (writer, name);
}

/**
 * paddock_library_json_add_locations:
 * @writer: where to
 * @entry: a model
 */
void
paddock_library_json_add_locations (PaddockJsonWriter *writer, const PaddockLibraryEntry *entry)
{
  paddock_json_writer_begin_array (writer, "locations");
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "path", location->path);
      paddock_json_writer_add_string (writer, "store", location->store);
      paddock_json_writer_add_string (writer, "root", location->root);
      paddock_json_writer_add_boolean (writer, "online", location->online);
      paddock_json_writer_add_boolean (writer, "shared", location->shared);
      paddock_json_writer_add_boolean (writer, "differs", location->differs);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

static void
add_verified (PaddockJsonWriter *writer, const PaddockLibraryEntry *entry)
{
  PaddockVerification outcome = paddock_model_verification_judge (entry, entry->record);

  if (outcome == PADDOCK_VERIFICATION_UNKNOWN)
    paddock_json_writer_add_null (writer, "verified");
  else
    paddock_json_writer_add_boolean (writer, "verified", outcome == PADDOCK_VERIFICATION_MATCHES);
}

static void
add_record (PaddockJsonWriter *writer, const PaddockLibraryEntry *entry)
{
  const PaddockModelRecord *record = entry->record;

  paddock_json_writer_add_string (writer, "sha256", paddock_model_verification_get_hash (entry, record));
  paddock_json_writer_add_string (writer, "expected_sha256", record->expected_sha256);
  add_verified (writer, entry);
  paddock_json_writer_add_string (writer, "quantization", record->quantization);
  paddock_json_writer_add_string (writer, "architecture", record->architecture);
  paddock_json_writer_add_known (writer, "parameters", record->parameters);
  paddock_json_writer_add_string (writer, "license", record->license);
  paddock_json_writer_add_string (writer, "source_url", record->source_url);
  paddock_json_writer_add_string (writer, "revision", record->revision);
  add_nonzero (writer, "added_at", (guint64) MAX (record->added_at, 0));
  add_nonzero (writer, "last_used", (guint64) MAX (record->last_used, 0));
  add_strings (writer, "tags", (const char *const *) record->tags);
  paddock_json_writer_add_string (writer, "notes", record->notes);
  paddock_json_writer_add_string (writer, "nickname", record->nickname);
  paddock_json_writer_add_boolean (writer, "favourite", record->favourite);
  paddock_json_writer_add_boolean (writer, "pinned", record->pinned);
}

static void
add_facts (PaddockJsonWriter *writer, const PaddockLibraryEntry *entry)
{
  g_autofree const char **capabilities = paddock_capabilities_list (entry->facts != NULL ? entry->facts->capabilities : 0);

  add_strings (writer, "capabilities", capabilities);
  paddock_json_writer_add_string (writer, "kind", paddock_model_kind_get_id (paddock_library_entry_get_kind (entry)));
  paddock_json_writer_add_known (writer, "context_length", entry->facts != NULL ? entry->facts->context_length : -1);
  paddock_json_writer_add_string (writer, "problem", entry->facts != NULL ? entry->facts->problem : NULL);
  paddock_json_writer_add_uint (writer, "shards", entry->shards);
  paddock_json_writer_add_uint (writer, "shards_present", entry->shards_present);
}

static const char *
get_store (const PaddockLibraryEntry *entry)
{
  return entry->locations->len > 0 ? ((PaddockEntryLocation *) g_ptr_array_index (entry->locations, 0))->store : NULL;
}

/**
 * paddock_library_json_add_entry:
 * @writer: where to
 * @name: (nullable): the member's name, %NULL in an array
 * @library: the library
 * @entry: a model of it
 */
void
paddock_library_json_add_entry (PaddockJsonWriter *writer, const char *name, PaddockLibrary *library,
                                const PaddockLibraryEntry *entry)
{
  const char *standard = paddock_library_get_settings (library)->default_model;

  paddock_json_writer_begin_object (writer, name);
  paddock_json_writer_add_string (writer, "id", entry->id);
  paddock_json_writer_add_string (writer, "name", entry->record->name);
  paddock_json_writer_add_string (writer, "title", entry->title);
  paddock_json_writer_add_string (writer, "path", paddock_library_entry_get_path (entry));
  paddock_library_json_add_locations (writer, entry);
  add_nonzero (writer, "size", entry->size);
  paddock_json_writer_add_uint (writer, "duplicates_size", entry->duplicate_size);
  add_record (writer, entry);
  paddock_json_writer_add_boolean (writer, "default", g_strcmp0 (standard, entry->id) == 0);
  paddock_json_writer_add_string (writer, "state", paddock_entry_state_get_id (entry->state));
  paddock_json_writer_add_string (writer, "store", get_store (entry));
  add_facts (writer, entry);
  paddock_json_writer_begin_array (writer, "companions");
  for (guint i = 0; i < entry->companions->len; i++)
    paddock_json_writer_add_string (writer, NULL, g_ptr_array_index (entry->companions, i));
  paddock_json_writer_end_array (writer);
  paddock_json_writer_end_object (writer);
}

/**
 * paddock_library_json_print_entry:
 * @library: the library
 * @entry: a model of it
 */
void
paddock_library_json_print_entry (PaddockLibrary *library, const PaddockLibraryEntry *entry)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_library_json_add_entry (writer, NULL, library, entry);
}

static const char *
get_code (const GError *problem)
{
  static const struct
  {
    PaddockLibraryError code;
    const char *name;
  } codes[] = {
    { PADDOCK_LIBRARY_ERROR_NOT_FOUND, "not_found" },     { PADDOCK_LIBRARY_ERROR_EXISTS, "exists" },
    { PADDOCK_LIBRARY_ERROR_NO_SPACE, "no_space" },       { PADDOCK_LIBRARY_ERROR_PERMISSION, "permission" },
    { PADDOCK_LIBRARY_ERROR_READ_ONLY, "read_only" },     { PADDOCK_LIBRARY_ERROR_NOT_A_MODEL, "not_a_model" },
    { PADDOCK_LIBRARY_ERROR_CHANGED, "changed" },         { PADDOCK_LIBRARY_ERROR_INVALID, "invalid" },
    { PADDOCK_LIBRARY_ERROR_NEWER, "newer" },             { PADDOCK_LIBRARY_ERROR_FOREIGN, "foreign" },
    { PADDOCK_LIBRARY_ERROR_DIFFERENT, "different" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (problem, PADDOCK_LIBRARY_ERROR, (int) codes[i].code))
      return codes[i].name;
  return "failed";
}

/**
 * paddock_library_json_add_problem:
 * @writer: where to
 * @problem: (nullable): why something was not done
 */
void
paddock_library_json_add_problem (PaddockJsonWriter *writer, const GError *problem)
{
  if (problem == NULL)
    {
      paddock_json_writer_add_null (writer, "problem");
      return;
    }
  paddock_json_writer_begin_object (writer, "problem");
  paddock_json_writer_add_string (writer, "code", get_code (problem));
  paddock_json_writer_add_string (writer, "message", problem->message);
  paddock_json_writer_end_object (writer);
}
