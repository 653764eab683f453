/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/graph-builder.h"

G_BEGIN_DECLS

/* Recurrent layers carry a state from token to token instead of a cache: one for each sequence, read at the beginning
 * of a batch and written back at its end. */

void              paddock_graph_input_states (PaddockGraphBuilder *self);

/* The states of the sequences of the batch, of so many elements each. */
PaddockComputeRef paddock_graph_read_states  (PaddockGraphBuilder *self, gint64 size);
/* What is to be done about the other states after an operation that picked those it needs by itself. */
void              paddock_graph_move_states  (PaddockGraphBuilder *self, gint64 size);
void              paddock_graph_write_states (PaddockGraphBuilder *self, PaddockComputeRef a);

/* The tokens of each sequence are a slice of their own. */
PaddockComputeRef paddock_graph_by_sequence  (PaddockGraphBuilder *self, PaddockComputeRef a);
PaddockComputeRef paddock_graph_by_token     (PaddockGraphBuilder *self, PaddockComputeRef a);

/* A convolution over a token and those before it, which a state has kept. */
PaddockComputeRef paddock_graph_convolve     (PaddockGraphBuilder *self, PaddockComputeRef state, PaddockComputeRef a);

/* What mixes the tokens of a layer. */
PaddockComputeRef paddock_graph_delta_net_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);
PaddockComputeRef paddock_graph_kda_block    (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);
PaddockComputeRef paddock_graph_short_conv_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);
PaddockComputeRef paddock_graph_mamba_block  (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);
PaddockComputeRef paddock_graph_mamba_by_head_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);
PaddockComputeRef paddock_graph_mamba2_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);

/* The same for layers that see the token before, too. */
PaddockComputeRef paddock_graph_rwkv6_time_mix   (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a,
                                                  PaddockComputeRef before);
PaddockComputeRef paddock_graph_rwkv7_time_mix   (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a,
                                                  PaddockComputeRef before, PaddockComputeRef *first_values);
PaddockComputeRef paddock_graph_rwkv_channel_mix (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a,
                                                  PaddockComputeRef before);

G_END_DECLS
