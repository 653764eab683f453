/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/arch-table.h"
#include "model/model-info.h"

G_BEGIN_DECLS

/**
 * PaddockModelEvidence:
 *
 * What a model's abilities are concluded from. Everything may be missing.
 */
typedef struct
{
  PaddockModelKind kind;
  const PaddockArch *architecture;
  const PaddockGgufMetadata *metadata;
  const char *architecture_id;
  const char *chat_template;         /* all variants, one behind the other */
  const char *const *names;          /* NULL-terminated: what the model and its file are called */
  const char *const *tags;           /* NULL-terminated */
} PaddockModelEvidence;

PaddockCapabilities paddock_model_capability_conclude (const PaddockModelEvidence *evidence);

G_END_DECLS
