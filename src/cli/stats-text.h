/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "loading/tensor-stats.h"
#include "loading/tensor-survey.h"

G_BEGIN_DECLS

/* What the numbers of tensors come to, for a person. */
void paddock_stats_text_print_survey (PaddockGgufShards *shards, PaddockTensorSurvey *survey);
void paddock_stats_text_print_tensor (PaddockGgufShards *shards, guint position, const PaddockTensorStats *stats);

G_END_DECLS
