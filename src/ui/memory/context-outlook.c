/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/context-outlook.h"

#include "base/worker.h"
#include "estimate/estimate-error.h"
#include "estimate/placement-pack.h"
#include "estimate/placement-search.h"
#include "estimate/placement-strategy.h"
#include "memory/memory-outlook.h"

#define N_POINTS 24
#define SMALLEST 512u
#define STEP 256u                    /* cells of the cache come in so many */
#define BOUNDLESS (G_GUINT64_CONSTANT (1) << 60)

typedef struct
{
  const PaddockModelShape *shape;
  const PaddockHardwareSnapshot *machine;
  PaddockMemorySettings settings;
  GPtrArray *devices;                /* of PaddockPlacementDevice */
  GPtrArray *boundless;              /* the same, with a first device that has room for everything; NULL: there is none */
  PaddockWorker *worker;             /* NULL: somebody waits */
} Question;

static PaddockPlacementLoad *
load_with (const Question *self, guint32 context)
{
  PaddockMemoryRequest request = paddock_memory_settings_get_request (&self->settings, self->shape);
  PaddockMemoryEstimate estimate;

  request.context = context;
  return paddock_memory_outlook_make_load (self->shape, &self->settings, &request, &estimate, NULL);
}

static guint
get_place (guint device)
{
  return device != PADDOCK_PLACEMENT_HOST ? 1 : PADDOCK_PLACEMENT_HOST;
}

/* FALSE: it cannot be run with that context. What stands beside the model is where the planner has it, which takes it off the
   graphics processors before it takes layers off them. */
static gboolean
count_on_device (const Question *self, guint32 context, guint64 *bytes)
{
  g_autoptr (PaddockPlacementLoad) load = load_with (self, context);
  g_autoptr (PaddockPlacement) planned = NULL;
  g_autoptr (PaddockPlacement) placement = NULL;

  if (load == NULL)
    return FALSE;
  planned = paddock_placement_new (self->devices, load);
  paddock_placement_search_whole (planned, load);
  placement = paddock_placement_new (self->boundless, load);
  placement->projector = get_place (planned->projector);
  placement->draft = get_place (planned->draft);
  if (!paddock_placement_pack (placement, load, load->n_layers + 1, load->n_layers, 1.0))
    return FALSE;
  *bytes = placement->shares[1].used;
  return TRUE;
}

static gboolean
count_together (const Question *self, guint32 context, guint64 *bytes)
{
  PaddockMemorySettings settings = self->settings;
  g_autoptr (PaddockMemoryOutlook) outlook = NULL;

  settings.request.context = context;
  outlook = paddock_memory_outlook_new (self->shape, &settings, self->machine, NULL);
  if (outlook == NULL)
    return FALSE;
  *bytes = 0;
  for (guint i = 0; i < outlook->devices->len; i++)
    *bytes += g_array_index (outlook->devices, PaddockMemoryOutlookDevice, i).needed;
  return TRUE;
}

static gboolean
fits_on_devices (const Question *self, guint32 context)
{
  g_autoptr (PaddockPlacementLoad) load = load_with (self, context);
  g_autoptr (PaddockPlacement) placement = NULL;

  if (load == NULL)
    return FALSE;
  placement = paddock_placement_new (self->devices, load);
  return paddock_placement_search_whole (placement, load);
}

static gboolean
fits_together (const Question *self, guint32 context)
{
  PaddockMemorySettings settings = self->settings;
  g_autoptr (PaddockMemoryOutlook) outlook = NULL;

  settings.request.context = context;
  outlook = paddock_memory_outlook_new (self->shape, &settings, self->machine, NULL);
  return outlook != NULL && outlook->fit != PADDOCK_FIT_UNKNOWN && outlook->fit != PADDOCK_FIT_TOO_LARGE &&
         outlook->needed <= outlook->available;
}

typedef gboolean (*Fits)  (const Question *self, guint32 context);
typedef gboolean (*Count) (const Question *self, guint32 context, guint64 *bytes);

/* What is needed does not fall while the context grows, so that it is found by halving. */
static guint64
find_largest (const Question *self, Fits fits)
{
  const PaddockMemoryRequest *request = &self->settings.request;
  guint32 most = self->shape->training_context;
  guint32 step = request->unified ? STEP : STEP * CLAMP (request->parallel, 1, PADDOCK_MEMORY_MAX_PARALLEL);
  guint32 low = 0, high = most / step;

  if (fits (self, most))
    return most;
  while (low < high && paddock_worker_poll (self->worker, NULL))
    {
      guint32 middle = low + (high - low + 1) / 2;

      if (fits (self, middle * step))
        low = middle;
      else
        high = middle - 1;
    }
  return low * step;
}

