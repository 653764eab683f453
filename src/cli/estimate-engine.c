/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate-engine.h"

#include <glib/gi18n.h>

#include "awaiter.h"
#include "base/units.h"
#include "command.h"
#include "engine-arguments.h"
#include "engine-finding-store.h"
#include "engine-query.h"
#include "hardware/hardware-probe.h"
#include "interruption.h"
#include "output.h"
#include "text-table.h"

#define INDENT "  "

/* Free memory always moves a little; from this part on it is worth a word. */
#define MOVED_PART 20

struct _PaddockEstimateEngine
{
  /* Owned */
  PaddockEngineFit *fit;             /* NULL: there is no answer */
  PaddockEngineFinding *finding;     /* NULL without an answer */
  GError *problem;                   /* why there is none */
  GError *unkept;                    /* why a difference could not be kept */

  PaddockMemoryEstimate ours;        /* of the question that the engine was asked */
  guint64 before, after;             /* free memory */
  gboolean memory_known;
};

/**
 * paddock_estimate_engine_free:
 * @self: (transfer full): an answer
 */
void
paddock_estimate_engine_free (PaddockEstimateEngine *self)
{
  g_clear_pointer (&self->fit, paddock_engine_fit_free);
  g_clear_pointer (&self->finding, paddock_engine_finding_free);
  g_clear_error (&self->problem);
  g_clear_error (&self->unkept);
  g_free (self);
}

static gboolean
find_free_memory (guint64 *available)
{
  guint64 total;
  gboolean limited;

  return paddock_hardware_probe_memory_usable ("/", &total, available, &limited);
}

static void
compare (PaddockEstimateEngine *self, PaddockGgufShards *shards)
{
  self->finding = paddock_engine_finding_new (shards, &self->ours, self->fit);
  if (paddock_engine_finding_differs (self->finding))
    paddock_engine_finding_store_add (self->finding, &self->unkept);
}

/**
 * paddock_estimate_engine_ask:
 * @path: of the model
 * @shards: the model
 * @shape: its shape
 * @request: how it is run
 *
 * Waits for the engine's answer; a difference is kept as a finding.
 *
 * Returns: (transfer full): the answer, or why there is none
 */
