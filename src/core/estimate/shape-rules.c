/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/shape-rules.h"

#include <stdlib.h>
#include <string.h>

#define SLIDING PADDOCK_SHAPE_WINDOW_SLIDING
#define CHUNKED PADDOCK_SHAPE_WINDOW_CHUNKED
#define SYMMETRIC PADDOCK_SHAPE_WINDOW_SYMMETRIC

#define STATE_ALL PADDOCK_SHAPE_RECURRENT_ALL
#define STATE_BESIDES PADDOCK_SHAPE_RECURRENT_BESIDES
#define STATE_NO_HEADS PADDOCK_SHAPE_RECURRENT_NO_HEADS
#define STATE_BARE PADDOCK_SHAPE_RECURRENT_BARE
#define STATE_INTERVAL PADDOCK_SHAPE_RECURRENT_INTERVAL

static const char *const ahead_deepseek32[] = { "exp_probs_b.bias", NULL };
static const char *const ahead_step35[] = { "attn_gate.weight",
                                            "attn_k_norm.weight",
                                            "attn_q_norm.weight",
                                            "exp_probs_b.bias",
                                            "ffn_down.weight",
                                            "ffn_down_exps.weight",
                                            "ffn_down_shexp.weight",
                                            "ffn_gate.weight",
                                            "ffn_gate_exps.weight",
                                            "ffn_gate_inp.weight",
                                            "ffn_gate_shexp.weight",
                                            "ffn_up.weight",
                                            "ffn_up_exps.weight",
                                            "ffn_up_shexp.weight",
                                            "nextn.embed_tokens.weight",
                                            "nextn.shared_head_head.weight",
                                            "nextn.shared_head_norm.weight",
                                            NULL };

static const PaddockShapeRules nothing = { "" };

/* By name, for a binary search. */
static const PaddockShapeRules rules[] = {
  { "afmoe", .window_kind = SLIDING, .pattern = 4 },
  { "arwkv7", .recurrent = STATE_ALL },
  { "bailingmoe3", .recurrent = STATE_NO_HEADS },
  { "bert", .no_cache = TRUE },
  { "clef", .recurrent = STATE_INTERVAL },
  { "cohere2", .window_kind = SLIDING, .pattern = 4 },
  { "cohere2moe", .window_kind = SLIDING, .pattern = 4 },
  { "deepseek32", .indexed = TRUE, .ahead = ahead_deepseek32 },
  { "dream", .no_cache = TRUE },
  { "eurobert", .no_cache = TRUE },
  { "exaone-moe", .window_kind = SLIDING, .window = 128, .pattern = 4 },
  { "exaone4", .window_kind = SLIDING, .pattern = 4 },
  { "falcon-h1", .recurrent = STATE_BESIDES },
  { "gemma-embedding", .window_kind = SYMMETRIC, .pattern = 6, .no_cache = TRUE },
  { "gemma-embedding2", .window_kind = SYMMETRIC, .pattern = 6, .no_cache = TRUE },
  { "gemma2", .window_kind = SLIDING, .window = 4096, .pattern = 2 },
  { "gemma3", .window_kind = SLIDING, .pattern = 6 },
  { "gemma3n", .window_kind = SLIDING, .pattern = 5, .tied_twice = TRUE },
  { "gemma4", .window_kind = SLIDING, .pattern = 6, .tied_twice = TRUE },
  { "glm-dsa", .indexed = TRUE },
  { "gpt-oss", .window_kind = SLIDING, .pattern = 2 },
  { "granite_swa", .window_kind = SLIDING, .pattern = 4 },
  { "granitehybrid", .recurrent = STATE_NO_HEADS },
  { "jamba", .recurrent = STATE_NO_HEADS },
  { "jina-bert-v2", .no_cache = TRUE },
  { "jina-bert-v3", .no_cache = TRUE },
  { "kimi-linear", .recurrent = STATE_NO_HEADS },
  { "laguna", .window_kind = SLIDING },
  { "lfm2", .window_kind = SLIDING, .pattern_fixed = TRUE, .recurrent = STATE_NO_HEADS },
  { "lfm2moe", .recurrent = STATE_NO_HEADS },
  { "llada", .no_cache = TRUE },
  { "llada-moe", .no_cache = TRUE },
  { "llama4", .window_kind = CHUNKED, .window = 8192, .window_forced = 8192, .pattern = 4, .pattern_fixed = TRUE },
  { "mamba", .recurrent = STATE_ALL },
  { "mamba2", .recurrent = STATE_ALL },
  { "maple", .window_kind = SLIDING },
  { "mellum", .window_kind = SLIDING, .pattern = 4 },
  { "mimo2", .window_kind = SLIDING },
  { "modern-bert", .window_kind = SYMMETRIC, .pattern = 3, .dense_first = TRUE, .no_cache = TRUE },
  { "muse-glimmer", .window_kind = SLIDING, .pattern = 4 },
  { "nemotron_h", .recurrent = STATE_BARE },
  { "nemotron_h_moe", .recurrent = STATE_BARE },
  { "neo-bert", .no_cache = TRUE },
  { "nomic-bert", .no_cache = TRUE },
  { "nomic-bert-moe", .no_cache = TRUE },
  { "olmo2", .window_kind = SLIDING, .pattern = 4 },
  { "phi3", .pattern_fixed = TRUE },
  { "plamo2", .recurrent = STATE_NO_HEADS },
  { "plamo3", .window_kind = SLIDING, .pattern = 8 },
  { "qwen35", .recurrent = STATE_INTERVAL },
  { "qwen35moe", .recurrent = STATE_INTERVAL },
  { "qwen3next", .recurrent = STATE_INTERVAL },
  { "rnd1", .no_cache = TRUE },
  { "rwkv6", .recurrent = STATE_ALL },
  { "rwkv6qwen2", .recurrent = STATE_ALL },
  { "rwkv7", .recurrent = STATE_ALL },
  { "smallthinker", .window_kind = SLIDING, .window_forced = 4096, .pattern = 4, .dense_first = TRUE },
  { "spark2_5", .window_kind = SLIDING },
  { "step35", .window_kind = SLIDING, .ahead = ahead_step35 },
  { "wavtokenizer-dec", .no_cache = TRUE },
};

static int
compare_name (const void *name, const void *entry)
{
  return strcmp (name, ((const PaddockShapeRules *) entry)->architecture);
}

/**
 * paddock_shape_rules_lookup:
 * @architecture: as in general.architecture
 *
 * Returns: (transfer none): what the engine knows of it
 */
const PaddockShapeRules *
paddock_shape_rules_lookup (const char *architecture)
{
  const PaddockShapeRules *found =
    bsearch (architecture, rules, G_N_ELEMENTS (rules), sizeof rules[0], compare_name);

  return found != NULL ? found : &nothing;
}
