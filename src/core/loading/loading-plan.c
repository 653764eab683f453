/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/loading-plan.h"

#include "base/units.h"

#define NAME_CHARS 120
#define PATH_CHARS 1024

/* What BitNet keeps behind the numbers: a scale, and padding. */
#define BITNET_TAIL 32
/* Its blocks: 128 weights of a quarter byte. */
#define BITNET_BLOCK_BYTES 32

struct _PaddockLoadingPlan
{
  gatomicrefcount references;

  /* Owned */
  PaddockGgufShards *shards;
  GArray *items;                     /* of PaddockLoadingItem */

  guint64 bytes;
};

static void
clear_item (gpointer item)
{
  g_clear_error (&((PaddockLoadingItem *) item)->problem);
}

static PaddockLoadingPlan *
plan_new (PaddockGgufShards *shards)
{
  PaddockLoadingPlan *self = g_new0 (PaddockLoadingPlan, 1);

  g_atomic_ref_count_init (&self->references);
  self->shards = paddock_gguf_shards_ref (shards);
  self->items = g_array_new (FALSE, TRUE, sizeof (PaddockLoadingItem));
  g_array_set_clear_func (self->items, clear_item);
  return self;
}

/* Nothing is known of its size: why. */
static void
set_unsized (PaddockLoadingItem *item)
{
  const PaddockQuantType *type = item->type;

  if (type == NULL)
    g_set_error (&item->problem, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_NO_TYPE,
                 "its type, number %u, is none that is known", item->tensor->type);
  else if (type->size_rule == PADDOCK_QUANT_SIZE_UNKNOWN)
    g_set_error (&item->problem, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_NO_TYPE,
                 "its type, %s, was removed long ago, and nobody knows its layout any more", type->name);
  else if (type->size_rule == PADDOCK_QUANT_SIZE_BLOCKS && item->tensor->dimensions[0] % type->block != 0)
    g_set_error (&item->problem, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_SHAPE,
                 "its rows of %" G_GUINT64_FORMAT " numbers are not whole blocks of %u, as %s has them",
                 item->tensor->dimensions[0], type->block, type->name);
  else
    g_set_error (&item->problem, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_SHAPE,
                 "its shape is none that %s can have: the size overflows or cannot be computed", type->name);
}

static void
set_outside (PaddockLoadingItem *item)
{
  g_set_error (&item->problem, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_OUTSIDE,
               "its %" G_GUINT64_FORMAT " bytes do not lie inside the file, which has %" G_GUINT64_FORMAT,
               item->tensor->bytes, paddock_gguf_file_get_size (item->file));
}

static void
set_extent (PaddockLoadingItem *item)
{
  const PaddockGgufTensor *tensor = item->tensor;
  guint64 end;

  item->unit_bytes = 1;
  if (!tensor->sized || item->type == NULL)
    {
      set_unsized (item);
      return;
    }
  if (__builtin_add_overflow (paddock_gguf_file_get_data_offset (item->file), tensor->offset, &item->offset) ||
      __builtin_add_overflow (item->offset, tensor->bytes, &end) || end > paddock_gguf_file_get_size (item->file))
    {
      set_outside (item);
      return;
    }
  item->bytes = tensor->bytes;
  if (item->type->size_rule == PADDOCK_QUANT_SIZE_PACKED_2BIT)
    {
      /* What has no numbers has no scale behind them either. */
      item->bytes = tensor->bytes - MIN (tensor->bytes, (guint64) BITNET_TAIL);
      item->unit_bytes = BITNET_BLOCK_BYTES;
    }
  else if (item->type->size_rule == PADDOCK_QUANT_SIZE_BLOCKS && item->type->row_bytes == 0)
    item->unit_bytes = item->type->bytes;
}

static void
add (PaddockLoadingPlan *self, guint position, guint shard, const PaddockGgufTensor *tensor)
{
  PaddockLoadingItem item = { .position = position, .shard = shard, .tensor = tensor };

  item.file = paddock_gguf_shards_get_shard (self->shards, shard)->file;
  item.type = paddock_gguf_file_get_tensor_type (item.file, tensor);
  set_extent (&item);
  /* Tensors may lie over each other, so that even a sum of what is inside may overflow. */
  if (item.problem == NULL && __builtin_add_overflow (self->bytes, item.bytes, &self->bytes))
    self->bytes = G_MAXUINT64;
  g_array_append_val (self->items, item);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const PaddockLoadingItem *first = a, *second = b;

  if (first->shard != second->shard)
    return first->shard < second->shard ? -1 : 1;
  if (first->offset != second->offset)
    return first->offset < second->offset ? -1 : 1;
  return first->position < second->position ? -1 : 1;
}

