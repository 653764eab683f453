/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

/* Finds the tensor that a person named. FALSE: there is none, which has been complained of, with the name that is nearest. */
gboolean paddock_tensor_choice_find     (PaddockGgufShards *shards, const char *name, guint *position);
/* Valid UTF-8. */
char    *paddock_tensor_choice_dup_name (PaddockGgufShards *shards, guint position);

G_END_DECLS
