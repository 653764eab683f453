/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-info.h"

#include "gguf/gguf-array.h"
#include "model/arch-table.h"
#include "model/file-name.h"
#include "model/model-capability.h"
#include "model/model-parameters.h"
#include "model/model-quantization.h"

#include <string.h>

/* What a file may say at most; the rest of a longer text is left away. */
#define MAX_LINE 1024
#define MAX_TEXT (64 * 1024)
#define MAX_TEMPLATE (4 * 1024 * 1024)
#define MAX_WORDS 256

/* Numbers beyond these are no model's, and are not shown as if they were. */
#define MAX_TOKENS (G_GINT64_CONSTANT (1) << 32)
#define MAX_WIDTH (G_GINT64_CONSTANT (1) << 24)
#define MAX_LAYERS (G_GINT64_CONSTANT (1) << 16)

typedef struct
{
  /* Template */
  PaddockModelInfo info;

  gatomicrefcount references;
} Counted;

static const char *const kind_ids[] = {
  [PADDOCK_MODEL_LANGUAGE] = "model",
  [PADDOCK_MODEL_PROJECTOR] = "projector",
  [PADDOCK_MODEL_ADAPTER] = "adapter",
  [PADDOCK_MODEL_CONTROL_VECTOR] = "control-vector",
  [PADDOCK_MODEL_IMATRIX] = "imatrix",
  [PADDOCK_MODEL_VOCABULARY] = "vocabulary",
};

/* NULL for what is absent, no string, or blank. */
static char *
dup_entry_text (const PaddockGgufMetadata *metadata, const PaddockGgufEntry *entry, gsize max_bytes)
{
  gsize length = 0;
  const char *bytes;
  g_autofree char *text = NULL;

  if (entry == NULL || entry->type != PADDOCK_GGUF_STRING)
    return NULL;
  bytes = paddock_gguf_metadata_get_string_bytes (metadata, entry, &length);
  if (bytes == NULL || length == 0)
    return NULL;
  text = g_utf8_make_valid (bytes, (gssize) MIN (length, max_bytes));
  if (*g_strchug (text) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

static char *
dup_text (const PaddockGgufMetadata *metadata, const char *key, gsize max_bytes)
{
  return dup_entry_text (metadata, paddock_gguf_metadata_find (metadata, key), max_bytes);
}

static char *
dup_line (const PaddockGgufMetadata *metadata, const char *key)
{
  char *text = dup_text (metadata, key, MAX_LINE);

  return text != NULL ? g_strchomp (text) : NULL;
}

static char *
dup_first_line (const PaddockGgufMetadata *metadata, const char *const *keys)
{
  char *text = NULL;

  for (gsize i = 0; text == NULL && keys[i] != NULL; i++)
    text = dup_line (metadata, keys[i]);
  return text;
}

/* Only what a browser may be asked to open. */
static char *
dup_repository (const PaddockGgufMetadata *metadata)
{
  static const char *const keys[] = { "general.repo_url", "general.source.repo_url", "general.url",
                                      "general.source.url", "general.base_model.0.repo_url" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *text = dup_line (metadata, keys[i]);

      if (text != NULL && (g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://")) &&
          g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL))
        return g_steal_pointer (&text);
    }
  return NULL;
}

/* Never NULL: who asks for tags gets none. */
static char **
dup_words (const PaddockGgufMetadata *metadata, const char *key)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, key);
  g_autoptr(PaddockGgufArray) array = entry != NULL ? paddock_gguf_array_new (metadata, entry) : NULL;
  guint64 n_words = array != NULL ? MIN (paddock_gguf_array_get_length (array), MAX_WORDS) : 0;

  for (guint64 i = 0; i < n_words; i++)
    {
      gsize length = 0;
      const char *bytes = paddock_gguf_array_get_string_bytes (array, i, &length);

      if (bytes != NULL && length > 0)
        g_strv_builder_take (builder, g_utf8_make_valid (bytes, (gssize) MIN (length, MAX_LINE)));
    }
  return g_strv_builder_end (builder);
}

/* -1 for what is absent, no number, or no model's. */
static gint64
get_number (const PaddockGgufMetadata *metadata, const char *prefix, const char *suffix, gint64 max)
{
  g_autofree char *key = g_strconcat (prefix, suffix, NULL);
  guint64 value;

  if (!paddock_gguf_metadata_get_uint (metadata, key, &value) || value > (guint64) max)
    return -1;
  return (gint64) value;
}

