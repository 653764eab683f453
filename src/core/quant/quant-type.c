/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-type.h"

#include "quant/quant-table.h"

#define FILE_TYPE_GUESSED 1024   /* a bit that libllama adds when it had to guess */
#define BITNET_FILE_TYPE 40

/* What BitNet's row-less types have behind their numbers: a scale and padding. */
#define BITNET_TAIL 32
/* TL2 keeps the last 256 columns as pairs of weights and the others as triples. */
#define TL2_PAIR_COLUMNS 256

static const PaddockQuantType *
lookup_bitnet (guint32 id, PaddockQuantDialect dialect)
{
  const PaddockQuantType *tl2 = dialect == PADDOCK_QUANT_DIALECT_BITNET_OLD ? &paddock_quant_table_bitnet_tl2_old
                                                                            : &paddock_quant_table_bitnet_tl2_new;

  if (id == tl2->id)
    return tl2;
  for (gsize i = 0; i < paddock_quant_table_n_bitnet_types; i++)
    {
      if (paddock_quant_table_bitnet_types[i].id == id)
        return &paddock_quant_table_bitnet_types[i];
    }
  return NULL;
}

/**
 * paddock_quant_type_lookup:
 * @id: the number that stands in a file
 * @dialect: who wrote the file
 *
 * Returns: (transfer none) (nullable): the type, or %NULL if nobody uses that number
 */
