/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate-plan.h"

#include <glib/gi18n.h>

#include "command.h"
#include "estimate/placement-arguments.h"
#include "estimate/placement-companions.h"
#include "output.h"

/* Cells of a cache come in steps of so many. */
#define CELLS 256

void
paddock_estimate_plan_free (PaddockEstimatePlan *self)
{
  g_clear_pointer (&self->machine, paddock_hardware_snapshot_unref);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_pointer (&self->load, paddock_placement_load_free);
  g_clear_pointer (&self->placement, paddock_placement_free);
  g_strfreev (self->arguments);
  g_free (self->refusal);
  g_free (self);
}

static PaddockPlacement *
place (const PaddockEstimateOptions *options, GPtrArray *devices, const PaddockPlacementLoad *load)
{
  const char *id = options->strategy != NULL ? options->strategy : "gpu-first";
  const PaddockPlacementStrategy *strategy = paddock_placement_strategy_find (id);

  if (options->gpu_layers >= 0)
    return paddock_placement_strategy_run_layers (strategy, devices, load, (guint) options->gpu_layers);
  return paddock_placement_strategy_run (strategy, devices, load);
}

/* The same with another context; adapters stay where they are. */
static gboolean
fits_with (const PaddockEstimatePlan *self, const PaddockEstimateOptions *options, const PaddockModelShape *shape,
           const PaddockMemoryRequest *request, guint32 context)
{
  PaddockMemoryRequest changed = *request;
  g_autoptr (PaddockPlacementLoad) load = NULL;
  g_autoptr (PaddockPlacement) placement = NULL;
  guint64 limit;

  changed.context = context;
  load = paddock_placement_load_new_for_shape (shape, &changed, FALSE, NULL);
  if (load == NULL)
    return FALSE;
  load->projector = self->load->projector;
  load->draft = self->load->draft;
  load->output_adapters = self->load->output_adapters;
  for (guint i = 0; i < load->n_layers; i++)
    load->layers[i].adapters = self->load->layers[i].adapters;
  placement = place (options, self->devices, load);
  limit = placement->shares[PADDOCK_PLACEMENT_HOST].limit;
  return placement->fit != PADDOCK_FIT_TOO_LARGE && placement->fit != PADDOCK_FIT_UNKNOWN &&
         paddock_placement_get_host_need (placement) <= limit;
}

/* More context never needs less room. */
static guint32
find_largest_context (const PaddockEstimatePlan *self, const PaddockEstimateOptions *options,
                      const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  guint32 step = request->unified ? CELLS : CELLS * MAX (request->parallel, 1);
  guint32 low = 0, high = shape->training_context / step;

  if (fits_with (self, options, shape, request, shape->training_context))
    return shape->training_context;
  while (low < high)
    {
      guint32 middle = low + (high - low + 1) / 2;

      if (fits_with (self, options, shape, request, middle * step))
        low = middle;
      else
        high = middle - 1;
    }
  return low * step;
}

static void
add_file (GPtrArray *arguments, const char *option, const char *path)
{
  if (path == NULL)
    return;
  g_ptr_array_add (arguments, g_strdup (option));
  g_ptr_array_add (arguments, g_strdup (path));
}

static char **
build_arguments (const PaddockEstimatePlan *self, const PaddockEstimateOptions *options,
                 const PaddockMemoryRequest *request)
{
  g_auto (GStrv) placed = paddock_placement_build_arguments (self->placement, request, &self->advice);
  GPtrArray *arguments = g_ptr_array_new ();

  for (char **argument = placed; *argument != NULL; argument++)
    g_ptr_array_add (arguments, g_strdup (*argument));
  add_file (arguments, "--mmproj", options->projector);
  add_file (arguments, "--spec-draft-model", options->draft);
  for (char **path = options->adapters; path != NULL && *path != NULL; path++)
    add_file (arguments, "--lora", *path);
  g_ptr_array_add (arguments, NULL);
  return (char **) g_ptr_array_free (arguments, FALSE);
}

static gboolean
add_adapters (PaddockEstimatePlan *self, GPtrArray *adapters, const char *const *paths)
{
  for (guint i = 0; i < adapters->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!paddock_placement_load_add_adapter (self->load, g_ptr_array_index (adapters, i), &error))
        {
          paddock_output_complain_of (error, paths[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_layers (const PaddockEstimatePlan *self, const PaddockEstimateOptions *options)
{
  const guint layers = self->load->n_layers + 1;
  g_autofree char *what = NULL;

  if (options->gpu_layers <= 0 || (guint) options->gpu_layers <= layers)
    return TRUE;
  what = g_strdup_printf (ngettext ("The model has %u layer, its output counted as one",
                                    "The model has %u layers, its output counted as one", layers),
                          layers);
  paddock_output_complain (what, "--gpu-layers");
  return FALSE;
}

static void
finish (PaddockEstimatePlan *self, const PaddockEstimateOptions *options, const PaddockModelShape *shape,
        const PaddockMemoryRequest *request)
{
  const PaddockPlacementDevice *host;

  self->devices = paddock_placement_devices_new (self->machine, NULL);
  self->placement = place (options, self->devices, self->load);
  host = g_ptr_array_index (self->devices, PADDOCK_PLACEMENT_HOST);
  if (self->placement->refused)
    self->refusal = g_strdup_printf (_ ("Of %u layers that are to be on devices, there is room for %u"),
                                     self->placement->wanted, self->placement->gpu_layers);
  paddock_placement_advise_threads (&self->advice, self->placement, self->load, self->machine);
  self->arguments = build_arguments (self, options, request);
  if (host->known)
    self->largest_context = find_largest_context (self, options, shape, request);
}

/**
 * paddock_estimate_plan_new:
 * @machine: (transfer full): a computer
 * @options: what was given
 * @shape: a model
 * @request: how to run it
 * @estimate: what it needs, with what stands beside it
 * @adapters: (element-type PaddockGgufShards): the files of its adapters, as the options have them
 * @status: (out): the program's status where there is no plan
 *
 * Returns: (transfer full) (nullable): a plan
 */
PaddockEstimatePlan *
paddock_estimate_plan_new (PaddockHardwareSnapshot *machine, const PaddockEstimateOptions *options,
                           const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                           const PaddockMemoryEstimate *estimate, GPtrArray *adapters, int *status)
{
  g_autoptr (PaddockEstimatePlan) self = g_new0 (PaddockEstimatePlan, 1);
  g_autoptr (GError) error = NULL;

  self->machine = machine;
  self->load = paddock_placement_load_new_for_shape (shape, request, FALSE, &error);
  *status = PADDOCK_EXIT_USAGE;
  if (self->load == NULL)
    {
      paddock_output_complain_of (error, _ ("placement"));
      return NULL;
    }
  if (!check_layers (self, options))
    return NULL;
  paddock_placement_load_add_companions (self->load, estimate);
  *status = PADDOCK_EXIT_NO;
  if (!add_adapters (self, adapters, (const char *const *) options->adapters))
    return NULL;
  finish (self, options, shape, request);
  *status = self->refusal != NULL ? PADDOCK_EXIT_NO : PADDOCK_EXIT_DONE;
  return g_steal_pointer (&self);
}
