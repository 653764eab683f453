/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-lane.h"

#include "kernels/opencl/opencl-source.h"

/* Enough for every GPU's hardware to be busy, and allowed by every device that is known. */
#define GROUP 64
/* Room for the item that is only partly wanted: eight numbers of at most eight bytes. */
#define SLACK (PADDOCK_OPENCL_ITEM_NUMBERS * sizeof (guint64))

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
free_buffers (PaddockOpenclLane *self)
{
  if (self->input != NULL)
    self->device->library->release_memory (self->input);
  if (self->output != NULL)
    self->device->library->release_memory (self->output);
  self->input = self->output = NULL;
  self->input_size = self->output_size = 0;
}

void
paddock_opencl_lane_close (PaddockOpenclLane *self)
{
  if (self->queue == NULL)
    return;
  paddock_opencl_lane_wait (self, NULL);
  free_buffers (self);
  if (self->kernel != NULL)
    self->device->library->release_kernel (self->kernel);
  self->device->library->release_queue (self->queue);
  *self = (PaddockOpenclLane) { 0 };
}

static gboolean
make_buffers (PaddockOpenclLane *self, gsize input_size, gsize output_size, GError **error)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  gint32 status = PADDOCK_CL_SUCCESS;

  if (input_size <= self->input_size && output_size <= self->output_size)
    return TRUE;
  free_buffers (self);
  self->input = cl->create_buffer (self->context, PADDOCK_CL_MEMORY_READ_ONLY, input_size + SLACK, NULL, &status);
  if (status == PADDOCK_CL_SUCCESS)
    self->output = cl->create_buffer (self->context, PADDOCK_CL_MEMORY_WRITE_ONLY, output_size + SLACK, NULL, &status);
  if (!paddock_opencl_error_check (status, "allocate memory", error))
    return FALSE;
  self->input_size = input_size;
  self->output_size = output_size;
  return TRUE;
}

gboolean
paddock_opencl_lane_prepare (PaddockOpenclLane *self, PaddockClProgram program, const char *kernel, gsize input_size,
                             gsize output_size, GError **error)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  gint32 status = PADDOCK_CL_SUCCESS;

  if (!make_buffers (self, input_size, output_size, error))
    return FALSE;
  if (self->kernel != NULL)
    cl->release_kernel (self->kernel);
  self->kernel = cl->create_kernel (program, kernel, &status);
  if (status == PADDOCK_CL_SUCCESS)
    status = cl->set_kernel_argument (self->kernel, 0, sizeof self->input, &self->input);
  if (status == PADDOCK_CL_SUCCESS)
    status = cl->set_kernel_argument (self->kernel, 1, sizeof self->output, &self->output);
  return paddock_opencl_error_check (status, "take a kernel", error);
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

gboolean
paddock_opencl_lane_start (PaddockOpenclLane *self, const guint8 *input, gsize input_size, float *output,
                           gsize output_size, GError **error)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  gsize item_bytes = PADDOCK_OPENCL_ITEM_NUMBERS * sizeof (float);
  guint32 n_items = (guint32) ((output_size + item_bytes - 1) / item_bytes);
  gsize group = MIN (GROUP, MAX (self->device->max_group, 1));
  gsize global = (n_items + group - 1) / group * group;
  gint32 status = cl->enqueue_write (self->queue, self->input, FALSE, 0, input_size, input, 0, NULL, &self->steps[0]);

  if (!take_step (self, status, "write to the device", error))
    return FALSE;
  status = cl->set_kernel_argument (self->kernel, 2, sizeof n_items, &n_items);
  if (status == PADDOCK_CL_SUCCESS)
    status = cl->enqueue_kernel (self->queue, self->kernel, 1, NULL, &global, &group, 1, get_last_step (self),
                                 &self->steps[1]);
  if (!take_step (self, status, "compute on the device", error))
    return FALSE;
  status = cl->enqueue_read (self->queue, self->output, FALSE, 0, output_size, output, 1, get_last_step (self),
                             &self->steps[2]);
  return take_step (self, status, "read from the device", error)
         && paddock_opencl_error_check (cl->flush (self->queue), "start the device", error);
}

gboolean
paddock_opencl_lane_wait (PaddockOpenclLane *self, GError **error)
{
  const PaddockOpenclLibrary *cl = self->device->library;
  gint32 status = PADDOCK_CL_SUCCESS;

  if (self->n_steps == 0)
    return TRUE;
  /* The steps are asked one by one, because finishing does not tell whether one failed. */
  status = cl->wait_for_events (self->n_steps, self->steps);
  /* After a failure nothing may come to the memory any more. */
  if (status != PADDOCK_CL_SUCCESS)
    cl->finish (self->queue);
  while (self->n_steps > 0)
    cl->release_event (self->steps[--self->n_steps]);
  return paddock_opencl_error_check (status, "complete its work", error);
}
