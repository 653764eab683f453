/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/arch-table.h"
#include "model/report-check.h"

/* More layers than llama.cpp takes are reported elsewhere. */
#define MAX_BLOCKS 512

/* Architectures whose layers all have the same parts, of which many copies exist. */
static const char *const plain_architectures[] = { "llama", "qwen2", "qwen3", "mistral3" };
static const char *const plain_parts[] = { "attn_norm", "attn_output", "ffn_norm" };
static const char *const plain_attention[] = { "attn_q", "attn_k", "attn_v" };
static const char *const plain_numbers[] = { "attention.head_count", "feed_forward_length" };
static const char *const plain_feed_forward[] = { "ffn_gate", "ffn_up", "ffn_down" };

typedef struct
{
  PaddockReportCheck *check;
  guint64 embedding;
  guint64 n_blocks;
  guint64 n_tokens;                  /* 0 if unknown */
  gboolean plain;
  gboolean has_experts;
} PartCheck;

static const PaddockGgufTensor *
find_tensor (PaddockReportCheck *check, const char *name)
{
  for (guint i = 0; i < paddock_gguf_shards_get_count (check->shards); i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (check->shards, i)->file;
      const PaddockGgufTensor *tensor = file != NULL ? paddock_gguf_file_find_tensor (file, name) : NULL;

      if (tensor != NULL)
        return tensor;
    }
  return NULL;
}

static void
report_missing (PartCheck *self, const char *name)
{
  paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_MISSING_TENSOR, -1, name, -1, "%s",
                                     self->check->architecture);
}

/* expected 0: not known */
static void
check_shape (PartCheck *self, const char *name, guint64 first, guint64 second)
{
  const PaddockGgufTensor *tensor = find_tensor (self->check, name);

  if (tensor == NULL || ((first == 0 || tensor->dimensions[0] == first) && (second == 0 || tensor->dimensions[1] == second)))
    return;
  paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_TENSOR_SHAPE, (gint64) tensor->info_offset, name, -1,
                                     "%" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT " ≠ %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT,
                                     tensor->dimensions[0], tensor->dimensions[1],
                                     first != 0 ? first : tensor->dimensions[0], second != 0 ? second : tensor->dimensions[1]);
}

static gboolean
check_block_part (PartCheck *self, guint64 block, const char *part, gboolean report_it)
{
  g_autofree char *name = g_strdup_printf ("blk.%" G_GUINT64_FORMAT ".%s.weight", block, part);

  if (find_tensor (self->check, name) != NULL)
    return TRUE;
  if (report_it)
    report_missing (self, name);
  return FALSE;
}

static void
check_plain_block (PartCheck *self, guint64 block)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_parts); i++)
    check_block_part (self, block, plain_parts[i], TRUE);
  if (!check_block_part (self, block, "attn_qkv", FALSE))
    for (guint i = 0; i < G_N_ELEMENTS (plain_attention); i++)
      check_block_part (self, block, plain_attention[i], TRUE);
  if (!self->has_experts)
    for (guint i = 0; i < G_N_ELEMENTS (plain_feed_forward); i++)
      check_block_part (self, block, plain_feed_forward[i], TRUE);
  else
    check_block_part (self, block, "ffn_gate_inp", TRUE);
}

