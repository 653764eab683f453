/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gguf/gguf-array.h"
#include "model/report-check.h"
#include "model/text-flags.h"

/* Names of models have some dozen characters. */
#define MAX_NAME_TEXT 256
/* A hostile file may be one huge array; what lies beyond this much of it is as true or as wrong as what was read. */
#define MAX_ELEMENTS_READ (G_GUINT64_CONSTANT (1) << 22)
/* How many numbers are looked at between two looks at the cancellable. */
#define POLL_INTERVAL 65536

typedef struct
{
  const char *key;
  guint8 type;
  guint8 element_type;
} ExpectedType;

#define TEXT(key) { key, PADDOCK_GGUF_STRING, 0 }
#define NUMBER(key) { key, PADDOCK_GGUF_UINT32, 0 }
#define SWITCH(key) { key, PADDOCK_GGUF_BOOL, 0 }
#define LIST(key, element) { key, PADDOCK_GGUF_ARRAY, element }

/* The types that readers ask for; llama.cpp stops at any other. The first row that fits counts. */
static const ExpectedType expected_types[] = {
  TEXT ("general.architecture"), TEXT ("general.type"), TEXT ("general.name"), TEXT ("general.author"),
  TEXT ("general.version"), TEXT ("general.organization"), TEXT ("general.basename"), TEXT ("general.finetune"),
  TEXT ("general.description"), TEXT ("general.quantized_by"), TEXT ("general.size_label"), TEXT ("general.license"),
  TEXT ("general.license.name"), TEXT ("general.license.link"), TEXT ("general.url"), TEXT ("general.doi"),
  TEXT ("general.uuid"), TEXT ("general.repo_url"), TEXT ("general.source.url"), TEXT ("general.source.doi"),
  TEXT ("general.source.uuid"), TEXT ("general.source.repo_url"), TEXT ("general.source.huggingface.repository"),
  NUMBER ("general.file_type"), NUMBER ("general.quantization_version"),
  LIST ("general.tags", PADDOCK_GGUF_STRING), LIST ("general.languages", PADDOCK_GGUF_STRING),
  LIST ("general.datasets", PADDOCK_GGUF_STRING),
  TEXT ("tokenizer.ggml.model"), TEXT ("tokenizer.ggml.pre"), TEXT ("tokenizer.huggingface.json"),
  LIST ("tokenizer.ggml.tokens", PADDOCK_GGUF_STRING), LIST ("tokenizer.ggml.scores", PADDOCK_GGUF_FLOAT32),
  LIST ("tokenizer.ggml.token_type", PADDOCK_GGUF_INT32), LIST ("tokenizer.ggml.merges", PADDOCK_GGUF_STRING),
  LIST ("tokenizer.chat_templates", PADDOCK_GGUF_STRING), NUMBER ("tokenizer.ggml.bos_token_id"),
  NUMBER ("tokenizer.ggml.eos_token_id"), NUMBER ("tokenizer.ggml.eot_token_id"), NUMBER ("tokenizer.ggml.eom_token_id"),
  NUMBER ("tokenizer.ggml.unknown_token_id"), NUMBER ("tokenizer.ggml.seperator_token_id"),
  NUMBER ("tokenizer.ggml.padding_token_id"), NUMBER ("tokenizer.ggml.mask_token_id"),
  NUMBER ("tokenizer.ggml.cls_token_id"), NUMBER ("tokenizer.ggml.fim_pre_token_id"),
  NUMBER ("tokenizer.ggml.fim_suf_token_id"), NUMBER ("tokenizer.ggml.fim_mid_token_id"),
  NUMBER ("tokenizer.ggml.fim_pad_token_id"), NUMBER ("tokenizer.ggml.fim_rep_token_id"),
  NUMBER ("tokenizer.ggml.fim_sep_token_id"), SWITCH ("tokenizer.ggml.add_bos_token"),
  SWITCH ("tokenizer.ggml.add_eos_token"), SWITCH ("tokenizer.ggml.add_sep_token"),
  SWITCH ("tokenizer.ggml.add_space_prefix"), SWITCH ("tokenizer.ggml.remove_extra_whitespaces"),
};

