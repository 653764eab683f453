/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_TENSOR_DETAILS (paddock_tensor_details_get_type ())
G_DECLARE_FINAL_TYPE (PaddockTensorDetails, paddock_tensor_details, PADDOCK, TENSOR_DETAILS, AdwBin)

void paddock_tensor_details_set_tensor (PaddockTensorDetails *self, PaddockGgufShards *shards, guint position);
void paddock_tensor_details_clear      (PaddockTensorDetails *self);

G_END_DECLS
