/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/grid-codes.h"

#include "quant/quant-codebooks.h"

#define DELTA 0.125f
#define SUBTRACTS_DELTA 4

static const guint8 iq2_levels[] = { 8, 25, 43 };
static const guint8 iq3_xxs_levels[] = { 4, 12, 20, 28, 36, 44, 52, 62 };
static const guint8 iq3_s_levels[] = { 1, 3, 5, 7, 9, 11, 13, 15 };

static guint32
find_level (guint8 value, const guint8 *levels, guint n_levels)
{
  guint i = 0;

  while (i < n_levels - 1 && levels[i] != value)
    i++;
  return i;
}

/* The levels of the @n_values lowest bytes of @entry, each in @width bits. */
static guint32
encode (guint64 entry, guint n_values, guint width, const guint8 *levels, guint n_levels)
{
  guint32 code = 0;

  for (guint i = 0; i < n_values; i++)
    code |= find_level ((guint8) (entry >> (8 * i)), levels, n_levels) << (width * i);
  return code;
}

static void
encode_iq2 (const guint64 *grid, gsize n, guint32 *codes)
{
  for (gsize i = 0; i < n; i++)
    codes[i] = encode (grid[i], 8, 3, iq2_levels, G_N_ELEMENTS (iq2_levels));
}

static void
encode_iq3 (const guint32 *grid, gsize n, const guint8 *levels, guint32 *codes)
{
  for (gsize i = 0; i < n; i++)
    codes[i] = encode (grid[i], 4, 4, levels, 8) * 0x10001u;
}

static void
encode_iq1 (PaddockGridCodes *codes)
{
  for (gsize i = 0; i < 2048; i++)
    for (guint j = 0; j < 8; j++)
      {
        guint32 level = (guint8) ((paddock_codebook_iq1[i] >> (8 * j)) + 1);

        codes->iq1[i] |= level << (3 * j);
        codes->iq1[i + 2048] |= (level | SUBTRACTS_DELTA) << (3 * j);
      }
}

static void
fill_levels (PaddockGridCodes *codes)
{
  for (guint i = 0; i < 16; i++)
    {
      float delta = (i & SUBTRACTS_DELTA) != 0 ? -DELTA : DELTA;

      codes->iq2_levels[i] = (i & 3) < G_N_ELEMENTS (iq2_levels) ? iq2_levels[i & 3] : 0;
      codes->iq3_xxs_levels[i] = iq3_xxs_levels[i & 7];
      codes->iq3_s_levels[i] = iq3_s_levels[i & 7];
      codes->iq1_levels[i] = (float) (i & 3) - 1.0f + delta;
    }
}

static void
fill (PaddockGridCodes *codes)
{
  encode_iq2 (paddock_codebook_iq2_xxs, G_N_ELEMENTS (codes->iq2_xxs), codes->iq2_xxs);
  encode_iq2 (paddock_codebook_iq2_xs, G_N_ELEMENTS (codes->iq2_xs), codes->iq2_xs);
  encode_iq2 (paddock_codebook_iq2_s, G_N_ELEMENTS (codes->iq2_s), codes->iq2_s);
  encode_iq3 (paddock_codebook_iq3_xxs, G_N_ELEMENTS (codes->iq3_xxs), iq3_xxs_levels, codes->iq3_xxs);
  encode_iq3 (paddock_codebook_iq3_s, G_N_ELEMENTS (codes->iq3_s), iq3_s_levels, codes->iq3_s);
  encode_iq1 (codes);
  fill_levels (codes);
}

/**
 * paddock_grid_codes_get:
 *
 * Returns: the codebooks in the kernels' shape, made when first asked for
 */
const PaddockGridCodes *
paddock_grid_codes_get (void)
{
  static PaddockGridCodes codes __attribute__ ((aligned (64)));
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      fill (&codes);
      g_once_init_leave (&ready, 1);
    }
  return &codes;
}
