/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/arch-table.h"

/* What llama.cpp 0.7 knows. */
static const char known[] =
  "afmoe apertus arcee arctic arwkv7 baichuan bailingmoe bailingmoe2 bailingmoe3 bert bitnet bloom chameleon "
  "chatglm clef clip codeshell cogvlm cohere2 cohere2moe command-r dbrx deci deepseek deepseek2 deepseek2-ocr "
  "deepseek32 deepseek4 dflash dots1 dots3note dream eagle3 ernie4_5 ernie4_5-moe eurobert exaone exaone-moe "
  "exaone4 falcon falcon-h1 gemma gemma-embedding gemma-embedding2 gemma2 gemma3 gemma3n gemma4 "
  "gemma4-assistant glm-dsa glm4 glm4moe glm5-next gpt-oss gpt2 gptj gptneox granite granite_swa granitehybrid "
  "granitemoe graniteswitch grok grovemoe hrm_text hunyuan-dense hunyuan-moe hunyuan_vl hy_v3 hy_v4 internlm2 "
  "jais jais2 jamba jina-bert-v2 jina-bert-v3 k2-horizon kimi-k3 kimi-linear laguna lfm2 lfm2moe llada "
  "llada-moe llama llama-embed llama4 maincoder maion-coder mamba mamba2 maple mellum mimo2 minicpm minicpm3 "
  "minimax-01 minimax-m2 minimax-m3 mistral3 mistral4 modern-bert mpt muse-glimmer nanbeige nemotron nemotron_h "
  "nemotron_h_moe neo-bert nomic-bert nomic-bert-moe olmo olmo2 olmoe openelm orion paddleocr pangu-embedded "
  "phi2 phi3 phimoe plamo plamo2 plamo3 plm pockettts qwen qwen2 qwen2moe qwen2vl qwen3 qwen35 qwen35moe "
  "qwen3moe qwen3next qwen3tts qwen3vl qwen3vlmoe qwen4exp refact rnd1 rwkv6 rwkv6qwen2 rwkv7 seed_oss "
  "smallthinker smollm3 spark2_5 stablelm starcoder starcoder2 step35 t5 t5encoder talkie vllm-decision2 "
  "wavtokenizer-dec xverse ";

static void
test_known (void)
{
  g_auto(GStrv) ids = g_strsplit (known, " ", -1);
  guint count = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const PaddockArch *arch;

      if (*ids[i] == '\0')
        continue;
      arch = paddock_arch_lookup (ids[i]);
      g_assert_nonnull (arch);
      g_assert_cmpstr (arch->id, ==, ids[i]);
      g_assert_cmpstr (arch->name, !=, "");
      count++;
    }
  g_assert_cmpuint (count, ==, 158);
}

static void
test_unknown (void)
{
  g_assert_null (paddock_arch_lookup (""));
  g_assert_null (paddock_arch_lookup ("Llama"));
  g_assert_null (paddock_arch_lookup ("llama "));
  g_assert_null (paddock_arch_lookup ("zzz"));
  g_assert_nonnull (paddock_arch_lookup ("bitnet-b1.58"));
}

static void
assert_required (const char *id, const char *expected)
{
  const PaddockArch *arch = paddock_arch_lookup (id);
  g_autoptr(GString) keys = g_string_new (NULL);
  PaddockGgufType type;
  char *key;

  for (guint i = 0; (key = paddock_arch_dup_required_key (arch, i, &type)) != NULL; i++)
    {
      g_string_append_printf (keys, "%s=%s ", key,
                              type == PADDOCK_GGUF_N_TYPES ? "any" : paddock_gguf_type_get_name (type));
      g_free (key);
    }
  g_assert_cmpstr (keys->str, ==, expected);
}

static void
test_required (void)
{
  assert_required ("llama", "llama.context_length=u32 llama.embedding_length=u32 llama.block_count=u32 "
                            "tokenizer.ggml.model=str llama.attention.layer_norm_rms_epsilon=f32 ");
  assert_required ("apertus", "apertus.context_length=u32 apertus.embedding_length=u32 apertus.block_count=u32 "
                              "tokenizer.ggml.model=str apertus.attention.layer_norm_rms_epsilon=f32 "
                              "xielu.alpha_n=f32 xielu.alpha_p=f32 xielu.beta=f32 xielu.eps=f32 ");
  assert_required ("qwen2vl", "qwen2vl.context_length=u32 qwen2vl.embedding_length=u32 qwen2vl.block_count=u32 "
                              "tokenizer.ggml.model=str qwen2vl.rope.dimension_sections=any ");
  assert_required ("eagle3", "eagle3.context_length=u32 eagle3.embedding_length=u32 eagle3.block_count=u32 "
                             "eagle3.attention.layer_norm_rms_epsilon=f32 ");
  assert_required ("clip", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/arch-table/known", test_known);
  g_test_add_func ("/arch-table/unknown", test_unknown);
  g_test_add_func ("/arch-table/required", test_required);
  return g_test_run ();
}
