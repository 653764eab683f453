/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-traits.h"

#include "estimate/graph-builder.h"

#include <string.h>

#define HABIT(name) PADDOCK_GRAPH_##name
#define ROW(id, build, block, activation, habits) { id, build, PADDOCK_GRAPH_##block, PADDOCK_GRAPH_##activation, habits }
#define DECODER paddock_graph_decoder
#define ENCODER paddock_graph_encoder
#define HYBRID paddock_graph_hybrid

/* By id, for the binary search. */
static const PaddockGraphTraits table[] = {
  ROW ("afmoe", DECODER, ONE_BY_ONE, SILU, HABIT (SCALED_INPUT) | HABIT (WINDOW_ROTATION) | HABIT (LATE_PICK)),
  ROW ("apertus", DECODER, ONE_BY_ONE, RELU, 0),
  ROW ("arcee", DECODER, ONE_BY_ONE, RELU_SQUARED, 0),
  ROW ("arctic", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("arwkv7", paddock_graph_rwkv, ONE_BY_ONE, SILU, 0),
  ROW ("baichuan", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("bailingmoe", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("bailingmoe2", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("bert", ENCODER, NORMS_BEHIND, GELU, HABIT (MEAN_NORM) | HABIT (NO_ROTATION)),
  ROW ("bitnet", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("bloom", DECODER, ONE_BY_ONE, GELU, HABIT (MEAN_NORM) | HABIT (NO_ROTATION)),
  ROW ("chatglm", DECODER, ONE_BY_ONE, SWIGLU_HALVES, 0),
  ROW ("codeshell", DECODER, ONE_BY_ONE, GELU, HABIT (MEAN_NORM)),
  ROW ("cohere2", DECODER, SHARED_NORM, SILU, HABIT (MEAN_NORM) | HABIT (INPUT_BETWEEN) | HABIT (WINDOW_ROTATION)),
  ROW ("command-r", DECODER, SHARED_NORM, SILU, HABIT (MEAN_NORM) | HABIT (INPUT_BETWEEN)),
  ROW ("dbrx", DECODER, ONE_BY_ONE, SILU, HABIT (MEAN_NORM) | HABIT (NORMED_CHOICE)),
  ROW ("deci", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("deepseek", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("deepseek2", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("deepseek2-ocr", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("deepseek32", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("dots1", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("dream", DECODER, ONE_BY_ONE, SILU, HABIT (NO_CACHE)),
  ROW ("ernie4_5", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("ernie4_5-moe", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("eurobert", DECODER, ONE_BY_ONE, SILU, HABIT (NO_CACHE) | HABIT (NO_HEAD)),
  ROW ("exaone", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("exaone-moe", DECODER, ONE_BY_ONE, SILU, HABIT (WINDOW_ROTATION)),
  ROW ("exaone4", DECODER, ONE_BY_ONE, SILU, HABIT (WINDOW_ROTATION)),
  ROW ("falcon", DECODER, SHARED_NORM, GELU, HABIT (MEAN_NORM)),
  ROW ("falcon-h1", HYBRID, ONE_BY_ONE, SILU, 0),
  ROW ("gemma", DECODER, ONE_BY_ONE, GELU, HABIT (SCALED_QUERY) | HABIT (SCALED_INPUT)),
  ROW ("gemma-embedding", DECODER, ONE_BY_ONE, GELU,
       HABIT (SCALED_QUERY) | HABIT (SCALED_ROWS) | HABIT (NO_CACHE) | HABIT (NO_HEAD)),
  ROW ("gemma2", DECODER, ONE_BY_ONE, GELU, HABIT (SCALED_QUERY) | HABIT (SCALED_INPUT)),
  ROW ("gemma3", DECODER, ONE_BY_ONE, GELU, HABIT (SCALED_QUERY) | HABIT (SCALED_ROWS)),
  ROW ("gemma3n", paddock_graph_gemma3n, ONE_BY_ONE, GELU, 0),
  ROW ("gemma4", paddock_graph_gemma4, ONE_BY_ONE, GELU, HABIT (NORMED_CHOICE)),
  ROW ("glm4", DECODER, ONE_BY_ONE, SWIGLU_HALVES, 0),
  ROW ("glm4moe", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("gpt-oss", DECODER, ONE_BY_ONE, SWIGLU_OAI, HABIT (KEEPS_LAST) | HABIT (LATE_SOFTMAX)),
  ROW ("gpt2", DECODER, ONE_BY_ONE, GELU, HABIT (MEAN_NORM) | HABIT (NO_ROTATION)),
  ROW ("gptneox", DECODER, ONE_BY_ONE, GELU, HABIT (MEAN_NORM)),
  ROW ("granite", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("granitehybrid", HYBRID, ONE_BY_ONE, SILU, HABIT (NO_ROTATION) | HABIT (NORMED_CHOICE)),
  ROW ("granitemoe", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("grok", DECODER, ONE_BY_ONE, GELU, HABIT (SCALED_INPUT) | HABIT (NORMED_CHOICE)),
  ROW ("grovemoe", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("hunyuan-dense", DECODER, ONE_BY_ONE, SILU, HABIT (LATE_NORM)),
  ROW ("hunyuan-moe", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE) | HABIT (LATE_NORM)),
  ROW ("internlm2", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("jais", DECODER, ONE_BY_ONE, SILU, HABIT (MEAN_NORM) | HABIT (NO_ROTATION)),
  ROW ("jamba", HYBRID, ONE_BY_ONE, SILU, HABIT (NO_ROTATION) | HABIT (RESIDUAL_FIRST)),
  ROW ("jina-bert-v2", ENCODER, NORMS_BEHIND, GELU, HABIT (MEAN_NORM) | HABIT (NO_ROTATION)),
  ROW ("kimi-linear", HYBRID, ONE_BY_ONE, SILU, HABIT (NO_ROTATION) | HABIT (NORMED_CHOICE)),
  ROW ("laguna", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("lfm2", HYBRID, ONE_BY_ONE, SILU, HABIT (RESIDUAL_FIRST)),
  ROW ("lfm2moe", HYBRID, ONE_BY_ONE, SILU, HABIT (RESIDUAL_FIRST) | HABIT (NORMED_CHOICE)),
  ROW ("llada", DECODER, ONE_BY_ONE, SILU, HABIT (NO_CACHE)),
  ROW ("llada-moe", DECODER, ONE_BY_ONE, SILU, HABIT (NO_CACHE)),
  ROW ("llama", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("llama-embed", DECODER, ONE_BY_ONE, SILU, HABIT (NO_CACHE) | HABIT (NO_HEAD)),
  ROW ("llama4", DECODER, ONE_BY_ONE, SILU,
       HABIT (LATE_NORM) | HABIT (FOURTH_UNTURNED) | HABIT (SCALED_UNTURNED) | HABIT (EARLY_WEIGHTS)),
  ROW ("maincoder", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("mamba", paddock_graph_mamba, ONE_BY_ONE, SILU, 0),
  ROW ("mamba2", paddock_graph_mamba, ONE_BY_ONE, SILU, 0),
  ROW ("mellum", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("mimo2", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE) | HABIT (KEEPS_LAST)),
  ROW ("minicpm", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("minicpm3", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("minimax-m2", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("mistral3", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("mistral4", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("modern-bert", DECODER, ONE_BY_ONE, GEGLU_HALVES, HABIT (MEAN_NORM) | HABIT (NO_CACHE) | HABIT (NO_HEAD)),
  ROW ("mpt", DECODER, ONE_BY_ONE, GELU, HABIT (MEAN_NORM) | HABIT (NO_ROTATION)),
  ROW ("nemotron", DECODER, ONE_BY_ONE, RELU_SQUARED, HABIT (MEAN_NORM)),
  ROW ("nemotron_h", HYBRID, ONE_BY_ONE, RELU_SQUARED, HABIT (NO_ROTATION)),
  ROW ("nemotron_h_moe", HYBRID, ONE_BY_ONE, RELU_SQUARED, HABIT (NO_ROTATION)),
  ROW ("neo-bert", DECODER, ONE_BY_ONE, SWIGLU_HALVES, HABIT (NO_CACHE) | HABIT (NO_HEAD)),
  ROW ("nomic-bert", ENCODER, NORMS_BEHIND, SILU, HABIT (MEAN_NORM)),
  ROW ("nomic-bert-moe", ENCODER, NORMS_BEHIND, GELU, HABIT (MEAN_NORM)),
  ROW ("olmo", DECODER, ONE_BY_ONE, SILU, HABIT (MEAN_NORM) | HABIT (BARE_NORMS)),
  ROW ("olmo2", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("olmoe", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("openelm", DECODER, ONE_BY_ONE, SILU, HABIT (INPUT_FIRST)),
  ROW ("orion", DECODER, ONE_BY_ONE, SILU, HABIT (MEAN_NORM)),
  ROW ("paddleocr", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("pangu-embedded", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("phi2", DECODER, SHARED_NORM, GELU, HABIT (MEAN_NORM) | HABIT (SCALED_QUERY) | HABIT (ATTENTION_FIRST)),
  ROW ("phi3", DECODER, ONE_BY_ONE, SWIGLU_HALVES, HABIT (SCALED_QUERY) | HABIT (RESIDUAL_FIRST)),
  ROW ("phimoe", DECODER, ONE_BY_ONE, SILU, HABIT (SCALED_QUERY) | HABIT (RESIDUAL_FIRST) | HABIT (NORMED_CHOICE)),
  ROW ("plamo", DECODER, SHARED_NORM, SILU, 0),
  ROW ("plamo2", HYBRID, ONE_BY_ONE, SWIGLU_HALVES, 0),
  ROW ("plamo3", DECODER, ONE_BY_ONE, SWIGLU_HALVES, 0),
  ROW ("qwen2", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("qwen2moe", DECODER, ONE_BY_ONE, SILU, HABIT (QUOTIENT_GATE)),
  ROW ("qwen2vl", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("qwen3", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("qwen35", HYBRID, ONE_BY_ONE, SILU, 0),
  ROW ("qwen35moe", HYBRID, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("qwen3moe", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("qwen3next", HYBRID, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("qwen3vl", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("qwen3vlmoe", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE)),
  ROW ("refact", DECODER, ONE_BY_ONE, SILU, HABIT (NO_ROTATION)),
  ROW ("rnd1", DECODER, ONE_BY_ONE, SILU, HABIT (NORMED_CHOICE) | HABIT (NO_CACHE)),
  ROW ("rwkv6", paddock_graph_rwkv, ONE_BY_ONE, SILU, HABIT (MEAN_NORM)),
  ROW ("rwkv6qwen2", paddock_graph_rwkv, ONE_BY_ONE, SILU, 0),
  ROW ("rwkv7", paddock_graph_rwkv, ONE_BY_ONE, SILU, HABIT (MEAN_NORM)),
  ROW ("seed_oss", DECODER, ONE_BY_ONE, SILU, 0),
  ROW ("smallthinker", DECODER, ONE_BY_ONE, RELU,
       HABIT (WINDOW_ROTATION) | HABIT (NORMED_CHOICE) | HABIT (EARLY_CHOICE)),
  ROW ("smollm3", DECODER, ONE_BY_ONE, SILU, HABIT (FOURTH_UNTURNED)),
  ROW ("stablelm", DECODER, ONE_BY_ONE, SILU, HABIT (MEAN_NORM)),
  ROW ("starcoder", DECODER, ONE_BY_ONE, GELU, HABIT (MEAN_NORM) | HABIT (NO_ROTATION)),
  ROW ("starcoder2", DECODER, ONE_BY_ONE, GELU, HABIT (MEAN_NORM)),
  ROW ("step35", DECODER, ONE_BY_ONE, SILU, HABIT (KEEPS_LAST)),
  ROW ("t5", paddock_graph_t5, ONE_BY_ONE, GELU, 0),
  ROW ("t5encoder", paddock_graph_t5_encoder, ONE_BY_ONE, GELU, HABIT (NO_HEAD)),
  ROW ("xverse", DECODER, ONE_BY_ONE, SILU, 0),
};

const PaddockGraphTraits *
paddock_graph_traits_lookup (const char *id)
{
  guint low = 0, high = G_N_ELEMENTS (table);

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (id, table[middle].id);

      if (order == 0)
        return &table[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}
