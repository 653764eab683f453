/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far the answers of a model move from those of its 16-bit weights; by the published divergence alone. */
typedef enum
{
  PADDOCK_QUANT_GRADE_UNKNOWN,       /* nothing is published */
  PADDOCK_QUANT_GRADE_POOR,
  PADDOCK_QUANT_GRADE_WEAK,
  PADDOCK_QUANT_GRADE_FAIR,
  PADDOCK_QUANT_GRADE_GOOD,
  PADDOCK_QUANT_GRADE_VERY_GOOD,
  PADDOCK_QUANT_GRADE_LOSSLESS,      /* the loss is within what rounding does */
  PADDOCK_QUANT_GRADE_ORIGINAL
} PaddockQuantGrade;

typedef enum
{
  PADDOCK_QUANT_SPEED_ORDINARY,
  PADDOCK_QUANT_SPEED_SIMPLE,        /* little arithmetic for each weight: quick on any processor */
  PADDOCK_QUANT_SPEED_TABLES         /* weights are looked up in tables: slow on processors, less so on graphics cards */
} PaddockQuantSpeed;

typedef enum
{
  PADDOCK_QUANT_IMATRIX_UNUSED,
  PADDOCK_QUANT_IMATRIX_HELPS,
  PADDOCK_QUANT_IMATRIX_NEEDED
} PaddockQuantImatrix;

typedef enum
{
  PADDOCK_QUANT_USE_SOURCE,          /* to make the others from */
  PADDOCK_QUANT_USE_NO_COMPROMISE,
  PADDOCK_QUANT_USE_QUALITY,
  PADDOCK_QUANT_USE_EVERYDAY,
  PADDOCK_QUANT_USE_TIGHT,           /* a little smaller than the everyday one */
  PADDOCK_QUANT_USE_LARGE_MODEL,     /* for a large model that would not fit otherwise */
  PADDOCK_QUANT_USE_LAST_RESORT,
  PADDOCK_QUANT_USE_LEGACY,          /* what came after it is better at the same size */
  PADDOCK_QUANT_USE_TRAINED          /* only for models that were trained for it */
} PaddockQuantUse;

/**
 * PaddockQuantTradeoff:
 *
 * What one of llama.cpp's file types costs and gives. Static data. A file of a type is a mixture of tensor types, so its
 * bits are those of a typical file and not those of the type that gave it the name.
 */
typedef struct
{
  const char *name;                  /* "Q4_K_M" */
  guint32 bits;                      /* per weight, in ten-thousandths */
  gboolean nominal;                  /* the bits are those of the main tensor type: no typical file is published */
  gboolean advised;                  /* worth choosing for an ordinary model */
  double perplexity;                 /* increase over 16 bits, as published; NAN if nothing is */
  double divergence;                 /* Kullback-Leibler, from 16 bits; NAN if nothing is published */
  gboolean with_imatrix;             /* the two figures are of a file made with an importance matrix */
  PaddockQuantImatrix imatrix;
  PaddockQuantSpeed speed;
  PaddockQuantUse use;
} PaddockQuantTradeoff;

/* The best first; those without a published quality at the end. */
extern const PaddockQuantTradeoff paddock_quant_tradeoffs[];
extern const gsize paddock_quant_tradeoffs_count;

const PaddockQuantTradeoff *paddock_quant_tradeoff_lookup               (const char *name);
PaddockQuantGrade           paddock_quant_tradeoff_get_grade            (const PaddockQuantTradeoff *self);
/* The increase as a part of the perplexity at 16 bits: 0.028 for 2.8 %; NAN if unknown. */
double                      paddock_quant_tradeoff_get_relative_loss    (const PaddockQuantTradeoff *self);
/* Bytes of so many weights, rounded up; G_MAXUINT64 if there are more than that. */
guint64                     paddock_quant_tradeoff_estimate_size        (const PaddockQuantTradeoff *self,
                                                                         guint64                     weights);

G_END_DECLS
