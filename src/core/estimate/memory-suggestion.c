/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-suggestion.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/units.h"
#include "quant/quant-tradeoffs.h"

/* Less than this part of the total is not worth a sentence. */
#define WORTH_MENTIONING 100

#define SMALLEST_CONTEXT 2048u
#define SMALLEST_UBATCH 128u

/* Text with less than that many bits per weight is more guess than answer. */
#define FEWEST_BITS 35000u

static const char *const codes[PADDOCK_SUGGEST_N_KINDS] = {
  [PADDOCK_SUGGEST_CACHE_TYPE] = "cache-type",
  [PADDOCK_SUGGEST_CONTEXT] = "context",
  [PADDOCK_SUGGEST_PARALLEL] = "parallel",
  [PADDOCK_SUGGEST_FLASH_ATTENTION] = "flash-attention",
  [PADDOCK_SUGGEST_UBATCH] = "ubatch",
  [PADDOCK_SUGGEST_SLIDING_WINDOW] = "sliding-window",
  [PADDOCK_SUGGEST_UNIFIED] = "unified",
  [PADDOCK_SUGGEST_NO_REPACK] = "no-repack",
  [PADDOCK_SUGGEST_QUANTIZATION] = "quantization",
};

/**
 * paddock_memory_suggestion_get_code:
 * @self: a suggestion
 *
 * Returns: (transfer none): what programs call it
 */
const char *
paddock_memory_suggestion_get_code (const PaddockMemorySuggestion *self)
{
  return codes[self->kind];
}

static char *
format_change (const PaddockMemorySuggestion *self)
{
  g_autofree char *number = paddock_units_format_count (self->number);

  switch (self->kind)
    {
    case PADDOCK_SUGGEST_CACHE_TYPE:
      /* Translators: %s is a type of numbers, "Q8_0". */
      return g_strdup_printf (_ ("Keep the cache as %s"), self->type);
    case PADDOCK_SUGGEST_CONTEXT:
      return g_strdup_printf (ngettext ("Use a context of %s token", "Use a context of %s tokens", self->number), number);
    case PADDOCK_SUGGEST_PARALLEL:
      return g_strdup_printf (
        ngettext ("Answer %s request at a time", "Answer %s requests at a time", self->number), number);
    case PADDOCK_SUGGEST_FLASH_ATTENTION:
      return g_strdup (_ ("Turn flash attention on"));
    case PADDOCK_SUGGEST_UBATCH:
      return g_strdup_printf (
        ngettext ("Compute %s token at once", "Compute %s tokens at once", self->number), number);
    case PADDOCK_SUGGEST_SLIDING_WINDOW:
      return g_strdup (_ ("Let layers that see a window keep no more than that"));
    case PADDOCK_SUGGEST_UNIFIED:
      return g_strdup (_ ("Let all requests share one cache"));
    case PADDOCK_SUGGEST_NO_REPACK:
      return g_strdup (_ ("Compute with the weights as they are stored, more slowly"));
    case PADDOCK_SUGGEST_QUANTIZATION:
    default:
      /* Translators: %s is a type of files, "Q4_K_M". */
      return g_strdup_printf (_ ("Use the model as %s"), self->type);
    }
}

/**
 * paddock_memory_suggestion_dup_text:
 * @self: a suggestion
 *
 * Returns: (transfer full): a translated sentence
 */
char *
paddock_memory_suggestion_dup_text (const PaddockMemorySuggestion *self)
{
  g_autofree char *change = format_change (self);
  g_autofree char *size = paddock_units_format_size (self->saves);

  /* Translators: the first %s is what to do, the second a size: "Keep the cache as Q8_0: saves 1.9 GB". */
  return g_strdup_printf (_ ("%s: saves %s"), change, size);
}

typedef struct
{
  const PaddockModelShape *shape;
  const PaddockMemoryRequest *request;
  const PaddockMemoryEstimate *estimate;
  GArray *list;
} Search;

static void
append (Search *search, PaddockMemorySuggestion suggestion)
{
  if (suggestion.saves > 0 && suggestion.saves >= search->estimate->total / WORTH_MENTIONING)
    g_array_append_val (search->list, suggestion);
}

/* What a changed request saves; one that cannot be met is no suggestion. */
static void
try_request (Search *search, PaddockMemorySuggestion suggestion, const PaddockMemoryRequest *changed)
{
  PaddockMemoryEstimate other = *search->estimate;

  if (!paddock_memory_estimate_change (&other, search->shape, changed, NULL) ||
      other.total >= search->estimate->total)
    return;
  suggestion.saves = search->estimate->total - other.total;
  append (search, suggestion);
}

