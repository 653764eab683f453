/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tensor-order.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_TENSOR_LIST (paddock_tensor_list_get_type ())
G_DECLARE_FINAL_TYPE (PaddockTensorList, paddock_tensor_list, PADDOCK, TENSOR_LIST, GObject)

PaddockTensorList *paddock_tensor_list_new        (void);
void               paddock_tensor_list_set_shards (PaddockTensorList *self, PaddockGgufShards *shards);
void               paddock_tensor_list_set_search (PaddockTensorList *self, const char *search);
void               paddock_tensor_list_set_order  (PaddockTensorList *self, PaddockTensorKey key, gboolean descending);
PaddockGgufShards *paddock_tensor_list_get_shards (PaddockTensorList *self);
GArray            *paddock_tensor_list_map        (PaddockTensorList *self, const GtkBitset *shown);
guint              paddock_tensor_list_get_found  (PaddockTensorList *self);   /* tensors that the list will show */
guint64            paddock_tensor_list_get_bytes  (PaddockTensorList *self);   /* of those */
guint              paddock_tensor_list_get_total  (PaddockTensorList *self);   /* tensors, found or not */

G_END_DECLS
