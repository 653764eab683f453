/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rate-meter.h"

/* What is older says nothing of now. */
#define WINDOW (5 * G_TIME_SPAN_SECOND)
#define INTERVAL (WINDOW / PADDOCK_RATE_METER_SAMPLES)
#define LEAST (200 * G_TIME_SPAN_MILLISECOND)

/**
 * paddock_rate_meter_add:
 * @self: a meter
 * @bytes: how many there are now
 * @now: the time
 */
void
paddock_rate_meter_add (PaddockRateMeter *self, guint64 bytes, gint64 now)
{
  guint last = (self->first + self->count - 1) % PADDOCK_RATE_METER_SAMPLES;

  if (self->count > 0 && now - self->samples[last].at < INTERVAL)
    return;
  if (self->count == PADDOCK_RATE_METER_SAMPLES)
    {
      self->first = (self->first + 1) % PADDOCK_RATE_METER_SAMPLES;
      self->count--;
    }
  last = (self->first + self->count++) % PADDOCK_RATE_METER_SAMPLES;
  self->samples[last].at = now;
  self->samples[last].bytes = bytes;
}

/**
 * paddock_rate_meter_get_rate:
 * @self: a meter
 * @now: the time
 *
 * Returns: bytes a second
 */
guint64
paddock_rate_meter_get_rate (const PaddockRateMeter *self, gint64 now)
{
  guint last = (self->first + self->count - 1) % PADDOCK_RATE_METER_SAMPLES;

  for (guint i = 0; i < self->count; i++)
    {
      guint oldest = (self->first + i) % PADDOCK_RATE_METER_SAMPLES;
      gint64 elapsed = now - self->samples[oldest].at;

      if (elapsed <= WINDOW)
        return elapsed >= LEAST && self->samples[last].bytes > self->samples[oldest].bytes
                   ? (self->samples[last].bytes - self->samples[oldest].bytes) * G_USEC_PER_SEC / (guint64) elapsed
                   : 0;
    }
  return 0;
}

gint64
paddock_rate_meter_get_left (const PaddockRateMeter *self, guint64 bytes_left, gint64 now)
{
  guint64 rate = paddock_rate_meter_get_rate (self, now);

  return rate > 0 ? (gint64) ((bytes_left + rate - 1) / rate) : -1;
}
