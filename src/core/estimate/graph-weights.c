/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-weights.h"

#include <string.h>

static const char *const names[] = {
  [PADDOCK_WEIGHT_ATTN_GATE] = "attn_gate.weight",
  [PADDOCK_WEIGHT_ATTN_K_BIAS] = "attn_k.bias",
  [PADDOCK_WEIGHT_ATTN_K] = "attn_k.weight",
  [PADDOCK_WEIGHT_ATTN_K_NORM_BIAS] = "attn_k_norm.bias",
  [PADDOCK_WEIGHT_ATTN_K_NORM] = "attn_k_norm.weight",
  [PADDOCK_WEIGHT_ATTN_NORM_BIAS] = "attn_norm.bias",
  [PADDOCK_WEIGHT_ATTN_NORM] = "attn_norm.weight",
  [PADDOCK_WEIGHT_ATTN_NORM_2_BIAS] = "attn_norm_2.bias",
  [PADDOCK_WEIGHT_ATTN_NORM_2] = "attn_norm_2.weight",
  [PADDOCK_WEIGHT_ATTN_OUTPUT_BIAS] = "attn_output.bias",
  [PADDOCK_WEIGHT_ATTN_OUTPUT] = "attn_output.weight",
  [PADDOCK_WEIGHT_ATTN_OUTPUT_NORM_BIAS] = "attn_output_norm.bias",
  [PADDOCK_WEIGHT_ATTN_OUTPUT_NORM] = "attn_output_norm.weight",
  [PADDOCK_WEIGHT_ATTN_POST_NORM] = "attn_post_norm.weight",
  [PADDOCK_WEIGHT_ATTN_Q_BIAS] = "attn_q.bias",
  [PADDOCK_WEIGHT_ATTN_Q] = "attn_q.weight",
  [PADDOCK_WEIGHT_ATTN_Q_NORM_BIAS] = "attn_q_norm.bias",
  [PADDOCK_WEIGHT_ATTN_Q_NORM] = "attn_q_norm.weight",
  [PADDOCK_WEIGHT_ATTN_QKV_BIAS] = "attn_qkv.bias",
  [PADDOCK_WEIGHT_ATTN_QKV] = "attn_qkv.weight",
  [PADDOCK_WEIGHT_ATTN_SINKS] = "attn_sinks.weight",
  [PADDOCK_WEIGHT_ATTN_SUB_NORM] = "attn_sub_norm.weight",
  [PADDOCK_WEIGHT_ATTN_V_BIAS] = "attn_v.bias",
  [PADDOCK_WEIGHT_ATTN_V] = "attn_v.weight",
  [PADDOCK_WEIGHT_ENC_OUTPUT_NORM] = "enc.output_norm.weight",
  [PADDOCK_WEIGHT_EXP_PROBS_B] = "exp_probs_b.bias",
  [PADDOCK_WEIGHT_FFN_ACT] = "ffn_act.weight",
  [PADDOCK_WEIGHT_FFN_DOWN_BIAS] = "ffn_down.bias",
  [PADDOCK_WEIGHT_FFN_DOWN] = "ffn_down.weight",
  [PADDOCK_WEIGHT_FFN_DOWN_CHEXPS] = "ffn_down_chexps.weight",
  [PADDOCK_WEIGHT_FFN_DOWN_EXPS_BIAS] = "ffn_down_exps.bias",
  [PADDOCK_WEIGHT_FFN_DOWN_EXPS_SCALE] = "ffn_down_exps.scale",
  [PADDOCK_WEIGHT_FFN_DOWN_EXPS] = "ffn_down_exps.weight",
  [PADDOCK_WEIGHT_FFN_DOWN_SHEXP] = "ffn_down_shexp.weight",
  [PADDOCK_WEIGHT_FFN_GATE_BIAS] = "ffn_gate.bias",
  [PADDOCK_WEIGHT_FFN_GATE] = "ffn_gate.weight",
  [PADDOCK_WEIGHT_FFN_GATE_CHEXPS] = "ffn_gate_chexps.weight",
  [PADDOCK_WEIGHT_FFN_GATE_EXPS_BIAS] = "ffn_gate_exps.bias",
  [PADDOCK_WEIGHT_FFN_GATE_EXPS] = "ffn_gate_exps.weight",
  [PADDOCK_WEIGHT_FFN_GATE_INP_BIAS] = "ffn_gate_inp.bias",
  [PADDOCK_WEIGHT_FFN_GATE_INP] = "ffn_gate_inp.weight",
  [PADDOCK_WEIGHT_FFN_GATE_INP_SHEXP] = "ffn_gate_inp_shexp.weight",
  [PADDOCK_WEIGHT_FFN_GATE_SHEXP] = "ffn_gate_shexp.weight",
  [PADDOCK_WEIGHT_FFN_GATE_UP_EXPS] = "ffn_gate_up_exps.weight",
  [PADDOCK_WEIGHT_FFN_NORM_BIAS] = "ffn_norm.bias",
  [PADDOCK_WEIGHT_FFN_NORM] = "ffn_norm.weight",
  [PADDOCK_WEIGHT_FFN_NORM_EXPS] = "ffn_norm_exps.weight",
  [PADDOCK_WEIGHT_FFN_POST_NORM] = "ffn_post_norm.weight",
  [PADDOCK_WEIGHT_FFN_SUB_NORM] = "ffn_sub_norm.weight",
  [PADDOCK_WEIGHT_FFN_UP_BIAS] = "ffn_up.bias",
  [PADDOCK_WEIGHT_FFN_UP] = "ffn_up.weight",
  [PADDOCK_WEIGHT_FFN_UP_CHEXPS] = "ffn_up_chexps.weight",
  [PADDOCK_WEIGHT_FFN_UP_EXPS_BIAS] = "ffn_up_exps.bias",
  [PADDOCK_WEIGHT_FFN_UP_EXPS] = "ffn_up_exps.weight",
  [PADDOCK_WEIGHT_FFN_UP_SHEXP] = "ffn_up_shexp.weight",
  [PADDOCK_WEIGHT_LAYER_OUTPUT_NORM_BIAS] = "layer_output_norm.bias",
  [PADDOCK_WEIGHT_LAYER_OUTPUT_NORM] = "layer_output_norm.weight",
  [PADDOCK_WEIGHT_OUTPUT_BIAS] = "output.bias",
  [PADDOCK_WEIGHT_OUTPUT] = "output.weight",
  [PADDOCK_WEIGHT_OUTPUT_NORM_BIAS] = "output_norm.bias",
  [PADDOCK_WEIGHT_OUTPUT_NORM] = "output_norm.weight",
  [PADDOCK_WEIGHT_POSITION_EMBD] = "position_embd.weight",
  [PADDOCK_WEIGHT_POST_ATTENTION_NORM_BARE] = "post_attention_norm",
  [PADDOCK_WEIGHT_POST_ATTENTION_NORM] = "post_attention_norm.weight",
  [PADDOCK_WEIGHT_POST_FFW_NORM_BARE] = "post_ffw_norm",
  [PADDOCK_WEIGHT_POST_FFW_NORM] = "post_ffw_norm.weight",
  [PADDOCK_WEIGHT_TOKEN_EMBD] = "token_embd.weight",
  [PADDOCK_WEIGHT_TOKEN_EMBD_NORM_BIAS] = "token_embd_norm.bias",
  [PADDOCK_WEIGHT_TOKEN_EMBD_NORM] = "token_embd_norm.weight",
  [PADDOCK_WEIGHT_TOKEN_TYPES] = "token_types.weight",
};