static void
check_plain_shapes (PartCheck *self, guint64 block)
{
  static const struct
  {
    const char *part;
    guint8 which;
  } shapes[] = { { "attn_norm", 0 }, { "attn_q", 1 }, { "attn_k", 2 }, { "attn_output", 3 }, { "ffn_norm", 0 },
                 { "ffn_gate", 4 }, { "ffn_up", 4 }, { "ffn_down", 5 }, { "attn_v", 6 } };
  guint64 heads = 0, kv_heads = 0, key = 0, value = 0, feed_forward = 0;
  guint64 sizes[7][2];

  paddock_report_check_get_uint (self->check, "attention.head_count", &heads);
  /* A list is for layers that differ, and those are not looked at here. */
  if (!paddock_report_check_get_uint (self->check, "attention.head_count_kv", &kv_heads))
    kv_heads = paddock_report_check_find (self->check, "attention.head_count_kv") == NULL ? heads : 0;
  if (!paddock_report_check_get_uint (self->check, "attention.key_length", &key) && heads > 0)
    key = self->embedding / heads;
  if (!paddock_report_check_get_uint (self->check, "attention.value_length", &value))
    value = key;
  paddock_report_check_get_uint (self->check, "feed_forward_length", &feed_forward);
  if (heads > G_MAXUINT16 || kv_heads > G_MAXUINT16 || key > G_MAXUINT16 || value > G_MAXUINT16)
    return;
  memcpy (sizes, (guint64[7][2]) { { self->embedding, 0 }, { self->embedding, heads * key }, { self->embedding, kv_heads * key },
                                   { 0, self->embedding }, { self->embedding, feed_forward }, { feed_forward, self->embedding },
                                   { self->embedding, kv_heads * value } },
          sizeof sizes);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *name = g_strdup_printf ("blk.%" G_GUINT64_FORMAT ".%s.weight", block, shapes[i].part);

      check_shape (self, name, sizes[shapes[i].which][0], sizes[shapes[i].which][1]);
    }
}

/* Which layers have any tensor. */
static GHashTable *
collect_blocks (PaddockReportCheck *check)
{
  GHashTable *blocks = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < paddock_gguf_shards_get_count (check->shards); i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (check->shards, i)->file;
      guint count = file != NULL ? paddock_gguf_file_get_n_tensors (file) : 0;

      for (guint j = 0; j < count; j++)
        {
          gsize length;
          const char *name = paddock_gguf_file_get_tensor_name_bytes (file, paddock_gguf_file_get_tensor (file, j), &length);
          guint number = 0;

          if (length < 6 || memcmp (name, "blk.", 4) != 0 || !g_ascii_isdigit (name[4]))
            continue;
          for (gsize k = 4; k < MIN (length, 9) && g_ascii_isdigit (name[k]); k++)
            number = number * 10 + (guint) (name[k] - '0');
          g_hash_table_add (blocks, GUINT_TO_POINTER (number));
        }
    }
  return blocks;
}

/* The last layers may be those that guess several tokens ahead, which converters leave out on demand. */
static void
check_blocks (PartCheck *self)
{
  g_autoptr (GHashTable) blocks = collect_blocks (self->check);
  guint64 guessing = 0;

  paddock_report_check_get_uint (self->check, "nextn_predict_layers", &guessing);
  for (guint64 i = 0; i + MIN (guessing, self->n_blocks) < self->n_blocks; i++)
    {
      if (!g_hash_table_contains (blocks, GUINT_TO_POINTER ((guint) i)))
        {
          g_autofree char *name = g_strdup_printf ("blk.%" G_GUINT64_FORMAT, i);

          report_missing (self, name);
        }
      else if (self->plain)
        {
          check_plain_block (self, i);
          check_plain_shapes (self, i);
        }
    }
}

static void
check_experts (PartCheck *self)
{
  guint64 experts = 0;

  self->has_experts = paddock_report_check_get_uint (self->check, "expert_count", &experts) && experts > 0;
  for (guint64 i = 0; i < self->n_blocks && self->has_experts; i++)
    {
      g_autofree char *name = g_strdup_printf ("blk.%" G_GUINT64_FORMAT ".ffn_down_exps.weight", i);
      const PaddockGgufTensor *tensor = find_tensor (self->check, name);

      if (tensor != NULL && tensor->dimensions[2] != experts)
        paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_TENSOR_SHAPE, (gint64) tensor->info_offset, name,
                                           -1, "%" G_GUINT64_FORMAT " ≠ %" G_GUINT64_FORMAT, tensor->dimensions[2], experts);
    }
}

static gboolean
is_plain (const char *architecture)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_architectures); i++)
    if (g_str_equal (architecture, plain_architectures[i]))
      return TRUE;
  return FALSE;
}

