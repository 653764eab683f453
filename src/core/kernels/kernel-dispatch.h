/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/kernel.h"

G_BEGIN_DECLS

/* What this build, this processor and this operating system have, without asking PADDOCK_KERNELS. */
guint       paddock_kernel_dispatch_get_available (void);
/* The available ones that the environment variable PADDOCK_KERNELS allows ("scalar,avx2"); decided once, scalar always. */
guint       paddock_kernel_dispatch_get_allowed   (void);
/* Whether PADDOCK_KERNELS names OpenCL, which is in no mask of available instruction sets; alone it means scalar too. */
gboolean    paddock_kernel_dispatch_asks_for_opencl (void);
/* The masks' names: "scalar", "neon", "avx2", "avx512", "opencl". */
const char *paddock_kernel_isa_get_name           (PaddockKernelIsa isa);
/* FALSE: a word of the list is no instruction set; @unknown is that word. */
gboolean    paddock_kernel_isa_parse_list         (const char *list, guint *mask, char **unknown);

/* The best allowed kernel of a type, NULL when it has none. */
const PaddockKernel *paddock_kernel_dispatch_get  (guint32 type, PaddockKernelIsa *isa);
/* The best kernel among those of @mask that are available; for tests and measurements. */
const PaddockKernel *paddock_kernel_dispatch_find (guint32 type, guint mask, PaddockKernelIsa *isa);

G_END_DECLS
