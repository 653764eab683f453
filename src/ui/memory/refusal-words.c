/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/refusal-words.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "computer/computer-words.h"
#include "estimate/estimate-error.h"
#include "gguf/gguf-error.h"

static char *
format (guint64 count)
{
  return paddock_computer_words_format (count, PADDOCK_NUMBER_COUNT);
}

static char *
describe_context (const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  g_autofree char *context = format (request->context);
  g_autofree char *most = format (shape->training_context);

  if (request->context == 0)
    return g_strdup (_("A context of 0 holds nothing."));
  /* Translators: two numbers of tokens: what is asked for, and the most. */
  return g_strdup_printf (ngettext ("A context of %s is beyond the %s token that the model has learnt.",
                                    "A context of %s is beyond the %s tokens that the model has learnt.",
                                    shape->training_context),
                          context, most);
}

static char *
describe_parallel (const PaddockMemoryRequest *request)
{
  g_autofree char *wanted = format (request->parallel);
  g_autofree char *most = format (PADDOCK_MEMORY_MAX_PARALLEL);
  g_autofree char *context = format (request->context);

  if (request->parallel == 0)
    return g_strdup (_("At least one request has to be answered at a time."));
  if (request->parallel > PADDOCK_MEMORY_MAX_PARALLEL)
    /* Translators: two numbers of requests. */
    return g_strdup_printf (ngettext ("%s request at a time is more than the %s that llama.cpp takes.",
                                      "%s requests at a time are more than the %s that llama.cpp takes.",
                                      request->parallel),
                            wanted, most);
  /* Translators: a number of requests, and one of tokens. */
  return g_strdup_printf (ngettext ("%s request cannot do with a context of %s.",
                                    "%s requests cannot share a context of %s.", request->parallel),
                          wanted, context);
}

static char *
describe_batch (const PaddockMemoryRequest *request)
{
  g_autofree char *taken = format (request->batch);
  g_autofree char *computed = format (request->ubatch);

  if (request->batch == 0 || request->ubatch == 0)
    return g_strdup (_("A batch of 0 moves nothing."));
  /* Translators: two numbers of tokens. */
  return g_strdup_printf (ngettext ("%s token taken at once is fewer than the %s that are computed at once.",
                                    "%s tokens taken at once are fewer than the %s that are computed at once.",
                                    request->batch),
                          taken, computed);
}

static gboolean
are_keys_to_blame (const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  for (guint i = 0; request->cache_k != NULL && i < shape->layers; i++)
    if (shape->layer[i].has_cache && shape->layer[i].key_length % request->cache_k->block != 0)
      return TRUE;
  return FALSE;
}

static char *
describe_cache_type (const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  gboolean keys = are_keys_to_blame (shape, request);
  const PaddockQuantType *type = keys ? request->cache_k : request->cache_v;

  if (shape->key_length_mla != 0 && request->cache_k != request->cache_v)
    return g_strdup (_("This model makes values from its keys, so that both have to be kept alike."));
  if (type == NULL)
    return g_strdup (_("The cache cannot be kept like that."));
  /* Translators: %s is a type of numbers: "Q8_0". */
  return g_strdup_printf (keys ? _("Keys of this model do not go into the blocks of %s.")
                               : _("Values of this model do not go into the blocks of %s."),
                          type->name);
}

static char *
describe_attention (const PaddockMemoryRequest *request)
{
  /* Translators: %s is a type of numbers: "Q8_0". */
  return g_strdup_printf (_("Values can be kept as %s only with flash attention."),
                          request->cache_v != NULL ? request->cache_v->name : "");
}

static const char *
get_sentence (int code)
{
  switch (code)
    {
    case PADDOCK_ESTIMATE_ERROR_ARCHITECTURE:
      return _("The file does not say what kind of model it is.");
    case PADDOCK_ESTIMATE_ERROR_HEADER:
      return _("What the file says about the model is missing or contradicts itself.");
    case PADDOCK_ESTIMATE_ERROR_INCOMPLETE:
      return _("A part of the model is missing.");
    case PADDOCK_ESTIMATE_ERROR_TENSOR_TYPE:
      return _("It has weights of a type whose size nobody knows.");
    case PADDOCK_ESTIMATE_ERROR_OVERFLOW:
      return _("It would take more bytes than can be counted.");
    case PADDOCK_ESTIMATE_ERROR_OUTPUTS:
      return _("More rows of output are wanted than a batch has.");
    case PADDOCK_ESTIMATE_ERROR_REPACK:
      return _("The engine has no variant for such a processor.");
    case PADDOCK_ESTIMATE_ERROR_COMPANION:
      return _("The file is not what it is taken for.");
    case PADDOCK_ESTIMATE_ERROR_MACHINE:
      return _("Nobody knows how much memory this computer has.");
    default:
      return NULL;
    }
}

