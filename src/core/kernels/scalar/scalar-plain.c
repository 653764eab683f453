/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/half.h"
#include "kernels/kernel-families.h"

/* A number of the file, which stands at any address, in this machine's order. */
#define LOAD(type, numbers, i, from_le)                              \
  ({                                                                 \
    type stored;                                                     \
    memcpy (&stored, (numbers) + (i) * sizeof stored, sizeof stored); \
    from_le (stored);                                                \
  })

static void
dequantize_f32 (const guint8 *numbers, gsize n, float *out)
{
  for (gsize i = 0; i < n; i++)
    {
      /* Not through a float: a signalling NaN would change. */
      guint32 bits = LOAD (guint32, numbers, i, GUINT32_FROM_LE);

      memcpy (&out[i], &bits, sizeof bits);
    }
}

static void
dequantize_f16 (const guint8 *numbers, gsize n, float *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = paddock_half_to_float (LOAD (guint16, numbers, i, GUINT16_FROM_LE));
}

static void
dequantize_bf16 (const guint8 *numbers, gsize n, float *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = paddock_bfloat_to_float (LOAD (guint16, numbers, i, GUINT16_FROM_LE));
}

static void
dequantize_f64 (const guint8 *numbers, gsize n, float *out)
{
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits = LOAD (guint64, numbers, i, GUINT64_FROM_LE);
      double value;

      memcpy (&value, &bits, sizeof value);
      out[i] = (float) value;
    }
}

static void
dequantize_i8 (const guint8 *numbers, gsize n, float *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = (gint8) numbers[i];
}

static void
dequantize_i16 (const guint8 *numbers, gsize n, float *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = LOAD (gint16, numbers, i, GINT16_FROM_LE);
}

static void
dequantize_i32 (const guint8 *numbers, gsize n, float *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = (float) LOAD (gint32, numbers, i, GINT32_FROM_LE);
}

static void
dequantize_i64 (const guint8 *numbers, gsize n, float *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = (float) LOAD (gint64, numbers, i, GINT64_FROM_LE);
}

const PaddockKernel paddock_scalar_plain[] = {
  { 0, dequantize_f32, NULL },
  { 1, dequantize_f16, NULL },
  { 24, dequantize_i8, NULL },
  { 25, dequantize_i16, NULL },
  { 26, dequantize_i32, NULL },
  { 27, dequantize_i64, NULL },
  { 28, dequantize_f64, NULL },
  { 30, dequantize_bf16, NULL },
  PADDOCK_KERNEL_END,
};
