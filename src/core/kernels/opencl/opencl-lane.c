/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-lane.h"

#include "kernels/opencl/opencl-source.h"

/* Enough for every GPU's hardware to be busy, and allowed by every device that is known. */
#define GROUP 64
#define ITEM_BYTES (PADDOCK_OPENCL_ITEM_NUMBERS * sizeof (float))
/* Room for the item that is only partly wanted: eight numbers of at most eight bytes. */
#define SLACK (PADDOCK_OPENCL_ITEM_NUMBERS * sizeof (guint64))
/* What drivers of GPUs ask of memory that they take over as it is: whole pages, and whole lines of the cache. */
#define PAGE 4096
#define CACHE_LINE 64

gboolean
paddock_opencl_lane_open (PaddockOpenclLane *self, const PaddockOpenclDevice *device, PaddockClContext context,
                          GError **error)
{
  gint32 status = PADDOCK_CL_SUCCESS;

  *self = (PaddockOpenclLane) { .device = device, .context = context };
  self->queue = device->library->create_queue (context, device->id, 0, &status);
  return paddock_opencl_error_check (status, "open a queue", error);
}

static void
free_memory (PaddockOpenclLane *self, PaddockClMemory *memory)
{
  if (*memory != NULL)
    self->device->library->release_memory (*memory);
  *memory = NULL;
}

void
paddock_opencl_lane_close (PaddockOpenclLane *self)
{
  if (self->queue == NULL)
    return;
  paddock_opencl_lane_wait (self, NULL);
  free_memory (self, &self->input);
  free_memory (self, &self->output);
  if (self->kernel != NULL)
    self->device->library->release_kernel (self->kernel);
  self->device->library->release_queue (self->queue);
  *self = (PaddockOpenclLane) { 0 };
}

gboolean
paddock_opencl_lane_prepare (PaddockOpenclLane *self, PaddockClProgram program, const char *kernel, gsize alignment,
                             GError **error)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  gint32 status = PADDOCK_CL_SUCCESS;

  if (self->kernel != NULL)
    cl->release_kernel (self->kernel);
  self->kernel = cl->create_kernel (program, kernel, &status);
  self->alignment = alignment;
  return paddock_opencl_error_check (status, "take a kernel", error);
}

/*
 * Only whole items: what the last one reads and writes beyond its part would be another's. Apart from processors, which
 * take all memory as it is, devices have their input copied: it is the smaller part, and often a file in memory, which
 * not every driver takes over.
 */
static gboolean
may_lend_input (const PaddockOpenclLane *self, const guint8 *input, gsize output_size)
{
  return self->device->kind == PADDOCK_OPENCL_KIND_CPU && output_size % ITEM_BYTES == 0
         && (guintptr) input % self->alignment == 0;
}

static gboolean
may_lend_output (const PaddockOpenclLane *self, const float *output, gsize output_size)
{
  if (!self->device->shares_memory || output_size % ITEM_BYTES != 0)
    return FALSE;
  return self->device->kind == PADDOCK_OPENCL_KIND_CPU
         || ((guintptr) output % PAGE == 0 && output_size % CACHE_LINE == 0);
}

/* What the next step waits for, told aloud: then a step fails when the one before it did. */
static const PaddockClEvent *
get_last_step (PaddockOpenclLane *self)
{
  return self->n_steps > 0 ? &self->steps[self->n_steps - 1] : NULL;
}

static gboolean
take_step (PaddockOpenclLane *self, gint32 status, const char *what, GError **error)
{
  if (!paddock_opencl_error_check (status, what, error))
    return FALSE;
  self->n_steps++;
  return TRUE;
}

static gboolean
make_memory (PaddockOpenclLane *self, PaddockClMemory *memory, guint64 flags, gsize size, gpointer host, GError **error)
{
  gint32 status = PADDOCK_CL_SUCCESS;

  *memory = self->device->library->create_buffer (self->context, flags, size, host, &status);
  return paddock_opencl_error_check (status, "allocate memory", error);
}

/* Room for a copy, which is kept for the windows that follow. */
static gboolean
make_copy (PaddockOpenclLane *self, PaddockClMemory *memory, guint64 flags, gsize size, gsize *held, GError **error)
{
  if (size <= *held)
    return TRUE;
  free_memory (self, memory);
  *held = 0;
  if (!make_memory (self, memory, flags, size + SLACK, NULL, error))
    return FALSE;
  *held = size;
  return TRUE;
}

