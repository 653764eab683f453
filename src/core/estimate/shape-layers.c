/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/shape-layers.h"

#include <string.h>

#include "estimate/estimate-error.h"
#include "estimate/shape-keys.h"
#include "estimate/shape-rules.h"

#define MAX_HEADS (1 << 16)
#define MAX_WIDE (1 << 24)

/* Only the 64 layers of the largest EXAONE 4 slide. */
#define EXAONE4_LARGE 64
#define EXAONE4_WINDOW 4096

/* Of Gemma 3n: the layers after these take what the last of these keep. */
#define GEMMA3N_OWN_CACHES 20

#define DEFAULT_INTERVAL 4

typedef guint32 Values[PADDOCK_SHAPE_MAX_LAYERS];

static gboolean
read_heads (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, GError **error)
{
  Values heads = { 0 }, kv_heads, feed_forward = { 0 };

  if (!paddock_shape_keys_read_layers (shape, metadata, "attention.head_count", MAX_HEADS, heads, NULL, error))
    return FALSE;
  memcpy (kv_heads, heads, sizeof kv_heads);
  if (!paddock_shape_keys_read_layers (shape, metadata, "attention.head_count_kv", MAX_HEADS, kv_heads, NULL, error) ||
      !paddock_shape_keys_read_layers (shape, metadata, "feed_forward_length", MAX_WIDE, feed_forward, NULL, error))
    return FALSE;
  for (guint i = 0; i < shape->layers; i++)
    {
      PaddockShapeLayer *layer = &shape->layer[i];

      layer->heads = heads[i];
      layer->kv_heads = kv_heads[i];
      layer->feed_forward = feed_forward[i];
      if (layer->heads > 0 && layer->kv_heads > 0 && layer->heads % layer->kv_heads != 0)
        {
          g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER,
                       "layer %u has %u heads, which cannot share %u heads for keys", i, layer->heads, layer->kv_heads);
          return FALSE;
        }
      shape->heads = MAX (shape->heads, layer->heads);
      shape->kv_heads = MAX (shape->kv_heads, layer->kv_heads);
    }
  return TRUE;
}

/* The length of keys and values where the header leaves it to the heads of the first layer that has some. */
static void
complete_lengths (PaddockModelShape *shape)
{
  guint32 heads = 0, length;

  for (guint i = 0; i < shape->layers && heads == 0; i++)
    heads = shape->layer[i].heads;
  if (heads == 0)
    return;
  length = shape->embedding / heads;
  shape->key_length = shape->key_length != 0 ? shape->key_length : length;
  shape->value_length = shape->value_length != 0 ? shape->value_length : length;
  if (shape->key_length_sliding == 0)
    shape->key_length_sliding = shape->key_length;
  if (shape->value_length_sliding == 0)
    shape->value_length_sliding = shape->value_length;
  if (shape->rope_dimensions == 0)
    shape->rope_dimensions = shape->key_length;
  if (shape->rope_dimensions_sliding == 0)
    shape->rope_dimensions_sliding = shape->rope_dimensions;
}

/* Chooses how far layers see; rules of the architecture are for models whose headers do not tell the pattern. */
static void
choose_window (PaddockModelShape *shape, const PaddockShapeRules *rules, gboolean told, gboolean has_pattern)
{
  shape->window_kind = rules->window_kind;
  if (!told)
    shape->window = rules->window;
  if (strcmp (shape->architecture, "exaone4") == 0)
    {
      if (shape->layers != EXAONE4_LARGE)
        shape->window = 0;
      else if (shape->window == 0)
        shape->window = EXAONE4_WINDOW;
    }
  if (rules->window_forced != 0 && shape->window != 0)
    shape->window = rules->window_forced;
  if (shape->arch == NULL && has_pattern)
    shape->window_kind = PADDOCK_SHAPE_WINDOW_SLIDING;
  if (shape->window == 0)
    shape->window_kind = PADDOCK_SHAPE_WINDOW_NONE;
  if (shape->window_kind == PADDOCK_SHAPE_WINDOW_NONE)
    shape->window = 0;
}

