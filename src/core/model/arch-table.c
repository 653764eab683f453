/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/arch-table.h"

#include <stdlib.h>
#include <string.h>

/* The keys that every model has; a projector has none of them, and a draft model has its target's tokenizer. */
#define COMMON ".context_length .embedding_length .block_count "
#define TOKENIZER "tokenizer.ggml.model "

/* Those that nearly every model has one of. */
#define RMS ".attention.layer_norm_rms_epsilon "
#define LAYER ".attention.layer_norm_epsilon "

static const PaddockArch architectures[] = {
  { "afmoe", "AFMoE", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length .expert_shared_count" },
  { "apertus", "Apertus", PADDOCK_ARCH_DECODER, RMS "xielu.alpha_n xielu.alpha_p xielu.beta xielu.eps" },
  { "arcee", "Arcee", PADDOCK_ARCH_DECODER, RMS },
  { "arctic", "Snowflake Arctic", PADDOCK_ARCH_DECODER, RMS },
  { "arwkv7", "ARWKV 7", PADDOCK_ARCH_RECURRENT,
    ".wkv.head_size .attention.decay_lora_rank .attention.iclr_lora_rank "
    ".attention.value_residual_mix_lora_rank" },
  { "baichuan", "Baichuan", PADDOCK_ARCH_DECODER, RMS },
  { "bailingmoe", "Bailing MoE", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length .expert_shared_count" },
  { "bailingmoe2", "Bailing MoE 2", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .expert_shared_count .expert_gating_func" },
  { "bailingmoe3", "Bailing MoE 3", PADDOCK_ARCH_HYBRID,
    RMS ".attention.key_length_mla .attention.value_length_mla .attention.kv_lora_rank .ssm.conv_kernel "
    ".kda.head_dim .kda.gate_lower_bound .expert_feed_forward_length .expert_shared_count "
    ".leading_dense_block_count .expert_gating_func" },
  { "bert", "BERT", PADDOCK_ARCH_ENCODER, LAYER },
  { "bitnet", "BitNet", PADDOCK_ARCH_DECODER, RMS },
  { "bitnet-25", "BitNet", PADDOCK_ARCH_DECODER, RMS },
  { "bitnet-b1.58", "BitNet b1.58", PADDOCK_ARCH_DECODER, RMS },
  { "bloom", "BLOOM", PADDOCK_ARCH_DECODER, LAYER },
  { "chameleon", "Chameleon", PADDOCK_ARCH_DECODER, RMS },
  { "chatglm", "ChatGLM", PADDOCK_ARCH_DECODER, RMS },
  { "clef", "Clef", PADDOCK_ARCH_HYBRID,
    RMS LAYER ".rope.dimension_sections .ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank "
    ".ssm.group_count .decision.routing_block_count .decision.block_count .decision.head_count" },
  { "clip", "Multimodal projector", PADDOCK_ARCH_PROJECTOR, "" },
  { "codeshell", "CodeShell", PADDOCK_ARCH_DECODER, LAYER },
  { "cogvlm", "CogVLM", PADDOCK_ARCH_DECODER, RMS },
  { "cohere2", "Cohere 2", PADDOCK_ARCH_DECODER, LAYER ".attention.sliding_window .logit_scale" },
  { "cohere2moe", "Cohere 2 MoE", PADDOCK_ARCH_DECODER, "" },
  { "command-r", "Command R", PADDOCK_ARCH_DECODER, LAYER },
  { "dbrx", "DBRX", PADDOCK_ARCH_DECODER, LAYER ".attention.clamp_kqv" },
  { "deci", "DeciLM", PADDOCK_ARCH_DECODER, RMS },
  { "deepseek", "DeepSeek", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length .expert_shared_count" },
  { "deepseek2", "DeepSeek 2", PADDOCK_ARCH_DECODER,
    RMS ".attention.kv_lora_rank .expert_feed_forward_length .expert_shared_count" },
  { "deepseek2-ocr", "DeepSeek 2 OCR", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length .expert_shared_count" },
  { "deepseek32", "DeepSeek 3.2", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .expert_shared_count .attention.q_lora_rank .attention.kv_lora_rank "
    ".attention.indexer.head_count .attention.indexer.key_length .attention.indexer.top_k "
    ".expert_gating_func" },
  { "deepseek4", "DeepSeek 4", PADDOCK_ARCH_DECODER,
    RMS ".attention.q_lora_rank .attention.sliding_window .expert_feed_forward_length .expert_shared_count "
    ".expert_weights_scale .expert_weights_norm .swiglu_clamp_exp .attention.indexer.head_count "
    ".attention.indexer.key_length .attention.indexer.top_k .attention.output_group_count "
    ".attention.output_lora_rank .attention.compress_rope_freq_base .hyper_connection.count "
    ".hyper_connection.sinkhorn_iterations .hyper_connection.epsilon .hash_layer_count "
    ".attention.compress_ratios .expert_gating_func" },
  { "dflash", "DFlash", PADDOCK_ARCH_DRAFT, RMS },
  { "dots1", "dots.llm1", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length .expert_shared_count" },
  { "dots3note", "dots3-note", PADDOCK_ARCH_DECODER,
    RMS ".expert_shared_count .expert_feed_forward_length .leading_dense_block_count .expert_gating_func "
    ".attention.q_lora_rank .attention.kv_lora_rank .attention.key_length_mla "
    ".attention.value_length_mla .attention.kv_lora_rank_swa .attention.key_length_mla_swa "
    ".attention.value_length_mla_swa .attention.sliding_window .rope.freq_base_swa "
    ".attention.sliding_window_pattern .attention.indexer.head_count .attention.indexer.key_length "
    ".attention.indexer.top_k .attention.indexer.types" },
  { "dream", "Dream", PADDOCK_ARCH_DIFFUSION, RMS },
  { "eagle3", "EAGLE 3", PADDOCK_ARCH_DRAFT, RMS },
  { "ernie4_5", "ERNIE 4.5", PADDOCK_ARCH_DECODER, RMS },
  { "ernie4_5-moe", "ERNIE 4.5 MoE", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .interleave_moe_layer_step" },
  { "eurobert", "EuroBERT", PADDOCK_ARCH_ENCODER, RMS },
  { "exaone", "EXAONE", PADDOCK_ARCH_DECODER, RMS },
  { "exaone-moe", "EXAONE MoE", PADDOCK_ARCH_DECODER,
    RMS ".attention.sliding_window .expert_feed_forward_length .expert_gating_func" },
  { "exaone4", "EXAONE 4", PADDOCK_ARCH_DECODER, RMS },
  { "falcon", "Falcon", PADDOCK_ARCH_DECODER, LAYER },
  { "falcon-h1", "Falcon H1", PADDOCK_ARCH_HYBRID,
    RMS ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank .ssm.group_count" },
  { "gemma", "Gemma", PADDOCK_ARCH_DECODER, RMS },
  { "gemma-embedding", "EmbeddingGemma", PADDOCK_ARCH_ENCODER, RMS ".attention.sliding_window" },
  { "gemma-embedding2", "EmbeddingGemma 2", PADDOCK_ARCH_ENCODER,
    RMS ".attention.sliding_window .embedding_length_per_layer_input" },
  { "gemma2", "Gemma 2", PADDOCK_ARCH_DECODER, RMS },
  { "gemma3", "Gemma 3", PADDOCK_ARCH_DECODER, RMS },
  { "gemma3n", "Gemma 3n", PADDOCK_ARCH_DECODER, RMS ".attention.sliding_window" },
  { "gemma4", "Gemma 4", PADDOCK_ARCH_DECODER,
    RMS ".attention.sliding_window_pattern .attention.sliding_window .embedding_length_per_layer_input "
    ".attention.key_length_swa .attention.value_length_swa" },
  { "gemma4-assistant", "Gemma 4 assistant", PADDOCK_ARCH_DRAFT,
    RMS ".attention.sliding_window_pattern .attention.sliding_window .attention.key_length_swa "
    ".attention.value_length_swa" },
  { "glm-dsa", "GLM DSA", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .expert_shared_count .attention.q_lora_rank .attention.kv_lora_rank "
    ".attention.indexer.head_count .attention.indexer.key_length .attention.indexer.top_k" },
  { "glm4", "GLM 4", PADDOCK_ARCH_DECODER, RMS },
  { "glm4moe", "GLM 4 MoE", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length .expert_shared_count" },
  { "glm5-next", "GLM 5 Next", PADDOCK_ARCH_DECODER,
    RMS ".attention.key_length_mla .attention.value_length_mla .attention.q_lora_rank "
    ".attention.kv_lora_rank .ssm.conv_kernel .kda.head_dim .expert_feed_forward_length "
    ".expert_shared_count .attention.indexer.head_count .attention.indexer.key_length "
    ".attention.indexer.top_k .attention.indexer.kpool" },
  { "gpt-oss", "GPT-OSS", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length .attention.sliding_window" },
  { "gpt2", "GPT-2", PADDOCK_ARCH_DECODER, LAYER },
  { "gptj", "GPT-J", PADDOCK_ARCH_DECODER, "" },
  { "gptneox", "GPT-NeoX", PADDOCK_ARCH_DECODER, LAYER ".use_parallel_residual" },
  { "granite", "Granite", PADDOCK_ARCH_DECODER, RMS ".logit_scale" },
  { "granite_swa", "Granite SWA", PADDOCK_ARCH_DECODER,
    RMS ".logit_scale .attention.sliding_window_pattern .attention.sliding_window" },
  { "granitehybrid", "Granite Hybrid", PADDOCK_ARCH_HYBRID,
    RMS ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank .ssm.group_count" },
  { "granitemoe", "Granite MoE", PADDOCK_ARCH_DECODER, RMS ".logit_scale" },
  { "graniteswitch", "Granite Switch", PADDOCK_ARCH_DECODER,
    RMS ".logit_scale .adapters.count .adapters.lora_rank .adapters.token_ids_activate "
    ".adapters.token_ids_substitute" },
  { "grok", "Grok", PADDOCK_ARCH_DECODER, RMS },
  { "grovemoe", "GroveMoE", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .expert_group_scale .experts_per_group" },
  { "hrm_text", "HRM Text", PADDOCK_ARCH_DECODER, RMS ".hrm.layers_per_stack .hrm.h_cycles .hrm.l_cycles" },
  { "hunyuan-dense", "Hunyuan", PADDOCK_ARCH_DECODER, RMS },
  { "hunyuan-moe", "Hunyuan MoE", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length" },
  { "hunyuan_vl", "Hunyuan VL", PADDOCK_ARCH_DECODER, RMS },
  { "hy_v3", "Hunyuan 3", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length" },
  { "hy_v4", "Hunyuan 4", PADDOCK_ARCH_DECODER,
    RMS ".attention.q_lora_rank .attention.kv_lora_rank .attention.key_length_mla "
    ".attention.value_length_mla .expert_feed_forward_length .expert_shared_count "
    ".hyper_connection.count .hyper_connection.epsilon .hyper_connection.magnitude" },
  { "internlm2", "InternLM 2", PADDOCK_ARCH_DECODER, RMS },
  { "jais", "Jais", PADDOCK_ARCH_DECODER, LAYER },
  { "jais2", "Jais 2", PADDOCK_ARCH_DECODER, LAYER },
  { "jamba", "Jamba", PADDOCK_ARCH_HYBRID,
    RMS ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank" },
  { "jina-bert-v2", "Jina BERT 2", PADDOCK_ARCH_ENCODER, LAYER },
  { "jina-bert-v3", "Jina BERT 3", PADDOCK_ARCH_ENCODER, LAYER },
  { "k2-horizon", "K2 Horizon", PADDOCK_ARCH_DECODER, RMS },
  { "kimi-k3", "Kimi K3", PADDOCK_ARCH_HYBRID,
    RMS ".attention.key_length_mla .attention.value_length_mla .attention.kv_lora_rank .ssm.conv_kernel "
    ".kda.head_dim .expert_feed_forward_length .expert_shared_count .expert_gating_func "
    ".attn_res.block_size .activation.situ_beta .activation.situ_linear_beta" },
  { "kimi-linear", "Kimi Linear", PADDOCK_ARCH_HYBRID,
    RMS ".attention.key_length_mla .attention.value_length_mla .attention.kv_lora_rank .ssm.conv_kernel "
    ".kda.head_dim .expert_feed_forward_length .expert_shared_count .expert_gating_func" },
  { "laguna", "Laguna", PADDOCK_ARCH_DECODER, RMS ".leading_dense_block_count .expert_feed_forward_length" },
  { "lfm2", "LFM2", PADDOCK_ARCH_HYBRID, RMS ".shortconv.l_cache" },
  { "lfm2moe", "LFM2 MoE", PADDOCK_ARCH_HYBRID,
    RMS ".shortconv.l_cache .expert_feed_forward_length .expert_gating_func" },
  { "llada", "LLaDA", PADDOCK_ARCH_DIFFUSION, RMS },
  { "llada-moe", "LLaDA MoE", PADDOCK_ARCH_DIFFUSION, RMS },
  { "llama", "Llama", PADDOCK_ARCH_DECODER, RMS },
  { "llama-embed", "Llama Embed", PADDOCK_ARCH_ENCODER, RMS },
  { "llama4", "Llama 4", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length .interleave_moe_layer_step" },
  { "maincoder", "Maincoder", PADDOCK_ARCH_DECODER, RMS },
  { "maion-coder", "Maion Coder", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .interleave_moe_layer_step .moe_latent_size" },
  { "mamba", "Mamba", PADDOCK_ARCH_RECURRENT,
    RMS ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank" },
  { "mamba2", "Mamba 2", PADDOCK_ARCH_RECURRENT,
    RMS ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank .ssm.group_count" },
  { "maple", "Maple", PADDOCK_ARCH_DECODER,
    RMS ".attention.sliding_window .expert_feed_forward_length .attention.sliding_window_pattern "
    ".swiglu_clamp_exp" },
  { "mellum", "Mellum", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length" },
  { "mimo2", "MiMo 2", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .attention.sliding_window .attention.sliding_window_pattern" },
  { "minicpm", "MiniCPM", PADDOCK_ARCH_DECODER, RMS },
  { "minicpm3", "MiniCPM 3", PADDOCK_ARCH_DECODER, RMS ".attention.q_lora_rank .attention.kv_lora_rank" },
  { "minimax-01", "MiniMax 01", PADDOCK_ARCH_HYBRID, RMS ".residual_scale" },
  { "minimax-m2", "MiniMax M2", PADDOCK_ARCH_DECODER, RMS ".expert_feed_forward_length" },
  { "minimax-m3", "MiniMax M3", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .expert_shared_count .expert_gating_func .attention.indexer.head_count "
    ".attention.indexer.key_length .attention.indexer.top_k .attention.indexer.block_size "
    ".attention.indexer.local_blocks" },
  { "mistral3", "Mistral 3", PADDOCK_ARCH_DECODER, RMS },
  { "mistral4", "Mistral 4", PADDOCK_ARCH_DECODER,
    RMS ".attention.kv_lora_rank .expert_feed_forward_length .expert_shared_count" },
  { "modern-bert", "ModernBERT", PADDOCK_ARCH_ENCODER, LAYER },
  { "mpt", "MPT", PADDOCK_ARCH_DECODER, LAYER },
  { "muse-glimmer", "Muse Glimmer", PADDOCK_ARCH_DECODER, RMS ".attention.sliding_window .logit_scale" },
  { "nanbeige", "Nanbeige", PADDOCK_ARCH_DECODER, RMS },
  { "nemotron", "Nemotron", PADDOCK_ARCH_DECODER, LAYER },
  { "nemotron_h", "Nemotron H", PADDOCK_ARCH_HYBRID,
    LAYER ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank .ssm.group_count" },
  { "nemotron_h_moe", "Nemotron H MoE", PADDOCK_ARCH_HYBRID,
    LAYER ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank .ssm.group_count" },
  { "neo-bert", "NeoBERT", PADDOCK_ARCH_ENCODER, RMS },
  { "nomic-bert", "Nomic BERT", PADDOCK_ARCH_ENCODER, LAYER },
  { "nomic-bert-moe", "Nomic BERT MoE", PADDOCK_ARCH_ENCODER, LAYER },
  { "olmo", "OLMo", PADDOCK_ARCH_DECODER, LAYER },
  { "olmo2", "OLMo 2", PADDOCK_ARCH_DECODER, RMS },
  { "olmoe", "OLMoE", PADDOCK_ARCH_DECODER, RMS },
  { "openelm", "OpenELM", PADDOCK_ARCH_DECODER, RMS },
  { "orion", "Orion", PADDOCK_ARCH_DECODER, LAYER },
  { "paddleocr", "PaddleOCR", PADDOCK_ARCH_DECODER, RMS },
  { "pangu-embedded", "openPangu Embedded", PADDOCK_ARCH_DECODER, RMS },
  { "phi2", "Phi 2", PADDOCK_ARCH_DECODER, LAYER },
  { "phi3", "Phi 3", PADDOCK_ARCH_DECODER, RMS },
  { "phimoe", "Phi MoE", PADDOCK_ARCH_DECODER, RMS },
  { "plamo", "PLaMo", PADDOCK_ARCH_DECODER, RMS },
  { "plamo2", "PLaMo 2", PADDOCK_ARCH_HYBRID,
    RMS ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank .ssm.group_count" },
  { "plamo3", "PLaMo 3", PADDOCK_ARCH_DECODER, RMS },
  { "plm", "PLM", PADDOCK_ARCH_DECODER, RMS ".attention.kv_lora_rank" },
  { "pockettts", "Pocket TTS", PADDOCK_ARCH_AUDIO, LAYER },
  { "qwen", "Qwen", PADDOCK_ARCH_DECODER, RMS },
  { "qwen2", "Qwen 2", PADDOCK_ARCH_DECODER, RMS },
  { "qwen2moe", "Qwen 2 MoE", PADDOCK_ARCH_DECODER, RMS },
  { "qwen2vl", "Qwen 2 VL", PADDOCK_ARCH_DECODER, ".rope.dimension_sections" },
  { "qwen3", "Qwen 3", PADDOCK_ARCH_DECODER, RMS },
  { "qwen35", "Qwen 3.5", PADDOCK_ARCH_HYBRID,
    RMS ".rope.dimension_sections .ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank "
    ".ssm.group_count" },
  { "qwen35moe", "Qwen 3.5 MoE", PADDOCK_ARCH_HYBRID,
    RMS ".rope.dimension_sections .ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank "
    ".ssm.group_count" },
  { "qwen3moe", "Qwen 3 MoE", PADDOCK_ARCH_DECODER, RMS },
  { "qwen3next", "Qwen 3 Next", PADDOCK_ARCH_HYBRID,
    RMS ".ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank .ssm.group_count" },
  { "qwen3tts", "Qwen 3 TTS", PADDOCK_ARCH_AUDIO, RMS ".rope.dimension_sections" },
  { "qwen3vl", "Qwen 3 VL", PADDOCK_ARCH_DECODER, RMS ".rope.dimension_sections" },
  { "qwen3vlmoe", "Qwen 3 VL MoE", PADDOCK_ARCH_DECODER, RMS ".rope.dimension_sections" },
  { "qwen4exp", "Qwen 4 experimental", PADDOCK_ARCH_HYBRID,
    RMS ".rope.dimension_sections .ssm.conv_kernel .ssm.inner_size .ssm.state_size .ssm.time_step_rank "
    ".ssm.group_count .hyper_connection.count .hyper_connection.low_rank" },
  { "refact", "Refact", PADDOCK_ARCH_DECODER, RMS },
  { "rnd1", "RND1", PADDOCK_ARCH_DIFFUSION, RMS },
  { "rwkv6", "RWKV 6", PADDOCK_ARCH_RECURRENT, ".wkv.head_size .time_mix_extra_dim .time_decay_extra_dim" },
  { "rwkv6qwen2", "RWKV 6 Qwen 2", PADDOCK_ARCH_RECURRENT,
    ".wkv.head_size .time_mix_extra_dim .time_decay_extra_dim" },
  { "rwkv7", "RWKV 7", PADDOCK_ARCH_RECURRENT,
    ".wkv.head_size .attention.decay_lora_rank .attention.iclr_lora_rank "
    ".attention.value_residual_mix_lora_rank" },
  { "seed_oss", "Seed-OSS", PADDOCK_ARCH_DECODER, RMS },
  { "smallthinker", "SmallThinker", PADDOCK_ARCH_DECODER, RMS },
  { "smollm3", "SmolLM 3", PADDOCK_ARCH_DECODER, RMS },
  { "spark2_5", "Spark 2.5", PADDOCK_ARCH_DECODER,
    RMS ".attention.sliding_window .attention.sliding_window_pattern" },
  { "stablelm", "StableLM", PADDOCK_ARCH_DECODER, LAYER },
  { "starcoder", "StarCoder", PADDOCK_ARCH_DECODER, LAYER },
  { "starcoder2", "StarCoder 2", PADDOCK_ARCH_DECODER, LAYER },
  { "step35", "Step 3.5", PADDOCK_ARCH_DECODER,
    RMS ".expert_feed_forward_length .attention.sliding_window .attention.sliding_window_pattern" },
  { "t5", "T5", PADDOCK_ARCH_ENCODER_DECODER, RMS ".attention.relative_buckets_count" },
  { "t5encoder", "T5 encoder", PADDOCK_ARCH_ENCODER, RMS ".attention.relative_buckets_count" },
  { "talkie", "Talkie", PADDOCK_ARCH_DECODER, RMS ".logit_scale" },
  { "vllm-decision2", "vLLM Decision 2", PADDOCK_ARCH_ENCODER, RMS LAYER },
  { "wavtokenizer-dec", "WavTokenizer decoder", PADDOCK_ARCH_AUDIO,
    LAYER ".features_length .posnet.embedding_length .posnet.block_count .convnext.embedding_length "
    ".convnext.block_count .attention.group_norm_epsilon .attention.group_norm_groups" },
  { "xverse", "XVERSE", PADDOCK_ARCH_DECODER, RMS },
};

/* What is not a u32 among the required keys; N_TYPES where a number does as well as an array of them. */
static const struct
{
  const char *key;
  PaddockGgufType type;
} other_types[] = {
  { "tokenizer.ggml.model", PADDOCK_GGUF_STRING },
  { ".activation.situ_beta", PADDOCK_GGUF_FLOAT32 },
  { ".activation.situ_linear_beta", PADDOCK_GGUF_FLOAT32 },
  { ".adapters.token_ids_activate", PADDOCK_GGUF_N_TYPES },
  { ".adapters.token_ids_substitute", PADDOCK_GGUF_N_TYPES },
  { ".attention.clamp_kqv", PADDOCK_GGUF_FLOAT32 },
  { ".attention.compress_ratios", PADDOCK_GGUF_N_TYPES },
  { ".attention.compress_rope_freq_base", PADDOCK_GGUF_FLOAT32 },
  { ".attention.group_norm_epsilon", PADDOCK_GGUF_FLOAT32 },
  { ".attention.indexer.types", PADDOCK_GGUF_N_TYPES },
  { ".attention.layer_norm_epsilon", PADDOCK_GGUF_FLOAT32 },
  { ".attention.layer_norm_rms_epsilon", PADDOCK_GGUF_FLOAT32 },
  { ".attention.sliding_window_pattern", PADDOCK_GGUF_N_TYPES },
  { ".expert_group_scale", PADDOCK_GGUF_FLOAT32 },
  { ".expert_weights_norm", PADDOCK_GGUF_BOOL },
  { ".expert_weights_scale", PADDOCK_GGUF_FLOAT32 },
  { ".hyper_connection.epsilon", PADDOCK_GGUF_FLOAT32 },
  { ".hyper_connection.magnitude", PADDOCK_GGUF_FLOAT32 },
  { ".kda.gate_lower_bound", PADDOCK_GGUF_FLOAT32 },
  { ".logit_scale", PADDOCK_GGUF_FLOAT32 },
  { ".residual_scale", PADDOCK_GGUF_FLOAT32 },
  { ".rope.dimension_sections", PADDOCK_GGUF_N_TYPES },
  { ".rope.freq_base_swa", PADDOCK_GGUF_FLOAT32 },
  { ".swiglu_clamp_exp", PADDOCK_GGUF_FLOAT32 },
  { ".use_parallel_residual", PADDOCK_GGUF_BOOL },
  { "xielu.alpha_n", PADDOCK_GGUF_FLOAT32 },
  { "xielu.alpha_p", PADDOCK_GGUF_FLOAT32 },
  { "xielu.beta", PADDOCK_GGUF_FLOAT32 },
  { "xielu.eps", PADDOCK_GGUF_FLOAT32 },
};

static int
compare_id (gconstpointer id, gconstpointer architecture)
{
  return strcmp (id, ((const PaddockArch *) architecture)->id);
}

/**
 * paddock_arch_lookup:
 * @id: the value of general.architecture
 *
 * Returns: (transfer none) (nullable): what is known of it, or %NULL
 */
const PaddockArch *
paddock_arch_lookup (const char *id)
{
  return bsearch (id, architectures, G_N_ELEMENTS (architectures), sizeof architectures[0], compare_id);
}

/* The word at position, counting from 0 and across both lists. */
static const char *
find_word (const char *words, guint *position, gsize *length)
{
  while (*words != '\0')
    {
      *length = strcspn (words, " ");
      if (*length > 0 && (*position)-- == 0)
        return words;
      words += *length;
      words += strspn (words, " ");
    }
  return NULL;
}

static PaddockGgufType
find_type (const char *word, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (other_types); i++)
    {
      if (strlen (other_types[i].key) == length && memcmp (other_types[i].key, word, length) == 0)
        return other_types[i].type;
    }
  return PADDOCK_GGUF_UINT32;
}

/**
 * paddock_arch_dup_required_key:
 * @self: an architecture
 * @position: which one, from 0 on
 * @type: (out) (optional): the type that llama.cpp insists on, or %PADDOCK_GGUF_N_TYPES if it takes a number as well as
 *   an array
 *
 * Walks the keys without which llama.cpp does not load a model of this architecture.
 *
 * Returns: (transfer full) (nullable): the whole key, or %NULL behind the last one
 */
char *
paddock_arch_dup_required_key (const PaddockArch *self, guint position, PaddockGgufType *type)
{
  const char *common = COMMON TOKENIZER;
  const char *word;
  gsize length = 0;

  if (self->kind == PADDOCK_ARCH_PROJECTOR)
    common = "";
  else if (self->kind == PADDOCK_ARCH_DRAFT)
    common = COMMON;
  word = find_word (common, &position, &length);
  if (word == NULL)
    word = find_word (self->required, &position, &length);
  if (word == NULL)
    return NULL;
  if (type != NULL)
    *type = find_type (word, length);
  return g_strdup_printf ("%s%.*s", *word == '.' ? self->id : "", (int) length, word);
}
