/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_MODEL_LANGUAGE,            /* something that can be run by itself */
  PADDOCK_MODEL_PROJECTOR,           /* mmproj: eyes or ears for a language model */
  PADDOCK_MODEL_ADAPTER,             /* LoRA */
  PADDOCK_MODEL_CONTROL_VECTOR,
  PADDOCK_MODEL_IMATRIX,
  PADDOCK_MODEL_VOCABULARY           /* no tensors */
} PaddockModelKind;

typedef enum
{
  PADDOCK_CAPABILITY_CHAT = 1 << 0,
  PADDOCK_CAPABILITY_CODE = 1 << 1,
  PADDOCK_CAPABILITY_VISION = 1 << 2,
  PADDOCK_CAPABILITY_AUDIO = 1 << 3,
  PADDOCK_CAPABILITY_EMBEDDING = 1 << 4,
  PADDOCK_CAPABILITY_REASONING = 1 << 5,
  PADDOCK_CAPABILITY_TOOLS = 1 << 6
} PaddockCapabilities;

/**
 * PaddockModelInfo:
 *
 * What a model is, in values for people and programs. Numbers that the file does not tell are -1, texts %NULL.
 * Reference counted; the fields are read only.
 */
typedef struct
{
  PaddockModelKind kind;
  PaddockCapabilities capabilities;
  char *name;                        /* general.name, else from the file's name: never NULL */
  char *basename;                    /* general.basename */
  char *size_label;                  /* "7B", "8x7B", computed where the file does not say */
  char *architecture;                /* as the file says */
  char *architecture_name;           /* "Llama", "Qwen 3 MoE": for people; the id where nobody knows it */
  gboolean architecture_known;
  char *quantization;                /* found from the tensors: "Q4_K_M", "F16", "mixed" */
  char *file_type;                   /* the file's own claim */
  char *license;
  char *author;
  char *organization;
  char *description;
  char *repository;                  /* URL */
  char *tokenizer;                   /* "llama", "gpt2", "bert" ... and the pre-tokenizer: "gpt2 (qwen2)" */
  char *chat_template;
  char **languages;
  char **tags;
  gint64 parameters;
  gint64 active_parameters;          /* of a mixture of experts, for one token */
  gint64 context_length;
  gint64 embedding_length;
  gint64 layers;
  gint64 heads;                      /* of the first layer with attention */
  gint64 kv_heads;
  gint64 vocabulary;
  gint64 experts;
  gint64 experts_used;
  guint64 file_size;                 /* of all shards present */
  guint64 tensor_bytes;
  double bits_per_weight;            /* 0 if unknown */
} PaddockModelInfo;

PaddockModelInfo *paddock_model_info_new   (PaddockGgufShards *shards);
PaddockModelInfo *paddock_model_info_ref   (PaddockModelInfo *self);
void              paddock_model_info_unref (PaddockModelInfo *self);

const char *paddock_model_kind_get_id         (PaddockModelKind kind);          /* "model", "projector" ... */
/* "chat", "code" ... of one bit; for --json and for matching */
const char *paddock_capability_get_id         (PaddockCapabilities one);
/* NULL-terminated ids of all bits set (transfer container) */
const char **paddock_capabilities_list        (PaddockCapabilities capabilities);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelInfo, paddock_model_info_unref)

G_END_DECLS