static gboolean
read_windows (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, const PaddockShapeRules *rules,
              GError **error)
{
  g_autofree char *window = g_strconcat (shape->architecture, ".attention.sliding_window", NULL);
  g_autofree char *pattern = g_strconcat (window, "_pattern", NULL);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, pattern);
  guint64 period = rules->pattern;
  Values sliding = { 0 };

  choose_window (shape, rules, paddock_gguf_metadata_find (metadata, window) != NULL, entry != NULL);
  if (shape->window == 0)
    return TRUE;
  if (entry != NULL && entry->type == PADDOCK_GGUF_ARRAY && !rules->pattern_fixed)
    {
      if (!paddock_shape_keys_read_layers (shape, metadata, "attention.sliding_window_pattern", 1, sliding, NULL,
                                           error))
        return FALSE;
    }
  else
    {
      if (entry != NULL && !rules->pattern_fixed &&
          (!paddock_gguf_metadata_read_uint (metadata, entry, &period) || period > PADDOCK_SHAPE_MAX_LAYERS))
        {
          g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER, "%s is no pattern of layers",
                       pattern);
          return FALSE;
        }
      for (guint64 i = 0; i < shape->layers; i++)
        sliding[i] = period == 0 || (rules->dense_first ? i % period != 0 : i % period < period - 1);
    }
  for (guint i = 0; i < shape->layers; i++)
    shape->layer[i].sliding = sliding[i] != 0;
  return TRUE;
}

static gboolean
is_recurrent (const PaddockModelShape *shape, const PaddockShapeRules *rules, guint position)
{
  const PaddockShapeLayer *layer = &shape->layer[position];
  guint32 interval = shape->full_attention_interval != 0 ? shape->full_attention_interval : DEFAULT_INTERVAL;

  switch (rules->recurrent)
    {
    case PADDOCK_SHAPE_RECURRENT_ALL:
    case PADDOCK_SHAPE_RECURRENT_BESIDES:
      return TRUE;
    case PADDOCK_SHAPE_RECURRENT_NO_HEADS:
      return layer->kv_heads == 0;
    case PADDOCK_SHAPE_RECURRENT_BARE:
      return layer->kv_heads == 0 && layer->feed_forward == 0;
    case PADDOCK_SHAPE_RECURRENT_INTERVAL:
      return (position + 1) % interval != 0;
    case PADDOCK_SHAPE_RECURRENT_NONE:
    default:
      return FALSE;
    }
}

static gboolean
read_recurrence (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, const PaddockShapeRules *rules,
                 GError **error)
{
  guint used = shape->layers - shape->nextn_layers;
  gboolean told = FALSE;
  Values recurrent = { 0 };

  if (!paddock_shape_keys_read_layers (shape, metadata, "attention.recurrent_layers", 1, recurrent, &told, error))
    return FALSE;
  for (guint i = 0; i < shape->layers; i++)
    {
      PaddockShapeLayer *layer = &shape->layer[i];

      layer->recurrent = i < used && (told ? recurrent[i] != 0 : is_recurrent (shape, rules, i));
      layer->has_cache = i < used && !rules->no_cache &&
                         (!layer->recurrent || rules->recurrent == PADDOCK_SHAPE_RECURRENT_BESIDES) &&
                         (layer->feed_forward == 0 || rules->recurrent != PADDOCK_SHAPE_RECURRENT_BARE);
    }
  return TRUE;
}

static gboolean
read_sharing (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, GError **error)
{
  g_autofree char *key = g_strconcat (shape->architecture, ".attention.shared_kv_layers", NULL);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, key);
  guint64 shared = 0;
  guint own = shape->layers;

  if (entry != NULL && (!paddock_gguf_metadata_read_uint (metadata, entry, &shared) || shared > shape->layers))
    {
      g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER, "%s is more than there are layers",
                   key);
      return FALSE;
    }
  if (strcmp (shape->architecture, "gemma3n") == 0)
    own = MIN (own, GEMMA3N_OWN_CACHES);
  else
    own -= (guint) shared;
  for (guint i = own; i < shape->layers; i++)
    shape->layer[i].has_cache = FALSE;
  return TRUE;
}