/**
 * paddock_loading_plan_new_for_model:
 * @shards: a model
 *
 * Plans to read every tensor of the files that are there.
 *
 * Returns: (transfer full): the plan
 */
PaddockLoadingPlan *
paddock_loading_plan_new_for_model (PaddockGgufShards *shards)
{
  PaddockLoadingPlan *self = plan_new (shards);
  guint position = 0;

  for (guint shard = 0; shard < paddock_gguf_shards_get_count (shards); shard++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, shard)->file;
      guint count = file != NULL ? paddock_gguf_file_get_n_tensors (file) : 0;

      for (guint i = 0; i < count; i++)
        add (self, position++, shard, paddock_gguf_file_get_tensor (file, i));
    }
  g_array_sort (self->items, compare);
  return self;
}

/**
 * paddock_loading_plan_new_for_tensor:
 * @shards: a model
 * @position: which of its tensors
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a plan for that tensor alone, or %NULL with @error set if it cannot be read
 */
PaddockLoadingPlan *
paddock_loading_plan_new_for_tensor (PaddockGgufShards *shards, guint position, GError **error)
{
  g_autoptr (PaddockLoadingPlan) self = plan_new (shards);
  const PaddockGgufTensor *tensor;
  const PaddockLoadingItem *item;
  guint shard;

  if (position >= paddock_gguf_shards_get_n_tensors (shards))
    {
      g_set_error (error, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_NO_TENSOR, "the model has no tensor %u", position);
      return NULL;
    }
  tensor = paddock_gguf_shards_get_tensor (shards, position, &shard);
  add (self, position, shard, tensor);
  item = paddock_loading_plan_get_item (self, 0);
  if (item->problem != NULL)
    {
      g_propagate_error (error, g_error_copy (item->problem));
      paddock_loading_item_prefix_error (item, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * paddock_loading_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): @self
 */
PaddockLoadingPlan *
paddock_loading_plan_ref (PaddockLoadingPlan *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * paddock_loading_plan_unref:
 * @self: (transfer full): a plan
 */
void
paddock_loading_plan_unref (PaddockLoadingPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->items);
  paddock_gguf_shards_unref (self->shards);
  g_free (self);
}

PaddockGgufShards *
paddock_loading_plan_get_shards (PaddockLoadingPlan *self)
{
  return self->shards;
}

guint
paddock_loading_plan_get_n_items (PaddockLoadingPlan *self)
{
  return self->items->len;
}

/**
 * paddock_loading_plan_get_item:
 * @self: a plan
 * @position: less than the number of items
 *
 * Returns: (transfer none): what is read then
 */
const PaddockLoadingItem *
paddock_loading_plan_get_item (PaddockLoadingPlan *self, guint position)
{
  return &g_array_index (self->items, PaddockLoadingItem, position);
}

guint64
paddock_loading_plan_get_bytes (PaddockLoadingPlan *self)
{
  return self->bytes;
}

/**
 * paddock_loading_item_dup_name:
 * @self: an item
 *
 * Returns: (transfer full): the tensor's name, made showable
 */
char *
paddock_loading_item_dup_name (const PaddockLoadingItem *self)
{
  gsize length;
  const char *bytes = paddock_gguf_file_get_tensor_name_bytes (self->file, self->tensor, &length);

  return paddock_units_escape (bytes, (gssize) length, NAME_CHARS);
}

/**
 * paddock_loading_item_prefix_error:
 * @self: an item
 * @error: (inout): what went wrong with it
 */
void
paddock_loading_item_prefix_error (const PaddockLoadingItem *self, GError **error)
{
  g_autofree char *name = paddock_loading_item_dup_name (self);
  g_autofree char *path = paddock_units_escape (paddock_gguf_file_get_path (self->file), -1, PATH_CHARS);

  g_prefix_error (error, "“%s”, tensor “%s”: ", path, name);
}