/* Short texts that are shown in lists, in file names and in titles. */
static const char *const name_keys[] = { "general.name", "general.basename", "general.finetune", "general.version",
                                         "general.size_label", "general.architecture", "general.type" };

static const char *
get_key (PaddockReportCheck *check, const PaddockGgufEntry *entry, gsize *length)
{
  return paddock_gguf_metadata_get_key_bytes (check->metadata, entry, length);
}

static gboolean
is_key (const char *bytes, gsize length, const char *key)
{
  return strlen (key) == length && memcmp (bytes, key, length) == 0;
}

static gboolean
begins_with (const char *bytes, gsize length, const char *prefix)
{
  return length >= strlen (prefix) && memcmp (bytes, prefix, strlen (prefix)) == 0;
}

static gboolean
ends_with (const char *bytes, gsize length, const char *suffix)
{
  return length >= strlen (suffix) && memcmp (bytes + length - strlen (suffix), suffix, strlen (suffix)) == 0;
}

static gboolean
is_name (const char *key, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (name_keys); i++)
    if (is_key (key, length, name_keys[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_address (const char *key, gsize length)
{
  return begins_with (key, length, "general.")
         && (ends_with (key, length, "url") || ends_with (key, length, ".link") || ends_with (key, length, ".doi"));
}

static PaddockTextFlags
scan_for_use (const char *key, gsize key_length, const char *text, gsize length)
{
  if (is_name (key, key_length))
    return paddock_text_flags_scan_syntax (text, length);
  if (is_address (key, key_length))
    return paddock_text_flags_scan_address (text, length) | paddock_text_flags_scan_prose (text, length);
  return begins_with (key, key_length, "general.") ? paddock_text_flags_scan_prose (text, length) : 0;
}

static void
check_use (PaddockReportCheck *check, const PaddockGgufEntry *entry, const char *text, gsize length)
{
  gsize key_length;
  const char *key = get_key (check, entry, &key_length);
  PaddockTextFlags syntax = scan_for_use (key, key_length, text, length);

  if (is_name (key, key_length) && length > MAX_NAME_TEXT)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_LONG_TEXT, (gint64) entry->value_offset, key,
                                       (gssize) key_length, "%" G_GSIZE_FORMAT, length);
  if (syntax != 0)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_UNSAFE_TEXT, (gint64) entry->value_offset, key,
                                       (gssize) key_length, "%s", paddock_text_flags_describe (syntax));
}

static void
check_text (PaddockReportCheck *check, const PaddockGgufEntry *entry)
{
  gsize key_length, length;
  const char *key = get_key (check, entry, &key_length);
  const char *text = paddock_gguf_metadata_get_string_bytes (check->metadata, entry, &length);
  PaddockTextFlags flags = text != NULL ? paddock_text_flags_scan (text, length) : 0;
  gboolean name = is_name (key, key_length);
  PaddockTextFlags odd = PADDOCK_TEXT_NUL;

  if (text == NULL)
    return;
  /* Tokenizers and templates may hold any character there is; what people read may not. */
  if (!begins_with (key, key_length, "tokenizer."))
    odd |= PADDOCK_TEXT_CONTROL;
  if (name)
    odd |= PADDOCK_TEXT_LINES | PADDOCK_TEXT_INVISIBLE;

  if (flags & PADDOCK_TEXT_INVALID)
    paddock_report_findings_add (check->findings, PADDOCK_SAYS_BAD_TEXT, (gint64) entry->value_offset, key,
                                 (gssize) key_length);
  if (flags & odd)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_CONTROL_TEXT, (gint64) entry->value_offset, key,
                                       (gssize) key_length, "%.*s", (int) MIN (length, 100), text);
  check_use (check, entry, text, length);
}

