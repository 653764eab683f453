/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-capability.h"

#include <string.h>

#define POOLING_NONE 0

static const struct
{
  PaddockCapabilities bit;
  const char *id;
} capabilities[] = {
  { PADDOCK_CAPABILITY_CHAT, "chat" },           { PADDOCK_CAPABILITY_CODE, "code" },
  { PADDOCK_CAPABILITY_VISION, "vision" },       { PADDOCK_CAPABILITY_AUDIO, "audio" },
  { PADDOCK_CAPABILITY_EMBEDDING, "embedding" }, { PADDOCK_CAPABILITY_REASONING, "reasoning" },
  { PADDOCK_CAPABILITY_TOOLS, "tools" },
};

/* Tags as the hub uses them. */
static const struct
{
  PaddockCapabilities bit;
  const char *tag;
} tag_meanings[] = {
  { PADDOCK_CAPABILITY_CHAT, "conversational" },
  { PADDOCK_CAPABILITY_CHAT, "chat" },
  { PADDOCK_CAPABILITY_CODE, "code" },
  { PADDOCK_CAPABILITY_CODE, "coding" },
  { PADDOCK_CAPABILITY_CODE, "coder" },
  { PADDOCK_CAPABILITY_CODE, "codeqwen" },
  { PADDOCK_CAPABILITY_VISION, "image-text-to-text" },
  { PADDOCK_CAPABILITY_VISION, "image-to-text" },
  { PADDOCK_CAPABILITY_VISION, "visual-question-answering" },
  { PADDOCK_CAPABILITY_VISION, "vision" },
  { PADDOCK_CAPABILITY_VISION, "any-to-any" },
  { PADDOCK_CAPABILITY_AUDIO, "any-to-any" },
  { PADDOCK_CAPABILITY_AUDIO, "audio" },
  { PADDOCK_CAPABILITY_AUDIO, "audio-text-to-text" },
  { PADDOCK_CAPABILITY_AUDIO, "automatic-speech-recognition" },
  { PADDOCK_CAPABILITY_AUDIO, "text-to-speech" },
  { PADDOCK_CAPABILITY_EMBEDDING, "sentence-similarity" },
  { PADDOCK_CAPABILITY_EMBEDDING, "feature-extraction" },
  { PADDOCK_CAPABILITY_EMBEDDING, "sentence-transformers" },
  { PADDOCK_CAPABILITY_EMBEDDING, "text-embeddings-inference" },
  { PADDOCK_CAPABILITY_EMBEDDING, "text-ranking" },
  { PADDOCK_CAPABILITY_REASONING, "reasoning" },
  { PADDOCK_CAPABILITY_REASONING, "thinking" },
  { PADDOCK_CAPABILITY_TOOLS, "function-calling" },
  { PADDOCK_CAPABILITY_TOOLS, "tool-use" },
};

/* What stands in chat templates. */
static const struct
{
  PaddockCapabilities bit;
  const char *text;
} template_meanings[] = {
  { PADDOCK_CAPABILITY_TOOLS, "tool_call" },
  { PADDOCK_CAPABILITY_TOOLS, "if tools" },
  { PADDOCK_CAPABILITY_TOOLS, "in tools" },
  { PADDOCK_CAPABILITY_TOOLS, "tools is " },
  { PADDOCK_CAPABILITY_TOOLS, "TOOL_CALLS" },
  { PADDOCK_CAPABILITY_TOOLS, "AVAILABLE_TOOLS" },
  { PADDOCK_CAPABILITY_REASONING, "<think>" },
  { PADDOCK_CAPABILITY_REASONING, "</think>" },
  { PADDOCK_CAPABILITY_REASONING, "enable_thinking" },
  { PADDOCK_CAPABILITY_REASONING, "reasoning_content" },
  { PADDOCK_CAPABILITY_REASONING, "reasoning_effort" },
  { PADDOCK_CAPABILITY_REASONING, "[THINK]" },
  { PADDOCK_CAPABILITY_REASONING, "<seed:think>" },
  { PADDOCK_CAPABILITY_REASONING, "<|channel|>analysis" },
  { PADDOCK_CAPABILITY_VISION, "image_pad" },
  { PADDOCK_CAPABILITY_VISION, "vision_start" },
  { PADDOCK_CAPABILITY_VISION, "<image>" },
  { PADDOCK_CAPABILITY_VISION, "<start_of_image>" },
  { PADDOCK_CAPABILITY_VISION, "<|image|>" },
  { PADDOCK_CAPABILITY_VISION, "[IMG]" },
  { PADDOCK_CAPABILITY_VISION, "'image'" },
  { PADDOCK_CAPABILITY_VISION, "'image_url'" },
  { PADDOCK_CAPABILITY_VISION, "\"image\"" },
  { PADDOCK_CAPABILITY_AUDIO, "<|audio|>" },
  { PADDOCK_CAPABILITY_AUDIO, "<|AUDIO|>" },
  { PADDOCK_CAPABILITY_AUDIO, "audio_bos" },
  { PADDOCK_CAPABILITY_AUDIO, "input_audio" },
  { PADDOCK_CAPABILITY_AUDIO, "'audio'" },
};

