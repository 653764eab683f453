/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/shape-tensors.h"

#include <stdlib.h>
#include <string.h>

#include "estimate/estimate-error.h"

static const char *const block_prefixes[] = { "", "enc.", "dec." };

/* Reads "blk.N." at the front of what is left; the rest begins after it. */
static gboolean
skip_block (const char **text, const char *end, guint layers, int *layer)
{
  const char *at = *text;
  guint number = 0;

  if (end - at < 6 || memcmp (at, "blk.", 4) != 0)
    return FALSE;
  for (at += 4; at < end && g_ascii_isdigit (*at) && number < layers; at++)
    number = number * 10 + (guint) (*at - '0');
  if (number >= layers || end - at < 2 || *at != '.' || at == *text + 4)
    return FALSE;
  *layer = (int) number;
  *text = at + 1;
  return TRUE;
}

/* Copies a name without its block, and says which one that was. */
static char *
copy_name (char *to, const char *name, gsize length, guint layers, int *layer)
{
  *layer = -1;
  for (guint i = 0; i < G_N_ELEMENTS (block_prefixes); i++)
    {
      gsize prefix = strlen (block_prefixes[i]);
      const char *rest = name + prefix;

      if (length < prefix || memcmp (name, block_prefixes[i], prefix) != 0 ||
          !skip_block (&rest, name + length, layers, layer))
        continue;
      memcpy (to, name, prefix);
      length -= (gsize) (rest - name);
      memcpy (to + prefix, rest, length);
      to[prefix + length] = '\0';
      return to + prefix + length + 1;
    }
  memcpy (to, name, length);
  to[length] = '\0';
  return to + length + 1;
}

static gboolean
fill_tensor (PaddockShapeTensor *self, PaddockGgufFile *file, const PaddockGgufTensor *tensor, GError **error)
{
  self->type = paddock_gguf_file_get_tensor_type (file, tensor);
  self->sized = tensor->sized;
  self->bytes = tensor->sized ? tensor->bytes : 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->ne); i++)
    {
      if (tensor->dimensions[i] > G_MAXINT64)
        {
          g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER,
                       "tensor “%s” is larger than anything can be", self->name);
          return FALSE;
        }
      self->ne[i] = (gint64) tensor->dimensions[i];
    }
  return TRUE;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (((const PaddockShapeTensor *) a)->name, ((const PaddockShapeTensor *) b)->name);
}

/* Puts each layer's tensors together, with one walk that counts and one that places them. */
static void
sort_tensors (PaddockModelShape *shape, const PaddockShapeTensor *tensors)
{
  g_autofree guint *next = g_new0 (guint, shape->layers + 2);

  for (guint i = 0; i < shape->n_tensors; i++)
    shape->first[tensors[i].layer + 2]++;
  for (guint i = 1; i < shape->layers + 2; i++)
    shape->first[i] += shape->first[i - 1];
  memcpy (next, shape->first, (shape->layers + 2) * sizeof *next);
  for (guint i = 0; i < shape->n_tensors; i++)
    shape->tensors[next[tensors[i].layer + 1]++] = tensors[i];
  for (guint i = 0; i < shape->layers + 1; i++)
    qsort (shape->tensors + shape->first[i], shape->first[i + 1] - shape->first[i], sizeof *tensors, compare_names);
}

static gboolean
count_tensors (PaddockModelShape *shape, PaddockGgufShards *shards, gsize *name_bytes, GError **error)
{
  guint64 n_tensors = 0;

  *name_bytes = 0;
  for (guint i = 0; i < paddock_gguf_shards_get_count (shards); i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, i)->file;

      if (file == NULL || paddock_gguf_file_get_failure (file) != NULL)
        {
          g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_INCOMPLETE,
                       file == NULL ? "part %u of the model is missing" : "the header of part %u breaks off", i + 1);
          return FALSE;
        }
      n_tensors += paddock_gguf_file_get_n_tensors (file);
      for (guint j = 0; j < paddock_gguf_file_get_n_tensors (file); j++)
        *name_bytes += paddock_gguf_file_get_tensor (file, j)->name_length + 1;
    }
  if (n_tensors < shape->layers || n_tensors > G_MAXINT)
    {
      g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER,
                   "%" G_GUINT64_FORMAT " tensors are not enough for %u layers", n_tensors, shape->layers);
      return FALSE;
    }
  shape->n_tensors = (guint) n_tensors;
  return TRUE;
}

gboolean
paddock_shape_tensors_read (PaddockModelShape *shape, PaddockGgufShards *shards, GError **error)
{
  g_autofree PaddockShapeTensor *tensors = NULL;
  gsize name_bytes = 0;
  char *to;
  guint position = 0;

  if (!count_tensors (shape, shards, &name_bytes, error))
    return FALSE;
  tensors = g_new0 (PaddockShapeTensor, shape->n_tensors);
  shape->tensors = g_new0 (PaddockShapeTensor, shape->n_tensors);
  shape->first = g_new0 (guint, shape->layers + 2);
  to = shape->names = g_malloc (name_bytes);
  for (guint i = 0; i < paddock_gguf_shards_get_count (shards); i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, i)->file;

      for (guint j = 0; j < paddock_gguf_file_get_n_tensors (file); j++, position++)
        {
          const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (file, j);
          gsize length = 0;
          const char *name = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &length);

          tensors[position].name = to;
          to = copy_name (to, name != NULL ? name : "", name != NULL ? length : 0, shape->layers,
                          &tensors[position].layer);
          if (!fill_tensor (&tensors[position], file, tensor, error))
            return FALSE;
        }
    }
  sort_tensors (shape, tensors);
  return TRUE;
}