static void
check_text_list (PaddockReportCheck *check, const PaddockGgufEntry *entry)
{
  g_autoptr (PaddockGgufArray) array = paddock_gguf_array_new (check->metadata, entry);
  guint64 count = MIN (paddock_gguf_array_get_length (array), MAX_ELEMENTS_READ);
  gsize key_length, length;
  const char *key = get_key (check, entry, &key_length);

  for (guint64 i = 0; i < count; i++)
    {
      const char *text = paddock_gguf_array_get_string_bytes (array, i, &length);

      if (text == NULL || (i % POLL_INTERVAL == 0 && g_cancellable_is_cancelled (check->cancellable)))
        return;
      if (paddock_text_flags_scan (text, length) & PADDOCK_TEXT_INVALID)
        {
          paddock_report_findings_add (check->findings, PADDOCK_SAYS_BAD_TEXT, (gint64) entry->value_offset, key,
                                       (gssize) key_length);
          return;
        }
    }
}

static void
report_bool (PaddockReportCheck *check, const PaddockGgufEntry *entry, guint64 offset, guint value)
{
  gsize length;
  const char *key = get_key (check, entry, &length);

  paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_BAD_BOOL, (gint64) offset, key, (gssize) length, "%u", value);
}

/* The bytes as they are: whoever asks for the boolean gets true for all of them but zero. */
static void
check_bools (PaddockReportCheck *check, const PaddockGgufEntry *entry)
{
  gsize available;
  const guint8 *prefix = paddock_gguf_source_get_prefix (paddock_gguf_file_get_source (check->file), &available);
  guint64 end = MIN (entry->value_end, entry->value_offset + MAX_ELEMENTS_READ);

  for (guint64 i = entry->value_offset; i < MIN (end, (guint64) available); i++)
    if (prefix[i] > 1)
      {
        report_bool (check, entry, i, prefix[i]);
        return;
      }
}

static void
describe_type (const PaddockGgufEntry *entry, char *buffer, gsize size)
{
  if (entry->type == PADDOCK_GGUF_ARRAY)
    g_snprintf (buffer, size, "%s[%s]", paddock_gguf_type_get_name (PADDOCK_GGUF_ARRAY),
                paddock_gguf_type_get_name ((PaddockGgufType) entry->element_type));
  else
    g_snprintf (buffer, size, "%s", paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
}

static void
check_type (PaddockReportCheck *check, const PaddockGgufEntry *entry)
{
  gsize length;
  const char *key = get_key (check, entry, &length);
  char is[32], should_be[32];

  for (guint i = 0; i < G_N_ELEMENTS (expected_types); i++)
    {
      const ExpectedType *row = &expected_types[i];
      PaddockGgufEntry wanted = { .type = row->type, .element_type = row->element_type };

      if (!is_key (key, length, row->key))
        continue;
      if (entry->type == row->type && (row->type != PADDOCK_GGUF_ARRAY || entry->element_type == row->element_type))
        return;
      describe_type (entry, is, sizeof is);
      describe_type (&wanted, should_be, sizeof should_be);
      paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_WRONG_TYPE, (gint64) entry->value_offset, key,
                                         (gssize) length, "%s ≠ %s", is, should_be);
      return;
    }
}

static void
check_value (PaddockReportCheck *check, const PaddockGgufEntry *entry)
{
  gsize length;
  const char *key = get_key (check, entry, &length);

  check_type (check, entry);
  if (entry->type == PADDOCK_GGUF_STRING)
    check_text (check, entry);
  if (entry->type == PADDOCK_GGUF_BOOL || (entry->type == PADDOCK_GGUF_ARRAY && entry->element_type == PADDOCK_GGUF_BOOL))
    check_bools (check, entry);
  if (entry->type == PADDOCK_GGUF_ARRAY && entry->element_type == PADDOCK_GGUF_STRING)
    check_text_list (check, entry);
  if (entry->type == PADDOCK_GGUF_ARRAY && entry->element_type == PADDOCK_GGUF_ARRAY)
    paddock_report_findings_add (check->findings, PADDOCK_SAYS_NESTED_ARRAY, (gint64) entry->value_offset, key,
                                 (gssize) length);
}

void
paddock_report_check_values (PaddockReportCheck *check)
{
  guint count = paddock_gguf_metadata_get_count (check->metadata);

  for (guint i = 0; i < count; i++)
    {
      if (i % 1024 == 0 && g_cancellable_is_cancelled (check->cancellable))
        return;
      check_value (check, paddock_gguf_metadata_get_entry (check->metadata, i));
    }
}
