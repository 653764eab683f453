/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-dispatch.h"

#include <string.h>

#include "kernels/kernel-families.h"
#include "kernels/kernel-limits.h"

#define MAX_FAMILIES 6
#define MAX_TYPE 64

/* Whether both the processor and the operating system offer it. */
typedef gboolean (*IsaProbe) (void);

typedef struct
{
  PaddockKernelIsa isa;
  const char *name;
  IsaProbe probe;                    /* NULL: this build has no such kernels */
  const PaddockKernelLimitFuncs *limits;
  const PaddockKernel *families[MAX_FAMILIES];
} IsaKernels;

static gboolean
probe_always (void)
{
  return TRUE;
}

#ifdef PADDOCK_WITH_X86_KERNELS
static gboolean
probe_avx2 (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma") && __builtin_cpu_supports ("f16c");
}

static gboolean
probe_avx512 (void)
{
  return probe_avx2 () && __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw") &&
         __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("avx512dq");
}
#endif

#define FAMILIES(isa)                                                                                          \
  { paddock_##isa##_plain, paddock_##isa##_legacy, paddock_##isa##_codebook, paddock_##isa##_super,            \
    paddock_##isa##_ternary, paddock_##isa##_grid }

/* From the plainest to the best: a later one overwrites what an earlier one has. */
static const IsaKernels isa_kernels[] = {
  { PADDOCK_KERNEL_SCALAR, "scalar", probe_always, &paddock_scalar_limit_funcs, FAMILIES (scalar) },
#ifdef PADDOCK_WITH_NEON_KERNELS
  { PADDOCK_KERNEL_NEON, "neon", probe_always, NULL, FAMILIES (neon) },
#else
  { PADDOCK_KERNEL_NEON, "neon", NULL, NULL, { NULL } },
#endif
#ifdef PADDOCK_WITH_X86_KERNELS
  { PADDOCK_KERNEL_AVX2, "avx2", probe_avx2, &paddock_avx2_limit_funcs, FAMILIES (avx2) },
  { PADDOCK_KERNEL_AVX512, "avx512", probe_avx512, &paddock_avx512_limit_funcs, FAMILIES (avx512) },
#else
  { PADDOCK_KERNEL_AVX2, "avx2", NULL, NULL, { NULL } },
  { PADDOCK_KERNEL_AVX512, "avx512", NULL, NULL, { NULL } },
#endif
  /*
   * Never chosen by itself: numbers that go back over a bus are slower than what a processor writes. Whoever reads large
   * windows asks for it when PADDOCK_KERNELS names it, and takes the table's kernels for the rest.
   */
  { PADDOCK_KERNEL_OPENCL, "opencl", NULL, NULL, { NULL } },
};

typedef struct
{
  guint allowed;
  guint asked;                       /* by name, available or not */
  const PaddockKernel *kernels[MAX_TYPE];
  PaddockKernelIsa isas[MAX_TYPE];
} Choice;

static void
choose (guint mask, Choice *choice)
{
  for (gsize i = 0; i < G_N_ELEMENTS (isa_kernels); i++)
    {
      if ((isa_kernels[i].isa & mask) == 0)
        continue;
      for (gsize f = 0; f < MAX_FAMILIES && isa_kernels[i].families[f] != NULL; f++)
        for (const PaddockKernel *kernel = isa_kernels[i].families[f]; kernel->type < MAX_TYPE; kernel++)
          {
            choice->kernels[kernel->type] = kernel;
            choice->isas[kernel->type] = isa_kernels[i].isa;
          }
    }
}

static const Choice *
get_choice (void)
{
  static Choice choice;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      const char *list = g_getenv ("PADDOCK_KERNELS");
      guint mask = 0;
      g_autofree char *unknown = NULL;

      /* A word nobody knows allows nothing more; paddockctl says so aloud. */
      if (list != NULL && *list != '\0')
        paddock_kernel_isa_parse_list (list, &mask, &unknown);
      choice.asked = mask;
      if (list == NULL || *list == '\0')
        mask = PADDOCK_KERNEL_ALL;
      choice.allowed = (mask | PADDOCK_KERNEL_SCALAR) & paddock_kernel_dispatch_get_available ();
      choose (choice.allowed, &choice);
      g_once_init_leave (&ready, 1);
    }
  return &choice;
}