/* Words of names; one that begins with a star may stand inside another word. */
static const struct
{
  PaddockCapabilities bit;
  const char *word;
} name_meanings[] = {
  { PADDOCK_CAPABILITY_CHAT, "instruct" },
  { PADDOCK_CAPABILITY_CHAT, "chat" },
  { PADDOCK_CAPABILITY_CODE, "coder" },
  { PADDOCK_CAPABILITY_CODE, "*starcoder" },
  { PADDOCK_CAPABILITY_CODE, "*wizardcoder" },
  { PADDOCK_CAPABILITY_CODE, "*deepcoder" },
  { PADDOCK_CAPABILITY_CODE, "*opencoder" },
  { PADDOCK_CAPABILITY_CODE, "code" },
  { PADDOCK_CAPABILITY_CODE, "*codellama" },
  { PADDOCK_CAPABILITY_CODE, "*codestral" },
  { PADDOCK_CAPABILITY_CODE, "*devstral" },
  { PADDOCK_CAPABILITY_CODE, "*codegemma" },
  { PADDOCK_CAPABILITY_CODE, "*codeqwen" },
  { PADDOCK_CAPABILITY_CODE, "*codegeex" },
  { PADDOCK_CAPABILITY_EMBEDDING, "*embed" },
  { PADDOCK_CAPABILITY_EMBEDDING, "*reranker" },
  { PADDOCK_CAPABILITY_REASONING, "*reasoning" },
  { PADDOCK_CAPABILITY_REASONING, "*thinking" },
  { PADDOCK_CAPABILITY_REASONING, "qwq" },
  { PADDOCK_CAPABILITY_REASONING, "r1" },
};

/* Architectures that exist for one purpose. */
static const struct
{
  PaddockCapabilities bit;
  const char *id;
} architecture_meanings[] = {
  { PADDOCK_CAPABILITY_CODE, "starcoder" },      { PADDOCK_CAPABILITY_CODE, "starcoder2" },
  { PADDOCK_CAPABILITY_CODE, "codeshell" },      { PADDOCK_CAPABILITY_CODE, "refact" },
  { PADDOCK_CAPABILITY_CODE, "maincoder" },      { PADDOCK_CAPABILITY_CODE, "maion-coder" },
  { PADDOCK_CAPABILITY_CODE, "mellum" },         { PADDOCK_CAPABILITY_VISION, "qwen2vl" },
  { PADDOCK_CAPABILITY_VISION, "qwen3vl" },      { PADDOCK_CAPABILITY_VISION, "qwen3vlmoe" },
  { PADDOCK_CAPABILITY_VISION, "cogvlm" },       { PADDOCK_CAPABILITY_VISION, "hunyuan_vl" },
  { PADDOCK_CAPABILITY_VISION, "paddleocr" },    { PADDOCK_CAPABILITY_VISION, "deepseek2-ocr" },
};

/* The keys by which a tokenizer says that it can fill in the middle of a text. */
static const char *const infill_keys[] = { "tokenizer.ggml.fim_pre_token_id", "tokenizer.ggml.fim_suf_token_id",
                                           "tokenizer.ggml.fim_mid_token_id", "tokenizer.ggml.prefix_token_id",
                                           "tokenizer.ggml.middle_token_id" };

static gboolean
is_end_of_word (char c)
{
  return !g_ascii_isalnum (c);
}

static gboolean
has_word (const char *lower, const char *word)
{
  gboolean inside = *word == '*';
  const char *plain = inside ? word + 1 : word;

  for (const char *at = strstr (lower, plain); at != NULL; at = strstr (at + 1, plain))
    {
      if (inside || ((at == lower || is_end_of_word (at[-1])) && is_end_of_word (at[strlen (plain)])))
        return TRUE;
    }
  return FALSE;
}

static PaddockCapabilities
conclude_from_names (const char *const *names)
{
  PaddockCapabilities found = 0;

  for (gsize n = 0; names != NULL && names[n] != NULL; n++)
    {
      g_autofree char *lower = g_ascii_strdown (names[n], -1);

      for (gsize i = 0; i < G_N_ELEMENTS (name_meanings); i++)
        {
          if (has_word (lower, name_meanings[i].word))
            found |= name_meanings[i].bit;
        }
    }
  return found;
}

static PaddockCapabilities
conclude_from_tags (const char *const *tags)
{
  PaddockCapabilities found = 0;

  for (gsize n = 0; tags != NULL && tags[n] != NULL; n++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (tag_meanings); i++)
        {
          if (g_ascii_strcasecmp (tags[n], tag_meanings[i].tag) == 0)
            found |= tag_meanings[i].bit;
        }
    }
  return found;
}

