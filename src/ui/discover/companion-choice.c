/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/companion-choice.h"

#include "model/file-name.h"

/* A projector is small, so what it is stored in matters little: 16 bits are what engines like best. */
static guint
rank (const PaddockHubVariant *variant)
{
  static const char *const labels[] = { "F16", "BF16", "Q8_0", "F32" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_ascii_strcasecmp (variant->label, labels[i]) == 0)
      return i;
  return G_N_ELEMENTS (labels);
}

static gboolean
is_projector (const PaddockHubVariant *variant)
{
  g_autoptr (PaddockFileName) name = NULL;

  if (!variant->is_companion || !paddock_hub_variant_is_whole (variant))
    return FALSE;
  name = paddock_file_name_parse (((PaddockHubFile *) g_ptr_array_index (variant->files, 0))->path);
  return name->kind == PADDOCK_MODEL_PROJECTOR;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  guint first = rank (a), second = rank (b);

  return first < second ? -1 : first > second;
}

/**
 * paddock_companion_choice_list:
 * @variants: (element-type PaddockHubVariant): all of a repository
 *
 * Returns: (transfer container) (element-type PaddockHubVariant): what a model of it can be given to see or hear with
 */
GPtrArray *
paddock_companion_choice_list (GPtrArray *variants)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < variants->len; i++)
    if (is_projector (g_ptr_array_index (variants, i)))
      g_ptr_array_add (found, g_ptr_array_index (variants, i));
  g_ptr_array_sort_values (found, compare);
  return found;
}
