/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_TENSOR_ROW (paddock_tensor_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockTensorRow, paddock_tensor_row, PADDOCK, TENSOR_ROW, GObject)

PaddockTensorRow *paddock_tensor_row_new (PaddockGgufShards *shards, guint position);
void              paddock_tensor_row_set (PaddockTensorRow *self, PaddockGgufShards *shards, guint position);

G_END_DECLS
