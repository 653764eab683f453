/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/quantization-words.h"

#include "base/units.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST_LOSS 0.0005            /* what would be shown as no loss */

/**
 * paddock_quantization_words_get_grade:
 * @grade: a quality
 *
 * Returns: (transfer none): what to call it
 */
const char *
paddock_quantization_words_get_grade (PaddockQuantGrade grade)
{
  switch (grade)
    {
    case PADDOCK_QUANT_GRADE_ORIGINAL:
      return _("Original quality");
    case PADDOCK_QUANT_GRADE_LOSSLESS:
      return _("No loss to be seen");
    case PADDOCK_QUANT_GRADE_VERY_GOOD:
      return _("Very good");
    case PADDOCK_QUANT_GRADE_GOOD:
      return _("Good");
    case PADDOCK_QUANT_GRADE_FAIR:
      return _("Fair");
    case PADDOCK_QUANT_GRADE_WEAK:
      return _("Weak");
    case PADDOCK_QUANT_GRADE_POOR:
      return _("Poor");
    case PADDOCK_QUANT_GRADE_UNKNOWN:
    default:
      return _("Quality not published");
    }
}

/**
 * paddock_quantization_words_get_use:
 * @use: what a file type is good for
 *
 * Returns: (transfer none): a sentence that says when to choose it
 */
const char *
paddock_quantization_words_get_use (PaddockQuantUse use)
{
  switch (use)
    {
    case PADDOCK_QUANT_USE_SOURCE:
      return _("To make the others from, or where memory does not matter.");
    case PADDOCK_QUANT_USE_NO_COMPROMISE:
      return _("Where nothing may be lost and there is room.");
    case PADDOCK_QUANT_USE_QUALITY:
      return _("Where quality counts, at a third of the original size.");
    case PADDOCK_QUANT_USE_EVERYDAY:
      return _("For every day: small, and hardly worse.");
    case PADDOCK_QUANT_USE_TIGHT:
      return _("Where the everyday size just does not fit.");
    case PADDOCK_QUANT_USE_LARGE_MODEL:
      return _("For a large model that would not fit otherwise.");
    case PADDOCK_QUANT_USE_LAST_RESORT:
      return _("A last resort: a smaller model with more bits is often better.");
    case PADDOCK_QUANT_USE_LEGACY:
      return _("Older: newer ones are better at this size.");
    case PADDOCK_QUANT_USE_TRAINED:
    default:
      return _("Only for models that were trained for it.");
    }
}

static char *
dup_quality (const PaddockQuantTradeoff *tradeoff)
{
  const char *grade = paddock_quantization_words_get_grade (paddock_quant_tradeoff_get_grade (tradeoff));
  double loss = paddock_quant_tradeoff_get_relative_loss (tradeoff);

  if (isnan (loss) || loss < LEAST_LOSS)
    return g_strdup (grade);
  /* Translators: a grade such as "Good", and by how much a model predicts a text worse; perplexity is that measure. */
  return g_strdup_printf (loss < 0.1 ? _("%s (perplexity +%.1f %%)") : _("%s (perplexity +%.0f %%)"), grade, 100 * loss);
}

static const char *
get_remark (const PaddockQuantTradeoff *tradeoff)
{
  if (tradeoff->imatrix == PADDOCK_QUANT_IMATRIX_NEEDED && tradeoff->speed == PADDOCK_QUANT_SPEED_TABLES)
    return _("Needs an importance matrix to make. Slow without a graphics card.");
  if (tradeoff->imatrix == PADDOCK_QUANT_IMATRIX_NEEDED)
    return _("Needs an importance matrix to make.");
  if (tradeoff->speed == PADDOCK_QUANT_SPEED_TABLES)
    return _("Slow without a graphics card.");
  return NULL;
}

/**
 * paddock_quantization_words_dup_facts:
 * @tradeoff: a file type
 * @weights: how many weights the model has
 * @bytes: the size where it is known, or 0
 *
 * Returns: (transfer full): its size for this model, bits, quality, and when to choose it, in lines
 */
char *
paddock_quantization_words_dup_facts (const PaddockQuantTradeoff *tradeoff, guint64 weights, guint64 bytes)
{
  g_autofree char *size = paddock_units_format_size (bytes > 0 ? bytes
                                                               : paddock_quant_tradeoff_estimate_size (tradeoff, weights));
  double bits = bytes > 0 && weights > 0 ? 8.0 * (double) bytes / (double) weights : tradeoff->bits / 10000.0;
  g_autofree char *first = NULL;
  g_autofree char *quality = dup_quality (tradeoff);
  const char *remark = get_remark (tradeoff);

  /* Translators: a size, and how many bits each weight of a model takes. */
  first = g_strdup_printf (bytes > 0 ? _("%s · %.2f bits per weight") : _("About %s · %.2f bits per weight"), size, bits);
  return g_strdup_printf ("%s\n%s\n%s%s%s", first, quality, paddock_quantization_words_get_use (tradeoff->use),
                          remark != NULL ? " " : "", remark != NULL ? remark : "");
}

static char *
dup_none_fits (const PaddockQuantAdvice *advice)
{
  g_autofree char *size = paddock_units_format_size (advice->size);
  g_autofree char *room = paddock_units_format_size (advice->room);

  if (advice->choice == NULL)
    return g_strdup_printf (_("This file takes %s, and there is room for %s. A smaller model is the way."), size, room);
  return g_strdup_printf (_("Even the smallest, %s, takes about %s, and there is room for %s. A smaller model is the way."),
                          advice->choice->name, size, room);
}

static char *
dup_limit (const PaddockQuantAdvice *advice)
{
  return g_strdup_printf (_("Keep this file. %s would fit too, but converting this file to it would gain nothing: it has to "
                            "be made from the original weights, or downloaded."),
                          advice->better->name);
}

static const char *
get_plain_reason (PaddockQuantReason reason)
{
  switch (reason)
    {
    case PADDOCK_QUANT_REASON_IS_SOURCE:
      return _("This file is the right one already.");
    case PADDOCK_QUANT_REASON_PREFERRED:
      return _("It fits, and is what you prefer.");
    case PADDOCK_QUANT_REASON_NO_WEIGHTS:
      return _("Nobody can tell how large this model is.");
    default:
      return _("The best that fits into the available memory.");
    }
}

/**
 * paddock_quantization_words_dup_reason:
 * @advice: what to choose
 * @source: the quantization of the file at hand
 *
 * Returns: (transfer full): why, in sentences
 */
char *
paddock_quantization_words_dup_reason (const PaddockQuantAdvice *advice, const char *source)
{
  if (advice->reason == PADDOCK_QUANT_REASON_NONE_FITS)
    return dup_none_fits (advice);
  if (advice->reason == PADDOCK_QUANT_REASON_SOURCE_LIMIT)
    return dup_limit (advice);
  if (!advice->requantizes)
    return g_strdup (get_plain_reason (advice->reason));
  /* Translators: after a sentence such as "It fits, and is what you prefer."; the last is a quantization, "Q8_0". */
  return g_strdup_printf (_("%s Make it from the original weights: what is made from this file, %s, loses more."),
                          get_plain_reason (advice->reason), source);
}
