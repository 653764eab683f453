/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ggml.h>

#include "kernel-cases.h"
#include "kernels/kernel-dispatch.h"

/* The scalar kernels against ggml itself. */

/* In the library, but in none of its headers. */
void dequantize_row_q8_K (const void *blocks, float *out, gint64 n);

static void
test_type (gconstpointer data)
{
  const TestKernelCase *kind = data;
  const PaddockKernel *scalar = paddock_kernel_dispatch_find (kind->type, PADDOCK_KERNEL_SCALAR, NULL);
  ggml_to_float_t to_float = ggml_get_type_traits ((enum ggml_type) kind->type)->to_float;
  gsize n_blocks = kind->block == 1 ? 65536 * 4 : 65536;
  g_autofree guint8 *blocks = test_kernel_case_make_blocks (kind, n_blocks, 4711);
  g_autofree float *ours = g_new (float, n_blocks * kind->block);
  g_autofree float *theirs = g_new (float, n_blocks * kind->block);
  gsize n = n_blocks * kind->block;
  gsize first;

  g_assert_nonnull (scalar);
  scalar->dequantize (blocks, n_blocks, ours);
  if (kind->type == GGML_TYPE_Q8_K)
    dequantize_row_q8_K (blocks, theirs, (gint64) n);
  else
    to_float (blocks, theirs, (gint64) n);
  first = test_kernel_case_compare (ours, theirs, n);
  if (first < n)
    g_error ("%s: block %" G_GSIZE_FORMAT ", number %" G_GSIZE_FORMAT ": %a, not %a", kind->name, first / kind->block,
             first % kind->block, (double) ours[first], (double) theirs[first]);
}

static gboolean
has_ggml (const TestKernelCase *kind)
{
  /* 36 is BitNet's, and ggml no longer has a type of that number. */
  return kind->type == GGML_TYPE_Q8_K ||
         (kind->type != 36 && ggml_get_type_traits ((enum ggml_type) kind->type)->to_float != NULL);
}

int
main (int argc, char **argv)
{
  guint n = 0;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* ggml makes its tables of halves when it is first set up. */
  ggml_free (ggml_init ((struct ggml_init_params) { .mem_size = 1024 * 1024 }));
  for (gsize i = 0; i < test_kernel_n_cases; i++)
    {
      const TestKernelCase *kind = &test_kernel_cases[i];
      g_autofree char *path = g_strdup_printf ("/kernels-ggml/%s", kind->name);

      if (!has_ggml (kind))
        continue;
      g_test_add_data_func (path, kind, test_type);
      n++;
    }
  g_assert_cmpuint (n, >=, 28);
  return g_test_run ();
}
