/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-weights.h"

#include "estimate/estimate-error.h"
#include "estimate/shape-rules.h"

/* Adds a tensor and the gap behind it; FALSE if that is more than can be counted. */
static gboolean
add_tensor (const PaddockShapeTensor *tensor, guint64 *bytes)
{
  guint64 padded;

  if (__builtin_add_overflow (tensor->bytes, (guint64) (PADDOCK_MEMORY_TENSOR_ALIGNMENT - 1), &padded))
    return FALSE;
  padded -= padded % PADDOCK_MEMORY_TENSOR_ALIGNMENT;
  return !__builtin_add_overflow (*bytes, padded, bytes);
}

/* Layers that guess ahead stay in the file: the engine loads them only when it is told to guess, except for what an
 * architecture could do without. */
static gboolean
is_loaded (const PaddockModelShape *shape, const PaddockShapeTensor *tensor)
{
  const char *const *ahead = paddock_shape_rules_lookup (shape->architecture)->ahead;

  return tensor->layer < (int) (shape->layers - shape->nextn_layers)
         || (ahead != NULL && g_strv_contains (ahead, tensor->name));
}

/* The table of tokens, where the engine loads it a second time as the output. */
static const PaddockShapeTensor *
find_second_table (const PaddockModelShape *shape)
{
  if (!paddock_shape_rules_lookup (shape->architecture)->tied_twice ||
      paddock_model_shape_find (shape, -1, "output.weight") != NULL)
    return NULL;
  return paddock_model_shape_find (shape, -1, "token_embd.weight");
}

static gboolean
set_unknown (GError **error, const PaddockShapeTensor *tensor)
{
  g_autofree char *layer = tensor->layer >= 0 ? g_strdup_printf (" of layer %d", tensor->layer) : g_strdup ("");

  if (tensor->type == NULL)
    g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_TENSOR_TYPE,
                 "tensor “%s”%s is of a type that nobody knows", tensor->name, layer);
  else
    g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_TENSOR_TYPE,
                 "tensor “%s”%s cannot have that shape as %s", tensor->name, layer, tensor->type->name);
  return FALSE;
}

/**
 * paddock_memory_weights_compute:
 * @shape: a model
 * @bytes: (out): what its weights take in memory as they are stored
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Returns: %FALSE if a tensor is of a type whose size nobody knows
 */
gboolean
paddock_memory_weights_compute (const PaddockModelShape *shape, guint64 *bytes, GError **error)
{
  const PaddockShapeTensor *second = find_second_table (shape);
  gboolean fits = TRUE;

  *bytes = 0;
  for (guint i = 0; i < shape->n_tensors && fits; i++)
    {
      if (!is_loaded (shape, &shape->tensors[i]))
        continue;
      if (!shape->tensors[i].sized)
        return set_unknown (error, &shape->tensors[i]);
      fits = add_tensor (&shape->tensors[i], bytes);
    }
  if (fits && (second == NULL || add_tensor (second, bytes)) && *bytes <= PADDOCK_MEMORY_MOST_BYTES)
    return TRUE;
  g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_OVERFLOW,
                       "the tensors have more bytes than can be counted");
  return FALSE;
}

/**
 * paddock_memory_weights_of:
 * @shape: a model
 * @layer: a layer, or -1 for what belongs to none
 *
 * Returns: the bytes of the tensors there; %G_MAXUINT64 if they cannot be counted
 */
guint64
paddock_memory_weights_of (const PaddockModelShape *shape, int layer)
{
  guint n_tensors = 0;
  const PaddockShapeTensor *tensors = paddock_model_shape_list (shape, layer, &n_tensors);
  const PaddockShapeTensor *second = layer < 0 ? find_second_table (shape) : NULL;
  guint64 bytes = 0;

  if (second != NULL && !add_tensor (second, &bytes))
    return G_MAXUINT64;
  for (guint i = 0; i < n_tensors; i++)
    {
      if (is_loaded (shape, &tensors[i]) && !add_tensor (&tensors[i], &bytes))
        return G_MAXUINT64;
    }
  return bytes;
}
