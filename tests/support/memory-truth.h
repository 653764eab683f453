/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestMemoryPoint:
 *
 * What the engine itself says that a model takes under some settings.
 */
typedef struct
{
  char *header;                      /* name of a file without tensor data */
  guint32 context, ubatch, batch, parallel;
  gboolean unified, swa_full, repack;
  char *cache_k;
  char *cache_v;
  char *flash_attention;             /* "on", "off" or "auto" */
  char *processor;                   /* which variant of the engine */
  guint32 outputs;                   /* 0: the whole batch */
  guint64 model_bytes, cache_bytes, state_bytes, compute_bytes, output_bytes;
} TestMemoryPoint;

/* (element-type TestMemoryPoint) in the order of the file, a table with a line of names first */
GPtrArray *test_memory_truth_read (const char *path, GError **error);

G_END_DECLS
