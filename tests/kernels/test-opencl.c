/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "directory.h"
#include "guarded-memory.h"
#include "kernel-cases.h"
#include "kernels/kernel-dispatch.h"
#include "kernels/opencl/opencl-cache.h"
#include "kernels/opencl/opencl-dequantizer.h"
#include "opencl-fake.h"

/* Every type through OpenCL against the scalar kernels, and what happens when the device does not do its part. */

#define F32 0
#define Q4_K 12
#define N_BLOCKS 4000
/* So small that the blocks above are many windows. */
#define SMALL_WINDOW (64 << 10)

static PaddockOpenclDequantizer *
make_dequantizer (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) devices = paddock_opencl_devices_list (&test_opencl_fake, &error);
  const PaddockOpenclDevice *device;
  PaddockOpenclDequantizer *dequantizer;

  g_assert_no_error (error);
  device = paddock_opencl_devices_choose (devices, &error);
  g_assert_no_error (error);
  dequantizer = paddock_opencl_dequantizer_new (device, &error);
  g_assert_no_error (error);
  return dequantizer;
}

static const TestKernelCase *
find_case (guint32 type)
{
  for (gsize i = 0; i < test_kernel_n_cases; i++)
    if (test_kernel_cases[i].type == type)
      return &test_kernel_cases[i];
  g_assert_not_reached ();
}

/*
 * Runs a type and compares with the scalar kernel. Both memories end where nothing may be touched; the input begins
 * @shift bytes earlier than it must.
 */
static void
check_run_shifted (PaddockOpenclDequantizer *dequantizer, const TestKernelCase *kind, gsize n_blocks, gsize shift)
{
  gsize n = n_blocks * kind->block, first;
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *blocks = test_kernel_case_make_blocks (kind, n_blocks, 99);
  g_autofree float *expected = g_new (float, n);
  g_auto(TestGuardedMemory) in = { 0 };
  g_auto(TestGuardedMemory) out = { 0 };
  guint8 *from;
  float *to;

  test_guarded_memory_init (&in, n_blocks * kind->bytes + shift);
  test_guarded_memory_init (&out, n * sizeof *to);
  from = test_guarded_memory_place (&in, n_blocks * kind->bytes + shift, TRUE);
  to = (float *) (gpointer) test_guarded_memory_place (&out, n * sizeof *to, TRUE);
  memcpy (from, blocks, n_blocks * kind->bytes);
  memset (out.start, 0x77, out.room);
  paddock_kernel_dispatch_find (kind->type, PADDOCK_KERNEL_SCALAR, NULL)->dequantize (blocks, n_blocks, expected);
  g_assert_true (paddock_opencl_dequantizer_run (dequantizer, kind->type, from, n_blocks, to, NULL, &error));
  g_assert_no_error (error);
  first = test_kernel_case_compare (to, expected, n);
  if (first < n)
    g_error ("%s: block %" G_GSIZE_FORMAT ", number %" G_GSIZE_FORMAT ": %a, not %a", kind->name, first / kind->block,
             first % kind->block, (double) to[first], (double) expected[first]);
}

static void
check_run (PaddockOpenclDequantizer *dequantizer, const TestKernelCase *kind, gsize n_blocks)
{
  check_run_shifted (dequantizer, kind, n_blocks, 0);
}

static void
check_no_notice (PaddockOpenclDequantizer *dequantizer)
{
  g_autoptr(GError) notice = paddock_opencl_dequantizer_take_notice (dequantizer);

  g_assert_no_error (notice);
}

static void
check_notice (PaddockOpenclDequantizer *dequantizer, PaddockOpenclError code)
{
  g_autoptr(GError) notice = paddock_opencl_dequantizer_take_notice (dequantizer);

  g_assert_error (notice, PADDOCK_OPENCL_ERROR, (gint) code);
  g_assert_cmpuint (strlen (notice->message), >, 20);
  check_no_notice (dequantizer);
}

