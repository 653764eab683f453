/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspect-text.h"

#include "base/units.h"
#include "output.h"
#include "property-list.h"
#include "text-table.h"

#include <glib/gi18n.h>

#define INDENT "  "
#define VALUE_CHARS 400              /* of one metadata value; the whole one is in the JSON document */

typedef struct
{
  PaddockGgufShards *shards;
  const PaddockGgufMetadata *metadata;
} Listing;

static char *
describe_architecture (const PaddockModelInfo *info)
{
  if (info->architecture == NULL)
    return NULL;
  if (info->architecture_name == NULL || g_str_equal (info->architecture_name, info->architecture))
    return g_strdup (info->architecture);
  return g_strdup_printf ("%s (%s)", info->architecture_name, info->architecture);
}

static char *
describe_parameters (const PaddockModelInfo *info)
{
  g_autofree char *all = NULL;
  g_autofree char *active = NULL;

  if (info->parameters < 0)
    return NULL;
  all = paddock_units_format_parameters (info->parameters);
  if (info->active_parameters < 0 || info->active_parameters == info->parameters)
    return g_steal_pointer (&all);
  active = paddock_units_format_parameters (info->active_parameters);
  /* Translators: "30.5 B, 3.3 B for one token": a model of experts uses only some of its parameters. */
  return g_strdup_printf (_("%s, %s for one token"), all, active);
}

static char *
describe_quantization (const PaddockModelInfo *info)
{
  g_autoptr (GString) text = NULL;

  if (info->quantization == NULL)
    return NULL;
  text = g_string_new (info->quantization);
  if (info->bits_per_weight > 0)
    g_string_append_printf (text, _(", %.2f bits a weight"), info->bits_per_weight);
  if (info->file_type != NULL && !g_str_equal (info->file_type, info->quantization))
    g_string_append_printf (text, _(" (the file says %s)"), info->file_type);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_experts (const PaddockModelInfo *info)
{
  g_autofree char *all = NULL;
  g_autofree char *used = NULL;

  if (info->experts < 1)
    return NULL;
  all = paddock_units_format_count ((guint64) info->experts);
  if (info->experts_used < 0)
    return g_steal_pointer (&all);
  used = paddock_units_format_count ((guint64) info->experts_used);
  /* Translators: "8 of 128 at a time". */
  return g_strdup_printf (_("%s of %s at a time"), used, all);
}

static char *
describe_format (PaddockGgufFile *file)
{
  g_autofree char *version = g_strdup_printf (_("GGUF version %u"), paddock_gguf_file_get_version (file));

  if (paddock_gguf_file_get_byte_order (file) == PADDOCK_GGUF_LITTLE_ENDIAN)
    return g_steal_pointer (&version);
  return g_strdup_printf (_("%s, big endian"), version);
}

static void
print_properties (const char *path, PaddockGgufShards *shards, const PaddockModelInfo *info)
{
  PaddockGgufFile *primary = paddock_gguf_shards_get_primary (shards);
  g_autofree const char **capabilities = paddock_capabilities_list (info->capabilities);
  g_autoptr (PaddockPropertyList) list = paddock_property_list_new ();

  if (info->kind != PADDOCK_MODEL_LANGUAGE)
    paddock_property_list_add (list, _("Kind"), paddock_model_kind_get_id (info->kind));
  paddock_property_list_take (list, _("Architecture"), describe_architecture (info));
  paddock_property_list_add (list, _("Size"), info->size_label);
  paddock_property_list_take (list, _("Parameters"), describe_parameters (info));
  paddock_property_list_take (list, _("Quantization"), describe_quantization (info));
  paddock_property_list_add_count (list, _("Context"), info->context_length);
  paddock_property_list_add_count (list, _("Embedding"), info->embedding_length);
  paddock_property_list_add_count (list, _("Layers"), info->layers);
  paddock_property_list_take (list, _("Experts"), describe_experts (info));
  paddock_property_list_add_count (list, _("Vocabulary"), info->vocabulary);
  paddock_property_list_add (list, _("Tokenizer"), info->tokenizer);
  paddock_property_list_add (list, _("Chat template"), info->chat_template != NULL ? _("yes") : _("no"));
  paddock_property_list_take (list, _("Capabilities"), g_strjoinv (", ", (char **) capabilities));
  paddock_property_list_add (list, _("License"), info->license);
  paddock_property_list_add (list, _("Author"), info->organization != NULL ? info->organization : info->author);
  paddock_property_list_add (list, _("Repository"), info->repository);
  paddock_property_list_add (list, _("File"), path);
  paddock_property_list_take (list, _("File size"), paddock_units_format_size (paddock_gguf_shards_get_size (shards)));
  paddock_property_list_take (list, _("Format"), describe_format (primary));
  paddock_property_list_add_count (list, _("Keys"),
                                   paddock_gguf_metadata_get_count (paddock_gguf_file_get_metadata (primary)));
  paddock_property_list_add_count (list, _("Tensors"), paddock_gguf_shards_get_n_tensors (shards));
  paddock_property_list_print (list, INDENT);
}

static void
fill_shard (guint row, char **cells, gpointer user_data)
{
  const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (((Listing *) user_data)->shards, row);

  cells[0] = g_strdup_printf ("%u", shard->index + 1);
  if (shard->file != NULL)
    cells[1] = paddock_units_format_size (paddock_gguf_file_get_size (shard->file));
  else
    cells[1] = g_strdup (_("missing"));
  cells[2] = paddock_units_escape (shard->path, -1, 0);
}

static void
fill_entry (guint row, char **cells, gpointer user_data)
{
  const PaddockGgufMetadata *metadata = ((Listing *) user_data)->metadata;
  const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, row);
  gsize length;
  const char *key = paddock_gguf_metadata_get_key_bytes (metadata, entry, &length);

  cells[0] = paddock_units_escape (key, (gssize) length, VALUE_CHARS);
  if (entry->type == PADDOCK_GGUF_ARRAY)
    cells[1] = g_strdup_printf ("[%s]", paddock_gguf_type_get_name ((PaddockGgufType) entry->element_type));
  else
    cells[1] = g_strdup (paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
  cells[2] = paddock_gguf_metadata_format (metadata, entry, VALUE_CHARS);
}

static char *
describe_shape (const PaddockGgufTensor *tensor)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < tensor->n_dimensions; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? " × " : "", tensor->dimensions[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill_tensor (guint row, char **cells, gpointer user_data)
{
  PaddockGgufShards *shards = ((Listing *) user_data)->shards;
  guint shard;
  const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, row, &shard);
  PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, shard)->file;
  const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (file, tensor);
  gsize length;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &length);

  cells[0] = paddock_units_escape (name, (gssize) length, VALUE_CHARS);
  /* Translators: a type of numbers that nobody knows, by its number. */
  cells[1] = type != NULL ? g_strdup (type->name) : g_strdup_printf (_("type %u"), tensor->type);
  cells[2] = describe_shape (tensor);
  cells[3] = g_strdup_printf ("%" G_GUINT64_FORMAT, tensor->offset);
  cells[4] = tensor->sized ? paddock_units_format_size (tensor->bytes) : g_strdup (_("unknown"));
  cells[5] = g_strdup_printf ("%u", shard + 1);
}

