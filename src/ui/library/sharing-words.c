/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/sharing-words.h"

#include "base/units.h"
#include "library/problem-words.h"
#include "model-store.h"

#include <glib/gi18n.h>

const char *
paddock_sharing_words_get_program (const char *program)
{
  return paddock_model_store_find (program)->name;
}

static const char *
get_obstacle (PaddockSharingObstacle obstacle)
{
  switch (obstacle)
    {
    case PADDOCK_SHARING_NO_PROGRAM:
      return _("It keeps no models on this computer");
    case PADDOCK_SHARING_INCOMPLETE:
      return _("Not all of the model is there");
    case PADDOCK_SHARING_THERE:
      return _("It has the model already");
    case PADDOCK_SHARING_NAME_TAKEN:
      return _("It has something else of that name");
    case PADDOCK_SHARING_SPLIT:
      return _("It takes no model that is split into several files");
    case PADDOCK_SHARING_POSSIBLE:
    case PADDOCK_SHARING_OTHER:
    default:
      return NULL;
    }
}

/**
 * paddock_sharing_words_dup_offer:
 * @offer: a program that may be given a model
 *
 * Returns: (transfer full): one line about it
 */
char *
paddock_sharing_words_dup_offer (const PaddockSharingOffer *offer)
{
  const char *obstacle = get_obstacle (offer->obstacle);
  g_autofree char *name = NULL;

  if (offer->outline == NULL)
    return obstacle != NULL ? g_strdup (obstacle) : paddock_problem_words_dup (offer->error);
  name = paddock_units_escape (offer->outline->name, -1, 0);
  /* Translators: what a program will call a model: "As llama:q4_k_m" */
  return g_strdup_printf (_("As %s"), name);
}

/**
 * paddock_sharing_words_dup_plan:
 * @plan: what would be written
 *
 * Returns: (transfer full): what there is to know before it is
 */
char *
paddock_sharing_words_dup_plan (const PaddockSharingPlan *plan)
{
  const char *nothing = _("Nothing that is there is changed, and the model’s bytes are not stored again.");
  g_autofree char *size = NULL;
  g_autofree char *reading = NULL;

  if (plan->unread == 0)
    return g_strdup (nothing);
  size = paddock_units_format_size (plan->unread);
  /* Translators: a program, and the size of a model. */
  reading = g_strdup_printf (_("%s names files by their hash, which stands as “…” here: %s are read for it first."),
                             paddock_sharing_words_get_program (plan->program), size);
  return g_strdup_printf ("%s %s", nothing, reading);
}
