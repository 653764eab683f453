/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quant/quant-type.h"

G_BEGIN_DECLS

/**
 * PaddockQuantScan:
 *
 * What a scan has met so far: fields that would spoil results, which are the scales of a quantized type, and of the
 * others each number. To begin with, PADDOCK_QUANT_SCAN_INIT.
 */
typedef struct
{
  guint64 nan;
  guint64 infinity;                  /* infinite, or so large that numbers which stand on it are */
  guint64 first_bad;                 /* the block that the first of them is in, counted from the first scanned one */
  guint64 n_blocks;                  /* that were scanned */
} PaddockQuantScan;

#define PADDOCK_QUANT_SCAN_INIT { 0, 0, G_MAXUINT64, 0 }

/* FALSE: whatever stands in its blocks makes finite numbers, or nobody knows what stands there. */
gboolean paddock_quant_validate_can_scan (const PaddockQuantType *type);
/* swapped: the bytes are big-endian. Goes on from what the scan has met before. */
void     paddock_quant_validate_scan     (const PaddockQuantType *type, gboolean swapped, const guint8 *blocks, gsize n_blocks,
                                          PaddockQuantScan *scan);

G_END_DECLS
