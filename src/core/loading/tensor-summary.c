/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/tensor-summary.h"

#include <math.h>
#include <string.h>

/* Numbers are taken in parts that stay in the first cache, because each is looked at twice. */
#define PART 2048
/* So many sums run side by side, always in the same order: that makes vectors, and the same bits everywhere. */
#define LANES 8

#define EXPONENT 0x7f800000u

static inline guint32
get_bits (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static gboolean
are_finite (const float *values, gsize n_values)
{
  guint32 bad = 0;

  for (gsize i = 0; i < n_values; i++)
    bad |= (guint32) ((get_bits (values[i]) & EXPONENT) == EXPONENT);
  return bad == 0;
}

/* Of finite numbers, at least one. */
static void
find_range (const float *values, gsize n_values, PaddockTensorSummary *part)
{
  float low[LANES], high[LANES];
  gsize at = 0;

  for (guint lane = 0; lane < LANES; lane++)
    low[lane] = high[lane] = values[0];
  for (; at + LANES <= n_values; at += LANES)
    for (guint lane = 0; lane < LANES; lane++)
      {
        low[lane] = values[at + lane] < low[lane] ? values[at + lane] : low[lane];
        high[lane] = values[at + lane] > high[lane] ? values[at + lane] : high[lane];
      }
  for (; at < n_values; at++)
    {
      low[0] = MIN (low[0], values[at]);
      high[0] = MAX (high[0], values[at]);
    }
  part->minimum = (double) low[0];
  part->maximum = (double) high[0];
  for (guint lane = 1; lane < LANES; lane++)
    {
      part->minimum = MIN (part->minimum, (double) low[lane]);
      part->maximum = MAX (part->maximum, (double) high[lane]);
    }
}

static double
add_up (const double sums[LANES])
{
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

static void
find_mean (const float *values, gsize n_values, PaddockTensorSummary *part)
{
  double sums[LANES] = { 0 };
  gsize at = 0;

  for (; at + LANES <= n_values; at += LANES)
    for (guint lane = 0; lane < LANES; lane++)
      sums[lane] += (double) values[at + lane];
  for (; at < n_values; at++)
    sums[0] += (double) values[at];
  part->mean = add_up (sums) / (double) n_values;
}

static void
find_squares (const float *values, gsize n_values, PaddockTensorSummary *part)
{
  double sums[LANES] = { 0 };
  gsize at = 0;

  for (; at + LANES <= n_values; at += LANES)
    for (guint lane = 0; lane < LANES; lane++)
      {
        double distance = (double) values[at + lane] - part->mean;

        sums[lane] += distance * distance;
      }
  for (; at < n_values; at++)
    sums[0] += ((double) values[at] - part->mean) * ((double) values[at] - part->mean);
  part->squares = add_up (sums);
}

static void
add_finite (PaddockTensorSummary *self, const float *values, gsize n_values)
{
  PaddockTensorSummary part = PADDOCK_TENSOR_SUMMARY_INIT;
  guint32 zeros = 0;

  if (n_values == 0)
    return;
  part.count = n_values;
  for (gsize i = 0; i < n_values; i++)
    zeros += (guint32) ((get_bits (values[i]) & 0x7fffffffu) == 0);
  part.zeros = zeros;
  find_range (values, n_values, &part);
  find_mean (values, n_values, &part);
  find_squares (values, n_values, &part);
  paddock_tensor_summary_merge (self, &part);
}

static void
add_mixed (PaddockTensorSummary *self, const float *values, gsize n_values)
{
  float finite[PART];
  gsize n_finite = 0;

  for (gsize i = 0; i < n_values; i++)
    {
      if ((get_bits (values[i]) & EXPONENT) != EXPONENT)
        {
          finite[n_finite++] = values[i];
          continue;
        }
      self->count++;
      if ((get_bits (values[i]) & 0x007fffffu) != 0)
        self->nan++;
      else if (values[i] > 0)
        self->positive_infinity++;
      else
        self->negative_infinity++;
    }
  add_finite (self, finite, n_finite);
}

/**
 * paddock_tensor_summary_add:
 * @self: a summary
 * @values: (array length=n_values): more numbers
 * @n_values: how many
 */
void
paddock_tensor_summary_add (PaddockTensorSummary *self, const float *values, gsize n_values)
{
  for (gsize at = 0; at < n_values; at += PART)
    {
      gsize count = MIN (n_values - at, PART);

      if (are_finite (values + at, count))
        add_finite (self, values + at, count);
      else
        add_mixed (self, values + at, count);
    }
}

guint64
paddock_tensor_summary_get_n_finite (const PaddockTensorSummary *self)
{
  return self->count - self->nan - self->positive_infinity - self->negative_infinity;
}

/**
 * paddock_tensor_summary_merge:
 * @self: a summary
 * @part: of the numbers that come next
 */
void
paddock_tensor_summary_merge (PaddockTensorSummary *self, const PaddockTensorSummary *part)
{
  double ours = (double) paddock_tensor_summary_get_n_finite (self);
  double theirs = (double) paddock_tensor_summary_get_n_finite (part);

  if (theirs > 0 && ours > 0)
    {
      double distance = part->mean - self->mean;

      self->squares += part->squares + distance * distance * (ours * theirs / (ours + theirs));
      self->mean += distance * (theirs / (ours + theirs));
      self->minimum = MIN (self->minimum, part->minimum);
      self->maximum = MAX (self->maximum, part->maximum);
    }
  else if (theirs > 0)
    {
      self->squares = part->squares;
      self->mean = part->mean;
      self->minimum = part->minimum;
      self->maximum = part->maximum;
    }
  self->count += part->count;
  self->nan += part->nan;
  self->positive_infinity += part->positive_infinity;
  self->negative_infinity += part->negative_infinity;
  self->zeros += part->zeros;
}

double
paddock_tensor_summary_get_deviation (const PaddockTensorSummary *self)
{
  guint64 n_finite = paddock_tensor_summary_get_n_finite (self);

  return n_finite > 0 ? sqrt (self->squares / (double) n_finite) : NAN;
}

double
paddock_tensor_summary_get_zero_share (const PaddockTensorSummary *self)
{
  return self->count > 0 ? (double) self->zeros / (double) self->count : NAN;
}

/**
 * paddock_tensor_summary_count_bins:
 * @self: the summary of all numbers
 * @values: (array length=n_values): some of them
 * @n_values: how many
 * @bins: (inout) (array length=n_bins): what was counted before, and now
 * @n_bins: how many bins there are
 */
void
paddock_tensor_summary_count_bins (const PaddockTensorSummary *self, const float *values, gsize n_values, guint64 *bins,
                                   guint n_bins)
{
  double range = self->maximum - self->minimum;
  double scale = range > 0 ? (double) n_bins / range : 0;

  for (gsize i = 0; i < n_values; i++)
    {
      guint bin;

      if ((get_bits (values[i]) & EXPONENT) == EXPONENT)
        continue;
      bin = (guint) (((double) values[i] - self->minimum) * scale);
      bins[MIN (bin, n_bins - 1)]++;
    }
}