static void
test_devices (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) devices = paddock_opencl_devices_list (NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, >, 0);
  for (guint i = 0; i < devices->len; i++)
    {
      const PaddockOpenclDevice *device = g_ptr_array_index (devices, i);

      g_assert_cmpstr (device->name, !=, "");
      g_assert_cmpstr (device->driver_version, !=, "");
      g_assert_true (g_str_has_prefix (device->platform_version, "OpenCL "));
      g_assert_cmpuint (device->max_allocation, >, 0);
      g_assert_cmpuint (device->memory, >=, device->max_allocation);
      g_assert_cmpuint (device->max_group, >, 0);
    }
}

static void
test_type (gconstpointer data)
{
  const TestKernelCase *kind = data;
  g_autoptr(PaddockOpenclDequantizer) dequantizer = NULL;

  test_opencl_reset ();
  test_opencl_fake.enqueue_kernel = test_opencl_watch_kernel;
  dequantizer = make_dequantizer ();
  /* A number of numbers that is no multiple of what one work item writes. */
  check_run (dequantizer, kind, kind->block == 1 ? 65536 * 4 + 3 : 65536);
  check_no_notice (dequantizer);
  /* It was the device that did it. */
  g_assert_cmpuint (test_opencl_watch.n_kernels, >, 0);

  /* The same through copies. */
  g_clear_pointer (&dequantizer, paddock_opencl_dequantizer_free);
  test_opencl_reset_as_discrete ();
  test_opencl_fake.enqueue_kernel = test_opencl_watch_kernel;
  dequantizer = make_dequantizer ();
  check_run (dequantizer, kind, 4099);
  check_no_notice (dequantizer);
  g_assert_cmpuint (test_opencl_watch.n_kernels, >, 0);
}

/* Which memory is copied, and which is lent to the device as it is. */
static void
test_memory (void)
{
  static const struct
  {
    guint64 kind;
    gboolean unified;
    guint32 type;
    gsize n_blocks;
    gsize shift;
    guint n_copies;
    guint n_maps;
  } cases[] = {
    { PADDOCK_CL_KIND_CPU, TRUE, Q4_K, N_BLOCKS, 0, 0, 1 },
    { PADDOCK_CL_KIND_CPU, FALSE, Q4_K, N_BLOCKS + 1, 3, 0, 1 },
    /* Three numbers are no whole item. */
    { PADDOCK_CL_KIND_CPU, TRUE, F32, 65536 + 3, 0, 2, 1 },
    { PADDOCK_CL_KIND_CPU, TRUE, F32, 3, 0, 2, 0 },
    /* Numbers that stand across. */
    { PADDOCK_CL_KIND_CPU, TRUE, F32, 65536, 1, 1, 1 },
    { PADDOCK_CL_KIND_GPU, TRUE, Q4_K, N_BLOCKS, 0, 1, 1 },
    /* The output does not begin with a page. */
    { PADDOCK_CL_KIND_GPU, TRUE, Q4_K, N_BLOCKS + 1, 0, 2, 0 },
    { PADDOCK_CL_KIND_GPU, FALSE, Q4_K, N_BLOCKS, 0, 2, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PaddockOpenclDequantizer) dequantizer = NULL;

      test_opencl_reset_as (cases[i].kind, cases[i].unified);
      test_opencl_fake.enqueue_write = test_opencl_fail_write;
      test_opencl_fake.enqueue_read = test_opencl_fail_read;
      test_opencl_fake.enqueue_map = test_opencl_fail_map;
      dequantizer = make_dequantizer ();
      check_run_shifted (dequantizer, find_case (cases[i].type), cases[i].n_blocks, cases[i].shift);
      check_no_notice (dequantizer);
      g_assert_cmpuint (test_opencl_watch.n_copies, ==, cases[i].n_copies);
      g_assert_cmpuint (test_opencl_watch.n_maps, ==, cases[i].n_maps);
    }
}

static void
check_windows (void)
{
  static const gsize windows[] = { 1, 1000, 4097, SMALL_WINDOW };
  g_autoptr(PaddockOpenclDequantizer) dequantizer = make_dequantizer ();

  for (gsize w = 0; w < G_N_ELEMENTS (windows); w++)
    {
      static const guint32 types[] = { 0, 1, 28, 39, Q4_K };

      paddock_opencl_dequantizer_set_window (dequantizer, windows[w]);
      for (gsize t = 0; t < G_N_ELEMENTS (types); t++)
        for (gsize n = 0; n < 5; n++)
          check_run (dequantizer, find_case (types[t]), n * n * n);
    }
  check_no_notice (dequantizer);
}

