/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

char                       *paddock_model_quantization_detect    (PaddockGgufShards *shards);
const PaddockQuantFileType *paddock_model_quantization_get_claim (PaddockGgufShards *shards);

G_END_DECLS
