/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/loading-caution.h"

#include <glib/gi18n-lib.h>

/**
 * paddock_loading_caution_get_text:
 * @self: a caution
 *
 * Returns: (transfer none) (nullable): a translated sentence
 */
const char *
paddock_loading_caution_get_text (PaddockLoadingCaution self)
{
  switch (self)
    {
    case PADDOCK_LOADING_CAUTION_VARIANT:
      /* Translators: I2_S is the name of a way to store numbers. */
      return g_dgettext (GETTEXT_PACKAGE, N_("I2_S comes in two orders that the file does not tell apart. "
                                             "This is the one that published models have."));
    case PADDOCK_LOADING_CAUTION_NO_ORDER:
      /* Translators: TL1 is the name of a way to store numbers. */
      return g_dgettext (GETTEXT_PACKAGE, N_("The file does not tell in which order TL1 keeps its numbers. "
                                             "What is counted here does not depend on it."));
    case PADDOCK_LOADING_CAUTION_NONE:
    default:
      return NULL;
    }
}