PaddockEstimateEngine *
paddock_estimate_engine_ask (const char *path, PaddockGgufShards *shards, const PaddockModelShape *shape,
                             const PaddockMemoryRequest *request)
{
  PaddockEstimateEngine *self = g_new0 (PaddockEstimateEngine, 1);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  PaddockMemoryRequest question = *request;

  paddock_engine_arguments_align (&question);
  if (!paddock_memory_estimate_compute (&self->ours, shape, &question, &self->problem))
    return self;
  self->memory_known = find_free_memory (&self->before);
  paddock_engine_query_async (path, &question, NULL, NULL, PADDOCK_ENGINE_QUERY_TIMEOUT,
                              paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  self->fit = paddock_engine_query_finish (paddock_awaiter_wait (awaiter), &self->problem);
  self->memory_known = find_free_memory (&self->after) && self->memory_known;
  if (self->fit != NULL)
    compare (self, shards);
  return self;
}

static const char *
name_problem (const GError *problem)
{
  if (g_error_matches (problem, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_MISSING) ||
      g_error_matches (problem, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_NO_FIT))
    return _ ("llama.cpp with its program llama-fit-params has to be installed (on Debian the package "
              "llama.cpp-tools-extra), or PADDOCK_ENGINE has to name its directory");
  if (g_error_matches (problem, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_UNSUPPORTED))
    return _ ("A newer llama.cpp has to be installed");
  return NULL;
}

/**
 * paddock_estimate_engine_conclude:
 * @self: an answer that was shown
 *
 * Returns: how the command ends
 */
int
paddock_estimate_engine_conclude (const PaddockEstimateEngine *self)
{
  const char *advice = name_problem (self->problem);
  int interrupted = paddock_interruption_get_status ();

  if (self->unkept != NULL)
    paddock_output_complain (_ ("The difference could not be kept"), self->unkept->message);
  if (self->problem == NULL)
    return self->unkept == NULL ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
  if (interrupted != 0)
    return interrupted;
  if (advice != NULL)
    paddock_output_complain (advice, self->problem->message);
  else
    paddock_output_complain (_ ("The engine gave no answer"), self->problem->message);
  return PADDOCK_EXIT_NO;
}

static void
add_words (PaddockJsonWriter *writer, const char *name, char **words)
{
  paddock_json_writer_begin_array (writer, name);
  for (char **word = words; word != NULL && *word != NULL; word++)
    paddock_json_writer_add_string (writer, NULL, *word);
  paddock_json_writer_end_array (writer);
}

static void
add_devices (PaddockJsonWriter *writer, const PaddockEngineFit *fit)
{
  paddock_json_writer_begin_array (writer, "devices");
  for (guint i = 0; i < fit->devices->len; i++)
    {
      const PaddockEngineFitDevice *device = g_ptr_array_index (fit->devices, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "name", device->name);
      paddock_json_writer_add_uint (writer, "weights", device->weights);
      paddock_json_writer_add_uint (writer, "cache", device->cache);
      paddock_json_writer_add_uint (writer, "compute", device->compute);
      paddock_json_writer_add_uint (writer, "total", device->weights + device->cache + device->compute);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

static void
add_answer (PaddockJsonWriter *writer, const PaddockEstimateEngine *self)
{
  const PaddockHardwareEngine *installed = self->fit->binary->installed;
  const PaddockEngineFinding *finding = self->finding;

  paddock_json_writer_add_string (writer, "path", installed->fit);
  paddock_json_writer_add_string (writer, "version", installed->version);
  add_devices (writer, self->fit);
  paddock_json_writer_begin_object (writer, "ours");
  paddock_json_writer_add_uint (writer, "weights", finding->ours.weights);
  paddock_json_writer_add_uint (writer, "cache", finding->ours.cache);
  paddock_json_writer_add_uint (writer, "compute", finding->ours.compute);
  paddock_json_writer_end_object (writer);
  paddock_json_writer_begin_object (writer, "difference");
  paddock_json_writer_add_int (writer, "weights", finding->weights);
  paddock_json_writer_add_int (writer, "cache", finding->cache);
  paddock_json_writer_add_int (writer, "compute", finding->compute);
  paddock_json_writer_end_object (writer);
  paddock_json_writer_add_uint (writer, "resolution", PADDOCK_ENGINE_FIT_UNIT);
  paddock_json_writer_add_string (writer, "finding",
                                  paddock_engine_finding_differs (finding) && self->unkept == NULL ? finding->id : NULL);
  add_words (writer, "question", finding->question);
  add_words (writer, "proposal", self->fit->proposal);
}

static void
add_memory (PaddockJsonWriter *writer, const PaddockEstimateEngine *self)
{
  paddock_json_writer_begin_object (writer, "available");
  if (self->memory_known)
    {
      paddock_json_writer_add_uint (writer, "before", self->before);
      paddock_json_writer_add_uint (writer, "after", self->after);
    }
  else
    {
      paddock_json_writer_add_null (writer, "before");
      paddock_json_writer_add_null (writer, "after");
    }
  paddock_json_writer_end_object (writer);
}

/**
 * paddock_estimate_engine_write_json:
 * @self: an answer
 * @writer: in the middle of an object
 *
 * Adds it as the member "engine"; without an answer, that has only the reason.
 */
void
paddock_estimate_engine_write_json (const PaddockEstimateEngine *self, PaddockJsonWriter *writer)
{
  paddock_json_writer_begin_object (writer, "engine");
  paddock_json_writer_add_string (writer, "problem", self->problem != NULL ? self->problem->message : NULL);
  if (self->fit != NULL)
    {
      add_answer (writer, self);
      add_memory (writer, self);
    }
  paddock_json_writer_end_object (writer);
}

typedef struct
{
  const char *name;
  guint64 ours, theirs;
  gint64 difference;
} Row;

static void
fill_row (guint position, char **cells, gpointer user_data)
{
  const Row *row = (const Row *) user_data + position;
  g_autofree char *size = paddock_units_format_size ((guint64) ABS (row->difference));

  cells[0] = g_strdup (row->name);
  cells[1] = paddock_units_format_size (row->ours);
  cells[2] = paddock_units_format_size (row->theirs);
  if (row->difference == 0)
    cells[3] = g_strdup (_ ("same"));
  else
    /* Translators: a size by which the engine needs more, or less, than Paddock says. */
    cells[3] = g_strdup_printf (row->difference > 0 ? _ ("%s more") : _ ("%s less"), size);
}

static void
print_memory (const PaddockEstimateEngine *self)
{
  guint64 moved = self->before > self->after ? self->before - self->after : self->after - self->before;
  g_autofree char *before = paddock_units_format_size (self->before);
  g_autofree char *after = paddock_units_format_size (self->after);

  if (self->memory_known && moved > self->before / MOVED_PART)
    paddock_output_line (INDENT "%s", _ ("Free memory changed while the engine was asked; what fits may have changed with it:"));
  if (self->memory_known && moved > self->before / MOVED_PART)
    paddock_output_line (INDENT "%s → %s", before, after);
}

/**
 * paddock_estimate_engine_print:
 * @self: an answer
 *
 * Prints it beside ours for a person, if there is one.
 */
void
paddock_estimate_engine_print (const PaddockEstimateEngine *self)
{
  const PaddockTextColumn columns[] = { { "", FALSE, FALSE },
                                        { _ ("Paddock"), TRUE, FALSE },
                                        { _ ("llama.cpp"), TRUE, FALSE },
                                        { _ ("llama.cpp needs"), FALSE, FALSE } };
  const PaddockEngineFinding *finding = self->finding;
  g_autofree char *version = NULL;

  if (finding == NULL)
    return;
  Row rows[] = { { _ ("Weights"), finding->ours.weights, finding->theirs.weights, finding->weights },
                 { _ ("Cache"), finding->ours.cache, finding->theirs.cache, finding->cache },
                 { _ ("Computation"), finding->ours.compute, finding->theirs.compute, finding->compute } };

  version = paddock_units_escape (finding->version != NULL ? finding->version : "", -1, 80);
  /* Translators: %s is a version of llama.cpp. Both answer for one request at a time, on the processor alone. */
  paddock_output_line ("%s", "");
  paddock_output_line (_ ("The same asked of llama.cpp %s, for a single run on the processor"), version);
  paddock_text_table_print (INDENT, columns, G_N_ELEMENTS (columns), G_N_ELEMENTS (rows), fill_row, rows);
  if (paddock_engine_finding_differs (finding) && self->unkept == NULL)
    paddock_output_line (INDENT "%s %s", _ ("The difference is kept as a finding:"), finding->id);
  print_memory (self);
}
