/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "loading/loading-caution.h"
#include "loading/loading-plan.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_ROW_DECODER_ORDERED,       /* each number in its place */
  PADDOCK_ROW_DECODER_ANY_ORDER      /* the numbers, whichever is which: enough to count them */
} PaddockRowDecoderPurpose;

/**
 * PaddockRowDecoder:
 *
 * Turns the stored bytes of one tensor into numbers: it knows their type, their byte order and what stands behind them.
 * Immutable: many threads may use it at once.
 */
typedef struct _PaddockRowDecoder PaddockRowDecoder;

/* A decoder works through tiles of at most so many numbers. */
#define PADDOCK_ROW_DECODER_TILE 16384u

PaddockRowDecoder *paddock_row_decoder_new  (const PaddockLoadingItem *item, PaddockRowDecoderPurpose purpose, GError **error);
void               paddock_row_decoder_free (PaddockRowDecoder *self);

guint       paddock_row_decoder_get_unit_bytes  (PaddockRowDecoder *self);   /* of the smallest piece */
guint       paddock_row_decoder_get_unit_values (PaddockRowDecoder *self);   /* numbers in it */
guint       paddock_row_decoder_get_best_values (PaddockRowDecoder *self);   /* to be decoded at once */
/* What has to be known about the numbers. */
PaddockLoadingCaution paddock_row_decoder_get_caution (PaddockRowDecoder *self);

float                 paddock_row_decoder_get_scale   (PaddockRowDecoder *self);

/* past_cache: the numbers are many and not looked at again; out should be aligned for that. */
void paddock_row_decoder_decode (PaddockRowDecoder *self, const guint8 *bytes, gsize n_units, float *out, gboolean past_cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRowDecoder, paddock_row_decoder_free)

G_END_DECLS
