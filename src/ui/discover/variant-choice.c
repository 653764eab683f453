/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/variant-choice.h"

#include <string.h>

#define DYNAMIC "UD-"
#define BITS_UNIT 10000

/**
 * paddock_variant_choice_get_tradeoff:
 * @variant: a variant
 *
 * Returns: (nullable): what its quantization costs and gives
 */
const PaddockQuantTradeoff *
paddock_variant_choice_get_tradeoff (const PaddockHubVariant *variant)
{
  static const char *const enlarged[] = { "_XL", "_L" };
  const char *label = g_str_has_prefix (variant->label, DYNAMIC) ? variant->label + strlen (DYNAMIC) : variant->label;
  const PaddockQuantTradeoff *known = paddock_quant_tradeoff_lookup (label);

  /* Some publishers keep a few tensors in more bits, and call that larger. */
  for (gsize i = 0; known == NULL && i < G_N_ELEMENTS (enlarged); i++)
    if (g_str_has_suffix (label, enlarged[i]))
      {
        g_autofree char *base = g_strndup (label, strlen (label) - strlen (enlarged[i]));
        g_autofree char *usual = g_strconcat (base, "_M", NULL);

        known = paddock_quant_tradeoff_lookup (usual);
        if (known == NULL)
          known = paddock_quant_tradeoff_lookup (base);
      }
  return known;
}

/**
 * paddock_variant_choice_count_memory:
 * @machine: (nullable): a computer
 *
 * Returns: how many bytes there are for a model
 */
guint64
paddock_variant_choice_count_memory (const PaddockHardwareSnapshot *machine)
{
  guint64 total = 0, available = 0, graphics = 0;
  gboolean limited;

  if (machine == NULL)
    return 0;
  if (machine->memory == NULL || !paddock_hardware_memory_get_usable (machine->memory, &total, &available, &limited))
    available = 0;
  for (guint i = 0; i < machine->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (machine->devices, i);

      if (device->kind == PADDOCK_DEVICE_DISCRETE && device->free.known)
        graphics += device->free.value;
    }
  return MAX (available, graphics);
}

/* What is chosen from. */
typedef struct
{
  GPtrArray *variants;
  GHashTable *too_large;             /* NULL: none */
} Offer;

static gboolean
can_be_had (const PaddockHubVariant *variant)
{
  return !variant->is_companion && variant->size > 0 && paddock_hub_variant_is_whole (variant);
}

/* How many weights there are: told, or from the size of a variant whose bits are known. */
static guint64
count_weights (GPtrArray *variants, gint64 parameters)
{
  if (parameters > 0)
    return (guint64) parameters;
  for (guint i = 0; i < variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (variants, i);
      const PaddockQuantTradeoff *tradeoff = paddock_variant_choice_get_tradeoff (variant);

      if (can_be_had (variant) && tradeoff != NULL)
        return (guint64) ((double) variant->size * 8 * BITS_UNIT / tradeoff->bits);
    }
  return 0;
}

static gboolean
has_room (const Offer *offer, const PaddockHubVariant *variant, guint64 room)
{
  return can_be_had (variant) && (guint64) variant->size <= room &&
         (offer->too_large == NULL || !g_hash_table_contains (offer->too_large, variant));
}

/* The smallest of that quantization that fits. */
static const PaddockHubVariant *
find_of (const Offer *offer, const PaddockQuantTradeoff *tradeoff, guint64 room)
{
  for (guint i = 0; i < offer->variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (offer->variants, i);

      if (has_room (offer, variant, room) && paddock_variant_choice_get_tradeoff (variant) == tradeoff)
        return variant;
    }
  return NULL;
}

static const PaddockHubVariant *
find_worse (const Offer *offer, gsize at, guint64 room)
{
  const PaddockHubVariant *found = NULL;

  for (gsize i = at; found == NULL && i < paddock_quant_tradeoffs_count; i++)
    found = find_of (offer, &paddock_quant_tradeoffs[i], room);
  return found;
}

static const PaddockHubVariant *
find_better (const Offer *offer, gsize at, guint64 room)
{
  const PaddockHubVariant *found = NULL;

  for (gsize i = at + 1; found == NULL && i > 0; i--)
    found = find_of (offer, &paddock_quant_tradeoffs[i - 1], room);
  return found;
}

/* What was advised, or what is nearest to it: a better one, unless there is no room for more. */
static const PaddockHubVariant *
find_near (const Offer *offer, const PaddockQuantAdvice *advice)
{
  gsize at = (gsize) (advice->choice - paddock_quant_tradeoffs);
  gboolean roomy = advice->reason == PADDOCK_QUANT_REASON_PREFERRED;
  const PaddockHubVariant *found
      = roomy ? find_better (offer, at, advice->room) : find_worse (offer, at, advice->room);

  if (found == NULL)
    found = roomy ? find_worse (offer, at, advice->room) : find_better (offer, at, advice->room);
  return found;
}

/**
 * paddock_variant_choice_find:
 * @variants: (element-type PaddockHubVariant): what there is
 * @parameters: of the model
 * @memory: bytes that there are for it
 * @preference: what the person cares for
 * @too_large: (nullable): those that do not fit although their size does
 *
 * Returns: (nullable): which one to have
 */
const PaddockHubVariant *
paddock_variant_choice_find (GPtrArray *variants,
                             gint64 parameters,
                             guint64 memory,
                             PaddockQuantPreference preference,
                             GHashTable *too_large)
{
  const Offer offer = { variants, too_large };
  const PaddockQuantRequest request = {
    .weights = count_weights (variants, parameters),
    .memory = memory,
    .preference = preference,
  };
  PaddockQuantAdvice advice;
  const PaddockHubVariant *found = NULL;

  paddock_quant_advice_recommend (&advice, &request);
  if (advice.choice != NULL)
    found = find_near (&offer, &advice);
  /* Files of no known quantization: there may be only one. */
  if (found == NULL && advice.choice == NULL)
    found = paddock_hub_variant_find (variants, NULL);
  return found != NULL && has_room (&offer, found, advice.room) ? found : NULL;
}
