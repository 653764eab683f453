/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "gguf/gguf-array.h"
#include "gguf/gguf-name-index.h"
#include "model/report-check.h"

/* The longest tokens of real vocabularies are some hundred bytes of blanks; programs keep lengths in 32 bits or less. */
#define MAX_TOKEN_BYTES 2048
/* The largest vocabularies have some hundred thousand tokens. */
#define MAX_TOKENS (1u << 20)
#define POLL_INTERVAL 4096
#define N_TOKEN_KINDS 7

typedef struct
{
  const char *bytes;
  gsize length;
  guint position;
} Token;

typedef struct
{
  PaddockReportCheck *check;
  const PaddockGgufEntry *entry;     /* tokenizer.ggml.tokens */
  guint64 n_tokens;
} TokenCheck;

static const char *const known_models[] = { "llama", "gpt2", "bert", "t5", "rwkv", "plamo2", "plamo3", "no_vocab", "none",
                                            "replit", "gemma4", "hybriddna", "whitespace" };

static const char *const special_keys[] = {
  "tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id",
  "tokenizer.ggml.unknown_token_id", "tokenizer.ggml.seperator_token_id", "tokenizer.ggml.padding_token_id",
  "tokenizer.ggml.mask_token_id", "tokenizer.ggml.cls_token_id", "tokenizer.ggml.fim_pre_token_id",
  "tokenizer.ggml.fim_suf_token_id", "tokenizer.ggml.fim_mid_token_id", "tokenizer.ggml.fim_pad_token_id",
  "tokenizer.ggml.fim_rep_token_id", "tokenizer.ggml.fim_sep_token_id", "tokenizer.ggml.prefix_token_id",
  "tokenizer.ggml.suffix_token_id", "tokenizer.ggml.middle_token_id",
};

static gboolean
is_list (const PaddockGgufEntry *entry, PaddockGgufType element_type)
{
  return entry != NULL && entry->type == PADDOCK_GGUF_ARRAY && entry->element_type == element_type;
}

/* "<0x0A>" stands for a byte. Something like it that is none was once written out of bounds by llama.cpp. */
static gboolean
is_broken_byte (const Token *token)
{
  const char *bytes = token->bytes;

  if (token->length < 5 || token->length > 12 || memcmp (bytes, "<0x", 3) != 0 || bytes[token->length - 1] != '>')
    return FALSE;
  return token->length != 6 || !g_ascii_isxdigit (bytes[3]) || !g_ascii_isxdigit (bytes[4]);
}

static void
check_token (TokenCheck *self, const Token *token)
{
  PaddockReportFindings *findings = self->check->findings;
  gint64 offset = (gint64) self->entry->value_offset;

  if (token->length > MAX_TOKEN_BYTES)
    paddock_report_findings_add_value (findings, PADDOCK_SAYS_LONG_TOKEN, offset, token->bytes, (gssize) MIN (token->length, 32),
                                       "%" G_GSIZE_FORMAT, token->length);
  if (memchr (token->bytes, '\0', token->length) != NULL)
    paddock_report_findings_add_value (findings, PADDOCK_SAYS_BAD_TOKEN, offset, token->bytes, (gssize) MIN (token->length, 32),
                                       "(%u): NUL", token->position);
  if (is_broken_byte (token))
    paddock_report_findings_add_value (findings, PADDOCK_SAYS_BAD_TOKEN, offset, token->bytes, (gssize) token->length,
                                       "(%u) ≠ <0xHH>", token->position);
}

static const char *
get_token (gconstpointer owner, guint position, gsize *length)
{
  const Token *token = &g_array_index ((GArray *) owner, Token, position);

  *length = token->length;
  return token->bytes;
}

static void
check_duplicates (TokenCheck *self, GArray *tokens)
{
  PaddockGgufNameIndex *index = paddock_gguf_name_index_new (tokens->len, get_token, tokens);
  guint position;

  if (paddock_gguf_name_index_get_duplicate (index, &position))
    {
      const Token *token = &g_array_index (tokens, Token, position);
      guint first = 0;

      paddock_gguf_name_index_find (index, token->bytes, token->length, &first);
      paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_DUPLICATE_TOKEN, (gint64) self->entry->value_offset,
                                         token->bytes, (gssize) token->length, "%u, %u",
                                         g_array_index (tokens, Token, first).position, token->position);
    }
  paddock_gguf_name_index_free (index);
}

static void
check_tokens (TokenCheck *self)
{
  g_autoptr (PaddockGgufArray) array = paddock_gguf_array_new (self->check->metadata, self->entry);
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  guint count = (guint) MIN (self->n_tokens, MAX_TOKENS);

  if (self->n_tokens > MAX_TOKENS)
    paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_MANY_ENTRIES, (gint64) self->entry->value_offset,
                                       NULL, 0, "%" G_GUINT64_FORMAT " tokens", self->n_tokens);
  for (guint i = 0; i < count; i++)
    {
      Token token = { .position = i };

      token.bytes = paddock_gguf_array_get_string_bytes (array, i, &token.length);
      if (token.bytes == NULL || (i % POLL_INTERVAL == 0 && g_cancellable_is_cancelled (self->check->cancellable)))
        return;
      check_token (self, &token);
      /* llama.cpp gives empty ones a name of their own. */
      if (token.length > 0)
        g_array_append_val (tokens, token);
    }
  check_duplicates (self, tokens);
}

