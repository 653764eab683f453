/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-info.h"

G_BEGIN_DECLS

/**
 * PaddockFileName:
 *
 * What the name of a file says, by the naming convention of GGUF files
 * (BaseName-SizeLabel-FineTune-Version-Encoding-Type-Shard.gguf) and by what people make of it. Texts that the name
 * does not hold are %NULL.
 */
typedef struct
{
  char *title;                       /* the name without extension, shard and quantization: never NULL or empty */
  char *base_name;                   /* "Qwen3" */
  char *size_label;                  /* "30B-A3B", as written but in capitals */
  char *fine_tune;                   /* "Instruct" */
  char *version;                     /* "v0.3" */
  char *quantization;                /* "Q4_K_M", "IQ4_XS", "BF16": in capitals, however it was written */
  gboolean dynamic;                  /* UD-: tensors are quantized one by one as they deserve */
  gboolean weighted;                 /* i1-, imat: quantized with an importance matrix */
  PaddockModelKind kind;
  guint shard;                       /* from 1; 0 if it is no shard */
  guint shards;
} PaddockFileName;

PaddockFileName *paddock_file_name_parse (const char *path);
void             paddock_file_name_free  (PaddockFileName *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockFileName, paddock_file_name_free)

G_END_DECLS
