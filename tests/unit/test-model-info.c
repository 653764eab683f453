/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory.h"
#include "gguf-recipe.h"
#include "model/model-info.h"

static PaddockModelInfo *
read_named (const char *name, const char *recipe)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = test_gguf_recipe_build (recipe, &error);
  g_autoptr(PaddockGgufSource) source = NULL;
  g_autoptr(PaddockGgufFile) file = NULL;
  g_autoptr(PaddockGgufShards) shards = NULL;

  g_assert_no_error (error);
  source = paddock_gguf_source_new_for_bytes (bytes, name);
  file = paddock_gguf_file_scan (source, NULL);
  shards = paddock_gguf_shards_new_for_file (file);
  return paddock_model_info_new (shards);
}

static PaddockModelInfo *
read_recipe (const char *recipe)
{
  return read_named ("model.gguf", recipe);
}

static void
test_language (void)
{
  g_autoptr(PaddockModelInfo) info = read_recipe ("kv general.architecture str llama\n"
                                                  "kv general.name str \"Small One\"\n"
                                                  "kv general.basename str Small\n"
                                                  "kv general.license str apache-2.0\n"
                                                  "kv general.author str Someone\n"
                                                  "kv general.repo_url str \"javascript:alert(1)\"\n"
                                                  "kv general.url str https://example.org/small\n"
                                                  "kv general.languages arr str en de\n"
                                                  "kv general.tags arr str text-generation conversational\n"
                                                  "kv general.file_type u32 1\n"
                                                  "kv llama.context_length u32 4096\n"
                                                  "kv llama.embedding_length u32 64\n"
                                                  "kv llama.block_count u32 2\n"
                                                  "kv llama.attention.head_count u32 8\n"
                                                  "kv tokenizer.ggml.model str gpt2\n"
                                                  "kv tokenizer.ggml.pre str llama-bpe\n"
                                                  "kv tokenizer.ggml.tokens arr str a b c\n"
                                                  "kv tokenizer.chat_template str \"{% if tools %}{{ x }}{% endif %}\"\n"
                                                  "tensor token_embd.weight f16 64x3\n"
                                                  "tensor rope_freqs.weight f32 32\n"
                                                  "tensor output_norm.weight f32 64\n"
                                                  "repeat 2 tensor blk.{}.ffn_up.weight f16 64x128\n");

  g_assert_cmpint (info->kind, ==, PADDOCK_MODEL_LANGUAGE);
  g_assert_cmpint (info->capabilities, ==, PADDOCK_CAPABILITY_CHAT | PADDOCK_CAPABILITY_TOOLS);
  g_assert_cmpstr (info->name, ==, "Small One");
  g_assert_cmpstr (info->basename, ==, "Small");
  g_assert_cmpstr (info->architecture, ==, "llama");
  g_assert_cmpstr (info->architecture_name, ==, "Llama");
  g_assert_true (info->architecture_known);
  g_assert_cmpstr (info->quantization, ==, "F16");
  g_assert_cmpstr (info->file_type, ==, "F16");
  g_assert_cmpstr (info->license, ==, "apache-2.0");
  g_assert_cmpstr (info->author, ==, "Someone");
  g_assert_cmpstr (info->repository, ==, "https://example.org/small");
  g_assert_cmpstr (info->tokenizer, ==, "gpt2 (llama-bpe)");
  g_assert_cmpstr (info->chat_template, ==, "{% if tools %}{{ x }}{% endif %}");
  g_assert_cmpuint (g_strv_length (info->languages), ==, 2);
  g_assert_cmpstr (info->tags[1], ==, "conversational");
  g_assert_cmpint (info->context_length, ==, 4096);
  g_assert_cmpint (info->embedding_length, ==, 64);
  g_assert_cmpint (info->layers, ==, 2);
  g_assert_cmpint (info->heads, ==, 8);
  g_assert_cmpint (info->kv_heads, ==, 8);
  g_assert_cmpint (info->vocabulary, ==, 3);
  g_assert_cmpint (info->experts, ==, -1);
  /* The table of frequencies is computed, not learnt. */
  g_assert_cmpint (info->parameters, ==, 64 * 3 + 64 + 2 * 64 * 128);
  g_assert_cmpint (info->active_parameters, ==, -1);
  g_assert_cmpuint (info->tensor_bytes, ==, 2 * (64 * 3 + 2 * 64 * 128) + 4 * (64 + 32));
  g_assert_cmpstr (info->size_label, ==, "17K");
}

