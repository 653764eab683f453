/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-types.h"

G_BEGIN_DECLS

/* What a model of an architecture does with text. */
typedef enum
{
  PADDOCK_ARCH_DECODER,
  PADDOCK_ARCH_ENCODER,          /* embeddings, ranking, classification */
  PADDOCK_ARCH_ENCODER_DECODER,
  PADDOCK_ARCH_RECURRENT,        /* a state instead of a cache that grows */
  PADDOCK_ARCH_HYBRID,           /* attention and recurrent layers */
  PADDOCK_ARCH_DIFFUSION,
  PADDOCK_ARCH_DRAFT,            /* guesses for another model and cannot be run alone */
  PADDOCK_ARCH_AUDIO,            /* makes sound */
  PADDOCK_ARCH_PROJECTOR         /* eyes and ears for another model */
} PaddockArchKind;

/**
 * PaddockArch:
 *
 * One model architecture that llama.cpp (or BitNet's fork) knows. Static data.
 */
typedef struct
{
  const char *id;                /* as in general.architecture */
  const char *name;              /* for people */
  PaddockArchKind kind;
  const char *required;          /* keys beyond the common ones; read with paddock_arch_dup_required_key() */
} PaddockArch;

const PaddockArch *paddock_arch_lookup           (const char *id);
char              *paddock_arch_dup_required_key (const PaddockArch *self, guint position, PaddockGgufType *type);

G_END_DECLS
