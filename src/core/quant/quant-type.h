/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The same number means different types in different forks: which one wrote this file. */
typedef enum
{
  PADDOCK_QUANT_DIALECT_GGML,
  PADDOCK_QUANT_DIALECT_BITNET_OLD,  /* 2024-25, the published models: TL2 is 39 */
  PADDOCK_QUANT_DIALECT_BITNET_NEW   /* the later rebase: TL2 is 42 */
} PaddockQuantDialect;

typedef enum
{
  PADDOCK_QUANT_LIVE,                /* ggml reads and writes it today */
  PADDOCK_QUANT_REMOVED,             /* ggml once had it */
  PADDOCK_QUANT_FORK                 /* only a fork has it */
} PaddockQuantStatus;

typedef enum
{
  PADDOCK_QUANT_SIZE_BLOCKS,         /* rows of whole blocks, each row with row_bytes before it */
  PADDOCK_QUANT_SIZE_PACKED_2BIT,    /* BitNet I2_S and TL1: a quarter byte each, and a scale */
  PADDOCK_QUANT_SIZE_TL2,            /* BitNet TL2 */
  PADDOCK_QUANT_SIZE_UNKNOWN         /* nobody knows any more */
} PaddockQuantSizeRule;

/**
 * PaddockQuantType:
 *
 * One way to store the numbers of a tensor. Static data.
 */
typedef struct
{
  guint32 id;
  const char *name;                  /* as people write it: "Q4_K", "IQ2_XXS", "F16" */
  guint16 block;                     /* numbers in a block */
  guint16 bytes;                     /* bytes of a block */
  guint16 row_bytes;                 /* of a row's own header, in some forks */
  guint8 status;                     /* PaddockQuantStatus */
  guint8 size_rule;                  /* PaddockQuantSizeRule */
  gboolean quantized;                /* neither float nor integer */
  gboolean needs_imatrix;
  const char *fork;                  /* "BitNet", "ik_llama.cpp", or NULL */
} PaddockQuantType;

/**
 * PaddockQuantFileType:
 *
 * What general.file_type claims.
 */
typedef struct
{
  guint32 id;
  const char *name;                  /* "Q4_K_M" */
  guint32 main_type;                 /* the tensor type most weights have; G_MAXUINT32 if none */
  gboolean removed;
} PaddockQuantFileType;

const PaddockQuantType     *paddock_quant_type_lookup         (guint32 id, PaddockQuantDialect dialect);
const PaddockQuantType     *paddock_quant_type_lookup_by_name (const char *name);
const PaddockQuantFileType *paddock_quant_file_type_lookup    (guint32 id, PaddockQuantDialect dialect);
/* per weight, 0 if unknown */
double                      paddock_quant_type_get_bits       (const PaddockQuantType *self);

/* FALSE when the row is not whole blocks, the rule is unknown, or the size overflows. */
gboolean paddock_quant_type_compute_size (const PaddockQuantType *self, const guint64 dimensions[4], guint64 *bytes);

G_END_DECLS