guint
paddock_kernel_dispatch_get_available (void)
{
  guint mask = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (isa_kernels); i++)
    if (isa_kernels[i].probe != NULL && isa_kernels[i].probe ())
      mask |= isa_kernels[i].isa;
  return mask;
}

guint
paddock_kernel_dispatch_get_allowed (void)
{
  return get_choice ()->allowed;
}

gboolean
paddock_kernel_dispatch_asks_for_opencl (void)
{
  return (get_choice ()->asked & PADDOCK_KERNEL_OPENCL) != 0;
}

const char *
paddock_kernel_isa_get_name (PaddockKernelIsa isa)
{
  for (gsize i = 0; i < G_N_ELEMENTS (isa_kernels); i++)
    if (isa_kernels[i].isa == isa)
      return isa_kernels[i].name;
  return NULL;
}

/**
 * paddock_kernel_isa_parse_list:
 * @list: names with commas between them
 * @mask: (out): the known ones of them
 * @unknown: (out) (transfer full) (nullable): the first word that is none
 *
 * Returns: whether every word was known
 */
gboolean
paddock_kernel_isa_parse_list (const char *list, guint *mask, char **unknown)
{
  g_auto (GStrv) words = g_strsplit (list, ",", -1);

  *mask = 0;
  *unknown = NULL;
  for (char **word = words; *word != NULL; word++)
    {
      guint found = 0;

      g_strstrip (*word);
      for (gsize i = 0; i < G_N_ELEMENTS (isa_kernels); i++)
        if (g_ascii_strcasecmp (isa_kernels[i].name, *word) == 0)
          found = isa_kernels[i].isa;
      *mask |= found;
      if (found == 0 && *unknown == NULL && **word != '\0')
        *unknown = g_strdup (*word);
    }
  return *unknown == NULL;
}

/**
 * paddock_kernel_dispatch_get:
 * @type: the id of a type in ggml's dialect, or 36 for BitNet's I2_S
 * @isa: (out) (optional): the instruction set it is written for
 *
 * Returns: (nullable): the kernel that this process uses
 */
const PaddockKernel *
paddock_kernel_dispatch_get (guint32 type, PaddockKernelIsa *isa)
{
  const Choice *choice = get_choice ();

  if (type >= MAX_TYPE || choice->kernels[type] == NULL)
    return NULL;
  if (isa != NULL)
    *isa = choice->isas[type];
  return choice->kernels[type];
}

/**
 * paddock_kernel_dispatch_find:
 * @type: the id of a type, as above
 * @mask: instruction sets to choose from
 * @isa: (out) (optional): the one that was chosen
 *
 * Returns: (nullable): the best available kernel of these instruction sets
 */
const PaddockKernel *
paddock_kernel_dispatch_find (guint32 type, guint mask, PaddockKernelIsa *isa)
{
  Choice choice = { 0 };

  if (type >= MAX_TYPE)
    return NULL;
  choose (mask & paddock_kernel_dispatch_get_available (), &choice);
  if (choice.kernels[type] != NULL && isa != NULL)
    *isa = choice.isas[type];
  return choice.kernels[type];
}

const PaddockKernelLimitFuncs *
paddock_kernel_dispatch_find_limits (guint mask)
{
  const PaddockKernelLimitFuncs *found = NULL;

  mask &= paddock_kernel_dispatch_get_available ();
  for (gsize i = 0; i < G_N_ELEMENTS (isa_kernels); i++)
    if ((isa_kernels[i].isa & mask) != 0 && isa_kernels[i].limits != NULL)
      found = isa_kernels[i].limits;
  return found;
}
