/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/computer-words.h"

#include <glib/gi18n.h>

#include "activity/text-direction.h"
#include "base/units.h"

/* What core says of a number that the person has given, and what it puts before the date of a measurement. */
#define SET_BY_PERSON "set by you"
#define MEASURED "measured "

static const struct
{
  const char *feature;
  const char *name;
} sets[] = {
  { "sse4_2", "SSE4.2" },
  { "avx", "AVX" },
  { "avx2", "AVX2" },
  { "fma", "FMA" },
  { "f16c", "F16C" },
  { "avx_vnni", "AVX-VNNI" },
  { "avx512f", "AVX-512" },
  { "avx512_vnni", "AVX-512 VNNI" },
  { "avx512_bf16", "AVX-512 BF16" },
  { "amx_tile", "AMX" },
  { "asimd", "NEON" },
  { "asimdhp", "FP16" },
  { "asimddp", "DotProd" },
  { "i8mm", "I8MM" },
  { "bf16", "BF16" },
  { "sve", "SVE" },
  { "sve2", "SVE2" },
  { "sme", "SME" },
};

/**
 * paddock_computer_words_format:
 * @value: a number of a computer
 * @kind: what it means
 *
 * Returns: (transfer full): how it is written in a line
 */
char *
paddock_computer_words_format (guint64 value, PaddockNumberKind kind)
{
  g_autofree char *size = NULL;

  if (kind == PADDOCK_NUMBER_COUNT)
    return paddock_text_direction_isolate (paddock_units_format_count (value));
  size = paddock_units_format_size (value);
  if (kind == PADDOCK_NUMBER_SIZE)
    return paddock_text_direction_isolate (g_steal_pointer (&size));
  /* Translators: a size for each second, as in "12 GB/s". */
  return paddock_text_direction_isolate (g_strdup_printf (_("%s/s"), size));
}

static char *
translate_source (const char *source)
{
  const char *date = NULL;

  if (source == NULL)
    return NULL;
  if (g_str_equal (source, SET_BY_PERSON))
    return g_strdup (_("Set by you"));
  if (g_str_has_prefix (source, MEASURED))
    date = source + sizeof MEASURED - 1;
  /* Translators: what follows is a date, such as 2026-11-21. */
  return date != NULL ? g_strdup_printf (_("Measured on %s"), date) : g_strdup (source);
}

/**
 * paddock_computer_words_dup_source:
 * @number: a number
 * @kind: what it means
 *
 * Returns: (transfer full): where it comes from, and what was found in the place of what the person says
 */
char *
paddock_computer_words_dup_source (const PaddockHardwareNumber *number, PaddockNumberKind kind)
{
  g_autofree char *found = NULL;
  g_autofree char *source = NULL;

  if (!number->known)
    return g_strdup (_("Unknown"));
  if (!number->overridden || !number->found_known)
    return translate_source (number->source);
  found = paddock_computer_words_format (number->found, kind);
  source = translate_source (number->found_source);
  if (source == NULL)
    /* Translators: beside a number that the person has given; what follows is the one that was found. */
    return g_strdup_printf (_("Set by you, found: %s"), found);
  /* Translators: the same, with the file or the call that told it. */
  return g_strdup_printf (_("Set by you, found: %s (%s)"), found, source);
}

const char *
paddock_computer_words_get_kind (PaddockHardwareDeviceKind kind)
{
  switch (kind)
    {
    case PADDOCK_DEVICE_DISCRETE:
      return _("Has memory of its own");
    case PADDOCK_DEVICE_INTEGRATED:
      return _("Works in the computer’s memory");
    case PADDOCK_DEVICE_REMOTE:
      return _("Lent by another computer");
    case PADDOCK_DEVICE_PROCESSOR:
    default:
      return _("The processor itself");
    }
}

char *
paddock_computer_words_join (GPtrArray *words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (words, i));
  return g_string_free (text, FALSE);
}

char *
paddock_computer_words_dup_sets (const PaddockHardwareProcessor *processor)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    if (paddock_hardware_processor_has_feature (processor, sets[i].feature))
      g_ptr_array_add (names, (gpointer) sets[i].name);
  return names->len > 0 ? paddock_computer_words_join (names) : NULL;
}

char *
paddock_computer_words_dup_caches (const PaddockHardwareProcessor *processor)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < processor->caches->len; i++)
    {
      const PaddockHardwareCache *cache = &g_array_index (processor->caches, PaddockHardwareCache, i);
      /* Everybody gives caches in powers of two. */
      g_autofree char *size = g_format_size_full (cache->size, G_FORMAT_SIZE_IEC_UNITS);

      if (cache->kind == PADDOCK_HARDWARE_CACHE_INSTRUCTION)
        continue;
      g_ptr_array_add (parts, paddock_text_direction_isolate (
        cache->count > 1 ? g_strdup_printf ("L%u: %u × %s", cache->level, cache->count, size)
                         : g_strdup_printf ("L%u: %s", cache->level, size)));
    }
  return parts->len > 0 ? paddock_computer_words_join (parts) : NULL;
}

/**
 * paddock_computer_words_dup_summary:
 * @computer: (nullable): a computer
 *
 * Returns: (transfer full) (nullable): its memory and its devices
 */
char *
paddock_computer_words_dup_summary (const PaddockHardwareSnapshot *computer)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (computer == NULL)
    return NULL;
  if (computer->memory->total.known)
    {
      g_autofree char *size = paddock_computer_words_format (computer->memory->total.value, PADDOCK_NUMBER_SIZE);

      /* Translators: what a computer has. */
      g_ptr_array_add (parts, g_strdup_printf (_("%s of memory"), size));
    }
  for (guint i = 0; i < computer->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (computer->devices, i);
      g_autofree char *name = paddock_units_escape (device->name != NULL ? device->name : device->id, -1, 0);
      g_autofree char *size =
        device->total.known ? paddock_computer_words_format (device->total.value, PADDOCK_NUMBER_SIZE) : NULL;

      g_ptr_array_add (parts, paddock_text_direction_isolate (size != NULL ? g_strdup_printf ("%s (%s)", name, size)
                                                                           : g_steal_pointer (&name)));
    }
  return parts->len > 0 ? paddock_computer_words_join (parts) : g_strdup (_("Nothing is known of it yet"));
}