static PaddockCapabilities
conclude_from_template (const char *chat_template)
{
  PaddockCapabilities found = 0;

  if (chat_template == NULL || *chat_template == '\0')
    return found;
  for (gsize i = 0; i < G_N_ELEMENTS (template_meanings); i++)
    {
      if ((found & template_meanings[i].bit) == 0 && strstr (chat_template, template_meanings[i].text) != NULL)
        found |= template_meanings[i].bit;
    }
  return found | PADDOCK_CAPABILITY_CHAT;
}

static PaddockCapabilities
conclude_from_architecture (const PaddockModelEvidence *evidence)
{
  PaddockCapabilities found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (architecture_meanings); i++)
    {
      if (g_strcmp0 (evidence->architecture_id, architecture_meanings[i].id) == 0)
        found |= architecture_meanings[i].bit;
    }
  if (evidence->architecture == NULL)
    return found;
  if (evidence->architecture->kind == PADDOCK_ARCH_ENCODER)
    found |= PADDOCK_CAPABILITY_EMBEDDING;
  if (evidence->architecture->kind == PADDOCK_ARCH_AUDIO)
    found |= PADDOCK_CAPABILITY_AUDIO;
  return found;
}

static PaddockCapabilities
conclude_from_metadata (const PaddockModelEvidence *evidence)
{
  PaddockCapabilities found = 0;
  guint64 pooling;

  if (evidence->metadata == NULL)
    return found;
  for (gsize i = 0; i < G_N_ELEMENTS (infill_keys); i++)
    {
      if (paddock_gguf_metadata_find (evidence->metadata, infill_keys[i]) != NULL)
        found |= PADDOCK_CAPABILITY_CODE;
    }
  if (evidence->architecture_id != NULL)
    {
      g_autofree char *key = g_strconcat (evidence->architecture_id, ".pooling_type", NULL);

      if (paddock_gguf_metadata_get_uint (evidence->metadata, key, &pooling) && pooling != POOLING_NONE)
        found |= PADDOCK_CAPABILITY_EMBEDDING;
    }
  return found;
}

/* A projector says itself what it is for; an old one, made when there were only eyes, says nothing. */
static PaddockCapabilities
conclude_projector (const PaddockGgufMetadata *metadata)
{
  PaddockCapabilities found = 0;
  gboolean has;

  if (metadata == NULL)
    return PADDOCK_CAPABILITY_VISION;
  if (paddock_gguf_metadata_get_bool (metadata, "clip.has_vision_encoder", &has) && has)
    found |= PADDOCK_CAPABILITY_VISION;
  if ((paddock_gguf_metadata_get_bool (metadata, "clip.has_audio_encoder", &has) && has) ||
      (paddock_gguf_metadata_get_bool (metadata, "clip.has_gen_audio_encoder", &has) && has))
    found |= PADDOCK_CAPABILITY_AUDIO;
  return found != 0 ? found : PADDOCK_CAPABILITY_VISION;
}

/**
 * paddock_model_capability_conclude:
 * @evidence: what is known of a model
 *
 * Returns: what it can be used for
 */
PaddockCapabilities
paddock_model_capability_conclude (const PaddockModelEvidence *evidence)
{
  PaddockCapabilities found;

  if (evidence->kind == PADDOCK_MODEL_PROJECTOR)
    return conclude_projector (evidence->metadata);
  if (evidence->kind != PADDOCK_MODEL_LANGUAGE)
    return 0;
  if (evidence->architecture != NULL && evidence->architecture->kind == PADDOCK_ARCH_DRAFT)
    return 0;
  found = conclude_from_architecture (evidence) | conclude_from_metadata (evidence) |
          conclude_from_tags (evidence->tags) | conclude_from_names (evidence->names) |
          conclude_from_template (evidence->chat_template);
  /* Embedding models are often trained from chat models and keep the template; talking to them makes no sense. */
  if (found & PADDOCK_CAPABILITY_EMBEDDING)
    found &= ~(PaddockCapabilities) (PADDOCK_CAPABILITY_CHAT | PADDOCK_CAPABILITY_REASONING | PADDOCK_CAPABILITY_TOOLS);
  return found;
}

/**
 * paddock_capability_get_id:
 * @one: a single bit
 *
 * Returns: (transfer none) (nullable): "chat", "code" ..., or %NULL if it is no single known bit
 */
const char *
paddock_capability_get_id (PaddockCapabilities one)
{
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    {
      if (capabilities[i].bit == one)
        return capabilities[i].id;
    }
  return NULL;
}

/**
 * paddock_capabilities_list:
 * @set: any bits
 *
 * Returns: (transfer container) (array zero-terminated=1): the ids of all bits set
 */
const char **
paddock_capabilities_list (PaddockCapabilities set)
{
  const char **ids = g_new0 (const char *, G_N_ELEMENTS (capabilities) + 1);
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    {
      if (set & capabilities[i].bit)
        ids[n++] = capabilities[i].id;
    }
  return ids;
}
