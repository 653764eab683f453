/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate-answer.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "estimate-placement.h"
#include "estimate/memory-curve.h"
#include "estimate/memory-suggestion.h"
#include "output.h"
#include "property-list.h"
#include "text-table.h"

#define INDENT "  "

static const char *const kind_names[PADDOCK_MEMORY_N_KINDS] = {
  [PADDOCK_MEMORY_WEIGHTS] = N_ ("Weights"),
  [PADDOCK_MEMORY_REPACKED] = N_ ("Weights in the processor’s order"),
  [PADDOCK_MEMORY_CACHE] = N_ ("Cache"),
  [PADDOCK_MEMORY_STATE] = N_ ("State"),
  [PADDOCK_MEMORY_COMPUTE] = N_ ("Computation"),
  [PADDOCK_MEMORY_OUTPUT] = N_ ("Output"),
  [PADDOCK_MEMORY_PROJECTOR] = N_ ("Projector"),
  [PADDOCK_MEMORY_DRAFT] = N_ ("Draft model"),
  [PADDOCK_MEMORY_ADAPTERS] = N_ ("Adapters"),
  [PADDOCK_MEMORY_OVERHEAD] = N_ ("Program and tokens"),
};

/**
 * paddock_estimate_answer_describe_fit:
 * @fit: a verdict
 *
 * Returns: what a person reads
 */
const char *
paddock_estimate_answer_describe_fit (PaddockFit fit)
{
  switch (fit)
    {
    case PADDOCK_FIT_GPU:
      return _ ("fits on the graphics processor");
    case PADDOCK_FIT_MEMORY:
      return _ ("fits in memory");
    case PADDOCK_FIT_SPLIT:
      return _ ("fits, a part of it on the graphics processor");
    case PADDOCK_FIT_TIGHT:
      return _ ("fits, with next to nothing left over");
    case PADDOCK_FIT_TOO_LARGE:
      return _ ("is too large for the memory that is free now");
    case PADDOCK_FIT_UNKNOWN:
    default:
      return _ ("nobody knows whether it fits");
    }
}

static void
add_size (PaddockPropertyList *list, const char *name, guint64 bytes, double band)
{
  g_autofree char *size = paddock_units_format_size (bytes);

  if (bytes == 0)
    return;
  /* Translators: %s is a size that may be a little off: "about 20 MB". */
  paddock_property_list_take (list, name, band > 0 ? g_strdup_printf (_ ("about %s"), size) : g_steal_pointer (&size));
}

static void
print_kinds (const PaddockEstimateAnswer *self)
{
  g_autoptr (PaddockPropertyList) list = paddock_property_list_new ();
  const PaddockMemoryEstimate *estimate = &self->estimate;

  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    add_size (list, _ (kind_names[i]), estimate->bytes[i], estimate->band[i]);
  add_size (list, _ ("Total"), estimate->total, 0);
  paddock_property_list_print (list, INDENT);
}

static void
print_summary (const PaddockEstimateAnswer *self)
{
  g_autoptr (PaddockPropertyList) list = paddock_property_list_new ();
  g_autofree char *free_size = paddock_units_format_size (self->available);

  paddock_property_list_add_count (list, _ ("Context"), self->request.context);
  if (self->memory_known)
    {
      paddock_property_list_add_count (list, _ ("Largest context that fits"), self->plan->largest_context);
      paddock_property_list_add (list, _ ("Free memory"), free_size);
    }
  paddock_property_list_add (list, _ ("Verdict"), paddock_estimate_answer_describe_fit (self->fit));
  add_size (list, _ ("Shown by the system"), self->estimate.resident, 0);
  add_size (list, _ ("Pages of the file in it"), self->estimate.evictable, 0);
  paddock_property_list_print (list, INDENT);
}

static void
print_requirements (const PaddockMemoryRequirements *requirements)
{
  g_autoptr (PaddockPropertyList) list = paddock_property_list_new ();

  add_size (list, _ ("Memory, at least"), requirements->minimum_memory, 0);
  add_size (list, _ ("Memory, better"), requirements->recommended_memory, 0);
  add_size (list, _ ("Graphics memory, at least"), requirements->minimum_gpu_memory, 0);
  add_size (list, _ ("Graphics memory, better"), requirements->recommended_gpu_memory, 0);
  paddock_output_line ("\n%s", _ ("A computer for it"));
  paddock_property_list_print (list, INDENT);
}

static void
print_suggestions (GArray *suggestions)
{
  if (suggestions->len > 0)
    paddock_output_line ("\n%s", _ ("What would save memory"));
  for (guint i = 0; i < suggestions->len; i++)
    {
      const PaddockMemorySuggestion *one = &g_array_index (suggestions, PaddockMemorySuggestion, i);
      g_autofree char *text = paddock_memory_suggestion_dup_text (one);

      paddock_output_line (INDENT "%s", text);
    }
}

static void
fill_point (guint row, char **cells, gpointer user_data)
{
  const PaddockMemoryPoint *point = &g_array_index ((GArray *) user_data, PaddockMemoryPoint, row);

  cells[0] = paddock_units_format_count (point->context);
  cells[1] = paddock_units_format_size (point->bytes[PADDOCK_MEMORY_CACHE] + point->bytes[PADDOCK_MEMORY_STATE]);
  cells[2] = paddock_units_format_size (point->total);
}

static void
print_curve (GArray *curve)
{
  const PaddockTextColumn columns[] = { { _ ("Context"), TRUE, FALSE }, { _ ("Cache"), TRUE, FALSE },
                                        { _ ("Total"), TRUE, FALSE } };

  paddock_output_line ("%s", "");
  paddock_text_table_print (INDENT, columns, G_N_ELEMENTS (columns), curve->len, fill_point, curve);
}

/**
 * paddock_estimate_answer_print:
 * @self: an answer that is known
 *
 * Prints it for a person.
 */
void
paddock_estimate_answer_print (const PaddockEstimateAnswer *self)
{
  print_kinds (self);
  paddock_output_line ("%s", "");
  print_summary (self);
  paddock_estimate_placement_print (self->plan, self->path);
  print_requirements (&self->requirements);
  print_suggestions (self->suggestions);
  if (self->curve != NULL)
    print_curve (self->curve);
  if (self->engine != NULL)
    paddock_estimate_engine_print (self->engine);
}