/* A number for all layers, or one for each; then that of the first layer that has any. Recurrent layers say 0. */
static gint64
get_number_of_layers (const PaddockGgufMetadata *metadata, const char *prefix, const char *suffix, gint64 max)
{
  g_autofree char *key = g_strconcat (prefix, suffix, NULL);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, key);
  g_autoptr(PaddockGgufArray) array = NULL;
  guint64 n_layers, value;

  if (entry == NULL || entry->type != PADDOCK_GGUF_ARRAY)
    {
      gint64 all = get_number (metadata, prefix, suffix, max);

      return all > 0 ? all : -1;
    }
  array = paddock_gguf_array_new (metadata, entry);
  n_layers = array != NULL ? MIN (paddock_gguf_array_get_length (array), (guint64) MAX_LAYERS) : 0;
  for (guint64 i = 0; i < n_layers; i++)
    {
      if (!paddock_gguf_array_read_uint (array, i, &value) || value > (guint64) max)
        return -1;
      if (value > 0)
        return (gint64) value;
    }
  return -1;
}

static gboolean
has_tensor_ending (PaddockGgufShards *shards, const char *end)
{
  guint n_tensors = MIN (paddock_gguf_shards_get_n_tensors (shards), 8);

  for (guint i = 0; i < n_tensors; i++)
    {
      guint shard = 0;
      gsize length = 0;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, i, &shard);
      const char *name =
        paddock_gguf_file_get_tensor_name_bytes (paddock_gguf_shards_get_shard (shards, shard)->file, tensor, &length);

      if (name != NULL && length >= strlen (end) && memcmp (name + length - strlen (end), end, strlen (end)) == 0)
        return TRUE;
    }
  return FALSE;
}

static PaddockModelKind
find_kind (PaddockGgufShards *shards, const PaddockGgufMetadata *metadata, const char *architecture)
{
  g_autofree char *type = dup_line (metadata, "general.type");
  const PaddockGgufEntry *tokens = paddock_gguf_metadata_find (metadata, "tokenizer.ggml.tokens");
  gboolean complete = paddock_gguf_shards_get_n_present (shards) == paddock_gguf_shards_get_count (shards);

  if (g_strcmp0 (type, "mmproj") == 0 || g_strcmp0 (architecture, "clip") == 0)
    return PADDOCK_MODEL_PROJECTOR;
  if (g_strcmp0 (type, "adapter") == 0 || paddock_gguf_metadata_find (metadata, "adapter.type") != NULL ||
      has_tensor_ending (shards, ".lora_a"))
    return PADDOCK_MODEL_ADAPTER;
  if (g_strcmp0 (architecture, "controlvector") == 0 || g_strcmp0 (type, "controlvector") == 0)
    return PADDOCK_MODEL_CONTROL_VECTOR;
  if (g_strcmp0 (type, "imatrix") == 0 || has_tensor_ending (shards, ".in_sum2"))
    return PADDOCK_MODEL_IMATRIX;
  if (complete && paddock_gguf_shards_get_n_tensors (shards) == 0 && tokens != NULL)
    return PADDOCK_MODEL_VOCABULARY;
  return PADDOCK_MODEL_LANGUAGE;
}

static char *
dup_tokenizer (const PaddockGgufMetadata *metadata)
{
  g_autofree char *model = dup_line (metadata, "tokenizer.ggml.model");
  g_autofree char *pre = dup_line (metadata, "tokenizer.ggml.pre");

  if (model == NULL || pre == NULL || g_str_equal (pre, "default"))
    return g_steal_pointer (&model);
  return g_strdup_printf ("%s (%s)", model, pre);
}

