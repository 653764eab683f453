/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-outlook.h"

#include "estimate/placement-arguments.h"
#include "estimate/placement-companions.h"
#include "estimate/placement-strategy.h"

static PaddockPlacementDevice *
get_device (GPtrArray *devices, guint position)
{
  return g_ptr_array_index (devices, position);
}

static void
clear_device (gpointer data)
{
  g_free (((PaddockMemoryOutlookDevice *) data)->name);
}

static PaddockPlacement *
place (PaddockMemoryOutlook *self, const PaddockMemorySettings *settings, const PaddockPlacementLoad *load,
       GPtrArray *devices)
{
  PaddockPlacement *placement;

  if (settings->layers_automatic)
    return paddock_placement_strategy_run (&paddock_placement_gpu_first, devices, load);
  placement = paddock_placement_strategy_run_layers (&paddock_placement_gpu_first, devices, load, settings->gpu_layers);
  self->layers_refused = placement->refused;
  return placement;
}

/* The program and its rows of output are neither weights, cache nor computing. */
static void
add_device (PaddockMemoryOutlook *self, const PaddockPlacementDevice *device, const PaddockPlacementShare *share,
            guint64 program, guint64 projector, guint64 draft)
{
  PaddockMemoryOutlookDevice added = {
    .name = g_strdup (device->name),
    .kind = device->kind,
    .total = device->total + device->borrow,
    .usable = share->limit,
    .weights = share->weights,
    .cache = share->cache,
    .overhead = MIN (program, share->compute),
    .needed = share->used,
    .layers = share->layers,
  };

  added.projector = MIN (projector, share->compute - added.overhead);
  added.draft = MIN (draft, share->compute - added.overhead - added.projector);
  added.compute = share->compute - added.overhead - added.projector - added.draft;
  g_array_append_val (self->devices, added);
}

/* Weights that were copied are counted once: nobody reads the originals again, and the system drops them. */
static void
settle_copies (PaddockMemoryOutlookDevice *host, const PaddockPlacement *placement)
{
  host->weights = host->weights - placement->idle + placement->copies;
  host->compute -= MIN (host->compute, placement->copies);
  host->needed = paddock_placement_get_host_need (placement);
}

static void
list_devices (PaddockMemoryOutlook *self, const PaddockPlacement *placement, const PaddockPlacementLoad *load,
              GPtrArray *devices)
{
  guint64 program = load->host - MIN (load->host, self->estimate.bytes[PADDOCK_MEMORY_OUTPUT]);

  for (guint i = 0; i < devices->len; i++)
    {
      const PaddockPlacementDevice *device = get_device (devices, i);
      const PaddockPlacementShare *share = &placement->shares[i];

      add_device (self, device, share, i == PADDOCK_PLACEMENT_HOST ? program : 0,
                  placement->projector == i ? load->projector : 0, placement->draft == i ? load->draft : 0);
    }
  settle_copies (&g_array_index (self->devices, PaddockMemoryOutlookDevice, PADDOCK_PLACEMENT_HOST), placement);
}

static gboolean
is_counted (const PaddockMemoryOutlook *self, guint position)
{
  const PaddockMemoryOutlookDevice *device = &g_array_index (self->devices, PaddockMemoryOutlookDevice, position);

  if (position == PADDOCK_PLACEMENT_HOST)
    return self->fit != PADDOCK_FIT_GPU;
  return device->layers > 0;
}

/*
 * Where it all goes is what the numbers are about. Where it is too much, room on one device does not make up for what
 * another one lacks: what a device has beyond what is needed of it does not count.
 */
static void
sum_up (PaddockMemoryOutlook *self)
{
  gboolean short_of = self->fit == PADDOCK_FIT_TIGHT || self->fit == PADDOCK_FIT_TOO_LARGE;

  for (guint i = 0; i < self->devices->len; i++)
    {
      const PaddockMemoryOutlookDevice *device = &g_array_index (self->devices, PaddockMemoryOutlookDevice, i);
      gboolean beside = short_of && i != PADDOCK_PLACEMENT_HOST;

      if (!is_counted (self, i))
        continue;
      self->needed += device->needed;
      self->available += beside ? MIN (device->usable, device->needed) : device->usable;
    }
}