static gboolean
check_attention (const PaddockModelShape *shape, const PaddockShapeRules *rules, GError **error)
{
  if (rules->recurrent == PADDOCK_SHAPE_RECURRENT_ALL || shape->heads > 0)
    return TRUE;
  g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER, "%s.attention.head_count is missing or 0",
               shape->architecture);
  return FALSE;
}

gboolean
paddock_shape_layers_read (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, GError **error)
{
  const PaddockShapeRules *rules = paddock_shape_rules_lookup (shape->architecture);

  if (shape->nextn_layers >= shape->layers)
    {
      g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER,
                   "%u of %u layers would guess ahead: none is left", shape->nextn_layers, shape->layers);
      return FALSE;
    }
  shape->layer = g_new0 (PaddockShapeLayer, shape->layers);
  if (!read_heads (shape, metadata, error) || !check_attention (shape, rules, error))
    return FALSE;
  complete_lengths (shape);
  if (!read_windows (shape, metadata, rules, error) || !read_recurrence (shape, metadata, rules, error) ||
      !read_sharing (shape, metadata, error))
    return FALSE;
  for (guint i = 0; i < shape->layers; i++)
    {
      PaddockShapeLayer *layer = &shape->layer[i];

      layer->key_length = layer->sliding ? shape->key_length_sliding : shape->key_length;
      layer->value_length = layer->sliding ? shape->value_length_sliding : shape->value_length;
    }
  return TRUE;
}

static gboolean
has_same_settings (const PaddockShapeLayer *a, const PaddockShapeLayer *b)
{
  return a->heads == b->heads && a->kv_heads == b->kv_heads && a->key_length == b->key_length &&
         a->value_length == b->value_length && a->feed_forward == b->feed_forward && a->recurrent == b->recurrent &&
         a->sliding == b->sliding && a->has_cache == b->has_cache;
}

static gboolean
has_same_tensors (const PaddockModelShape *shape, guint a, guint b)
{
  guint n_tensors = 0, n_others = 0;
  const PaddockShapeTensor *tensors = paddock_model_shape_list (shape, (int) a, &n_tensors);
  const PaddockShapeTensor *others = paddock_model_shape_list (shape, (int) b, &n_others);

  if (n_tensors != n_others)
    return FALSE;
  for (guint i = 0; i < n_tensors; i++)
    {
      if (tensors[i].type != others[i].type || memcmp (tensors[i].ne, others[i].ne, sizeof tensors[i].ne) != 0 ||
          strcmp (tensors[i].name, others[i].name) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Two layers whose digests differ are not compared, so that a file of many tensors costs no more than a walk. */
static guint64
digest_tensors (const PaddockModelShape *shape, guint layer)
{
  const guint64 prime = G_GUINT64_CONSTANT (1099511628211);
  guint n_tensors = 0;
  const PaddockShapeTensor *tensors = paddock_model_shape_list (shape, (int) layer, &n_tensors);
  guint64 digest = n_tensors;

  for (guint i = 0; i < n_tensors; i++)
    {
      digest = (digest ^ g_str_hash (tensors[i].name)) * prime;
      digest = (digest ^ (tensors[i].type != NULL ? tensors[i].type->id : G_MAXUINT32)) * prime;
      for (guint j = 0; j < G_N_ELEMENTS (tensors[i].ne); j++)
        digest = (digest ^ (guint64) tensors[i].ne[j]) * prime;
    }
  return digest;
}

void
paddock_shape_layers_compare (PaddockModelShape *shape)
{
  guint64 digests[PADDOCK_SHAPE_MAX_LAYERS];

  for (guint i = 0; i < shape->layers; i++)
    {
      guint alike = 0;

      digests[i] = digest_tensors (shape, i);
      while (alike < i && (shape->layer[alike].alike != alike || digests[alike] != digests[i] ||
                           !has_same_settings (&shape->layer[alike], &shape->layer[i]) ||
                           !has_same_tensors (shape, alike, i)))
        alike++;
      shape->layer[i].alike = alike;
    }
}
