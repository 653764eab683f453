/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/file-name.h"

typedef struct
{
  const char *path;
  const char *title;
  const char *base_name;
  const char *size_label;
  const char *fine_tune;
  const char *version;
  const char *quantization;
} Case;

static void
test_parts (void)
{
  static const Case cases[] = {
    { "/models/Mixtral-8x7B-v0.1-KQ2.gguf", "Mixtral-8x7B-v0.1-KQ2", "Mixtral", "8x7B", "KQ2", "v0.1", NULL },
    { "Hermes-2-Pro-Llama-3-8B-F16.gguf", "Hermes-2-Pro-Llama-3-8B", "Hermes-2-Pro-Llama-3", "8B", NULL, NULL, "F16" },
    { "Mistral-7B-Instruct-v0.3-Q4_K_M.gguf", "Mistral-7B-Instruct-v0.3", "Mistral", "7B", "Instruct", "v0.3", "Q4_K_M" },
    { "Qwen3-30B-A3B-Instruct-2507-UD-Q4_K_XL.gguf", "Qwen3-30B-A3B-Instruct-2507", "Qwen3", "30B-A3B", "Instruct-2507",
      NULL, "Q4_K_XL" },
    { "Qwen3-0.6B.i1-IQ4_XS.gguf", "Qwen3-0.6B", "Qwen3", "0.6B", NULL, NULL, "IQ4_XS" },
    { "gemma-3n-E4B-it-Q8_0.gguf", "gemma-3n-E4B-it", "gemma-3n", "E4B", "it", NULL, "Q8_0" },
    { "llama-2-7b-chat.Q4_0.gguf", "llama-2-7b-chat", "llama-2", "7B", "chat", NULL, "Q4_0" },
    { "phi-2_q5_k_s.GGUF", "phi-2", "phi-2", NULL, NULL, NULL, "Q5_K_S" },
    { "ggml-model-i2_s.gguf", "ggml-model", "ggml-model", NULL, NULL, NULL, "I2_S" },
    { "gpt-oss-20b-mxfp4.gguf", "gpt-oss-20b", "gpt-oss", "20B", NULL, NULL, "MXFP4" },
    { "gpt-oss-20b-MXFP4_MOE.gguf", "gpt-oss-20b", "gpt-oss", "20B", NULL, NULL, "MXFP4_MOE" },
    { "smollm2-135m-fp16.gguf", "smollm2-135m", "smollm2", "135M", NULL, NULL, "F16" },
    { "model-bf16.gguf", "model", "model", NULL, NULL, NULL, "BF16" },
    { "DeepSeek-R1-IQ1_S_R4-00001-of-00003.gguf", "DeepSeek-R1", "DeepSeek-R1", NULL, NULL, NULL, "IQ1_S_R4" },
    { "foo (Q3_K_L).gguf", "foo", "foo", NULL, NULL, NULL, "Q3_K_L" },
    { "Q4_K_M.gguf", "Q4_K_M", NULL, NULL, NULL, NULL, "Q4_K_M" },
    { "7B.gguf", "7B", NULL, "7B", NULL, NULL, NULL },
    { "plain", "plain", "plain", NULL, NULL, NULL, NULL },
    { ".gguf", ".gguf", ".gguf", NULL, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PaddockFileName) name = paddock_file_name_parse (cases[i].path);

      g_test_message ("%s", cases[i].path);
      g_assert_cmpstr (name->title, ==, cases[i].title);
      g_assert_cmpstr (name->base_name, ==, cases[i].base_name);
      g_assert_cmpstr (name->size_label, ==, cases[i].size_label);
      g_assert_cmpstr (name->fine_tune, ==, cases[i].fine_tune);
      g_assert_cmpstr (name->version, ==, cases[i].version);
      g_assert_cmpstr (name->quantization, ==, cases[i].quantization);
    }
}

static void
assert_kind (const char *path, PaddockModelKind kind)
{
  g_autoptr(PaddockFileName) name = paddock_file_name_parse (path);

  g_assert_cmpint (name->kind, ==, kind);
}

static void
test_kind (void)
{
  assert_kind ("mmproj-model-f16.gguf", PADDOCK_MODEL_PROJECTOR);
  assert_kind ("Qwen2.5-VL-7B-mmproj-BF16.gguf", PADDOCK_MODEL_PROJECTOR);
  assert_kind ("gemma-3-4b.mmproj-Q8_0.gguf", PADDOCK_MODEL_PROJECTOR);
  assert_kind ("Llama-3-8B-LoRA.gguf", PADDOCK_MODEL_ADAPTER);
  assert_kind ("imatrix.dat", PADDOCK_MODEL_IMATRIX);
  assert_kind ("Qwen3-8B.imatrix.gguf", PADDOCK_MODEL_IMATRIX);
  assert_kind ("happy-control-vector.gguf", PADDOCK_MODEL_CONTROL_VECTOR);
  assert_kind ("ggml-vocab-llama-bpe.gguf", PADDOCK_MODEL_VOCABULARY);
  assert_kind ("explorative-7B.gguf", PADDOCK_MODEL_LANGUAGE);
  assert_kind ("vocabulary-7B.gguf", PADDOCK_MODEL_LANGUAGE);
}

static void
test_marks (void)
{
  g_autoptr(PaddockFileName) dynamic = paddock_file_name_parse ("Qwen3-UD-IQ2_M.gguf");
  g_autoptr(PaddockFileName) weighted = paddock_file_name_parse ("Qwen3.i1-Q4_K_S.gguf");
  g_autoptr(PaddockFileName) shard = paddock_file_name_parse ("a/b/Qwen3-Q8_0-00002-of-00013.gguf");

  g_assert_true (dynamic->dynamic);
  g_assert_false (dynamic->weighted);
  g_assert_true (weighted->weighted);
  g_assert_false (weighted->dynamic);
  g_assert_cmpuint (weighted->shard, ==, 0);
  g_assert_cmpuint (shard->shard, ==, 2);
  g_assert_cmpuint (shard->shards, ==, 13);
  g_assert_cmpstr (shard->title, ==, "Qwen3");
}

/* Names are anything but a slash and NUL. */
static void
test_hostile (void)
{
  g_autofree char *longest = g_strnfill (100000, '7');
  const char *const names[] = { "", "/", "\xff\xfe.gguf", "-----.gguf", "....", "\n\t\x1b[0m", "((((", longest, "v1-v2-v3-7B-7B" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(PaddockFileName) name = paddock_file_name_parse (names[i]);

      g_assert_true (g_utf8_validate (name->title, -1, NULL));
      g_assert_cmpstr (name->title, !=, "");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/file-name/parts", test_parts);
  g_test_add_func ("/file-name/kind", test_kind);
  g_test_add_func ("/file-name/marks", test_marks);
  g_test_add_func ("/file-name/hostile", test_hostile);
  return g_test_run ();
}