static void
try_cache_type (Search *search, const char *name)
{
  const PaddockQuantType *type = paddock_quant_type_lookup_by_name (name);
  PaddockMemoryRequest changed = *search->request;
  PaddockMemorySuggestion suggestion = { .kind = PADDOCK_SUGGEST_CACHE_TYPE, .type = type->name };

  changed.cache_k = type;
  changed.cache_v = type;
  if (changed.flash_attention == PADDOCK_FLASH_ATTENTION_OFF)
    changed.flash_attention = PADDOCK_FLASH_ATTENTION_AUTO;
  try_request (search, suggestion, &changed);
}

static void
try_numbers (Search *search)
{
  PaddockMemoryRequest changed = *search->request;

  changed.context = search->request->context / 2;
  if (changed.context >= SMALLEST_CONTEXT)
    try_request (search, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_CONTEXT, .number = changed.context },
                 &changed);
  changed = *search->request;
  changed.parallel = 1;
  changed.outputs = search->request->outputs > 0 ? 1 : 0;
  if (search->request->parallel > 1)
    try_request (search, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_PARALLEL, .number = 1 }, &changed);
  changed = *search->request;
  changed.ubatch = SMALLEST_UBATCH;
  if (search->request->ubatch > SMALLEST_UBATCH && search->shape->causal)
    try_request (search, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_UBATCH, .number = changed.ubatch },
                 &changed);
}

static void
try_switches (Search *search)
{
  PaddockMemoryRequest changed = *search->request;

  changed.flash_attention = PADDOCK_FLASH_ATTENTION_ON;
  if (search->request->flash_attention == PADDOCK_FLASH_ATTENTION_OFF)
    try_request (search, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_FLASH_ATTENTION }, &changed);
  changed = *search->request;
  changed.swa_full = FALSE;
  if (search->request->swa_full)
    try_request (search, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_SLIDING_WINDOW }, &changed);
  changed = *search->request;
  changed.unified = TRUE;
  if (!search->request->unified)
    try_request (search, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_UNIFIED }, &changed);
}

/* With a mapping the copies stand beside the file; without one they take the place of what they are copies of. */
static void
try_without_copies (Search *search)
{
  PaddockMemorySuggestion suggestion = { .kind = PADDOCK_SUGGEST_NO_REPACK };
  guint64 copies = search->estimate->bytes[PADDOCK_MEMORY_REPACKED];
  guint64 originals = search->estimate->originals;

  suggestion.saves = copies > originals ? copies - originals : 0;
  append (search, suggestion);
}

static guint64
count_weights (const PaddockModelShape *shape)
{
  guint64 count = 0;

  for (guint i = 0; i < shape->n_tensors; i++)
    {
      const gint64 *ne = shape->tensors[i].ne;

      count += (guint64) ne[0] * (guint64) ne[1] * (guint64) ne[2] * (guint64) ne[3];
    }
  return count;
}

/* The best of the advised file types that is a tenth smaller than what is there. */
static void
try_quantization (Search *search)
{
  guint64 weights = count_weights (search->shape);
  PaddockMemorySuggestion suggestion = { .kind = PADDOCK_SUGGEST_QUANTIZATION };

  for (gsize i = 0; i < paddock_quant_tradeoffs_count && suggestion.type == NULL; i++)
    {
      const PaddockQuantTradeoff *tradeoff = &paddock_quant_tradeoffs[i];
      guint64 bytes = paddock_quant_tradeoff_estimate_size (tradeoff, weights);

      if (!tradeoff->advised || tradeoff->bits < FEWEST_BITS || bytes > search->estimate->stored / 10 * 9)
        continue;
      suggestion.type = tradeoff->name;
      suggestion.saves = search->estimate->stored - bytes;
    }
  append (search, suggestion);
}

static int
compare_savings (gconstpointer a, gconstpointer b)
{
  const PaddockMemorySuggestion *one = a, *other = b;

  return one->saves < other->saves ? 1 : one->saves > other->saves ? -1 : (int) one->kind - (int) other->kind;
}

/**
 * paddock_memory_suggestion_list:
 * @shape: a model
 * @request: how it would be run
 *
 * Each suggestion is estimated by itself: what two of them save together may be less than the sum.
 *
 * Returns: (transfer full) (element-type PaddockMemorySuggestion): what saves memory, the most first
 */
GArray *
paddock_memory_suggestion_list (const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  PaddockMemoryEstimate estimate;
  Search search = { shape, request, &estimate, g_array_new (FALSE, FALSE, sizeof (PaddockMemorySuggestion)) };

  if (!paddock_memory_estimate_compute (&estimate, shape, request, NULL))
    return search.list;
  if (!request->cache_k->quantized || !request->cache_v->quantized)
    try_cache_type (&search, "Q8_0");
  try_numbers (&search);
  try_switches (&search);
  try_without_copies (&search);
  try_quantization (&search);
  g_array_sort (search.list, compare_savings);
  return search.list;
}