/* A list that has a value for each token. NULL if there is none that can be read. */
static PaddockGgufArray *
open_companion (TokenCheck *self, const char *key, PaddockGgufType element_type)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (self->check->metadata, key);

  if (!is_list (entry, element_type))
    return NULL;
  if (entry->length != self->n_tokens)
    {
      paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_TOKEN_LISTS, (gint64) entry->value_offset, key, -1,
                                         "%" G_GUINT64_FORMAT " ≠ %" G_GUINT64_FORMAT, entry->length, self->n_tokens);
      return NULL;
    }
  return paddock_gguf_array_new (self->check->metadata, entry);
}

static void
check_scores (TokenCheck *self)
{
  g_autoptr (PaddockGgufArray) scores = open_companion (self, "tokenizer.ggml.scores", PADDOCK_GGUF_FLOAT32);
  guint64 count = scores != NULL ? MIN (self->n_tokens, MAX_TOKENS) : 0;
  double score;

  for (guint64 i = 0; i < count && paddock_gguf_array_read_double (scores, i, &score); i++)
    if (isnan (score) || (isinf (score) && score > 0))
      {
        g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, i);

        paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_BAD_SCORE, (gint64) self->entry->value_offset,
                                           number, -1, "%g", score);
        return;
      }
}

static void
check_kinds (TokenCheck *self)
{
  g_autoptr (PaddockGgufArray) kinds = open_companion (self, "tokenizer.ggml.token_type", PADDOCK_GGUF_INT32);
  guint64 count = kinds != NULL ? MIN (self->n_tokens, MAX_TOKENS) : 0;
  gint64 kind;

  for (guint64 i = 0; i < count && paddock_gguf_array_read_int (kinds, i, &kind); i++)
    if (kind < 0 || kind >= N_TOKEN_KINDS)
      {
        g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, i);

        paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_TOKEN_KIND, (gint64) self->entry->value_offset,
                                           number, -1, "%" G_GINT64_FORMAT, kind);
        return;
      }
}

/* Two parts with a blank between them; the first may be a blank itself. */
static void
check_merges (TokenCheck *self, const char *model)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (self->check->metadata, "tokenizer.ggml.merges");
  g_autoptr (PaddockGgufArray) merges = NULL;
  guint64 count;

  if (entry == NULL && g_str_equal (model, "gpt2"))
    paddock_report_findings_add (self->check->findings, PADDOCK_SAYS_NO_TOKENIZER, -1, "tokenizer.ggml.merges", -1);
  if (!is_list (entry, PADDOCK_GGUF_STRING))
    return;
  merges = paddock_gguf_array_new (self->check->metadata, entry);
  count = MIN (entry->length, 2 * MAX_TOKENS);
  for (guint64 i = 0; i < count; i++)
    {
      gsize length;
      const char *merge = paddock_gguf_array_get_string_bytes (merges, i, &length);
      const char *blank = merge != NULL && length > 2 ? memchr (merge + 1, ' ', length - 1) : NULL;

      if (merge == NULL || (i % POLL_INTERVAL == 0 && g_cancellable_is_cancelled (self->check->cancellable)))
        return;
      if (blank == NULL || blank == merge + length - 1)
        {
          paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_BAD_MERGE, (gint64) entry->value_offset, NULL, 0,
                                             "“%.*s” (%" G_GUINT64_FORMAT ")", (int) MIN (length, 40), merge, i);
          return;
        }
    }
}

static void
check_special_tokens (TokenCheck *self)
{
  const PaddockGgufMetadata *metadata = self->check->metadata;

  for (guint i = 0; i < G_N_ELEMENTS (special_keys); i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, special_keys[i]);
      guint64 id;

      if (entry == NULL || entry->type == PADDOCK_GGUF_STRING || entry->type == PADDOCK_GGUF_ARRAY)
        continue;
      if (!paddock_gguf_metadata_read_uint (metadata, entry, &id) || id >= self->n_tokens)
        {
          g_autofree char *value = paddock_gguf_metadata_format (metadata, entry, 40);

          paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_SPECIAL_TOKEN, (gint64) entry->value_offset,
                                             special_keys[i], -1, "%s ≥ %" G_GUINT64_FORMAT, value, self->n_tokens);
        }
    }
}

static gboolean
check_model (PaddockReportCheck *check, const char *model)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, "tokenizer.ggml.model");

  for (guint i = 0; i < G_N_ELEMENTS (known_models); i++)
    if (g_str_equal (model, known_models[i]))
      return !g_str_equal (model, "no_vocab") && !g_str_equal (model, "none");
  paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_UNKNOWN_TOKENIZER, (gint64) entry->value_offset,
                                     "tokenizer.ggml.model", -1, "%s", model);
  return TRUE;
}

void
paddock_report_check_tokenizer (PaddockReportCheck *check)
{
  g_autofree char *model = paddock_gguf_metadata_dup_string (check->metadata, "tokenizer.ggml.model");
  TokenCheck self = { check, paddock_gguf_metadata_find (check->metadata, "tokenizer.ggml.tokens"), 0 };
  gboolean wants_tokens = model != NULL && check_model (check, model);

  /* A list of another type is reported as such. */
  if (self.entry != NULL && !is_list (self.entry, PADDOCK_GGUF_STRING))
    return;
  if (self.entry != NULL)
    self.n_tokens = self.entry->length;
  if (self.n_tokens == 0)
    {
      if (wants_tokens || self.entry != NULL)
        paddock_report_findings_add (check->findings, PADDOCK_SAYS_NO_TOKENS, -1, "tokenizer.ggml.tokens", -1);
      return;
    }
  check_tokens (&self);
  check_scores (&self);
  check_kinds (&self);
  if (model != NULL)
    check_merges (&self, model);
  check_special_tokens (&self);
}