static gboolean
draw_curve (PaddockContextOutlook *outlook, const Question *self, Count count)
{
  guint32 last = self->shape->training_context;
  guint32 first = MIN (MAX (SMALLEST, self->settings.request.parallel), last);

  outlook->contexts = g_new0 (guint64, N_POINTS);
  outlook->bytes = g_new0 (guint64, N_POINTS);
  for (guint i = 0; i < N_POINTS; i++)
    {
      guint32 context = first + (guint32) ((guint64) (last - first) * i / (N_POINTS - 1));

      if (outlook->count > 0 && context == outlook->contexts[outlook->count - 1])
        continue;
      if (!paddock_worker_poll (self->worker, NULL) || !count (self, context, &outlook->bytes[outlook->count]))
        return FALSE;
      outlook->contexts[outlook->count++] = context;
    }
  return TRUE;
}

static void
count_available (PaddockContextOutlook *outlook, const Question *self)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      const PaddockPlacementDevice *device = g_ptr_array_index (self->devices, i);

      if (outlook->on_devices && i == PADDOCK_PLACEMENT_HOST)
        continue;
      outlook->available += device->own + (outlook->on_devices ? device->borrow : 0);
    }
}

static gboolean
answer (PaddockContextOutlook *outlook, const Question *self)
{
  gboolean may_have_all = self->boundless != NULL && (self->settings.layers_automatic ||
                                                      self->settings.gpu_layers > self->shape->layers);

  outlook->largest = may_have_all ? find_largest (self, fits_on_devices) : 0;
  outlook->on_devices = outlook->largest > 0;
  if (!outlook->on_devices)
    outlook->largest = find_largest (self, fits_together);
  count_available (outlook, self);
  return draw_curve (outlook, self, outlook->on_devices ? count_on_device : count_together);
}

static PaddockContextOutlook *
look (const PaddockModelShape *shape, const PaddockMemorySettings *settings, const PaddockHardwareSnapshot *machine,
      PaddockWorker *worker)
{
  g_autoptr (PaddockContextOutlook) self = g_new0 (PaddockContextOutlook, 1);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);
  g_autoptr (GPtrArray) boundless = NULL;
  Question question = { .shape = shape, .machine = machine, .settings = *settings, .devices = devices, .worker = worker };

  if (devices->len > 1)
    {
      boundless = paddock_placement_devices_new (machine, NULL);
      ((PaddockPlacementDevice *) g_ptr_array_index (boundless, 1))->own = BOUNDLESS;
      question.boundless = boundless;
    }
  return answer (self, &question) ? g_steal_pointer (&self) : NULL;
}

/**
 * paddock_context_outlook_new:
 * @shape: a model
 * @settings: how it is run; its context does not matter
 * @machine: the computer
 *
 * Returns: (transfer full) (nullable): what it needs with each context
 */
PaddockContextOutlook *
paddock_context_outlook_new (const PaddockModelShape *shape, const PaddockMemorySettings *settings,
                             const PaddockHardwareSnapshot *machine)
{
  return look (shape, settings, machine, NULL);
}

/* What a worker is asked. */
typedef struct
{
  PaddockModelShape *shape;
  PaddockHardwareSnapshot *machine;
  PaddockMemorySettings settings;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  paddock_model_shape_unref (task->shape);
  paddock_hardware_snapshot_unref (task->machine);
  paddock_memory_settings_unref_files (&task->settings);
  g_free (task);
}

static gpointer
run (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Task *task = snapshot;
  g_autoptr (PaddockContextOutlook) outlook = look (task->shape, &task->settings, task->machine, worker);

  if (!paddock_worker_poll (worker, error))
    return NULL;
  if (outlook == NULL)
    g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CONTEXT,
                         "it cannot be run like that with any context");
  return g_steal_pointer (&outlook);
}

/**
 * paddock_context_outlook_new_async:
 * @shape: a model
 * @settings: how it is run; its context does not matter
 * @machine: the computer
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
paddock_context_outlook_new_async (PaddockModelShape *shape, const PaddockMemorySettings *settings,
                                   PaddockHardwareSnapshot *machine, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  PaddockWork work = { .name = "paddock context outlook", .run = run, .snapshot_free = task_free,
                       .result_free = (GDestroyNotify) paddock_context_outlook_free };
  Task *task = g_new0 (Task, 1);

  task->shape = paddock_model_shape_ref (shape);
  task->machine = paddock_hardware_snapshot_ref (machine);
  task->settings = *settings;
  paddock_memory_settings_ref_files (&task->settings);
  work.snapshot = task;
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

PaddockContextOutlook *
paddock_context_outlook_new_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}

void
paddock_context_outlook_free (PaddockContextOutlook *self)
{
  g_free (self->contexts);
  g_free (self->bytes);
  g_free (self);
}
