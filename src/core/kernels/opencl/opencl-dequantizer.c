/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-dequantizer.h"

#include "kernels/kernel-dispatch.h"
#include "kernels/opencl/opencl-lane.h"
#include "kernels/opencl/opencl-program.h"

#define N_LANES 2
/* The processor's part is cut into pieces of so many numbers, to look now and then whether to stop. */
#define CPU_NUMBERS (1u << 20)

struct _PaddockOpenclDequantizer
{
  GMutex lock;

  /* Owned, under the lock */
  PaddockOpenclDevice *device;
  PaddockClContext context;
  PaddockClProgram programs[PADDOCK_OPENCL_N_FAMILIES];
  PaddockOpenclLane lanes[N_LANES];
  GError *notice;

  gsize window;
  gboolean failed;                   /* the device is not asked again */
};

/* What is to be done, and how far it is. */
typedef struct
{
  const PaddockOpenclEntry *entry;
  const guint8 *blocks;
  gsize n_blocks;
  float *out;
  GCancellable *cancellable;
  gsize done;                        /* blocks whose numbers are complete */
} Job;

/**
 * paddock_opencl_dequantizer_new:
 * @device: a device that is suited
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what computes on it
 */
PaddockOpenclDequantizer *
paddock_opencl_dequantizer_new (const PaddockOpenclDevice *device, GError **error)
{
  g_autoptr(PaddockOpenclDequantizer) self = NULL;
  gint32 status = PADDOCK_CL_SUCCESS;

  if (device->unsuited != NULL)
    {
      g_set_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_UNSUITED, "%s is not used: %s", device->name,
                   device->unsuited);
      return NULL;
    }
  self = g_new0 (PaddockOpenclDequantizer, 1);
  g_mutex_init (&self->lock);
  self->device = paddock_opencl_device_copy (device);
  /* No single piece of memory is larger than a quarter of what the device allows. */
  self->window = (gsize) MIN (PADDOCK_OPENCL_WINDOW, device->max_allocation / 4);
  self->context = device->library->create_context (NULL, 1, &self->device->id, NULL, NULL, &status);
  if (!paddock_opencl_error_check (status, "open the device", error))
    return NULL;
  for (guint i = 0; i < N_LANES; i++)
    if (!paddock_opencl_lane_open (&self->lanes[i], self->device, self->context, error))
      return NULL;
  return g_steal_pointer (&self);
}

void
paddock_opencl_dequantizer_free (PaddockOpenclDequantizer *self)
{
  const PaddockOpenclLibrary *cl = self->device->library;

  for (guint i = 0; i < N_LANES; i++)
    paddock_opencl_lane_close (&self->lanes[i]);
  for (guint i = 0; i < PADDOCK_OPENCL_N_FAMILIES; i++)
    if (self->programs[i] != NULL)
      cl->release_program (self->programs[i]);
  if (self->context != NULL)
    cl->release_context (self->context);
  paddock_opencl_device_free (self->device);
  g_clear_error (&self->notice);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static PaddockOpenclDequantizer *
make_default (void)
{
  g_autoptr(GPtrArray) devices = NULL;
  const PaddockOpenclDevice *device;

  if (!paddock_kernel_dispatch_asks_for_opencl ())
    return NULL;
  devices = paddock_opencl_devices_list (NULL, NULL);
  device = devices != NULL ? paddock_opencl_devices_choose (devices, NULL) : NULL;
  return device != NULL ? paddock_opencl_dequantizer_new (device, NULL) : NULL;
}

/**
 * paddock_opencl_dequantizer_get_default:
 *
 * May be called by any thread.
 *
 * Returns: (transfer none) (nullable): the one that all share
 */
PaddockOpenclDequantizer *
paddock_opencl_dequantizer_get_default (void)
{
  static PaddockOpenclDequantizer *shared = NULL;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      shared = make_default ();
      g_once_init_leave (&ready, 1);
    }
  return shared;
}

void
paddock_opencl_dequantizer_set_window (PaddockOpenclDequantizer *self, gsize bytes)
{
  g_mutex_lock (&self->lock);
  self->window = MIN (bytes, PADDOCK_OPENCL_WINDOW);
  g_mutex_unlock (&self->lock);
}

GError *
paddock_opencl_dequantizer_take_notice (PaddockOpenclDequantizer *self)
{
  GError *notice;

  g_mutex_lock (&self->lock);
  notice = g_steal_pointer (&self->notice);
  g_mutex_unlock (&self->lock);
  return notice;
}

static gsize
get_window_blocks (const PaddockOpenclDequantizer *self, const PaddockOpenclEntry *entry)
{
  gsize largest = MAX (entry->bytes, entry->block * sizeof (float));

  return MAX (self->window / largest, 1);
}