static void
test_nothing (void)
{
  g_autoptr(PaddockModelInfo) info = read_named ("/x/Qwen3-0.6B-Q8_0.gguf", "version 3");

  g_assert_cmpint (info->kind, ==, PADDOCK_MODEL_LANGUAGE);
  g_assert_cmpstr (info->name, ==, "Qwen3-0.6B");
  g_assert_null (info->architecture);
  g_assert_null (info->architecture_name);
  g_assert_null (info->quantization);
  g_assert_null (info->size_label);
  g_assert_cmpint (info->parameters, ==, -1);
  g_assert_cmpint (info->context_length, ==, -1);
  g_assert_cmpint (info->heads, ==, -1);
  g_assert_cmpint (info->vocabulary, ==, -1);
  g_assert_cmpfloat (info->bits_per_weight, ==, 0.0);
  g_assert_cmpuint (g_strv_length (info->tags), ==, 0);
}

/* Wrong types and absurd numbers: unknown, never believed. */
static void
test_hostile (void)
{
  g_autoptr(PaddockModelInfo) info = read_recipe ("kv general.architecture str llama\n"
                                                  "kv general.name u32 7\n"
                                                  "kv general.tags str oops\n"
                                                  "kv general.languages arr u32 1 2\n"
                                                  "kv general.file_type u64 0xffffffffffffffff\n"
                                                  "kv llama.context_length u64 0xffffffffffffffff\n"
                                                  "kv llama.embedding_length i32 -1\n"
                                                  "kv llama.block_count str many\n"
                                                  "kv llama.attention.head_count arr str a b\n"
                                                  "kv llama.attention.head_count_kv arr u32 0 0\n"
                                                  "kv llama.expert_count u32 0xffffffff\n"
                                                  "kv llama.expert_used_count u32 0\n"
                                                  "kv tokenizer.chat_template arr str a\n"
                                                  "tensor huge.weight i8 9223372036854775807x1 bytes=32\n"
                                                  "tensor huge2.weight i8 9223372036854775807x2 bytes=32\n");

  g_assert_cmpstr (info->name, ==, "model");
  g_assert_cmpint (info->context_length, ==, -1);
  g_assert_cmpint (info->embedding_length, ==, -1);
  g_assert_cmpint (info->layers, ==, -1);
  g_assert_cmpint (info->heads, ==, -1);
  g_assert_cmpint (info->kv_heads, ==, -1);
  g_assert_cmpint (info->experts, ==, -1);
  g_assert_cmpint (info->parameters, ==, -1);
  g_assert_null (info->file_type);
  g_assert_null (info->chat_template);
  g_assert_cmpuint (g_strv_length (info->languages), ==, 0);
}

static void
test_experts (void)
{
  g_autoptr(PaddockModelInfo) info = read_recipe ("kv general.architecture str qwen3moe\n"
                                                  "kv qwen3moe.expert_count u32 32\n"
                                                  "kv qwen3moe.expert_used_count u32 4\n"
                                                  "kv qwen3moe.attention.head_count arr u32 0 16 8\n"
                                                  "kv qwen3moe.attention.head_count_kv arr u32 0 4 4\n"
                                                  "tensor token_embd.weight f32 64x100\n"
                                                  "tensor blk.0.ffn_up_exps.weight f32 64x64x32\n"
                                                  "tensor blk.0.ffn_up_exps.scale f32 32\n");

  g_assert_cmpint (info->parameters, ==, 6400 + 64 * 64 * 32);
  g_assert_cmpint (info->active_parameters, ==, 6400 + 64 * 64 * 4);
  g_assert_cmpstr (info->size_label, ==, "137K-A23K");
  g_assert_cmpint (info->experts, ==, 32);
  g_assert_cmpint (info->experts_used, ==, 4);
  g_assert_cmpint (info->heads, ==, 16);
  g_assert_cmpint (info->kv_heads, ==, 4);
  g_assert_cmpint (info->vocabulary, ==, 100);
}

