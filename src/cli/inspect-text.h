/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"
#include "model/model-info.h"

G_BEGIN_DECLS

/* What `inspect` says to a person. */
void paddock_inspect_text_print (const char *path, PaddockGgufShards *shards, const PaddockModelInfo *info,
                                 gboolean with_metadata, gboolean with_tensors);

G_END_DECLS