static void
test_windows (void)
{
  test_opencl_reset ();
  check_windows ();
  test_opencl_reset_as_discrete ();
  check_windows ();
}

/* The files of the cache, as keys. */
static GPtrArray *
list_cache (TestDirectory *directory)
{
  g_autofree char *folder = test_directory_build_path (directory, "opencl");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return names;
}

/* A new start: how many programs of the whole test have been built from their text afterwards. */
static guint
start_again (void)
{
  g_autoptr(PaddockOpenclDequantizer) dequantizer = make_dequantizer ();

  check_run (dequantizer, find_case (Q4_K), 100);
  check_no_notice (dequantizer);
  return test_opencl_watch.n_sources;
}

static void
test_cache (void)
{
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *old = g_strdup (g_getenv ("PADDOCK_CACHE_DIR"));
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GBytes) nonsense = g_bytes_new_static ("no program", 10);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *content = NULL;
  gsize length;

  test_opencl_reset ();
  g_setenv ("PADDOCK_CACHE_DIR", test_directory_get_path (directory), TRUE);
  g_assert_cmpuint (start_again (), ==, 1);
  g_assert_cmpuint (start_again (), ==, 1);

  names = list_cache (directory);
  g_assert_cmpuint (names->len, ==, 1);
  name = g_build_filename ("opencl", g_ptr_array_index (names, 0), NULL);
  path = test_directory_build_path (directory, name);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));

  content[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  g_assert_cmpuint (start_again (), ==, 2);
  g_assert_cmpuint (start_again (), ==, 2);
  g_assert_true (g_file_set_contents (path, content, 20, NULL));
  g_assert_cmpuint (start_again (), ==, 3);
  /* Whole, but the driver cannot do anything with it. */
  paddock_opencl_cache_store (g_ptr_array_index (names, 0), nonsense);
  g_assert_cmpuint (start_again (), ==, 4);
  g_assert_cmpuint (start_again (), ==, 4);
  g_setenv ("PADDOCK_CACHE_DIR", old, TRUE);
}

static void
test_cache_unwritable (void)
{
  g_autofree char *old = g_strdup (g_getenv ("PADDOCK_CACHE_DIR"));

  test_opencl_reset ();
  g_setenv ("PADDOCK_CACHE_DIR", "/dev/null/nowhere", TRUE);
  g_assert_cmpuint (start_again (), ==, 1);
  g_assert_cmpuint (start_again (), ==, 2);
  g_setenv ("PADDOCK_CACHE_DIR", old, TRUE);
}

static void
test_cache_key (void)
{
  const char *one[] = { "ab", "c", NULL }, *other[] = { "a", "bc", NULL };
  g_autofree char *first = paddock_opencl_cache_make_key (one);
  g_autofree char *second = paddock_opencl_cache_make_key (other);

  g_assert_cmpuint (strlen (first), ==, 64);
  g_assert_cmpstr (first, !=, second);
}

static void
test_absent (void)
{
  static const char *const names[] = { "libpaddock-has-no-such-library.so.9", "libglib-2.0.so.0" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;
      PaddockOpenclLibrary library = { 0 };

      g_assert_false (paddock_opencl_library_load (names[i], &library, &error));
      g_assert_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_NOT_AVAILABLE);
      g_assert_nonnull (strstr (error->message, names[i]));
    }
}

/* Many windows of which one fails: all numbers are there, the notice comes once, the device is left alone. */
static void
check_failure (guint fail_at, PaddockOpenclError code)
{
  g_autoptr(PaddockOpenclDequantizer) dequantizer = make_dequantizer ();
  guint calls;

  paddock_opencl_dequantizer_set_window (dequantizer, SMALL_WINDOW);
  test_opencl_watch.n_kernels = 0;
  test_opencl_watch.fail_at = fail_at;
  check_run (dequantizer, find_case (Q4_K), N_BLOCKS);
  check_notice (dequantizer, code);
  calls = test_opencl_watch.n_kernels;
  check_run (dequantizer, find_case (Q4_K), N_BLOCKS);
  check_no_notice (dequantizer);
  g_assert_cmpuint (test_opencl_watch.n_kernels, ==, calls);
}

