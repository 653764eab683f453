/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PADDOCK_RATE_METER_SAMPLES 32

/**
 * PaddockRateMeter:
 *
 * How fast something grew over the last few seconds. Times are in microseconds. Begins as zeros.
 */
typedef struct
{
  struct
  {
    gint64 at;
    guint64 bytes;
  } samples[PADDOCK_RATE_METER_SAMPLES];
  guint count, first;
} PaddockRateMeter;

void
paddock_rate_meter_add (PaddockRateMeter *self, guint64 bytes, gint64 now);
/* Bytes a second; 0: nothing is known. */
guint64
paddock_rate_meter_get_rate (const PaddockRateMeter *self, gint64 now);
/* Seconds; -1: nobody knows. */
gint64
paddock_rate_meter_get_left (const PaddockRateMeter *self, guint64 bytes_left, gint64 now);

G_END_DECLS