/* What a device works on in the caller's memory ends with a whole item; only the last few numbers are left over. */
static gsize
get_next_blocks (const PaddockOpenclDequantizer *self, const PaddockOpenclEntry *entry, gsize n_left)
{
  gsize n = MIN (get_window_blocks (self, entry), n_left);
  gsize beyond = entry->block == 1 ? n % PADDOCK_OPENCL_ITEM_NUMBERS : 0;

  return self->device->shares_memory && n > beyond ? n - beyond : n;
}

static gboolean
prepare (PaddockOpenclDequantizer *self, const Job *job, GError **error)
{
  const PaddockOpenclEntry *entry = job->entry;
  PaddockClProgram *program = &self->programs[entry->family];
  guint n_lanes = get_next_blocks (self, entry, job->n_blocks) < job->n_blocks ? N_LANES : 1;
  /* Blocks are read byte for byte, numbers as what they are. */
  gsize alignment = entry->block == 1 ? entry->bytes : 1;

  if (*program == NULL)
    *program = paddock_opencl_program_make (self->device, self->context, entry->family, error);
  if (*program == NULL)
    return FALSE;
  for (guint i = 0; i < n_lanes; i++)
    if (!paddock_opencl_lane_prepare (&self->lanes[i], *program, entry->kernel, alignment, error))
      return FALSE;
  return TRUE;
}

/* Whatever happens, nothing is on its way when it returns, and the first blocks are done. */
static gboolean
run_on_device (PaddockOpenclDequantizer *self, Job *job, GError **error)
{
  const PaddockOpenclEntry *entry = job->entry;
  gsize pending[N_LANES] = { 0 };
  gsize started = 0;
  guint turn = 0;
  gboolean good = prepare (self, job, error);

  while (good && job->done < job->n_blocks)
    {
      gsize n = get_next_blocks (self, entry, job->n_blocks - started);

      good = paddock_opencl_lane_wait (&self->lanes[turn], error);
      if (good)
        job->done += pending[turn];
      pending[turn] = 0;
      good = good && !g_cancellable_set_error_if_cancelled (job->cancellable, error);
      if (good && n > 0)
        {
          good = paddock_opencl_lane_start (&self->lanes[turn], job->blocks + started * entry->bytes, n * entry->bytes,
                                            job->out + started * entry->block, n * entry->block * sizeof (float), error);
          pending[turn] = n;
          started += n;
        }
      turn = (turn + 1) % N_LANES;
    }
  for (guint i = 0; i < N_LANES; i++)
    paddock_opencl_lane_wait (&self->lanes[i], NULL);
  return good;
}

static gboolean
run_on_cpu (Job *job, guint32 type, GError **error)
{
  const PaddockKernel *kernel = paddock_kernel_dispatch_get (type, NULL);
  const PaddockOpenclEntry *entry = job->entry;

  if (kernel == NULL)
    {
      g_set_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_UNSUITED, "There is no kernel for type %u", type);
      return FALSE;
    }
  while (job->done < job->n_blocks)
    {
      gsize n = MIN (job->n_blocks - job->done, MAX (CPU_NUMBERS / entry->block, 1));

      if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
        return FALSE;
      kernel->dequantize (job->blocks + job->done * entry->bytes, n, job->out + job->done * entry->block);
      job->done += n;
    }
  return TRUE;
}

/**
 * paddock_opencl_dequantizer_run:
 * @self: a dequantizer
 * @type: the id of a type in ggml's dialect, or 36 for BitNet's I2_S
 * @blocks: the stored bytes
 * @n_blocks: how many blocks, or numbers of a type without blocks
 * @out: (out caller-allocates): room for all their numbers
 * @cancellable: (nullable): asked between windows
 * @error: return location for an error
 *
 * When the device fails, the processor does what is left, and from then on everything: the result is complete in any
 * case, and paddock_opencl_dequantizer_take_notice() tells what happened.
 *
 * Returns: %FALSE if it was cancelled, or nobody knows the type
 */
gboolean
paddock_opencl_dequantizer_run (PaddockOpenclDequantizer *self, guint32 type, const guint8 *blocks, gsize n_blocks,
                                float *out, GCancellable *cancellable, GError **error)
{
  Job job = { paddock_opencl_source_find_entry (type), blocks, n_blocks, out, cancellable, 0 };
  g_autoptr(GError) problem = NULL;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (job.entry == NULL)
    {
      g_set_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_UNSUITED, "There is no kernel for type %u", type);
      return FALSE;
    }
  if (!self->failed && run_on_device (self, &job, &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (problem != NULL)
    {
      self->failed = TRUE;
      self->notice = g_steal_pointer (&problem);
    }
  g_clear_pointer (&locker, g_mutex_locker_free);
  return run_on_cpu (&job, type, error);
}