static void
test_failures (void)
{
  for (guint at = 1; at < 8; at += 2)
    {
      test_opencl_reset ();
      test_opencl_fake.enqueue_kernel = test_opencl_watch_kernel;
      check_failure (at, PADDOCK_OPENCL_ERROR_OUT_OF_MEMORY);
      test_opencl_reset_as_discrete ();
      test_opencl_fake.enqueue_write = test_opencl_fail_write;
      check_failure (at, PADDOCK_OPENCL_ERROR_DEVICE_LOST);
      test_opencl_reset_as_discrete ();
      test_opencl_fake.enqueue_read = test_opencl_fail_read;
      check_failure (at, PADDOCK_OPENCL_ERROR_DEVICE_LOST);
      test_opencl_reset ();
      test_opencl_fake.enqueue_map = test_opencl_fail_map;
      check_failure (at, PADDOCK_OPENCL_ERROR_DEVICE_LOST);
      test_opencl_reset ();
      test_opencl_fake.enqueue_unmap = test_opencl_fail_unmap;
      check_failure (at, PADDOCK_OPENCL_ERROR_DEVICE_LOST);
      test_opencl_reset ();
      test_opencl_fake.wait_for_events = test_opencl_fail_wait;
      check_failure (at, PADDOCK_OPENCL_ERROR_DEVICE_LOST);
    }
  for (guint at = 1; at <= 4; at++)
    {
      test_opencl_reset ();
      test_opencl_fake.create_buffer = test_opencl_fail_buffer;
      check_failure (at, PADDOCK_OPENCL_ERROR_OUT_OF_MEMORY);
      test_opencl_reset_as_discrete ();
      test_opencl_fake.create_buffer = test_opencl_fail_buffer;
      check_failure (at, PADDOCK_OPENCL_ERROR_OUT_OF_MEMORY);
    }
  test_opencl_reset ();
  test_opencl_fake.build_program = test_opencl_fail_build;
  check_failure (0, PADDOCK_OPENCL_ERROR_BUILD_FAILED);
}

static void
test_cancelled (void)
{
  const TestKernelCase *kind = find_case (Q4_K);
  g_autofree guint8 *blocks = test_kernel_case_make_blocks (kind, N_BLOCKS, 1);
  g_autofree float *out = g_new (float, N_BLOCKS * 256);

  for (guint at = 1; at < 6; at++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(PaddockOpenclDequantizer) dequantizer = NULL;

      test_opencl_reset ();
      test_opencl_fake.enqueue_kernel = test_opencl_watch_kernel;
      test_opencl_watch.fail_at = at;
      test_opencl_watch.cancel = cancellable;
      dequantizer = make_dequantizer ();
      paddock_opencl_dequantizer_set_window (dequantizer, SMALL_WINDOW);
      g_assert_false (paddock_opencl_dequantizer_run (dequantizer, Q4_K, blocks, N_BLOCKS, out, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      /* Looked at before each window. */
      g_assert_cmpuint (test_opencl_watch.n_kernels, ==, at);
      check_no_notice (dequantizer);
      /* It is no fault of the device. */
      check_run (dequantizer, kind, N_BLOCKS);
      g_assert_cmpuint (test_opencl_watch.n_kernels, >, at);
    }
}

static void
test_unsuited (void)
{
  g_autoptr(GPtrArray) devices = NULL;
  g_autoptr(GError) error = NULL;

  test_opencl_reset ();
  test_opencl_fake.get_device_info = test_opencl_flush_to_zero;
  devices = paddock_opencl_devices_list (&test_opencl_fake, NULL);
  g_assert_null (paddock_opencl_devices_choose (devices, &error));
  g_assert_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_UNSUITED);
  g_clear_error (&error);
  g_assert_null (paddock_opencl_dequantizer_new (g_ptr_array_index (devices, 0), &error));
  g_assert_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_UNSUITED);
}

