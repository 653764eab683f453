/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The families of kernel-families.h; each is one program. */
typedef enum
{
  PADDOCK_OPENCL_PLAIN,
  PADDOCK_OPENCL_LEGACY,
  PADDOCK_OPENCL_CODEBOOK,
  PADDOCK_OPENCL_SUPER,
  PADDOCK_OPENCL_TERNARY,
  PADDOCK_OPENCL_GRID
} PaddockOpenclFamily;

#define PADDOCK_OPENCL_N_FAMILIES (PADDOCK_OPENCL_GRID + 1)
/* So many numbers does one work item write, and so many more have room in a buffer. */
#define PADDOCK_OPENCL_ITEM_NUMBERS 8

/**
 * PaddockOpenclEntry:
 *
 * A type that OpenCL can read. Static data.
 */
typedef struct
{
  guint32 type;                      /* as in kernel.h */
  PaddockOpenclFamily family;
  const char *kernel;                /* the name of its function */
  guint16 block;                     /* numbers */
  guint16 bytes;
} PaddockOpenclEntry;

/* NULL: OpenCL does not read it. */
const PaddockOpenclEntry *paddock_opencl_source_find_entry (guint32 type);
/* The whole text of a program, with the tables that it needs. */
char                     *paddock_opencl_source_make       (PaddockOpenclFamily family);

G_END_DECLS