/* What llama.cpp looks for in the layers of these architectures; it stops at anything else. */
static gboolean
is_known_part (const char *part)
{
  return g_str_has_prefix (part, "attn_") || g_str_has_prefix (part, "ffn_") || g_str_has_prefix (part, "nextn.")
         || g_str_has_prefix (part, "exp_probs_b") || g_str_has_prefix (part, "post_attention_norm")
         || g_str_has_prefix (part, "layer_output");
}

static gboolean
is_known_name (const char *name)
{
  static const char *const beginnings[] = { "token_embd", "output", "rope_", "cls", "position_embd", "token_types" };
  const char *part = g_str_has_prefix (name, "blk.") ? strchr (name + strlen ("blk."), '.') : NULL;

  if (part != NULL)
    return is_known_part (part + 1);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (name, beginnings[i]))
      return TRUE;
  return FALSE;
}

static void
check_names (PartCheck *self)
{
  for (guint i = 0; i < paddock_gguf_shards_get_count (self->check->shards); i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (self->check->shards, i)->file;
      guint count = file != NULL ? paddock_gguf_file_get_n_tensors (file) : 0;

      for (guint j = 0; j < count; j++)
        {
          const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (file, j);
          g_autofree char *name = paddock_gguf_file_dup_tensor_name (file, tensor);

          if (!is_known_name (name))
            paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_EXTRA_TENSOR, (gint64) tensor->info_offset,
                                               name, -1, "%s", self->check->architecture);
        }
    }
}

static void
check_plain_model (PartCheck *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_numbers); i++)
    if (paddock_report_check_find (self->check, plain_numbers[i]) == NULL)
      paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_MISSING_PARAMETER, -1, plain_numbers[i], -1, "%s",
                                         self->check->architecture);
  if (find_tensor (self->check, "output_norm.weight") == NULL)
    report_missing (self, "output_norm.weight");
  check_shape (self, "output_norm.weight", self->embedding, 0);
  check_shape (self, "output.weight", self->embedding, self->n_tokens);
  check_names (self);
}

static guint64
count_tokens (PaddockReportCheck *check)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, "tokenizer.ggml.tokens");
  guint64 count;

  if (entry != NULL && entry->type == PADDOCK_GGUF_ARRAY)
    return entry->length;
  return paddock_report_check_get_uint (check, "vocab_size", &count) ? count : 0;
}

void
paddock_report_check_parts (PaddockReportCheck *check)
{
  PartCheck self = { .check = check };
  const PaddockArch *arch = check->architecture != NULL ? paddock_arch_lookup (check->architecture) : NULL;
  guint64 vocabulary;

  if (arch == NULL || !paddock_report_check_is_model (check) || paddock_gguf_shards_get_n_tensors (check->shards) == 0
      || arch->kind == PADDOCK_ARCH_DRAFT || arch->kind == PADDOCK_ARCH_AUDIO)
    return;
  /* Without these it is a container for tensors and not a model with parts. */
  if (!paddock_report_check_get_uint (check, "embedding_length", &self.embedding)
      || !paddock_report_check_get_uint (check, "block_count", &self.n_blocks) || self.n_blocks > MAX_BLOCKS)
    return;
  self.n_tokens = count_tokens (check);
  self.plain = is_plain (check->architecture);
  if (paddock_report_check_get_uint (check, "vocab_size", &vocabulary) && self.n_tokens > 0 && vocabulary != self.n_tokens)
    {
      const PaddockGgufEntry *entry = paddock_report_check_find (check, "vocab_size");

      paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_PARAMETER_CONFLICT, (gint64) entry->value_offset,
                                         "vocab_size", -1, "%" G_GUINT64_FORMAT " ≠ %" G_GUINT64_FORMAT, vocabulary, self.n_tokens);
    }
  if (find_tensor (check, "token_embd.weight") == NULL)
    report_missing (&self, "token_embd.weight");
  check_shape (&self, "token_embd.weight", self.embedding, self.n_tokens);
  if (self.plain)
    check_plain_model (&self);
  check_experts (&self);
  if (arch->kind != PADDOCK_ARCH_ENCODER_DECODER && !g_str_equal (check->architecture, "deci"))
    check_blocks (&self);
}