/* "8x7B" of the name is believed when it can be true, and never when it cannot. */
static void
test_size_label (void)
{
  static const char recipe[] = "kv general.architecture str llama\n"
                               "tensor token_embd.weight f16 4096x32000 bytes=32\n"
                               "repeat 32 tensor blk.{}.ffn_up.weight f16 4096x50000 bytes=32\n";
  g_autoptr(PaddockModelInfo) named = read_named ("Some-7B-v2.gguf", recipe);
  g_autoptr(PaddockModelInfo) lying = read_named ("Some-70B-v2.gguf", recipe);
  g_autoptr(PaddockModelInfo) silent = read_named ("Some.gguf", recipe);

  g_assert_cmpstr (named->size_label, ==, "7B");
  g_assert_cmpstr (lying->size_label, ==, "6.7B");
  g_assert_cmpstr (silent->size_label, ==, "6.7B");
}

static void
assert_kind (const char *recipe, PaddockModelKind kind, const char *id)
{
  g_autoptr(PaddockModelInfo) info = read_recipe (recipe);

  g_assert_cmpint (info->kind, ==, kind);
  g_assert_cmpstr (paddock_model_kind_get_id (info->kind), ==, id);
}

static void
test_kind (void)
{
  assert_kind ("kv general.architecture str clip", PADDOCK_MODEL_PROJECTOR, "projector");
  assert_kind ("kv general.type str mmproj\nkv general.architecture str other", PADDOCK_MODEL_PROJECTOR, "projector");
  assert_kind ("kv general.type str adapter\nkv general.architecture str llama", PADDOCK_MODEL_ADAPTER, "adapter");
  assert_kind ("kv general.architecture str llama\ntensor blk.0.attn_q.weight.lora_a f32 8x8", PADDOCK_MODEL_ADAPTER,
               "adapter");
  assert_kind ("kv general.architecture str controlvector\ntensor direction.1 f32 64", PADDOCK_MODEL_CONTROL_VECTOR,
               "control-vector");
  assert_kind ("kv general.type str imatrix", PADDOCK_MODEL_IMATRIX, "imatrix");
  assert_kind ("tensor blk.0.attn_q.weight.in_sum2 f32 8\ntensor blk.0.attn_q.weight.counts f32 1", PADDOCK_MODEL_IMATRIX,
               "imatrix");
  assert_kind ("kv general.architecture str llama\nkv tokenizer.ggml.tokens arr str a b", PADDOCK_MODEL_VOCABULARY,
               "vocabulary");
  assert_kind ("kv general.architecture str llama", PADDOCK_MODEL_LANGUAGE, "model");
}

static void
test_template_named (void)
{
  g_autoptr(PaddockModelInfo) info = read_recipe ("kv general.architecture str command-r\n"
                                                  "kv tokenizer.chat_template.rag str \"rag {{ documents }}\"\n"
                                                  "kv tokenizer.chat_template.tool_use str \"{% for t in tools %}\"\n"
                                                  "kv tokenizer.chat_templates arr str rag tool_use\n");

  g_assert_cmpstr (info->chat_template, ==, "rag {{ documents }}");
  g_assert_cmpint (info->capabilities, ==, PADDOCK_CAPABILITY_CHAT | PADDOCK_CAPABILITY_TOOLS);
}

static void
assert_quantization (const char *expected, const char *recipe)
{
  g_autoptr(PaddockModelInfo) info = read_recipe (recipe);

  g_assert_cmpstr (info->quantization, ==, expected);
}

#define MIX(type) "repeat 2 tensor blk.{}.ffn_up.weight " type " 256x512\n" \
                  "repeat 2 tensor blk.{}.attn_q.weight " type " 256x256\n"
