/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-capability.h"

#include "gguf-recipe.h"

#define CHAT PADDOCK_CAPABILITY_CHAT
#define CODE PADDOCK_CAPABILITY_CODE
#define VISION PADDOCK_CAPABILITY_VISION
#define AUDIO PADDOCK_CAPABILITY_AUDIO
#define EMBEDDING PADDOCK_CAPABILITY_EMBEDDING
#define REASONING PADDOCK_CAPABILITY_REASONING
#define TOOLS PADDOCK_CAPABILITY_TOOLS

static void
assert_template (const char *chat_template, guint expected)
{
  const PaddockModelEvidence evidence = { .chat_template = chat_template };

  g_test_message ("%s", chat_template);
  g_assert_cmpuint (paddock_model_capability_conclude (&evidence), ==, expected);
}

static void
test_template (void)
{
  assert_template ("", 0);
  assert_template ("{% for m in messages %}{{ m.content }}{% endfor %}", CHAT);
  assert_template ("{%- if tools %}# Tools{% endif %}", CHAT | TOOLS);
  assert_template ("{% for call in message.tool_calls %}", CHAT | TOOLS);
  assert_template ("[AVAILABLE_TOOLS]", CHAT | TOOLS);
  assert_template ("{% if enable_thinking is false %}<think></think>", CHAT | REASONING);
  assert_template ("{{ message.reasoning_content }}", CHAT | REASONING);
  assert_template ("{{ reasoning_effort }}<|channel|>analysis", CHAT | REASONING);
  assert_template ("<|vision_start|><|image_pad|><|vision_end|>", CHAT | VISION);
  assert_template ("{% if c['type'] == 'image' %}<start_of_image>", CHAT | VISION);
  assert_template ("<|audio_bos|><|AUDIO|>", CHAT | AUDIO);
  assert_template ("I think the stools are here", CHAT);
}

static void
assert_name (const char *name, guint expected)
{
  const char *const names[] = { name, NULL };
  const PaddockModelEvidence evidence = { .names = names };

  g_test_message ("%s", name);
  g_assert_cmpuint (paddock_model_capability_conclude (&evidence), ==, expected);
}

static void
test_name (void)
{
  assert_name ("Llama 3.1 8B", 0);
  assert_name ("Llama 3.1 8B Instruct", CHAT);
  assert_name ("Qwen2.5-Coder-7B-Instruct", CODE | CHAT);
  assert_name ("Codestral-22B-v0.1", CODE);
  assert_name ("deepseek-coder-6.7b-base", CODE);
  assert_name ("WizardCoder-Python-13B", CODE);
  assert_name ("Decoder-7B", 0);
  assert_name ("Barcode", 0);
  assert_name ("DeepSeek-R1-Distill-Qwen-7B", REASONING);
  assert_name ("PR10", 0);
  assert_name ("nomic-embed-text-v1.5", EMBEDDING);
  assert_name ("Qwen3-Reranker-0.6B", EMBEDDING);
}

static void
assert_architecture (const char *id, guint expected)
{
  const PaddockModelEvidence evidence = { .architecture = paddock_arch_lookup (id), .architecture_id = id };

  g_test_message ("%s", id);
  g_assert_cmpuint (paddock_model_capability_conclude (&evidence), ==, expected);
}

static void
test_architecture (void)
{
  assert_architecture ("llama", 0);
  assert_architecture ("bert", EMBEDDING);
  assert_architecture ("gemma-embedding", EMBEDDING);
  assert_architecture ("starcoder2", CODE);
  assert_architecture ("qwen2vl", VISION);
  assert_architecture ("wavtokenizer-dec", AUDIO);
  assert_architecture ("eagle3", 0);
  assert_architecture ("nobody-knows-it", 0);
}

static void
test_tags (void)
{
  const char *const tags[] = { "gguf", "Conversational", "image-text-to-text", "function-calling", "en", NULL };
  const PaddockModelEvidence evidence = { .tags = tags };

  g_assert_cmpuint (paddock_model_capability_conclude (&evidence), ==, CHAT | VISION | TOOLS);
}

static void
assert_metadata (const char *recipe, PaddockModelKind kind, const char *chat_template, guint expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = test_gguf_recipe_build (recipe, &error);
  g_autoptr(PaddockGgufSource) source = NULL;
  g_autoptr(PaddockGgufFile) file = NULL;

  g_assert_no_error (error);
  source = paddock_gguf_source_new_for_bytes (bytes, "model.gguf");
  file = paddock_gguf_file_scan (source, NULL);
  {
    const PaddockModelEvidence evidence = { .kind = kind,
                                            .metadata = paddock_gguf_file_get_metadata (file),
                                            .architecture_id = "qwen3",
                                            .chat_template = chat_template };

    g_test_message ("%s", recipe);
    g_assert_cmpuint (paddock_model_capability_conclude (&evidence), ==, expected);
  }
}

static void
test_metadata (void)
{
  assert_metadata ("kv tokenizer.ggml.fim_pre_token_id u32 7", PADDOCK_MODEL_LANGUAGE, NULL, CODE);
  assert_metadata ("kv qwen3.pooling_type u32 3", PADDOCK_MODEL_LANGUAGE, "{% if tools %}<think>", EMBEDDING);
  assert_metadata ("kv qwen3.pooling_type u32 0", PADDOCK_MODEL_LANGUAGE, "x", CHAT);
  assert_metadata ("kv qwen3.pooling_type str mean", PADDOCK_MODEL_LANGUAGE, "x", CHAT);
  assert_metadata ("kv clip.has_audio_encoder bool true", PADDOCK_MODEL_PROJECTOR, NULL, AUDIO);
  assert_metadata ("kv clip.has_vision_encoder bool true\nkv clip.has_audio_encoder bool false", PADDOCK_MODEL_PROJECTOR,
                   NULL, VISION);
  assert_metadata ("kv clip.has_text_encoder bool false", PADDOCK_MODEL_PROJECTOR, NULL, VISION);
  assert_metadata ("kv qwen3.pooling_type u32 3", PADDOCK_MODEL_ADAPTER, "{% if tools %}", 0);
}

static void
test_ids (void)
{
  g_autofree const char **all = paddock_capabilities_list (CHAT | CODE | VISION | AUDIO | EMBEDDING | REASONING | TOOLS);
  g_autofree const char **none = paddock_capabilities_list (0);
  g_autofree char *joined = g_strjoinv (" ", (char **) all);

  g_assert_cmpstr (joined, ==, "chat code vision audio embedding reasoning tools");
  g_assert_null (none[0]);
  g_assert_cmpstr (paddock_capability_get_id (AUDIO), ==, "audio");
  g_assert_null (paddock_capability_get_id (0));
  g_assert_null (paddock_capability_get_id (CHAT | CODE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model-capability/template", test_template);
  g_test_add_func ("/model-capability/name", test_name);
  g_test_add_func ("/model-capability/architecture", test_architecture);
  g_test_add_func ("/model-capability/tags", test_tags);
  g_test_add_func ("/model-capability/metadata", test_metadata);
  g_test_add_func ("/model-capability/ids", test_ids);
  return g_test_run ();
}
