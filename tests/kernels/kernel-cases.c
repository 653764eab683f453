/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-cases.h"

#include <string.h>

/* Written down again here, not taken from the product, so that it can contradict it. */
const TestKernelCase test_kernel_cases[] = {
  { 0, "F32", 1, 4, 0, { 0 }, -1 },           { 1, "F16", 1, 2, 1, { 0 }, -1 },
  { 2, "Q4_0", 32, 18, 1, { 0 }, -1 },        { 3, "Q4_1", 32, 20, 2, { 0, 2 }, -1 },
  { 6, "Q5_0", 32, 22, 1, { 0 }, -1 },        { 7, "Q5_1", 32, 24, 2, { 0, 2 }, -1 },
  { 8, "Q8_0", 32, 34, 1, { 0 }, -1 },        { 9, "Q8_1", 32, 36, 2, { 0, 2 }, -1 },
  { 10, "Q2_K", 256, 84, 2, { 80, 82 }, -1 }, { 11, "Q3_K", 256, 110, 1, { 108 }, -1 },
  { 12, "Q4_K", 256, 144, 2, { 0, 2 }, -1 },  { 13, "Q5_K", 256, 176, 2, { 0, 2 }, -1 },
  { 14, "Q6_K", 256, 210, 1, { 208 }, -1 },   { 15, "Q8_K", 256, 292, 2, { 0, 2 }, -1 },
  { 16, "IQ2_XXS", 256, 66, 1, { 0 }, -1 },   { 17, "IQ2_XS", 256, 74, 1, { 0 }, -1 },
  { 18, "IQ3_XXS", 256, 98, 1, { 0 }, -1 },   { 19, "IQ1_S", 256, 50, 1, { 0 }, -1 },
  { 20, "IQ4_NL", 32, 18, 1, { 0 }, -1 },     { 21, "IQ3_S", 256, 110, 1, { 0 }, -1 },
  { 22, "IQ2_S", 256, 82, 1, { 0 }, -1 },     { 23, "IQ4_XS", 256, 136, 1, { 0 }, -1 },
  { 24, "I8", 1, 1, 0, { 0 }, -1 },           { 25, "I16", 1, 2, 1, { 0 }, -1 },
  { 26, "I32", 1, 4, 0, { 0 }, -1 },          { 27, "I64", 1, 8, 0, { 0 }, -1 },
  { 28, "F64", 1, 8, 0, { 0 }, -1 },          { 29, "IQ1_M", 256, 56, 0, { 0 }, -1 },
  { 30, "BF16", 1, 2, 1, { 0 }, -1 },         { 34, "TQ1_0", 256, 54, 1, { 52 }, -1 },
  { 35, "TQ2_0", 256, 66, 1, { 64 }, -1 },    { 36, "I2_S", 128, 32, 0, { 0 }, -1 },
  { 39, "MXFP4", 32, 17, 0, { 0 }, 0 },       { 40, "NVFP4", 64, 36, 0, { 0 }, 0 },
  { 41, "Q1_0", 128, 18, 1, { 0 }, -1 },      { 42, "Q2_0", 64, 18, 1, { 0 }, -1 },
};
const gsize test_kernel_n_cases = G_N_ELEMENTS (test_kernel_cases);

static guint64
draw (guint64 *state)
{
  *state += 0x9e3779b97f4a7c15u;
  guint64 value = *state;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

/* IQ1_M keeps four bits of its scale at the top of each of the last four pairs of bytes. */
static void
spread_scale (guint8 *block, guint16 scale)
{
  for (guint i = 0; i < 4; i++)
    {
      guint8 *byte = block + 48 + 2 * i + 1;

      *byte = (guint8) ((*byte & 0x0f) | ((scale >> (4 * i)) & 0xf) << 4);
    }
}

/* 64-bit floats of every size, those included that round, overflow or vanish in 32 bits. */
static void
set_double (guint8 *block, gsize i, guint64 random)
{
  guint64 exponent = 1023 - 160 + i % 320;
  guint64 bits = (random & 0x800fffffffffffffu) | exponent << 52;

  /* Halfway between two floats, where rounding to the even one shows. */
  if (i % 3 == 0)
    bits = (bits & ~(guint64) 0x1fffffff) | 0x10000000;
  if (i % 7 != 0)
    memcpy (block, &bits, sizeof bits);
}

/* 64-bit integers of every size, first in runs of the same one, then mixed; some of them at or beside the middle of two floats. */
static void
set_integer (guint8 *block, gsize i, guint64 random)
{
  guint shift = (guint) ((i / 1024 % 2 == 0 ? i / 16 : i) % 64);
  gint64 value = (gint64) random >> shift;

  if (i % 3 == 0 && shift <= 38)
    {
      guint64 half = (guint64) 1 << (38 - shift);

      value = (gint64) (((guint64) value & ~(2 * half - 1)) | half) + (gint64) (i / 3 % 3) - 1;
    }
  value = GINT64_TO_LE (value);
  memcpy (block, &value, sizeof value);
}

guint8 *
test_kernel_case_make_blocks (const TestKernelCase *self, gsize n_blocks, guint32 seed)
{
  gsize size = n_blocks * self->bytes;
  guint8 *bytes = g_malloc (size + 8);
  guint64 state = seed;

  for (gsize i = 0; i < size; i += 8)
    {
      guint64 value = draw (&state);

      memcpy (bytes + i, &value, MIN (size - i, sizeof value));
    }
  for (gsize i = 0; i < n_blocks; i++)
    {
      guint8 *block = bytes + i * self->bytes;

      for (guint h = 0; h < self->n_halves; h++)
        {
          /* An odd factor: still every value, and the two scales of a block are not the same. */
          guint16 half = GUINT16_TO_LE ((guint16) (h == 0 ? i : i * 40503u + seed));

          memcpy (block + self->halves[h], &half, sizeof half);
        }
      if (self->exponent >= 0)
        block[self->exponent] = (guint8) i;
      if (self->type == 29)
        spread_scale (block, (guint16) i);
      if (self->type == 28)
        set_double (block, i, draw (&state));
      if (self->type == 27 && i % 4096 < 2048)
        set_integer (block, i, draw (&state));
    }
  return bytes;
}

gsize
test_kernel_case_compare (const float *one, const float *other, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 a, b;

      memcpy (&a, one + i, sizeof a);
      memcpy (&b, other + i, sizeof b);
      if (a != b && !((a & 0x7fffffff) > 0x7f800000 && (b & 0x7fffffff) > 0x7f800000))
        return i;
    }
  return n;
}
