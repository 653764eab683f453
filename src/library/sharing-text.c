/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sharing-text.h"

#include <glib/gi18n-lib.h>

#include "base/units.h"

/**
 * paddock_sharing_text_dup_way:
 * @step: of a plan
 *
 * Returns: (transfer full): what it writes there
 */
char *
paddock_sharing_text_dup_way (const PaddockSharingStep *step)
{
  g_autofree char *source = step->source != NULL ? paddock_units_escape (step->source, -1, 0) : NULL;

  switch (step->way)
    {
    case PADDOCK_SHARE_REFLINK:
      /* Translators: %s is a path. */
      return g_strdup_printf (_("A file that shares its bytes with %s"), source);
    case PADDOCK_SHARE_HARD_LINK:
      /* Translators: %s is a path. */
      return g_strdup_printf (_("A second name of %s"), source);
    case PADDOCK_SHARE_SYMBOLIC_LINK:
      /* Translators: %s is a path. */
      return g_strdup_printf (_("A link to %s, which breaks when that is moved"), source);
    case PADDOCK_SHARE_WRITE:
    default:
      return g_strdup (_("A small text"));
    }
}
