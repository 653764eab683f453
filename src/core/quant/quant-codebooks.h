/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The tables of values that some types index. A grid's entry holds its values in order of address: value i is byte i on
 * a little-endian machine. Aligned to 64 bytes, for wide loads.
 */
extern const guint64 paddock_codebook_iq2_xxs[256];
extern const guint64 paddock_codebook_iq2_xs[512];
extern const guint64 paddock_codebook_iq2_s[1024];
extern const guint32 paddock_codebook_iq3_xxs[256];
extern const guint32 paddock_codebook_iq3_s[512];
extern const guint64 paddock_codebook_iq1[2048];        /* of IQ1_S and IQ1_M: signed bytes -1, 0, 1 */

/* Seven stored signs and the eighth that makes their number even: bit i is set where value i is negative. */
extern const guint8 paddock_codebook_signs[128];

extern const gint8 paddock_codebook_iq4_nl[16];         /* of IQ4_NL and IQ4_XS */
extern const gint8 paddock_codebook_fp4[16];            /* of MXFP4 and NVFP4: twice the value of an E2M1 number */

G_END_DECLS