/* The template, or the first of the named ones; all is what stands in any of them. */
static char *
dup_chat_template (const PaddockGgufMetadata *metadata, char **all)
{
  static const char plain[] = "tokenizer.chat_template";
  g_autofree char *first = dup_text (metadata, plain, MAX_TEMPLATE);
  g_autoptr(GString) together = g_string_new (first);

  for (guint i = 0; i < paddock_gguf_metadata_get_count (metadata) && together->len < MAX_TEMPLATE; i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, i);
      gsize length = 0;
      const char *key = paddock_gguf_metadata_get_key_bytes (metadata, entry, &length);
      g_autofree char *text = NULL;

      if (key == NULL || length <= strlen (plain) || memcmp (key, plain, strlen (plain)) != 0 ||
          key[strlen (plain)] != '.')
        continue;
      text = dup_entry_text (metadata, entry, MAX_TEMPLATE);
      if (text == NULL)
        continue;
      g_string_append_printf (together, "\n%s", text);
      if (first == NULL)
        first = g_steal_pointer (&text);
    }
  *all = g_string_free (g_steal_pointer (&together), FALSE);
  return g_steal_pointer (&first);
}

static gint64
count_vocabulary (PaddockGgufShards *shards, const PaddockGgufMetadata *metadata, const char *architecture)
{
  const PaddockGgufEntry *tokens = paddock_gguf_metadata_find (metadata, "tokenizer.ggml.tokens");
  const PaddockGgufTensor *embedding = NULL;
  gint64 declared;

  if (tokens != NULL && tokens->type == PADDOCK_GGUF_ARRAY)
    return tokens->length <= (guint64) MAX_TOKENS ? (gint64) tokens->length : -1;
  declared = get_number (metadata, architecture, ".vocab_size", MAX_TOKENS);
  if (declared > 0)
    return declared;
  for (guint i = 0; embedding == NULL && i < paddock_gguf_shards_get_count (shards); i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, i)->file;

      if (file != NULL)
        embedding = paddock_gguf_file_find_tensor (file, "token_embd.weight");
    }
  if (embedding == NULL || embedding->n_dimensions != 2 || embedding->dimensions[1] > (guint64) MAX_TOKENS)
    return -1;
  return (gint64) embedding->dimensions[1];
}

static void
read_texts (PaddockModelInfo *info, const PaddockGgufMetadata *metadata)
{
  static const char *const licenses[] = { "general.license", "general.license.name", NULL };
  static const char *const authors[] = { "general.author", "general.base_model.0.author", NULL };
  static const char *const organizations[] = { "general.organization", "general.base_model.0.organization", NULL };

  info->basename = dup_line (metadata, "general.basename");
  info->license = dup_first_line (metadata, licenses);
  info->author = dup_first_line (metadata, authors);
  info->organization = dup_first_line (metadata, organizations);
  info->description = dup_text (metadata, "general.description", MAX_TEXT);
  info->repository = dup_repository (metadata);
  info->tokenizer = dup_tokenizer (metadata);
  info->languages = dup_words (metadata, "general.languages");
  info->tags = dup_words (metadata, "general.tags");
}

static void
read_numbers (PaddockModelInfo *info, PaddockGgufShards *shards, const PaddockGgufMetadata *metadata)
{
  const char *prefix = info->architecture != NULL ? info->architecture : "";

  info->vocabulary = count_vocabulary (shards, metadata, prefix);
  info->experts = get_number (metadata, prefix, ".expert_count", MAX_LAYERS);
  info->experts_used = get_number (metadata, prefix, ".expert_used_count", MAX_LAYERS);
  info->context_length = get_number (metadata, prefix, ".context_length", MAX_TOKENS);
  /* A projector counts for each of its senses. */
  if (info->kind == PADDOCK_MODEL_PROJECTOR)
    prefix = paddock_gguf_metadata_find (metadata, "clip.vision.block_count") != NULL ? "clip.vision" : "clip.audio";
  info->embedding_length = get_number (metadata, prefix, ".embedding_length", MAX_WIDTH);
  info->layers = get_number (metadata, prefix, ".block_count", MAX_LAYERS);
  info->heads = get_number_of_layers (metadata, prefix, ".attention.head_count", MAX_WIDTH);
  info->kv_heads = get_number_of_layers (metadata, prefix, ".attention.head_count_kv", MAX_WIDTH);
  if (info->kv_heads < 0)
    info->kv_heads = info->heads;
}

/* What the file says, else what it or the model is called if that can be true, else what the tensors come to. */
static char *
dup_size_label (const PaddockModelInfo *info, const PaddockModelParameters *parameters, const char *path,
                const PaddockGgufMetadata *metadata)
{
  const char *const names[] = { info->name, path };
  char *label = dup_line (metadata, "general.size_label");

  for (gsize i = 0; label == NULL && i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(PaddockFileName) name = paddock_file_name_parse (names[i]);

      if (paddock_model_parameters_fit_label (parameters, info->experts, name->size_label))
        label = g_steal_pointer (&name->size_label);
    }
  return label != NULL ? label : paddock_model_parameters_format_label (parameters, info->experts);
}

