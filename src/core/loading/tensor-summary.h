/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockTensorSummary:
 *
 * What many numbers come to. It is made of parts; the same parts in the same order give the same bits, whoever made
 * them. To begin with, PADDOCK_TENSOR_SUMMARY_INIT.
 */
typedef struct
{
  guint64 count;                     /* all numbers */
  guint64 nan;
  guint64 positive_infinity;
  guint64 negative_infinity;
  guint64 zeros;
  double minimum;                    /* of those that are finite, as is all below; NAN if there is none */
  double maximum;
  double mean;
  double squares;                    /* the sum of the squared distances from the mean */
} PaddockTensorSummary;

#define PADDOCK_TENSOR_SUMMARY_INIT { 0, 0, 0, 0, 0, __builtin_nan (""), __builtin_nan (""), __builtin_nan (""), 0 }

void paddock_tensor_summary_add   (PaddockTensorSummary *self, const float *values, gsize n_values);
void paddock_tensor_summary_merge (PaddockTensorSummary *self, const PaddockTensorSummary *part);

guint64 paddock_tensor_summary_get_n_finite   (const PaddockTensorSummary *self);
double  paddock_tensor_summary_get_deviation  (const PaddockTensorSummary *self);   /* of the population; NAN: no number */
double  paddock_tensor_summary_get_zero_share (const PaddockTensorSummary *self);   /* 0 to 1; NAN: no number */

/* Counts finite numbers by equal parts of [minimum, maximum]; where both are one, all fall into the first. */
void paddock_tensor_summary_count_bins (const PaddockTensorSummary *self, const float *values, gsize n_values, guint64 *bins,
                                        guint n_bins);

G_END_DECLS
