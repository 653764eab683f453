/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "base/units.h"
#include "gguf/gguf-shards.h"
#include "inspect-text.h"
#include "json-writer.h"
#include "model/model-info.h"
#include "output.h"
#include "unreadable.h"
#include "value-json.h"

#include <glib/gi18n.h>

static gboolean with_metadata;
static gboolean with_tensors;

static const GOptionEntry options[] = {
  { "metadata", 0, 0, G_OPTION_ARG_NONE, &with_metadata, N_ ("List the keys and values too"), NULL },
  { "tensors", 0, 0, G_OPTION_ARG_NONE, &with_tensors, N_ ("List the tensors too"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl inspect model.gguf",
  "paddockctl inspect --metadata --tensors model-00001-of-00003.gguf",
  "paddockctl inspect --json model.gguf | jq .context_length",
  NULL
};

static void
add_model (PaddockJsonWriter *writer, const PaddockModelInfo *info)
{
  g_autofree const char **capabilities = paddock_capabilities_list (info->capabilities);

  paddock_json_writer_add_string (writer, "kind", paddock_model_kind_get_id (info->kind));
  paddock_json_writer_add_string (writer, "architecture", info->architecture);
  paddock_json_writer_add_string (writer, "name", info->name);
  paddock_json_writer_add_string (writer, "size_label", info->size_label);
  paddock_json_writer_add_known (writer, "parameters", info->parameters);
  paddock_json_writer_add_known (writer, "active_parameters", info->active_parameters);
  paddock_json_writer_add_string (writer, "quantization", info->quantization);
  paddock_json_writer_add_string (writer, "file_type", info->file_type);
  if (info->bits_per_weight > 0)
    paddock_json_writer_add_double (writer, "bits_per_weight", info->bits_per_weight);
  else
    paddock_json_writer_add_null (writer, "bits_per_weight");
  paddock_json_writer_add_known (writer, "context_length", info->context_length);
  paddock_json_writer_add_known (writer, "embedding_length", info->embedding_length);
  paddock_json_writer_add_known (writer, "layers", info->layers);
  paddock_json_writer_add_known (writer, "heads", info->heads);
  paddock_json_writer_add_known (writer, "kv_heads", info->kv_heads);
  paddock_json_writer_add_known (writer, "experts", info->experts);
  paddock_json_writer_add_known (writer, "experts_used", info->experts_used);
  paddock_json_writer_add_known (writer, "vocabulary", info->vocabulary);
  paddock_json_writer_add_string (writer, "license", info->license);
  paddock_json_writer_add_string (writer, "author", info->author);
  paddock_json_writer_add_string (writer, "organization", info->organization);
  paddock_json_writer_add_string (writer, "repository", info->repository);
  paddock_json_writer_add_string (writer, "tokenizer", info->tokenizer);
  paddock_json_writer_add_boolean (writer, "chat_template", info->chat_template != NULL);
  paddock_json_writer_begin_array (writer, "capabilities");
  for (const char **id = capabilities; *id != NULL; id++)
    paddock_json_writer_add_string (writer, NULL, *id);
  paddock_json_writer_end_array (writer);
}

static void
add_shards (PaddockJsonWriter *writer, PaddockGgufShards *shards)
{
  guint count = paddock_gguf_shards_get_count (shards);

  paddock_json_writer_begin_array (writer, "shards");
  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (shards, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "path", shard->path);
      paddock_json_writer_add_uint (writer, "index", shard->index);
      paddock_json_writer_add_uint (writer, "count", count);
      paddock_json_writer_add_boolean (writer, "present", shard->file != NULL);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

static void
add_metadata (PaddockJsonWriter *writer, const PaddockGgufMetadata *metadata)
{
  paddock_json_writer_begin_array (writer, "metadata");
  for (guint i = 0; i < paddock_gguf_metadata_get_count (metadata); i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, i);
      gsize length;
      const char *key = paddock_gguf_metadata_get_key_bytes (metadata, entry, &length);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_bytes (writer, "key", key, length);
      paddock_value_json_add_entry (writer, metadata, entry);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

static void
add_tensor (PaddockJsonWriter *writer, PaddockGgufFile *file, const PaddockGgufTensor *tensor, guint shard)
{
  const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (file, tensor);
  gsize length;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &length);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_bytes (writer, "name", name, length);
  paddock_json_writer_add_string (writer, "type", type != NULL ? type->name : NULL);
  paddock_json_writer_add_uint (writer, "type_id", tensor->type);
  paddock_json_writer_begin_array (writer, "shape");
  for (guint i = 0; i < tensor->n_dimensions; i++)
    paddock_json_writer_add_uint (writer, NULL, tensor->dimensions[i]);
  paddock_json_writer_end_array (writer);
  paddock_json_writer_add_uint (writer, "offset", tensor->offset);
  if (tensor->sized)
    paddock_json_writer_add_uint (writer, "bytes", tensor->bytes);
  else
    paddock_json_writer_add_null (writer, "bytes");
  paddock_json_writer_add_uint (writer, "shard", shard);
  paddock_json_writer_end_object (writer);
}

static void
add_tensors (PaddockJsonWriter *writer, PaddockGgufShards *shards)
{
  paddock_json_writer_begin_array (writer, "tensors");
  for (guint i = 0; i < paddock_gguf_shards_get_n_tensors (shards); i++)
    {
      guint shard;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, i, &shard);

      add_tensor (writer, paddock_gguf_shards_get_shard (shards, shard)->file, tensor, shard);
    }
  paddock_json_writer_end_array (writer);
}

static void
print_json (const char *path, PaddockGgufShards *shards, const PaddockModelInfo *info)
{
  PaddockGgufFile *primary = paddock_gguf_shards_get_primary (shards);
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (primary);
  gboolean little = paddock_gguf_file_get_byte_order (primary) == PADDOCK_GGUF_LITTLE_ENDIAN;
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "path", path);
  paddock_json_writer_add_uint (writer, "version", paddock_gguf_file_get_version (primary));
  paddock_json_writer_add_string (writer, "byte_order", little ? "little" : "big");
  paddock_json_writer_add_uint (writer, "alignment", paddock_gguf_file_get_alignment (primary));
  paddock_json_writer_add_uint (writer, "file_size", paddock_gguf_shards_get_size (shards));
  paddock_json_writer_add_uint (writer, "data_offset", paddock_gguf_file_get_data_offset (primary));
  add_model (writer, info);
  add_shards (writer, shards);
  paddock_json_writer_add_uint (writer, "metadata_count", paddock_gguf_metadata_get_count (metadata));
  paddock_json_writer_add_uint (writer, "tensor_count", paddock_gguf_shards_get_n_tensors (shards));
  if (with_metadata)
    add_metadata (writer, metadata);
  if (with_tensors)
    add_tensors (writer, shards);
  paddock_json_writer_end_object (writer);
}

static int
run (const PaddockArguments *arguments)
{
  const char *path = arguments->paths[0];
  gint64 started = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = paddock_gguf_shards_open (path, NULL, &error);
  g_autoptr (PaddockModelInfo) info = NULL;

  if (shards == NULL)
    {
      paddock_unreadable_complain (error, path);
      return PADDOCK_EXIT_NO;
    }

  info = paddock_model_info_new (shards);
  paddock_output_note (_("Read in %.1f ms."), (double) (g_get_monotonic_time () - started) / 1000);
  if (arguments->json)
    print_json (path, shards, info);
  else
    paddock_inspect_text_print (path, shards, info, with_metadata, with_tensors);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_inspect_command = {
  .name = "inspect",
  .paths = N_ ("FILE"),
  .max_paths = 1,
  .summary = N_ ("Tell what a model's header says"),
  .description = N_ ("Reads the header of a GGUF file, not its weights. If the file is one shard of a split model, the "
                     "whole set is described as one model. The quantization is found from the tensors, not only from "
                     "what the file claims."),
  .examples = examples,
  .options = options,
  .run = run,
};
