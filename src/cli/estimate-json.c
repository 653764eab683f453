/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate-answer.h"

#include "estimate-placement.h"
#include "estimate/memory-curve.h"
#include "estimate/memory-suggestion.h"
#include "json-writer.h"

static void
add_kinds (PaddockJsonWriter *writer, const guint64 *bytes)
{
  /* What a model's weights take is one number, whatever order they are in. */
  paddock_json_writer_add_uint (writer, "weights", bytes[PADDOCK_MEMORY_WEIGHTS] + bytes[PADDOCK_MEMORY_REPACKED]);
  for (guint i = PADDOCK_MEMORY_REPACKED; i < PADDOCK_MEMORY_N_KINDS; i++)
    paddock_json_writer_add_uint (writer, paddock_memory_kind_get_id ((PaddockMemoryKind) i), bytes[i]);
}

static void
add_nothing (PaddockJsonWriter *writer)
{
  static const char *const names[] = { "total", "resident", "peak_loading", "evictable", "context", "largest_context",
                                       "band" };

  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    paddock_json_writer_add_null (writer, paddock_memory_kind_get_id ((PaddockMemoryKind) i));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    paddock_json_writer_add_null (writer, names[i]);
}

static void
add_numbers (const PaddockEstimateAnswer *self, PaddockJsonWriter *writer)
{
  const PaddockMemoryEstimate *estimate = &self->estimate;

  add_kinds (writer, estimate->bytes);
  paddock_json_writer_add_uint (writer, "total", estimate->total);
  paddock_json_writer_add_uint (writer, "resident", estimate->resident);
  paddock_json_writer_add_uint (writer, "peak_loading", estimate->peak_loading);
  paddock_json_writer_add_uint (writer, "evictable", estimate->evictable);
  paddock_json_writer_add_uint (writer, "context", self->request.context);
  if (self->memory_known)
    paddock_json_writer_add_uint (writer, "largest_context", self->plan->largest_context);
  else
    paddock_json_writer_add_null (writer, "largest_context");
  paddock_json_writer_add_double (writer, "band", paddock_memory_estimate_get_band (estimate));
}

/* A number that may be off is computed too; how far it may be off is the band's. */
static const char *
name_basis (PaddockMemoryBasis basis)
{
  return paddock_memory_basis_get_id (basis == PADDOCK_MEMORY_APPROXIMATE ? PADDOCK_MEMORY_COMPUTED : basis);
}

static void
add_basis (const PaddockEstimateAnswer *self, PaddockJsonWriter *writer)
{
  paddock_json_writer_begin_object (writer, "basis");
  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    paddock_json_writer_add_string (writer, paddock_memory_kind_get_id ((PaddockMemoryKind) i),
                                    name_basis (self->estimate.basis[i]));
  paddock_json_writer_end_object (writer);
  paddock_json_writer_begin_object (writer, "bands");
  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    paddock_json_writer_add_double (writer, paddock_memory_kind_get_id ((PaddockMemoryKind) i),
                                    self->estimate.band[i]);
  paddock_json_writer_end_object (writer);
}

static void
add_suggestions (const PaddockEstimateAnswer *self, PaddockJsonWriter *writer)
{
  paddock_json_writer_begin_array (writer, "suggestions");
  for (guint i = 0; i < self->suggestions->len; i++)
    {
      const PaddockMemorySuggestion *one = &g_array_index (self->suggestions, PaddockMemorySuggestion, i);
      g_autofree char *text = paddock_memory_suggestion_dup_text (one);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "code", paddock_memory_suggestion_get_code (one));
      paddock_json_writer_add_string (writer, "text", text);
      paddock_json_writer_add_uint (writer, "saves", one->saves);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

static void
add_requirements (const PaddockMemoryRequirements *requirements, PaddockJsonWriter *writer)
{
  paddock_json_writer_begin_object (writer, "requirements");
  paddock_json_writer_add_uint (writer, "minimum_memory", requirements->minimum_memory);
  paddock_json_writer_add_uint (writer, "recommended_memory", requirements->recommended_memory);
  paddock_json_writer_add_uint (writer, "minimum_gpu_memory", requirements->minimum_gpu_memory);
  paddock_json_writer_add_uint (writer, "recommended_gpu_memory", requirements->recommended_gpu_memory);
  paddock_json_writer_add_uint (writer, "swap", requirements->swap);
  paddock_json_writer_end_object (writer);
}

static void
add_curve (const PaddockEstimateAnswer *self, PaddockJsonWriter *writer)
{
  paddock_json_writer_begin_array (writer, "curve");
  for (guint i = 0; i < self->curve->len; i++)
    {
      const PaddockMemoryPoint *point = &g_array_index (self->curve, PaddockMemoryPoint, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_uint (writer, "context", point->context);
      add_kinds (writer, point->bytes);
      paddock_json_writer_add_uint (writer, "total", point->total);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

/**
 * paddock_estimate_answer_write_json:
 * @self: an answer
 *
 * Writes it for programs. Where nobody can know, every number is null and the reason stands beside them.
 */
void
paddock_estimate_answer_write_json (const PaddockEstimateAnswer *self)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "path", self->path);
  paddock_json_writer_add_string (writer, "verdict", paddock_fit_get_id (self->fit));
  paddock_json_writer_add_string (writer, "reason", self->unknown != NULL ? self->unknown : self->plan->refusal);
  if (self->unknown != NULL)
    add_nothing (writer);
  else
    {
      add_numbers (self, writer);
      paddock_estimate_placement_write_json (writer, self->plan);
      add_basis (self, writer);
      add_suggestions (self, writer);
      add_requirements (&self->requirements, writer);
      if (self->curve != NULL)
        add_curve (self, writer);
      if (self->engine != NULL)
        paddock_estimate_engine_write_json (self->engine, writer);
    }
  paddock_json_writer_end_object (writer);
}
