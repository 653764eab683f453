/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-swap.h"

#include <string.h>

#include "quant/quant-blocks.h"

#define MAX_FIELDS 2

/* Neighbours of one width in a block. */
typedef struct
{
  guint16 offset;
  guint8 width;
  guint8 count;
} Field;

typedef struct
{
  guint16 bytes;                     /* 0: nobody knows the type */
  Field fields[MAX_FIELDS];
} Layout;

#define WHOLE(size) { size, { { 0, size, 1 } } }
#define BYTES(Type) { sizeof (PaddockBlock##Type), { { 0, 0, 0 } } }
#define FIELD(Type, field, width) \
  { G_STRUCT_OFFSET (PaddockBlock##Type, field), width, sizeof (((PaddockBlock##Type *) 0)->field) / (width) }
#define ONE(Type, field, width) { sizeof (PaddockBlock##Type), { FIELD (Type, field, width) } }
#define TWO(Type, field1, width1, field2, width2) \
  { sizeof (PaddockBlock##Type), { FIELD (Type, field1, width1), FIELD (Type, field2, width2) } }

/*
 * By the id of the type. A field is what ggml declares as one, so bits that it keeps in plain bytes stay where they are:
 * the fifth bits of Q5_0, for example, and everything behind the scale of IQ3_XXS.
 */
static const Layout layouts[] = {
  [0] = WHOLE (4),
  [1] = WHOLE (2),
  [2] = ONE (Q4_0, d, 2),
  [3] = TWO (Q4_1, d, 2, m, 2),
  [6] = ONE (Q5_0, d, 2),
  [7] = TWO (Q5_1, d, 2, m, 2),
  [8] = ONE (Q8_0, d, 2),
  [9] = TWO (Q8_1, d, 2, s, 2),
  [10] = TWO (Q2_K, d, 2, dmin, 2),
  [11] = ONE (Q3_K, d, 2),
  [12] = TWO (Q4_K, d, 2, dmin, 2),
  [13] = TWO (Q5_K, d, 2, dmin, 2),
  [14] = ONE (Q6_K, d, 2),
  [15] = TWO (Q8_K, d, 4, bsums, 2),
  [16] = TWO (IQ2_XXS, d, 2, qs, 2),
  [17] = TWO (IQ2_XS, d, 2, qs, 2),
  [18] = ONE (IQ3_XXS, d, 2),
  [19] = TWO (IQ1_S, d, 2, qh, 2),
  [20] = ONE (IQ4_NL, d, 2),
  [21] = ONE (IQ3_S, d, 2),
  [22] = ONE (IQ2_S, d, 2),
  [23] = TWO (IQ4_XS, d, 2, scales_h, 2),
  [24] = { 1, { { 0, 0, 0 } } },
  [25] = WHOLE (2),
  [26] = WHOLE (4),
  [27] = WHOLE (8),
  [28] = WHOLE (8),
  /* Declared as bytes, but never used other than as four words of 16 bits. */
  [29] = ONE (IQ1_M, scales, 2),
  [30] = WHOLE (2),
  [34] = ONE (TQ1_0, d, 2),
  [35] = ONE (TQ2_0, d, 2),
  [36] = BYTES (I2_S),
  [39] = BYTES (MXFP4),
  [40] = BYTES (NVFP4),
  [41] = ONE (Q1_0, d, 2),
  [42] = ONE (Q2_0, d, 2),
};

static guint64
load_u64 (const guint8 *from)
{
  guint64 value;

  memcpy (&value, from, sizeof value);
  return value;
}

/* Eight bytes at once, whichever numbers are in them: plain halves and floats are most of what a big-endian file has. */
static inline guint64
swap_word (guint width, guint64 word)
{
  const guint64 odd = G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  guint64 turned;

  if (width == 2)
    return (word & odd) << 8 | (word >> 8 & odd);
  turned = GUINT64_SWAP_LE_BE (word);
  return width == 8 ? turned : turned << 32 | turned >> 32;
}

static inline __attribute__ ((always_inline)) void
swap_words (guint width, const guint8 *from, guint8 *to, gsize bytes)
{
  gsize i = 0;

  for (; i + 8 <= bytes; i += 8)
    {
      guint64 word = swap_word (width, load_u64 (from + i));

      memcpy (to + i, &word, sizeof word);
    }
  for (; i < bytes; i += width)
    {
      guint8 number[8];

      memcpy (number, from + i, width);
      for (guint b = 0; b < width; b++)
        to[i + b] = number[width - 1 - b];
    }
}

/* The width is a constant in each of the loops. */
static void
swap_numbers (guint width, const guint8 *from, guint8 *to, gsize n)
{
  if (width == 2)
    swap_words (2, from, to, n * 2);
  else if (width == 4)
    swap_words (4, from, to, n * 4);
  else if (width == 8)
    swap_words (8, from, to, n * 8);
}

static const Layout *
find_layout (guint32 type)
{
  return type < G_N_ELEMENTS (layouts) && layouts[type].bytes != 0 ? &layouts[type] : NULL;
}

/**
 * paddock_quant_swap_is_known:
 * @type: the id of a type in ggml's dialect, or 36 for BitNet's I2_S
 *
 * Returns: whether paddock_quant_swap_blocks() can do it
 */
gboolean
paddock_quant_swap_is_known (guint32 type)
{
  return find_layout (type) != NULL;
}

/**
 * paddock_quant_swap_blocks:
 * @type: the id of a type, as above
 * @from: whole blocks, at any address
 * @to: (out caller-allocates): room for as many; may be @from
 * @n_blocks: how many blocks, or numbers of a type without blocks
 *
 * Turns blocks from one byte order into the other, as big-endian files have them: each field of a block has its own bytes
 * turned round, and the fields stay in their places.
 *
 * Returns: whether the type is known
 */
gboolean
paddock_quant_swap_blocks (guint32 type, const guint8 *from, guint8 *to, gsize n_blocks)
{
  const Layout *layout = find_layout (type);

  if (layout == NULL)
    return FALSE;
  if (layout->fields[0].width == layout->bytes)
    {
      swap_numbers (layout->bytes, from, to, n_blocks);
      return TRUE;
    }
  if (from != to && n_blocks > 0)
    memcpy (to, from, n_blocks * layout->bytes);
  for (guint f = 0; f < MAX_FIELDS && layout->fields[f].count > 0; f++)
    for (gsize i = 0; i < n_blocks; i++)
      {
        guint8 *field = to + i * layout->bytes + layout->fields[f].offset;

        swap_numbers (layout->fields[f].width, field, field, layout->fields[f].count);
      }
  return TRUE;
}