static void
read_weights (PaddockModelInfo *info, PaddockGgufShards *shards, const PaddockGgufMetadata *metadata)
{
  const char *path = paddock_gguf_file_get_path (paddock_gguf_shards_get_opened (shards));
  const PaddockQuantFileType *claim = paddock_model_quantization_get_claim (shards);
  PaddockModelParameters parameters;

  paddock_model_parameters_count (&parameters, shards, info->experts, info->experts_used);
  info->parameters = parameters.total;
  info->active_parameters = parameters.active;
  info->tensor_bytes = parameters.tensor_bytes;
  info->bits_per_weight = parameters.bits_per_weight;
  info->file_size = paddock_gguf_shards_get_size (shards);
  info->size_label = dup_size_label (info, &parameters, path, metadata);
  info->quantization = paddock_model_quantization_detect (shards);
  info->file_type = claim != NULL ? g_strdup (claim->name) : NULL;
}

/**
 * paddock_model_info_new:
 * @shards: a model
 *
 * Reads what a model is from its header. It never fails: what the header does not tell stays unknown.
 *
 * Returns: (transfer full): the facts
 */
PaddockModelInfo *
paddock_model_info_new (PaddockGgufShards *shards)
{
  PaddockGgufFile *file = paddock_gguf_shards_get_primary (shards);
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  g_autoptr(PaddockFileName) file_name =
    paddock_file_name_parse (paddock_gguf_file_get_path (paddock_gguf_shards_get_opened (shards)));
  Counted *counted = g_new0 (Counted, 1);
  PaddockModelInfo *info = &counted->info;
  g_autofree char *templates = NULL;
  const PaddockArch *arch;

  g_atomic_ref_count_init (&counted->references);
  info->architecture = dup_line (metadata, "general.architecture");
  arch = info->architecture != NULL ? paddock_arch_lookup (info->architecture) : NULL;
  info->architecture_known = arch != NULL;
  info->architecture_name = g_strdup (arch != NULL ? arch->name : info->architecture);
  info->kind = find_kind (shards, metadata, info->architecture);
  info->name = dup_line (metadata, "general.name");
  if (info->name == NULL)
    info->name = g_strdup (file_name->title);
  info->chat_template = dup_chat_template (metadata, &templates);
  read_texts (info, metadata);
  read_numbers (info, shards, metadata);
  read_weights (info, shards, metadata);

  const char *names[] = { info->name, file_name->title, info->basename, NULL };
  const PaddockModelEvidence evidence = {
    .kind = info->kind,
    .architecture = arch,
    .metadata = metadata,
    .architecture_id = info->architecture,
    .chat_template = templates,
    .names = names,
    .tags = (const char *const *) info->tags,
  };
  info->capabilities = paddock_model_capability_conclude (&evidence);
  return info;
}

/**
 * paddock_model_info_ref:
 * @self: the facts
 *
 * Returns: (transfer full): the same
 */
PaddockModelInfo *
paddock_model_info_ref (PaddockModelInfo *self)
{
  g_atomic_ref_count_inc (&((Counted *) self)->references);
  return self;
}

/**
 * paddock_model_info_unref:
 * @self: (transfer full): the facts
 */
void
paddock_model_info_unref (PaddockModelInfo *self)
{
  if (!g_atomic_ref_count_dec (&((Counted *) self)->references))
    return;
  g_free (self->name);
  g_free (self->basename);
  g_free (self->size_label);
  g_free (self->architecture);
  g_free (self->architecture_name);
  g_free (self->quantization);
  g_free (self->file_type);
  g_free (self->license);
  g_free (self->author);
  g_free (self->organization);
  g_free (self->description);
  g_free (self->repository);
  g_free (self->tokenizer);
  g_free (self->chat_template);
  g_strfreev (self->languages);
  g_strfreev (self->tags);
  g_free (self);
}

/**
 * paddock_model_kind_get_id:
 * @kind: a kind
 *
 * Returns: (transfer none): "model", "projector" ...
 */
const char *
paddock_model_kind_get_id (PaddockModelKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_ids), NULL);

  return kind_ids[kind];
}