/* Of a file that cannot be read: what is wrong inside it, only its page about its health can tell. */
static const char *
get_reading_sentence (int code)
{
  switch ((PaddockGgufError) code)
    {
    case PADDOCK_GGUF_ERROR_NOT_FOUND:
      return _("There is no such file.");
    case PADDOCK_GGUF_ERROR_PERMISSION:
      return _("The file may not be read.");
    case PADDOCK_GGUF_ERROR_NOT_REGULAR:
      return _("This is not a regular file.");
    case PADDOCK_GGUF_ERROR_IO:
    case PADDOCK_GGUF_ERROR_NO_SPACE:
      return _("The disk that the file is on failed.");
    case PADDOCK_GGUF_ERROR_CHANGED:
      return _("The file changed while it was read.");
    case PADDOCK_GGUF_ERROR_NOT_GGUF:
      return _("This is not a GGUF file.");
    case PADDOCK_GGUF_ERROR_VERSION:
      return _("The file is of a version of GGUF that nobody knows.");
    case PADDOCK_GGUF_ERROR_TRUNCATED:
      return _("The file ends before all of its header.");
    case PADDOCK_GGUF_ERROR_COUNT:
    case PADDOCK_GGUF_ERROR_LENGTH:
    case PADDOCK_GGUF_ERROR_VALUE_TYPE:
    case PADDOCK_GGUF_ERROR_NESTING:
    case PADDOCK_GGUF_ERROR_DIMENSIONS:
    case PADDOCK_GGUF_ERROR_ALIGNMENT:
    case PADDOCK_GGUF_ERROR_TENSOR_TYPE:
    case PADDOCK_GGUF_ERROR_LAYOUT:
    case PADDOCK_GGUF_ERROR_KEY:
    case PADDOCK_GGUF_ERROR_VALUE:
      return _("The header of the file is damaged.");
    case PADDOCK_GGUF_ERROR_INCOMPLETE_SET:
      return _("A part of the model is missing.");
    default:
      return NULL;
    }
}

static const char *
find_sentence (const GError *error)
{
  if (error->domain == PADDOCK_ESTIMATE_ERROR)
    return get_sentence (error->code);
  return error->domain == PADDOCK_GGUF_ERROR ? get_reading_sentence (error->code) : NULL;
}

/**
 * paddock_refusal_words_dup_unknown:
 * @error: why nobody can say what a file needs, however it is run
 *
 * Returns: (transfer full): a sentence
 */
char *
paddock_refusal_words_dup_unknown (const GError *error)
{
  const char *sentence = find_sentence (error);

  return sentence != NULL ? g_strdup (sentence) : paddock_units_escape (error->message, -1, 0);
}

/**
 * paddock_refusal_words_dup:
 * @error: why a model cannot be run so
 * @shape: the model
 * @request: how it was to be run
 *
 * Where the reason is not one of %PADDOCK_ESTIMATE_ERROR, its own words have to do.
 *
 * Returns: (transfer full): a sentence
 */
char *
paddock_refusal_words_dup (const GError *error, const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  if (error->domain != PADDOCK_ESTIMATE_ERROR)
    return paddock_refusal_words_dup_unknown (error);
  switch (error->code)
    {
    case PADDOCK_ESTIMATE_ERROR_CONTEXT:
      return describe_context (shape, request);
    case PADDOCK_ESTIMATE_ERROR_PARALLEL:
      return describe_parallel (request);
    case PADDOCK_ESTIMATE_ERROR_BATCH:
      return describe_batch (request);
    case PADDOCK_ESTIMATE_ERROR_CACHE_TYPE:
      return describe_cache_type (shape, request);
    case PADDOCK_ESTIMATE_ERROR_ATTENTION:
      return describe_attention (request);
    default:
      return paddock_refusal_words_dup_unknown (error);
    }
}