/* NULL if nothing depends on this weight. */
static const PaddockShapeTensor **
slot_of (PaddockGraphWeights *self, const char *name)
{
  guint low = 0, high = PADDOCK_N_WEIGHTS;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (name, names[middle]);

      if (order == 0)
        return &self->of[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

/**
 * paddock_graph_weights_find:
 * @layer: -1 outside of layers
 *
 * Looks all weights of a layer up at once: a graph asks for most of them, present or not.
 */
void
paddock_graph_weights_find (PaddockGraphWeights *self, const PaddockModelShape *shape, int layer)
{
  guint n_tensors;
  const PaddockShapeTensor *tensors = paddock_model_shape_list (shape, layer, &n_tensors);

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < n_tensors; i++)
    {
      const PaddockShapeTensor **slot = slot_of (self, tensors[i].name);

      if (slot != NULL)
        *slot = &tensors[i];
    }
  /* PLaMo leaves the end of these names out. */
  if (self->of[PADDOCK_WEIGHT_POST_ATTENTION_NORM] == NULL)
    self->of[PADDOCK_WEIGHT_POST_ATTENTION_NORM] = self->of[PADDOCK_WEIGHT_POST_ATTENTION_NORM_BARE];
  if (self->of[PADDOCK_WEIGHT_POST_FFW_NORM] == NULL)
    self->of[PADDOCK_WEIGHT_POST_FFW_NORM] = self->of[PADDOCK_WEIGHT_POST_FFW_NORM_BARE];
}

const char *
paddock_graph_weights_name (PaddockWeight weight)
{
  return names[weight];
}
