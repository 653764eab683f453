/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-parameters.h"

#include <string.h>

/* Up to so many experts a model is called by their number ("8x7B"), beyond that by its active part ("30B-A3B"). */
#define MAX_EXPERTS_IN_LABEL 16

typedef struct
{
  guint64 all;
  guint64 expert;                    /* in tensors of which a token sees a part */
  guint64 sized;                     /* that have bytes */
  guint64 bytes;
  gboolean overflow;
  gboolean missing;                  /* a tensor whose size nobody can tell */
} Sums;

static gboolean
ends_with (const char *name, gsize length, const char *end)
{
  return length >= strlen (end) && memcmp (name + length - strlen (end), end, strlen (end)) == 0;
}

static gboolean
contains (const char *name, gsize length, const char *part)
{
  return memmem (name, length, part, strlen (part)) != NULL;
}

/* Tables that are computed, and what a quantizer adds: nobody learnt them. */
static gboolean
is_learnt (const char *name, gsize length)
{
  return !ends_with (name, length, ".scale") && !ends_with (name, length, ".input_scale") &&
         !contains (name, length, "rope_freqs") && !contains (name, length, "rope_factors_");
}

/* All experts in one tensor ("ffn_up_exps"), or each in its own ("ffn_up.3"), as it was once done. */
static gboolean
is_of_experts (const char *name, gsize length)
{
  const char *number;

  if (contains (name, length, "_exps"))
    return TRUE;
  if (!ends_with (name, length, ".weight") || !contains (name, length, ".ffn_"))
    return FALSE;
  number = name + length - strlen (".weight") - 1;
  if (!g_ascii_isdigit (*number))
    return FALSE;
  while (number > name && g_ascii_isdigit (*number))
    number--;
  return *number == '.';
}

static void
add_tensor (Sums *sums, PaddockGgufFile *file, const PaddockGgufTensor *tensor)
{
  gsize length = 0;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &length);

  if (!tensor->sized)
    {
      sums->missing = TRUE;
      return;
    }
  sums->overflow |= __builtin_add_overflow (sums->bytes, tensor->bytes, &sums->bytes);
  sums->overflow |= __builtin_add_overflow (sums->sized, tensor->elements, &sums->sized);
  if (name == NULL || !is_learnt (name, length))
    return;
  sums->overflow |= __builtin_add_overflow (sums->all, tensor->elements, &sums->all);
  if (is_of_experts (name, length))
    sums->expert += tensor->elements;   /* no more than all */
}

/**
 * paddock_model_parameters_count:
 * @self: (out caller-allocates): the counts
 * @shards: a model
 * @experts: how many experts it has, or -1
 * @experts_used: how many a token sees, or -1
 *
 * Counts the parameters. A shard that is missing makes all numbers but the bytes unknown.
 */
void
paddock_model_parameters_count (PaddockModelParameters *self, PaddockGgufShards *shards, gint64 experts,
                                gint64 experts_used)
{
  guint n_tensors = paddock_gguf_shards_get_n_tensors (shards);
  Sums sums = { 0 };

  *self = (PaddockModelParameters) { .total = -1, .active = -1, .expert = -1 };
  for (guint i = 0; i < n_tensors; i++)
    {
      guint shard = 0;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, i, &shard);

      add_tensor (&sums, paddock_gguf_shards_get_shard (shards, shard)->file, tensor);
    }
  if (sums.overflow || sums.all > G_MAXINT64)
    return;
  self->tensor_bytes = sums.bytes;
  if (sums.sized > 0)
    self->bits_per_weight = (double) sums.bytes * 8.0 / (double) sums.sized;
  if (n_tensors == 0 || sums.missing ||
      paddock_gguf_shards_get_n_present (shards) < paddock_gguf_shards_get_count (shards))
    return;
  self->total = (gint64) sums.all;
  if (experts < 2 || experts_used < 1 || experts_used > experts || sums.expert == 0)
    return;
  self->expert = (gint64) (sums.expert / (guint64) experts);
  self->active = (gint64) (sums.all - sums.expert) + self->expert * experts_used;
}

/* "7B", "1.7B", "494M": two digits that matter. */
static char *
format_count (double count)
{
  static const struct
  {
    double size;
    char letter;
  } steps[] = { { 1e12, 'T' }, { 1e9, 'B' }, { 1e6, 'M' }, { 1e3, 'K' } };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      double value = count / steps[i].size;
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      if (value < 0.9995)
        continue;
      value = value < 9.95 ? (double) (gint64) (value * 10.0 + 0.5) / 10.0 : (double) (gint64) (value + 0.5);
      return g_strdup_printf ("%s%c", g_ascii_formatd (digits, sizeof digits, "%.15g", value), steps[i].letter);
    }
  return g_strdup_printf ("%.0f", count);
}

/**
 * paddock_model_parameters_format_label:
 * @self: counts
 * @experts: how many experts the model has, or -1
 *
 * Returns: (transfer full) (nullable): what people would call the size
 */
char *
paddock_model_parameters_format_label (const PaddockModelParameters *self, gint64 experts)
{
  g_autofree char *total = NULL;
  g_autofree char *part = NULL;

  if (self->total <= 0)
    return NULL;
  if (self->active < 0)
    return format_count ((double) self->total);
  if (experts <= MAX_EXPERTS_IN_LABEL)
    {
      /* The experts share the rest of the model; each counts as a model of its own with it. */
      part = format_count ((double) self->total - (double) self->expert * (double) (experts - 1));
      return g_strdup_printf ("%" G_GINT64_FORMAT "x%s", experts, part);
    }
  total = format_count ((double) self->total);
  part = format_count ((double) self->active);
  return g_strdup_printf ("%s-A%s", total, part);
}

/* The number and letter at the front of a text; 0 if there are none. */
static double
parse_count (const char *text)
{
  static const char letters[] = "KMBT";
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  const char *letter = *end != '\0' ? strchr (letters, *end) : NULL;

  for (const char *step = letters; letter != NULL && step <= letter; step++)
    value *= 1000.0;
  return letter != NULL ? value : 0.0;
}

/**
 * paddock_model_parameters_fit_label:
 * @self: counts
 * @experts: how many experts the model has, or -1
 * @label: (nullable): a label from a name, in capitals: "7B", "8x7B", "30B-A3B"
 *
 * Names round boldly, and are given by anybody: a label is believed that is not a quarter off.
 *
 * Returns: whether the label can be true
 */
gboolean
paddock_model_parameters_fit_label (const PaddockModelParameters *self, gint64 experts, const char *label)
{
  const char *times = label != NULL ? strchr (label, 'x') : NULL;
  double claimed;

  if (label == NULL || self->total <= 0)
    return FALSE;
  if (times != NULL)
    {
      double one = (double) self->total - (double) self->expert * (double) (experts - 1);

      claimed = parse_count (times + 1);
      return self->active >= 0 && g_ascii_strtoll (label, NULL, 10) == experts && ABS (claimed - one) < one / 4.0;
    }
  claimed = parse_count (label);
  return ABS (claimed - (double) self->total) < (double) self->total / 4.0;
}
