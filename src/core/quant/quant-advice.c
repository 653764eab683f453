/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-advice.h"

#include <math.h>

#define LEAST_RESERVE (G_GUINT64_CONSTANT (1) << 30)
#define RESERVE_PART 8
#define BALANCED_LOSS 0.01
#define EFFICIENT_LOSS 0.04

typedef struct
{
  const PaddockQuantRequest *request;
  const PaddockQuantTradeoff *source;   /* NULL without a file, and for a type that nobody knows */
  guint64 source_bytes;                 /* 0 to leave the file out of the choice */
  gsize ceiling;                        /* the first position that the preference asks for */
} Choosing;

/**
 * paddock_quant_advice_get_reserve:
 * @memory: bytes that can be used
 *
 * Returns: how many of them are left to the cache and the engine
 */
guint64
paddock_quant_advice_get_reserve (guint64 memory)
{
  return MIN (memory, MAX (LEAST_RESERVE, memory / RESERVE_PART));
}

/* The smallest that is worth choosing and loses less than the preference allows. */
static gsize
find_ceiling (PaddockQuantPreference preference)
{
  double limit = preference == PADDOCK_QUANT_PREFER_BALANCED ? BALANCED_LOSS : EFFICIENT_LOSS;
  gsize found = 0;

  if (preference == PADDOCK_QUANT_PREFER_HIGHEST)
    return 0;
  for (gsize i = 0; i < paddock_quant_tradeoffs_count; i++)
    if (paddock_quant_tradeoffs[i].advised && paddock_quant_tradeoff_get_relative_loss (&paddock_quant_tradeoffs[i]) < limit)
      found = i;
  return found;
}

static gboolean
has_known_quality (const PaddockQuantTradeoff *tradeoff)
{
  return tradeoff != NULL && !isnan (tradeoff->divergence);
}

static guint64
get_size (const Choosing *choosing, const PaddockQuantTradeoff *candidate)
{
  if (choosing->source_bytes > 0 && candidate == choosing->source)
    return choosing->source_bytes;
  return paddock_quant_tradeoff_estimate_size (candidate, choosing->request->weights);
}

/* Whether the file at hand has enough to make that from it. */
static gboolean
can_come_from_source (const Choosing *choosing, const PaddockQuantTradeoff *candidate)
{
  if (choosing->source_bytes == 0 || candidate == choosing->source)
    return TRUE;
  if (has_known_quality (choosing->source))
    return candidate > choosing->source && candidate->bits < choosing->source->bits;
  return get_size (choosing, candidate) < choosing->source_bytes;
}

static gboolean
is_candidate (const Choosing *choosing, const PaddockQuantTradeoff *candidate)
{
  gboolean is_source = choosing->source_bytes > 0 && candidate == choosing->source;

  return (candidate->advised || is_source) && can_come_from_source (choosing, candidate);
}

/* The first that the preference allows and that fits. Sources whose quality nobody knows were looked at before. */
static const PaddockQuantTradeoff *
choose (const Choosing *choosing, guint64 room)
{
  for (gsize i = choosing->ceiling; i < paddock_quant_tradeoffs_count; i++)
    {
      const PaddockQuantTradeoff *candidate = &paddock_quant_tradeoffs[i];

      if (is_candidate (choosing, candidate) && get_size (choosing, candidate) <= room)
        return candidate;
    }
  return NULL;
}

static const PaddockQuantTradeoff *
find_smallest (const Choosing *choosing)
{
  const PaddockQuantTradeoff *smallest = NULL;

  for (gsize i = 0; i < paddock_quant_tradeoffs_count; i++)
    {
      const PaddockQuantTradeoff *candidate = &paddock_quant_tradeoffs[i];

      if (is_candidate (choosing, candidate) &&
          (smallest == NULL || get_size (choosing, candidate) < get_size (choosing, smallest)))
        smallest = candidate;
    }
  return smallest;
}

/* Weights that were learnt in few bits have no better original. */
static gboolean
is_trained (const PaddockQuantTradeoff *source)
{
  return source != NULL && source->use == PADDOCK_QUANT_USE_TRAINED;
}

/* What could be had if the original weights were at hand, where that is better. */
static const PaddockQuantTradeoff *
find_better (const Choosing *choosing, const PaddockQuantTradeoff *choice, guint64 room)
{
  Choosing freely = *choosing;
  const PaddockQuantTradeoff *best;

  if (choosing->source_bytes == 0 || is_trained (choosing->source))
    return NULL;
  freely.source_bytes = 0;
  best = choose (&freely, room);
  if (best == NULL)
    return NULL;
  if (has_known_quality (choice))
    return best->divergence < choice->divergence ? best : NULL;
  return get_size (&freely, best) > choosing->source_bytes ? best : NULL;
}

static void
keep_source (PaddockQuantAdvice *self, const Choosing *choosing)
{
  self->choice = choosing->source;
  self->size = choosing->source_bytes;
  self->better = find_better (choosing, choosing->source, self->room);
  self->reason = self->better != NULL ? PADDOCK_QUANT_REASON_SOURCE_LIMIT : PADDOCK_QUANT_REASON_IS_SOURCE;
}

/* Whether the choice is all that the preference asks for: the first one that can be had at all, fitting or not. */
static gboolean
is_preferred (const Choosing *choosing, const PaddockQuantTradeoff *choice)
{
  return choice == choose (choosing, G_MAXUINT64);
}

static gboolean
is_quantized (const Choosing *choosing)
{
  return choosing->source_bytes > 0 &&
         (choosing->source == NULL || choosing->source->use != PADDOCK_QUANT_USE_SOURCE);
}

static void
take_choice (PaddockQuantAdvice *self, const Choosing *choosing)
{
  const PaddockQuantTradeoff *choice = choose (choosing, self->room);

  if (choice != NULL && choice == choosing->source && choosing->source_bytes > 0)
    {
      keep_source (self, choosing);
      return;
    }
  if (choice == NULL)
    {
      choice = find_smallest (choosing);
      self->reason = PADDOCK_QUANT_REASON_NONE_FITS;
    }
  else
    {
      self->better = find_better (choosing, choice, self->room);
      self->reason = is_preferred (choosing, choice) ? PADDOCK_QUANT_REASON_PREFERRED : PADDOCK_QUANT_REASON_FITS;
    }
  self->choice = choice;
  self->size = choice != NULL ? get_size (choosing, choice) : choosing->source_bytes;
  self->requantizes = choice != NULL && choice != choosing->source && is_quantized (choosing);
}

/**
 * paddock_quant_advice_recommend:
 * @self: (out caller-allocates): what to choose, and why
 * @request: the model, the memory, and what a person cares for
 *
 * Chooses a file type. Sizes are estimated from typical files, except that of the file at hand.
 */
void
paddock_quant_advice_recommend (PaddockQuantAdvice *self, const PaddockQuantRequest *request)
{
  Choosing choosing = {
    .request = request,
    .source = request->source_bytes > 0 ? paddock_quant_tradeoff_lookup (request->source) : NULL,
    .source_bytes = request->source_bytes,
    .ceiling = find_ceiling (request->preference),
  };

  *self = (PaddockQuantAdvice) { .reason = PADDOCK_QUANT_REASON_NO_WEIGHTS };
  self->room = request->memory - paddock_quant_advice_get_reserve (request->memory);
  if (request->weights == 0)
    return;
  if (choosing.source_bytes > 0 && choosing.source_bytes <= self->room && !has_known_quality (choosing.source))
    keep_source (self, &choosing);
  else
    take_choice (self, &choosing);
}
