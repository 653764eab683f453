/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/units.h"
#include "computer/computer-words.h"

static const char *const kinds[PADDOCK_MEMORY_N_KINDS] = {
  [PADDOCK_MEMORY_WEIGHTS] = N_("Weights"),
  [PADDOCK_MEMORY_REPACKED] = N_("Weights in the processor’s order"),
  [PADDOCK_MEMORY_CACHE] = N_("Cache"),
  [PADDOCK_MEMORY_STATE] = N_("State"),
  [PADDOCK_MEMORY_COMPUTE] = N_("Computation"),
  [PADDOCK_MEMORY_OUTPUT] = N_("Output"),
  [PADDOCK_MEMORY_PROJECTOR] = N_("Projector"),
  [PADDOCK_MEMORY_DRAFT] = N_("Draft model"),
  [PADDOCK_MEMORY_ADAPTERS] = N_("Adapters"),
  [PADDOCK_MEMORY_OVERHEAD] = N_("Program and tokens"),
};

static char *
describe_refusal (const PaddockMemoryOutlook *outlook)
{
  g_autofree char *most = paddock_computer_words_format (outlook->gpu_layers, PADDOCK_NUMBER_COUNT);

  /* Translators: a number of layers. */
  return g_strdup_printf (ngettext ("There is room for only %s layer on the graphics processor.",
                                    "There is room for only %s layers on the graphics processor.", outlook->gpu_layers),
                          most);
}

/**
 * paddock_memory_words_dup_verdict:
 * @outlook: what becomes of a model
 *
 * Returns: (transfer full): a sentence
 */
char *
paddock_memory_words_dup_verdict (const PaddockMemoryOutlook *outlook)
{
  g_autofree char *needed = paddock_computer_words_format (outlook->needed, PADDOCK_NUMBER_SIZE);
  g_autofree char *available = paddock_computer_words_format (outlook->available, PADDOCK_NUMBER_SIZE);

  if (outlook->layers_refused)
    return describe_refusal (outlook);
  switch (outlook->fit)
    {
    case PADDOCK_FIT_GPU:
      /* Translators: two sizes in memory: what a model needs, and what is free. So in the next ones. */
      return g_strdup_printf (_("All of it fits on the graphics processor: it needs %s of %s free."), needed, available);
    case PADDOCK_FIT_MEMORY:
      return g_strdup_printf (_("It fits in memory: it needs %s of %s free."), needed, available);
    case PADDOCK_FIT_SPLIT:
      return g_strdup_printf (_("It fits, a part of it on the graphics processor: it needs %s of %s free."), needed,
                              available);
    case PADDOCK_FIT_TIGHT:
      if (outlook->needed <= outlook->available)
        return g_strdup_printf (_("It fits, with next to nothing left over: it needs %s of %s free."), needed, available);
      return g_strdup_printf (_("It fits only when other programs give memory back: it needs %s, and %s are free."),
                              needed, available);
    case PADDOCK_FIT_TOO_LARGE:
      return g_strdup_printf (_("It is too large: it needs %s, but only %s are free."), needed, available);
    case PADDOCK_FIT_UNKNOWN:
    default:
      /* Translators: a size in memory. */
      return g_strdup_printf (_("It needs %s. Nobody knows how much memory this computer has."), needed);
    }
}

char *
paddock_memory_words_dup_layers (const PaddockMemoryOutlook *outlook)
{
  g_autofree char *here = paddock_computer_words_format (outlook->gpu_layers, PADDOCK_NUMBER_COUNT);
  g_autofree char *all = paddock_computer_words_format (outlook->n_layers, PADDOCK_NUMBER_COUNT);

  if (outlook->devices->len < 2)
    return NULL;
  /* Translators: two numbers of layers: how many are on the graphics processor, and how many there are. */
  return g_strdup_printf (ngettext ("%s of %s layer on the graphics processor",
                                    "%s of %s layers on the graphics processor", outlook->n_layers), here, all);
}

char *
paddock_memory_words_dup_device (const PaddockMemoryOutlookDevice *device)
{
  if (device->kind == PADDOCK_DEVICE_PROCESSOR)
    return g_strdup (_("Main Memory"));
  return paddock_units_escape (device->name, -1, 0);
}

const char *
paddock_memory_words_get_kind (PaddockMemoryKind kind)
{
  g_return_val_if_fail (kind < PADDOCK_MEMORY_N_KINDS, "");

  return _(kinds[kind]);
}

static const char *
get_basis (PaddockMemoryBasis basis)
{
  switch (basis)
    {
    case PADDOCK_MEMORY_COMPUTED:
      return _("Computed as the engine does it");
    case PADDOCK_MEMORY_APPROXIMATE:
      return _("Estimated");
    case PADDOCK_MEMORY_ENGINE:
      return _("The engine said so");
    case PADDOCK_MEMORY_MEASURED:
      return _("Measured");
    case PADDOCK_MEMORY_UNKNOWN:
    default:
      return _("Unknown");
    }
}

char *
paddock_memory_words_dup_basis (PaddockMemoryBasis basis, double band)
{
  int percent = (int) ceil (100 * band);

  if (band <= 0)
    return g_strdup (get_basis (basis));
  /* Translators: where a number comes from, and by how many percent it may be off: "Estimated, ± 20 %". */
  return g_strdup_printf (_("%s, ± %d %%"), get_basis (basis), percent);
}

const char *
paddock_memory_words_get_other_kind (PaddockModelKind kind)
{
  switch (kind)
    {
    case PADDOCK_MODEL_PROJECTOR:
      return _("A projector is loaded beside a language model, which takes most of the memory.");
    case PADDOCK_MODEL_ADAPTER:
      return _("An adapter is loaded beside a language model, which takes most of the memory.");
    case PADDOCK_MODEL_CONTROL_VECTOR:
      return _("A control vector is loaded beside a language model, which takes most of the memory.");
    case PADDOCK_MODEL_IMATRIX:
      return _("An importance matrix is for making models, not for running them.");
    case PADDOCK_MODEL_VOCABULARY:
      return _("A vocabulary alone has no weights.");
    case PADDOCK_MODEL_LANGUAGE:
    default:
      return NULL;
    }
}
