/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/device-bandwidth.h"

#include "hardware/opencl-devices.h"

/* Much more than any cache of a device, and little of its memory. */
#define MAX_BUFFER (G_GUINT64_CONSTANT (512) << 20)
#define MIN_BUFFER (G_GUINT64_CONSTANT (16) << 20)
#define ITEM_BYTES 16                /* what one work item copies */
#define GROUP 64
#define RUNS 8

static const char source[] =
  "__kernel void paddock_copy (__global const uint4 *from, __global uint4 *to)\n"
  "{\n"
  "  size_t i = get_global_id (0);\n"
  "\n"
  "  to[i] = from[i];\n"
  "}\n";

typedef struct
{
  const PaddockOpenclLibrary *cl;
  PaddockClContext context;
  PaddockClQueue queue;
  PaddockClProgram program;
  PaddockClKernel kernel;
  PaddockClMemory buffers[2];
} Copier;

static void
copier_clear (Copier *self)
{
  if (self->queue != NULL)
    self->cl->finish (self->queue);
  if (self->kernel != NULL)
    self->cl->release_kernel (self->kernel);
  if (self->program != NULL)
    self->cl->release_program (self->program);
  for (guint i = 0; i < G_N_ELEMENTS (self->buffers); i++)
    if (self->buffers[i] != NULL)
      self->cl->release_memory (self->buffers[i]);
  if (self->queue != NULL)
    self->cl->release_queue (self->queue);
  if (self->context != NULL)
    self->cl->release_context (self->context);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copier, copier_clear)

/**
 * paddock_device_bandwidth_find_id:
 * @device: a device
 * @index: which one of OpenCL's
 *
 * Returns: (transfer full) (nullable): its id
 */
char *
paddock_device_bandwidth_find_id (const PaddockOpenclDevice *device, guint index)
{
  g_autoptr (PaddockHardwareDevice) described = paddock_opencl_device_describe (device, index);

  return described != NULL ? g_strdup (described->id) : NULL;
}

static gboolean
prepare_kernel (Copier *self, const PaddockOpenclDevice *device, GError **error)
{
  const char *text = source;
  gint32 status = PADDOCK_CL_SUCCESS;

  self->context = self->cl->create_context (NULL, 1, &device->id, NULL, NULL, &status);
  if (!paddock_opencl_error_check (status, "open the device", error))
    return FALSE;
  self->queue = self->cl->create_queue (self->context, device->id, 0, &status);
  if (!paddock_opencl_error_check (status, "make a queue", error))
    return FALSE;
  self->program = self->cl->create_program_with_source (self->context, 1, &text, NULL, &status);
  if (!paddock_opencl_error_check (status, "take the program", error) ||
      !paddock_opencl_error_check (self->cl->build_program (self->program, 1, &device->id, "", NULL, NULL), "build the program",
                                   error))
    return FALSE;
  self->kernel = self->cl->create_kernel (self->program, "paddock_copy", &status);
  return paddock_opencl_error_check (status, "make the kernel", error);
}

static gboolean
prepare_buffers (Copier *self, gsize size, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->buffers); i++)
    {
      gint32 status = PADDOCK_CL_SUCCESS;

      self->buffers[i] = self->cl->create_buffer (self->context, 0, size, NULL, &status);
      if (!paddock_opencl_error_check (status, "get memory", error) ||
          !paddock_opencl_error_check (self->cl->set_kernel_argument (self->kernel, i, sizeof self->buffers[i],
                                                                      &self->buffers[i]),
                                       "give memory to the kernel", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_once (Copier *self, gsize size, gint64 *took, GError **error)
{
  gsize n_items = size / ITEM_BYTES;
  gsize group = GROUP;
  gint64 began = g_get_monotonic_time ();

  if (!paddock_opencl_error_check (self->cl->enqueue_kernel (self->queue, self->kernel, 1, NULL, &n_items, &group, 0, NULL,
                                                             NULL),
                                   "start the kernel", error) ||
      !paddock_opencl_error_check (self->cl->finish (self->queue), "wait for the kernel", error))
    return FALSE;
  *took = MAX (g_get_monotonic_time () - began, 1);
  return TRUE;
}

/* Two of them are an eighth of the memory at most. */
static gsize
choose_size (const PaddockOpenclDevice *device)
{
  guint64 size = MIN (MIN (device->max_allocation, device->memory / 16), MAX_BUFFER);

  return (gsize) (size / (ITEM_BYTES * GROUP) * (ITEM_BYTES * GROUP));
}

/**
 * paddock_device_bandwidth_measure:
 * @device: a device
 * @cancellable: (nullable): asked between two runs
 * @bytes_per_second: (out): how fast it is, in the best of some runs
 * @error: return location for %PADDOCK_OPENCL_ERROR or a #GIOErrorEnum
 *
 * Returns: whether it was measured
 */
gboolean
paddock_device_bandwidth_measure (const PaddockOpenclDevice *device, GCancellable *cancellable, guint64 *bytes_per_second,
                                  GError **error)
{
  g_auto (Copier) copier = { .cl = device->library };
  gsize size = choose_size (device);
  gint64 best = G_MAXINT64;

  if (size < MIN_BUFFER || device->max_group < GROUP)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s is too small to measure", device->name);
      return FALSE;
    }
  if (!prepare_kernel (&copier, device, error) || !prepare_buffers (&copier, size, error))
    return FALSE;
  /* The first run also gets the memory, and wakes the device. */
  for (guint i = 0; i <= RUNS; i++)
    {
      gint64 took;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !run_once (&copier, size, &took, error))
        return FALSE;
      best = i > 0 ? MIN (best, took) : best;
    }
  *bytes_per_second = (guint64) (2.0 * (double) size * G_USEC_PER_SEC / (double) best);
  return TRUE;
}