static void
test_unknown_type (void)
{
  g_autoptr(PaddockOpenclDequantizer) dequantizer = NULL;
  g_autoptr(GError) error = NULL;
  guint8 byte = 0;
  float number = 0;

  test_opencl_reset ();
  dequantizer = make_dequantizer ();
  g_assert_false (paddock_opencl_dequantizer_run (dequantizer, 4, &byte, 1, &number, NULL, &error));
  g_assert_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_UNSUITED);
}

static gpointer
run_in_thread (gpointer dequantizer)
{
  for (guint i = 0; i < 4; i++)
    check_run (dequantizer, find_case (Q4_K), N_BLOCKS);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr(PaddockOpenclDequantizer) dequantizer = NULL;
  GThread *threads[3];

  test_opencl_reset ();
  dequantizer = make_dequantizer ();
  paddock_opencl_dequantizer_set_window (dequantizer, SMALL_WINDOW);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("test-opencl", run_in_thread, dequantizer);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  check_no_notice (dequantizer);
}

/* The name is known to PADDOCK_KERNELS, and in no table. */
static void
test_dispatch (void)
{
  g_autofree char *unknown = NULL;
  guint mask;

  g_assert_true (paddock_kernel_isa_parse_list ("opencl,scalar", &mask, &unknown));
  g_assert_cmphex (mask, ==, PADDOCK_KERNEL_OPENCL | PADDOCK_KERNEL_SCALAR);
  g_assert_cmphex (paddock_kernel_dispatch_get_available () & PADDOCK_KERNEL_OPENCL, ==, 0);
  g_assert_true (paddock_kernel_dispatch_asks_for_opencl ());
  g_assert_cmphex (paddock_kernel_dispatch_get_allowed (), ==, PADDOCK_KERNEL_SCALAR);
}

static void
add_device_tests (void)
{
  g_test_add_func ("/opencl/devices", test_devices);
  for (gsize i = 0; i < test_kernel_n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/opencl/type/%s", test_kernel_cases[i].name);

      g_test_add_data_func (path, &test_kernel_cases[i], test_type);
    }
  g_test_add_func ("/opencl/memory", test_memory);
  g_test_add_func ("/opencl/windows", test_windows);
  g_test_add_func ("/opencl/cache", test_cache);
  g_test_add_func ("/opencl/cache/unwritable", test_cache_unwritable);
  g_test_add_func ("/opencl/failures", test_failures);
  g_test_add_func ("/opencl/cancelled", test_cancelled);
  g_test_add_func ("/opencl/unsuited", test_unsuited);
  g_test_add_func ("/opencl/unknown-type", test_unknown_type);
  g_test_add_func ("/opencl/threads", test_threads);
}

static void
skip_device_tests (gconstpointer reason)
{
  g_test_skip (reason);
}

int
main (int argc, char **argv)
{
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *pocl = test_directory_make_folder (directory, "pocl");
  g_autoptr(GPtrArray) devices = NULL;
  g_autoptr(GError) error = NULL;

  g_setenv ("PADDOCK_CACHE_DIR", test_directory_get_path (directory), TRUE);
  g_setenv ("POCL_CACHE_DIR", pocl, TRUE);
  g_setenv ("PADDOCK_KERNELS", "opencl", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/opencl/absent", test_absent);
  g_test_add_func ("/opencl/cache-key", test_cache_key);
  g_test_add_func ("/opencl/dispatch", test_dispatch);
  /* Its threads come from a driver that the sanitizer has not seen being built: it would judge what it cannot know. */
  if (g_strcmp0 (g_getenv ("PADDOCK_TEST_VARIANT"), "thread") == 0)
    {
      g_test_add_data_func ("/opencl/devices", "OpenCL drivers are not built for the thread sanitizer", skip_device_tests);
      return g_test_run ();
    }
  test_opencl_real = paddock_opencl_library_get_default (&error);
  devices = test_opencl_real != NULL ? paddock_opencl_devices_list (test_opencl_real, &error) : NULL;
  if (devices != NULL && paddock_opencl_devices_choose (devices, &error) != NULL)
    add_device_tests ();
  else
    g_test_add_data_func ("/opencl/devices", error->message, skip_device_tests);
  return g_test_run ();
}