const PaddockQuantType *
paddock_quant_type_lookup (guint32 id, PaddockQuantDialect dialect)
{
  gsize low = 0, high = paddock_quant_table_n_types;

  if (dialect != PADDOCK_QUANT_DIALECT_GGML)
    {
      const PaddockQuantType *type = lookup_bitnet (id, dialect);

      if (type != NULL)
        return type;
    }
  if (id < high && paddock_quant_table_types[id].id == id)
    return &paddock_quant_table_types[id];
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      const PaddockQuantType *type = &paddock_quant_table_types[middle];

      if (type->id == id)
        return type;
      if (type->id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/**
 * paddock_quant_type_lookup_by_name:
 * @name: what a person wrote, in any case: "q4_K"
 *
 * Returns: (transfer none) (nullable): the type, or %NULL if there is none of that name
 */
const PaddockQuantType *
paddock_quant_type_lookup_by_name (const char *name)
{
  for (gsize i = 0; i < paddock_quant_table_n_types; i++)
    {
      if (g_ascii_strcasecmp (paddock_quant_table_types[i].name, name) == 0)
        return &paddock_quant_table_types[i];
    }
  for (gsize i = 0; i < paddock_quant_table_n_bitnet_types; i++)
    {
      if (g_ascii_strcasecmp (paddock_quant_table_bitnet_types[i].name, name) == 0)
        return &paddock_quant_table_bitnet_types[i];
    }
  if (g_ascii_strcasecmp (paddock_quant_table_bitnet_tl2_old.name, name) == 0)
    return &paddock_quant_table_bitnet_tl2_old;
  return NULL;
}

/**
 * paddock_quant_file_type_lookup:
 * @id: the value of general.file_type
 * @dialect: who wrote the file
 *
 * Returns: (transfer none) (nullable): what it claims, or %NULL if nobody uses that number
 */
const PaddockQuantFileType *
paddock_quant_file_type_lookup (guint32 id, PaddockQuantDialect dialect)
{
  guint32 plain = id & ~(guint32) FILE_TYPE_GUESSED;

  if (plain == BITNET_FILE_TYPE && dialect != PADDOCK_QUANT_DIALECT_GGML)
    return &paddock_quant_table_bitnet_file_type;
  for (gsize i = 0; i < paddock_quant_table_n_file_types; i++)
    {
      if (paddock_quant_table_file_types[i].id == plain)
        return &paddock_quant_table_file_types[i];
    }
  return NULL;
}

/**
 * paddock_quant_type_get_bits:
 * @self: a type
 *
 * Returns: the bits that a weight takes, 0 if that is unknown
 */
double
paddock_quant_type_get_bits (const PaddockQuantType *self)
{
  switch ((PaddockQuantSizeRule) self->size_rule)
    {
    case PADDOCK_QUANT_SIZE_BLOCKS:
      return self->bytes * 8.0 / self->block;
    case PADDOCK_QUANT_SIZE_PACKED_2BIT:
      return 2.0;
    case PADDOCK_QUANT_SIZE_TL2:
      return 5.0 / 3.0;
    case PADDOCK_QUANT_SIZE_UNKNOWN:
    default:
      return 0.0;
    }
}

static gboolean
compute_blocks (const PaddockQuantType *self, const guint64 dimensions[4], guint64 *bytes)
{
  guint64 rows, row;

  if (self->block == 0 || dimensions[0] % self->block != 0)
    return FALSE;
  return !__builtin_mul_overflow (dimensions[0] / self->block, (guint64) self->bytes, &row) &&
         !__builtin_add_overflow (row, (guint64) self->row_bytes, &row) &&
         !__builtin_mul_overflow (dimensions[1], dimensions[2], &rows) &&
         !__builtin_mul_overflow (rows, dimensions[3], &rows) && !__builtin_mul_overflow (row, rows, bytes);
}

static gboolean
compute_packed (const guint64 dimensions[4], guint64 *bytes)
{
  guint64 weights;

  if (__builtin_mul_overflow (dimensions[0], dimensions[1], &weights) ||
      __builtin_mul_overflow (weights, dimensions[2], &weights) ||
      __builtin_mul_overflow (weights, dimensions[3], &weights))
    return FALSE;
  *bytes = weights / 4 + BITNET_TAIL;
  return TRUE;
}

/* The order of the divisions is the fork's: it rounds after each. */
static gboolean
compute_tl2 (const guint64 dimensions[4], guint64 *bytes)
{
  guint64 triples, pairs, size;

  if (dimensions[0] < TL2_PAIR_COLUMNS || dimensions[2] != 1 || dimensions[3] != 1)
    return FALSE;
  if (__builtin_mul_overflow (dimensions[0] - TL2_PAIR_COLUMNS, dimensions[1], &triples) ||
      __builtin_mul_overflow (triples / 3, (guint64) 5, &triples) ||
      __builtin_mul_overflow ((guint64) TL2_PAIR_COLUMNS, dimensions[1], &pairs) ||
      __builtin_mul_overflow (pairs / 2, (guint64) 4, &pairs) ||
      __builtin_add_overflow (triples / 8, pairs / 8, &size) ||
      __builtin_add_overflow (size, (guint64) (BITNET_TAIL - 1), &size))
    return FALSE;
  *bytes = size / BITNET_TAIL * BITNET_TAIL;
  return !__builtin_add_overflow (*bytes, (guint64) BITNET_TAIL, bytes);
}

/**
 * paddock_quant_type_compute_size:
 * @self: a type
 * @dimensions: of a tensor, fastest first, 1 beyond the last
 * @bytes: (out): what the tensor takes, without padding
 *
 * Returns: %FALSE when a row is not whole blocks, nobody knows the rule, or the size overflows
 */
gboolean
paddock_quant_type_compute_size (const PaddockQuantType *self, const guint64 dimensions[4], guint64 *bytes)
{
  switch ((PaddockQuantSizeRule) self->size_rule)
    {
    case PADDOCK_QUANT_SIZE_BLOCKS:
      return compute_blocks (self, dimensions, bytes);
    case PADDOCK_QUANT_SIZE_PACKED_2BIT:
      return compute_packed (dimensions, bytes);
    case PADDOCK_QUANT_SIZE_TL2:
      return compute_tl2 (dimensions, bytes);
    case PADDOCK_QUANT_SIZE_UNKNOWN:
    default:
      return FALSE;
    }
}