static gboolean
bring_input (PaddockOpenclLane *self, const guint8 *input, gsize input_size, gsize output_size, GError **error)
{
  gint32 status;

  if (may_lend_input (self, input, output_size))
    return make_memory (self, &self->lent_input, PADDOCK_CL_MEMORY_READ_ONLY | PADDOCK_CL_MEMORY_USE_HOST_POINTER,
                        input_size, (gpointer) input, error);
  if (!make_copy (self, &self->input, PADDOCK_CL_MEMORY_READ_ONLY, input_size, &self->input_size, error))
    return FALSE;
  status = self->device->library->enqueue_write (self->queue, self->input, FALSE, 0, input_size, input, 0, NULL,
                                                 &self->steps[self->n_steps]);
  return take_step (self, status, "write to the device", error);
}

static gboolean
make_output (PaddockOpenclLane *self, float *output, gsize output_size, GError **error)
{
  if (may_lend_output (self, output, output_size))
    return make_memory (self, &self->lent_output, PADDOCK_CL_MEMORY_WRITE_ONLY | PADDOCK_CL_MEMORY_USE_HOST_POINTER,
                        output_size, output, error);
  return make_copy (self, &self->output, PADDOCK_CL_MEMORY_WRITE_ONLY, output_size, &self->output_size, error);
}

static gboolean
compute (PaddockOpenclLane *self, gsize output_size, GError **error)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  const PaddockClMemory *input = self->lent_input != NULL ? &self->lent_input : &self->input;
  const PaddockClMemory *output = self->lent_output != NULL ? &self->lent_output : &self->output;
  guint32 n_items = (guint32) ((output_size + ITEM_BYTES - 1) / ITEM_BYTES);
  gsize group = MIN (GROUP, MAX (self->device->max_group, 1));
  gsize global = (n_items + group - 1) / group * group;
  gint32 status = cl->set_kernel_argument (self->kernel, 0, sizeof *input, input);

  if (status == PADDOCK_CL_SUCCESS)
    status = cl->set_kernel_argument (self->kernel, 1, sizeof *output, output);
  if (status == PADDOCK_CL_SUCCESS)
    status = cl->set_kernel_argument (self->kernel, 2, sizeof n_items, &n_items);
  if (status == PADDOCK_CL_SUCCESS)
    status = cl->enqueue_kernel (self->queue, self->kernel, 1, NULL, &global, &group, self->n_steps, get_last_step (self),
                                 &self->steps[self->n_steps]);
  return take_step (self, status, "compute on the device", error);
}

/* Memory that was lent holds the result for the processor from when it is mapped. */
static gboolean
fetch_output (PaddockOpenclLane *self, float *output, gsize output_size, GError **error)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  gint32 status = PADDOCK_CL_SUCCESS;

  if (self->lent_output != NULL)
    self->mapped = cl->enqueue_map (self->queue, self->lent_output, FALSE, PADDOCK_CL_MAP_READ, 0, output_size, 1,
                                    get_last_step (self), &self->steps[self->n_steps], &status);
  else
    status = cl->enqueue_read (self->queue, self->output, FALSE, 0, output_size, output, 1, get_last_step (self),
                               &self->steps[self->n_steps]);
  return take_step (self, status, "read from the device", error);
}

gboolean
paddock_opencl_lane_start (PaddockOpenclLane *self, const guint8 *input, gsize input_size, float *output,
                           gsize output_size, GError **error)
{
  return make_output (self, output, output_size, error)
         && bring_input (self, input, input_size, output_size, error)
         && compute (self, output_size, error)
         && fetch_output (self, output, output_size, error)
         && paddock_opencl_error_check (self->device->library->flush (self->queue), "start the device", error);
}

/* Takes back what was lent. */
static gint32
recall (PaddockOpenclLane *self)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  gint32 status = PADDOCK_CL_SUCCESS;

  if (self->mapped != NULL)
    {
      status = cl->enqueue_unmap (self->queue, self->lent_output, self->mapped, 0, NULL, NULL);
      cl->finish (self->queue);
    }
  self->mapped = NULL;
  free_memory (self, &self->lent_input);
  free_memory (self, &self->lent_output);
  return status;
}

gboolean
paddock_opencl_lane_wait (PaddockOpenclLane *self, GError **error)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  gint32 status = PADDOCK_CL_SUCCESS, recalled;

  /* The steps are asked one by one, because finishing does not tell whether one failed. */
  if (self->n_steps > 0)
    status = cl->wait_for_events (self->n_steps, self->steps);
  /* After a failure nothing may come to the memory any more. */
  if (status != PADDOCK_CL_SUCCESS)
    cl->finish (self->queue);
  while (self->n_steps > 0)
    cl->release_event (self->steps[--self->n_steps]);
  recalled = recall (self);
  return paddock_opencl_error_check (status != PADDOCK_CL_SUCCESS ? status : recalled, "complete its work", error);
}