#define WITH(name, type) "tensor " name " " type " 256x256\n"

/* As llama-quantize mixes them. */
static void
test_quantization (void)
{
  assert_quantization ("Q4_K_S", MIX ("q4_k") WITH ("blk.0.ffn_down.weight", "q5_k") WITH ("blk.1.ffn_down.weight", "q4_k"));
  assert_quantization ("Q4_K_M", MIX ("q4_k") WITH ("blk.0.ffn_down.weight", "q6_k") WITH ("blk.1.ffn_down.weight", "q4_k")
                                   WITH ("output.weight", "q6_k") WITH ("token_embd.weight", "q4_k"));
  assert_quantization ("Q4_K_L", MIX ("q4_k") WITH ("blk.0.ffn_down.weight", "q6_k") WITH ("output.weight", "q8_0")
                                   WITH ("token_embd.weight", "q8_0"));
  assert_quantization ("Q4_K_M", MIX ("q4_k") WITH ("blk.0.attn_qkv.weight", "q5_k"));
  assert_quantization ("Q5_K_S", MIX ("q5_k") WITH ("blk.0.ffn_down.weight", "q5_k"));
  assert_quantization ("Q5_K_M", MIX ("q5_k") WITH ("blk.0.attn_v.weight", "q6_k"));
  assert_quantization ("Q3_K_S", MIX ("q3_k") WITH ("blk.0.ffn_down.weight", "q3_k"));
  assert_quantization ("Q3_K_M", MIX ("q3_k") WITH ("blk.0.ffn_down.weight", "q4_k"));
  assert_quantization ("Q3_K_L", MIX ("q3_k") WITH ("blk.0.ffn_down.weight", "q5_k"));
  assert_quantization ("Q2_K", MIX ("q2_k") WITH ("blk.0.ffn_down.weight", "q3_k"));
  assert_quantization ("Q2_K_S", MIX ("q2_k") WITH ("blk.0.ffn_down.weight", "q2_k"));
  assert_quantization ("IQ2_XS", MIX ("iq2_xs") WITH ("blk.0.ffn_down.weight", "q2_k"));
  assert_quantization ("IQ2_S", MIX ("iq2_xs") WITH ("blk.0.ffn_down.weight", "iq3_s"));
  assert_quantization ("IQ2_M", MIX ("iq2_s") WITH ("blk.0.ffn_down.weight", "iq3_s"));
  assert_quantization ("IQ3_M", MIX ("iq3_s") WITH ("blk.0.ffn_down.weight", "q4_k"));
  assert_quantization ("IQ3_XS", MIX ("iq3_s") WITH ("blk.2.ffn_up.weight", "iq3_xxs") WITH ("blk.0.ffn_down.weight", "iq3_s"));
  assert_quantization ("IQ4_XS", MIX ("iq4_xs") WITH ("blk.0.ffn_down.weight", "q5_k"));
  assert_quantization ("TQ2_0", MIX ("tq2_0") WITH ("token_embd.weight", "q4_k"));
  assert_quantization ("Q8_0", MIX ("q8_0"));
  assert_quantization ("BF16", MIX ("bf16"));
  assert_quantization ("NVFP4", MIX ("nvfp4") "repeat 2 tensor blk.{}.ffn_up.scale f32 1\n");
  assert_quantization ("MXFP4", "tensor blk.0.ffn_up_exps.weight mxfp4 256x256x4\n" WITH ("blk.0.attn_q.weight", "q8_0")
                                  WITH ("token_embd.weight", "q8_0"));
}