static void
print_shards (Listing *listing)
{
  const PaddockTextColumn columns[] = {
    { _("Shard"), TRUE, FALSE }, { _("Size"), TRUE, FALSE }, { _("File"), FALSE, TRUE }
  };

  paddock_output_text ("\n");
  paddock_text_table_print (INDENT, columns, G_N_ELEMENTS (columns), paddock_gguf_shards_get_count (listing->shards),
                            fill_shard, listing);
}

static void
print_metadata (Listing *listing)
{
  const PaddockTextColumn columns[] = {
    { _("Key"), FALSE, FALSE }, { _("Type"), FALSE, FALSE }, { _("Value"), FALSE, TRUE }
  };

  paddock_output_text ("\n");
  paddock_text_table_print (INDENT, columns, G_N_ELEMENTS (columns),
                            paddock_gguf_metadata_get_count (listing->metadata), fill_entry, listing);
}

static void
print_tensors (Listing *listing)
{
  gboolean split = paddock_gguf_shards_get_count (listing->shards) > 1;
  const PaddockTextColumn columns[] = {
    { _("Tensor"), FALSE, TRUE }, { _("Type"), FALSE, FALSE }, { _("Shape"), FALSE, FALSE },
    { _("Offset"), TRUE, FALSE }, { _("Size"), TRUE, FALSE },  { _("Shard"), TRUE, FALSE },
  };

  paddock_output_text ("\n");
  paddock_text_table_print (INDENT, columns, G_N_ELEMENTS (columns) - (split ? 0 : 1),
                            paddock_gguf_shards_get_n_tensors (listing->shards), fill_tensor, listing);
}

/**
 * paddock_inspect_text_print:
 * @path: (type filename): what the person called the file
 * @shards: the model
 * @info: what it is
 * @with_metadata: whether to list the keys and values
 * @with_tensors: whether to list the tensors
 *
 * Writes the answer to standard output.
 */
void
paddock_inspect_text_print (const char *path, PaddockGgufShards *shards, const PaddockModelInfo *info,
                            gboolean with_metadata, gboolean with_tensors)
{
  Listing listing = { shards, paddock_gguf_file_get_metadata (paddock_gguf_shards_get_primary (shards)) };
  guint width = paddock_output_get_width ();
  g_autofree char *name = paddock_units_escape (info->name, -1, 0);
  g_autofree char *title = NULL;

  title = width > 0 ? paddock_text_table_cut (name, width) : g_strdup (name);
  paddock_output_line ("%s", title);
  print_properties (path, shards, info);
  if (paddock_gguf_shards_get_count (shards) > 1)
    print_shards (&listing);
  if (with_metadata)
    print_metadata (&listing);
  if (with_tensors)
    print_tensors (&listing);
}
