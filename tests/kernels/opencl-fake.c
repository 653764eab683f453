/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "opencl-fake.h"

#include <string.h>

const PaddockOpenclLibrary *test_opencl_real;
PaddockOpenclLibrary test_opencl_fake;
TestOpenclWatch test_opencl_watch;

static gboolean
is_time (guint *counter)
{
  return ++*counter == test_opencl_watch.fail_at;
}

static PaddockClProgram
count_source (PaddockClContext context, guint32 n, const char **texts, const gsize *lengths, gint32 *status)
{
  test_opencl_watch.n_sources++;
  return test_opencl_real->create_program_with_source (context, n, texts, lengths, status);
}

gint32
test_opencl_watch_kernel (PaddockClQueue queue, PaddockClKernel kernel, guint32 dimensions, const gsize *offset,
                          const gsize *global, const gsize *local, guint32 n_before, const PaddockClEvent *before,
                          PaddockClEvent *done)
{
  if (is_time (&test_opencl_watch.n_kernels))
    {
      if (test_opencl_watch.cancel == NULL)
        return PADDOCK_CL_OUT_OF_RESOURCES;
      g_cancellable_cancel (test_opencl_watch.cancel);
    }
  return test_opencl_real->enqueue_kernel (queue, kernel, dimensions, offset, global, local, n_before, before, done);
}

gint32
test_opencl_fail_write (PaddockClQueue queue, PaddockClMemory to, guint32 blocking, gsize offset, gsize size,
                        gconstpointer from, guint32 n_before, const PaddockClEvent *before, PaddockClEvent *done)
{
  test_opencl_watch.n_copies++;
  if (is_time (&test_opencl_watch.n_kernels))
    return PADDOCK_CL_DEVICE_NOT_AVAILABLE;
  return test_opencl_real->enqueue_write (queue, to, blocking, offset, size, from, n_before, before, done);
}

gint32
test_opencl_fail_read (PaddockClQueue queue, PaddockClMemory from, guint32 blocking, gsize offset, gsize size,
                       gpointer to, guint32 n_before, const PaddockClEvent *before, PaddockClEvent *done)
{
  test_opencl_watch.n_copies++;
  if (is_time (&test_opencl_watch.n_kernels))
    return PADDOCK_CL_DEVICE_NOT_AVAILABLE;
  return test_opencl_real->enqueue_read (queue, from, blocking, offset, size, to, n_before, before, done);
}

gpointer
test_opencl_fail_map (PaddockClQueue queue, PaddockClMemory memory, guint32 blocking, guint64 flags, gsize offset,
                      gsize size, guint32 n_before, const PaddockClEvent *before, PaddockClEvent *done, gint32 *status)
{
  test_opencl_watch.n_maps++;
  if (!is_time (&test_opencl_watch.n_kernels))
    return test_opencl_real->enqueue_map (queue, memory, blocking, flags, offset, size, n_before, before, done, status);
  *status = PADDOCK_CL_DEVICE_NOT_AVAILABLE;
  return NULL;
}

gint32
test_opencl_fail_unmap (PaddockClQueue queue, PaddockClMemory memory, gpointer mapped, guint32 n_before,
                        const PaddockClEvent *before, PaddockClEvent *done)
{
  gint32 status = test_opencl_real->enqueue_unmap (queue, memory, mapped, n_before, before, done);

  return is_time (&test_opencl_watch.n_kernels) ? PADDOCK_CL_DEVICE_NOT_AVAILABLE : status;
}

gint32
test_opencl_fail_wait (guint32 n, const PaddockClEvent *events)
{
  gint32 status = test_opencl_real->wait_for_events (n, events);

  return is_time (&test_opencl_watch.n_kernels) ? -14 : status;
}

PaddockClMemory
test_opencl_fail_buffer (PaddockClContext context, guint64 flags, gsize size, gpointer host, gint32 *status)
{
  if (!is_time (&test_opencl_watch.n_kernels))
    return test_opencl_real->create_buffer (context, flags, size, host, status);
  *status = PADDOCK_CL_ALLOCATION_FAILED;
  return NULL;
}

gint32
test_opencl_fail_build (PaddockClProgram program, guint32 n_devices, const PaddockClDevice *devices,
                        const char *options, PaddockClBuildNotify notify, gpointer user_data)
{
  return PADDOCK_CL_BUILD_FAILURE;
}

/* A device that is quick but takes the smallest numbers for zero. */
gint32
test_opencl_flush_to_zero (PaddockClDevice device, guint32 what, gsize size, gpointer value, gsize *needed)
{
  gint32 status = test_opencl_real->get_device_info (device, what, size, value, needed);
  guint64 bits;

  if (what == PADDOCK_CL_DEVICE_SINGLE_FP_CONFIG && size == sizeof bits)
    {
      memcpy (&bits, value, sizeof bits);
      bits &= ~(guint64) PADDOCK_CL_FLOAT_DENORM;
      memcpy (value, &bits, sizeof bits);
    }
  return status;
}

/* PoCL's processor as another kind of device. */
static gint32
pretend (PaddockClDevice device, guint32 what, gsize size, gpointer value, gsize *needed)
{
  if (what == PADDOCK_CL_DEVICE_TYPE && size == sizeof test_opencl_watch.kind)
    memcpy (value, &test_opencl_watch.kind, size);
  else if (what == PADDOCK_CL_DEVICE_HOST_UNIFIED_MEMORY && size == sizeof test_opencl_watch.unified)
    memcpy (value, &test_opencl_watch.unified, size);
  else
    return test_opencl_real->get_device_info (device, what, size, value, needed);
  return PADDOCK_CL_SUCCESS;
}

void
test_opencl_reset (void)
{
  test_opencl_fake = *test_opencl_real;
  memset (&test_opencl_watch, 0, sizeof test_opencl_watch);
  test_opencl_fake.create_program_with_source = count_source;
}

void
test_opencl_reset_as (guint64 kind, gboolean unified)
{
  test_opencl_reset ();
  test_opencl_watch.kind = kind;
  test_opencl_watch.unified = unified ? 1 : 0;
  test_opencl_fake.get_device_info = pretend;
}

void
test_opencl_reset_as_discrete (void)
{
  test_opencl_reset_as (PADDOCK_CL_KIND_GPU, FALSE);
}
