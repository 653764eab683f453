/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockGridCodes:
 *
 * The codebooks of the grid family in a shape that suits permutations. All grids of a type are made of a few values,
 * their levels. So an entry becomes one number with a few bits for each of its values, which say what level it has. A
 * kernel multiplies the levels with the scale first, and then looks the products up: no number is converted, and none is
 * multiplied twice.
 */
typedef struct
{
  /* Eight values of three bits: a level 0..2. */
  guint32 iq2_xxs[256];
  guint32 iq2_xs[512];
  guint32 iq2_s[1024];
  /* Four values of four bits, and the same again above them: a level 0..7. */
  guint32 iq3_xxs[256];
  guint32 iq3_s[512];
  /* Eight values of three bits: a level 0..2, and 4 more when bit 11 of the index tells to subtract the delta. */
  guint32 iq1[4096];

  /* What the levels stand for, of IQ1 with the delta; twice, for a permutation that looks at four bits. */
  float iq2_levels[16];
  float iq3_xxs_levels[16];
  float iq3_s_levels[16];
  float iq1_levels[16];
} PaddockGridCodes;

const PaddockGridCodes *paddock_grid_codes_get (void);

G_END_DECLS
