/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "kernel-cases.h"
#include "kernels/kernel-families.h"

/*
 * The NEON kernels against the scalar ones, both compiled for 64-bit ARM and run on whatever emulates it. The program
 * stands without GLib, which need not be there for that processor; what the shared files ask of it is here.
 */

#define PAGE 65536u                  /* the largest that the processor has */
#define N_BLOCKS 65536u

gpointer
g_malloc (gsize size)
{
  return malloc (size);
}

static const PaddockKernel *const scalar_families[] = {
  paddock_scalar_plain, paddock_scalar_legacy,  paddock_scalar_codebook,
  paddock_scalar_super, paddock_scalar_ternary, paddock_scalar_grid,
};

static const PaddockKernel *const neon_families[] = {
  paddock_neon_plain, paddock_neon_legacy, paddock_neon_codebook, paddock_neon_super, paddock_neon_ternary, paddock_neon_grid,
};

static const PaddockKernel *
find (const PaddockKernel *const *families, guint32 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scalar_families); i++)
    for (const PaddockKernel *kernel = families[i]; kernel->type != G_MAXUINT32; kernel++)
      if (kernel->type == type)
        return kernel;
  return NULL;
}

static guint8 *
map_guarded (gsize size, gsize *room)
{
  guint8 *map;

  *room = (size + PAGE - 1) / PAGE * PAGE;
  map = mmap (NULL, *room + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED || mprotect (map + PAGE, *room, PROT_READ | PROT_WRITE) != 0)
    {
      perror ("mmap");
      exit (1);
    }
  return map;
}

/* The number of the first block that is read otherwise, n_blocks if none is. At the end, or the beginning, of what is mapped. */
static gsize
compare (const TestKernelCase *kind, const PaddockKernel *scalar, const PaddockKernel *neon, const guint8 *blocks,
         gsize n_blocks, gboolean at_end)
{
  gsize in_size = n_blocks * kind->bytes;
  gsize n = n_blocks * kind->block;
  gsize in_room, out_room, first;
  guint8 *in = map_guarded (in_size, &in_room);
  guint8 *out = map_guarded (n * sizeof (float), &out_room);
  guint8 *from = in + PAGE + (at_end ? in_room - in_size : 0);
  float *to = (float *) (gpointer) (out + PAGE + (at_end ? out_room - n * sizeof (float) : 0));
  float *expected = malloc ((n + 1) * sizeof (float));

  memcpy (from, blocks, in_size);
  scalar->dequantize (from, n_blocks, expected);
  neon->dequantize (from, n_blocks, to);
  first = test_kernel_case_compare (to, expected, n);
  if (first < n)
    printf ("# number %zu is %a, not %a\n", (size_t) first, (double) to[first], (double) expected[first]);
  free (expected);
  munmap (in, in_room + 2 * PAGE);
  munmap (out, out_room + 2 * PAGE);
  return first < n ? first / kind->block : n_blocks;
}

static gboolean
check (const TestKernelCase *kind)
{
  static const gsize counts[] = { 0, 1, 2, 3, 5, 7, 8, 15, 17, 33 };
  const PaddockKernel *scalar = find (scalar_families, kind->type);
  const PaddockKernel *neon = find (neon_families, kind->type);
  guint8 *blocks = test_kernel_case_make_blocks (kind, N_BLOCKS, 99);
  gboolean good = scalar != NULL && neon != NULL;

  for (gsize i = 0; good && i < G_N_ELEMENTS (counts); i++)
    good = compare (kind, scalar, neon, blocks, counts[i], FALSE) == counts[i] &&
           compare (kind, scalar, neon, blocks, counts[i], TRUE) == counts[i];
  for (gsize done = 0; good && done < N_BLOCKS; done += N_BLOCKS / 16)
    good = compare (kind, scalar, neon, blocks + done * kind->bytes, N_BLOCKS / 16, TRUE) == N_BLOCKS / 16;
  free (blocks);
  return good;
}

int
main (void)
{
  gboolean all = TRUE;

  printf ("1..%zu\n", (size_t) test_kernel_n_cases);
  for (gsize i = 0; i < test_kernel_n_cases; i++)
    {
      gboolean good = check (&test_kernel_cases[i]);

      printf ("%s %zu neon/%s\n", good ? "ok" : "not ok", (size_t) i + 1, test_kernel_cases[i].name);
      fflush (stdout);
      all = all && good;
    }
  return all ? 0 : 1;
}
