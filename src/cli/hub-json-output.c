/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-json-output.h"

/**
 * paddock_hub_json_output_add_strings:
 * @writer: where an object is open
 * @name: of the member
 * @strings: (array zero-terminated=1): texts
 */
void
paddock_hub_json_output_add_strings (PaddockJsonWriter *writer, const char *name, const char *const *strings)
{
  paddock_json_writer_begin_array (writer, name);
  for (guint i = 0; strings[i] != NULL; i++)
    paddock_json_writer_add_string (writer, NULL, strings[i]);
  paddock_json_writer_end_array (writer);
}

/**
 * paddock_hub_json_output_add_repository:
 * @writer: where an object is open
 * @repository: a repository
 */
void
paddock_hub_json_output_add_repository (PaddockJsonWriter *writer, const PaddockHubRepository *repository)
{
  static const char *const gates[] = { "no", "automatic", "manual" };

  paddock_json_writer_add_string (writer, "id", repository->id);
  paddock_json_writer_add_string (writer, "author", repository->author);
  paddock_json_writer_add_string (writer, "sha", repository->sha);
  paddock_json_writer_add_string (writer, "task", repository->task);
  paddock_json_writer_add_string (writer, "license", repository->license);
  paddock_json_writer_add_string (writer, "gated", gates[repository->gate]);
  paddock_json_writer_add_boolean (writer, "private", repository->is_private);
  paddock_json_writer_add_boolean (writer, "disabled", repository->is_disabled);
  paddock_json_writer_add_known (writer, "downloads", repository->downloads);
  paddock_json_writer_add_known (writer, "likes", repository->likes);
  paddock_json_writer_add_known (writer, "modified_at", repository->modified);
  paddock_json_writer_add_known (writer, "created_at", repository->created);
  paddock_hub_json_output_add_strings (writer, "base_models", (const char *const *) repository->base_models);
  paddock_hub_json_output_add_strings (writer, "tags", (const char *const *) repository->tags);
}

/**
 * paddock_hub_json_output_add_files:
 * @writer: where an object is open
 * @name: of the member
 * @files: (element-type PaddockHubFile): files
 */
void
paddock_hub_json_output_add_files (PaddockJsonWriter *writer, const char *name, GPtrArray *files)
{
  paddock_json_writer_begin_array (writer, name);
  for (guint i = 0; i < files->len; i++)
    {
      const PaddockHubFile *file = g_ptr_array_index (files, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "path", file->path);
      paddock_json_writer_add_known (writer, "size", file->size);
      paddock_json_writer_add_string (writer, "sha256", file->sha256);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

/**
 * paddock_hub_json_output_add_age:
 * @writer: where an object is open
 * @said_at: when the hub said what is told, in seconds since 1970
 * @from_cache: whether it could not be asked now
 */
void
paddock_hub_json_output_add_age (PaddockJsonWriter *writer, gint64 said_at, gboolean from_cache)
{
  paddock_json_writer_add_boolean (writer, "from_cache", from_cache);
  paddock_json_writer_add_known (writer, "said_at", said_at);
}