static void
test_quantization_claim (void)
{
  /* A claim that the tensors contradict, or have no room for, is nothing. */
  assert_quantization ("F16", "kv general.file_type u32 15\n" MIX ("f16"));
  assert_quantization ("Q8_0", "kv general.file_type u32 15\ntensor blk.0.ffn_up.weight q8_0 128x128\n");
  assert_quantization ("Q4_K_S", "kv general.file_type u32 15\n" MIX ("q4_k") WITH ("blk.0.ffn_down.weight", "q4_k"));
  /* It decides what they leave open. */
  assert_quantization ("Q4_K_M", "kv general.file_type u32 15\ntensor blk.0.ssm_in.weight q4_k 256x256\n");
  assert_quantization ("Q4_K", "tensor blk.0.ssm_in.weight q4_k 256x256\n");
  /* Rows that blocks of 256 do not fill get another type, and are meant as claimed. */
  assert_quantization ("Q4_K_M", "kv general.file_type u32 15\ntensor blk.0.ffn_up.weight q5_0 128x128\n"
                                 "tensor blk.0.ffn_down.weight q8_0 128x128\n");
  assert_quantization ("Q5_0", "tensor blk.0.ffn_up.weight q5_0 128x128\ntensor blk.0.ffn_down.weight q8_0 128x128\n");
  /* Nothing prevails. */
  assert_quantization ("mixed", "tensor blk.0.ffn_up.weight q4_0 64x64\ntensor blk.1.ffn_up.weight q5_0 64x64\n"
                                "tensor blk.2.ffn_up.weight q8_0 64x64\n");
  assert_quantization ("F32", "tensor output_norm.weight f32 64\n");
  assert_quantization ("I2_S", "kv general.architecture str bitnet-b1.58\nkv general.file_type u32 40\n"
                               "tensor blk.0.ffn_up.weight 36 256x256 bytes=16416\n");
}

static void
test_projector (void)
{
  g_autoptr(PaddockModelInfo) info = read_recipe ("kv general.architecture str clip\n"
                                                  "kv clip.has_vision_encoder bool true\n"
                                                  "kv clip.has_audio_encoder bool true\n"
                                                  "kv clip.vision.block_count u32 27\n"
                                                  "kv clip.vision.embedding_length u32 1152\n"
                                                  "kv clip.vision.attention.head_count u32 16\n"
                                                  "tensor v.blk.0.ffn_up.weight f16 64x64\n");

  g_assert_cmpint (info->capabilities, ==, PADDOCK_CAPABILITY_VISION | PADDOCK_CAPABILITY_AUDIO);
  g_assert_cmpint (info->layers, ==, 27);
  g_assert_cmpint (info->embedding_length, ==, 1152);
  g_assert_cmpint (info->heads, ==, 16);
  g_assert_cmpstr (info->quantization, ==, "F16");
}

/* A model of which a part is missing has parameters that nobody has counted. */
static void
test_incomplete_set (void)
{
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "m-00001-of-00002.gguf",
                                                       "kv general.architecture str llama\nkv split.no u16 0\n"
                                                       "kv split.count u16 2\nkv split.tensors.count i32 2\n"
                                                       "tensor blk.0.ffn_up.weight q8_0 64x64\n");
  g_autoptr(PaddockGgufShards) shards = paddock_gguf_shards_open (path, NULL, NULL);
  g_autoptr(PaddockModelInfo) info = paddock_model_info_new (shards);
  g_autoptr(PaddockModelInfo) again = paddock_model_info_ref (info);

  g_assert_true (again == info);
  g_assert_cmpint (info->parameters, ==, -1);
  g_assert_cmpstr (info->quantization, ==, "Q8_0");
  g_assert_cmpstr (info->name, ==, "m");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model-info/language", test_language);
  g_test_add_func ("/model-info/nothing", test_nothing);
  g_test_add_func ("/model-info/hostile", test_hostile);
  g_test_add_func ("/model-info/experts", test_experts);
  g_test_add_func ("/model-info/size-label", test_size_label);
  g_test_add_func ("/model-info/kind", test_kind);
  g_test_add_func ("/model-info/template-named", test_template_named);
  g_test_add_func ("/model-info/quantization", test_quantization);
  g_test_add_func ("/model-info/quantization-claim", test_quantization_claim);
  g_test_add_func ("/model-info/projector", test_projector);
  g_test_add_func ("/model-info/incomplete-set", test_incomplete_set);
  return g_test_run ();
}