/**
 * paddock_memory_outlook_make_load:
 * @shape: a model
 * @settings: with what it is loaded together
 * @request: how it is run
 * @estimate: (out caller-allocates): what all of it needs
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Returns: (transfer full) (nullable): what is placed
 */
PaddockPlacementLoad *
paddock_memory_outlook_make_load (const PaddockModelShape *shape, const PaddockMemorySettings *settings,
                                  const PaddockMemoryRequest *request, PaddockMemoryEstimate *estimate, GError **error)
{
  PaddockPlacementLoad *load;

  if (!paddock_memory_estimate_compute (estimate, shape, request, error) ||
      !paddock_companion_file_add (settings->projector, estimate, request, error) ||
      !paddock_companion_file_add (settings->draft, estimate, request, error))
    return NULL;
  load = paddock_placement_load_new_for_shape (shape, request, FALSE, error);
  if (load != NULL)
    paddock_placement_load_add_companions (load, estimate);
  return load;
}

static void
add_file (GStrvBuilder *arguments, const char *option, const PaddockCompanionFile *file)
{
  if (file == NULL)
    return;
  g_strv_builder_add (arguments, option);
  g_strv_builder_add (arguments, file->path);
}

static char **
add_files (char **placed, const PaddockMemorySettings *settings)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();

  g_strv_builder_addv (arguments, (const char **) placed);
  add_file (arguments, "--mmproj", settings->projector);
  add_file (arguments, "--spec-draft-model", settings->draft);
  return g_strv_builder_end (arguments);
}

static gboolean
fill (PaddockMemoryOutlook *self, const PaddockModelShape *shape, const PaddockMemorySettings *settings,
      const PaddockHardwareSnapshot *machine, GError **error)
{
  PaddockMemoryRequest request = paddock_memory_settings_get_request (settings, shape);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);
  g_autoptr (PaddockPlacementLoad) load = NULL;
  g_autoptr (PaddockPlacement) placement = NULL;
  g_auto (GStrv) placed = NULL;
  PaddockThreadAdvice advice;

  load = paddock_memory_outlook_make_load (shape, settings, &request, &self->estimate, error);
  if (load == NULL)
    return FALSE;
  self->n_layers = load->n_layers + 1;
  placement = place (self, settings, load, devices);
  self->fit = placement->fit;
  self->gpu_layers = placement->gpu_layers;
  list_devices (self, placement, load, devices);
  sum_up (self);
  paddock_placement_advise_threads (&advice, placement, load, machine);
  placed = paddock_placement_build_arguments (placement, &request, &advice);
  self->arguments = add_files (placed, settings);
  return TRUE;
}

/**
 * paddock_memory_outlook_new:
 * @shape: a model
 * @settings: how it is run
 * @machine: the computer
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Returns: (transfer full) (nullable): what becomes of it, or %NULL if it cannot be run like that
 */
PaddockMemoryOutlook *
paddock_memory_outlook_new (const PaddockModelShape *shape, const PaddockMemorySettings *settings,
                            const PaddockHardwareSnapshot *machine, GError **error)
{
  g_autoptr (PaddockMemoryOutlook) self = g_new0 (PaddockMemoryOutlook, 1);

  self->devices = g_array_new (FALSE, FALSE, sizeof (PaddockMemoryOutlookDevice));
  g_array_set_clear_func (self->devices, clear_device);
  return fill (self, shape, settings, machine, error) ? g_steal_pointer (&self) : NULL;
}

guint64
paddock_memory_outlook_count (const PaddockMemoryOutlook *self, gboolean on_devices)
{
  guint64 bytes = 0;

  if (on_devices)
    return self->fit == PADDOCK_FIT_GPU ? self->needed : 0;
  for (guint i = 0; i < self->devices->len; i++)
    bytes += g_array_index (self->devices, PaddockMemoryOutlookDevice, i).needed;
  return bytes;
}

void
paddock_memory_outlook_free (PaddockMemoryOutlook *self)
{
  g_array_unref (self->devices);
  g_strfreev (self->arguments);
  g_free (self);
}
