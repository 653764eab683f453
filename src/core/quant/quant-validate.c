/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-validate.h"

#include <math.h>
#include <string.h>

/*
 * Nearly every block is sound, so a chunk of them is first only asked whether any is not, without a branch: the compiler
 * makes vectors of that. Only in a chunk that is not sound the bad ones are looked for.
 */
#define CHUNK_VALUES 2048
#define CHUNK_BLOCKS 64

typedef enum { FIELD_F16, FIELD_BF16, FIELD_F32, FIELD_F64, FIELD_Q8_K, FIELD_E8M0, FIELD_IQ1_M } FieldKind;

typedef struct
{
  guint32 type;
  guint8 kind;
  guint8 n_offsets;
  guint8 offsets[2];
} ScaleFields;

static const ScaleFields scale_fields[] = {
  { 0, FIELD_F32, 1, { 0 } },       { 1, FIELD_F16, 1, { 0 } },       { 2, FIELD_F16, 1, { 0 } },
  { 3, FIELD_F16, 2, { 0, 2 } },    { 6, FIELD_F16, 1, { 0 } },       { 7, FIELD_F16, 2, { 0, 2 } },
  { 8, FIELD_F16, 1, { 0 } },       { 9, FIELD_F16, 2, { 0, 2 } },    { 10, FIELD_F16, 2, { 80, 82 } },
  { 11, FIELD_F16, 1, { 108 } },    { 12, FIELD_F16, 2, { 0, 2 } },   { 13, FIELD_F16, 2, { 0, 2 } },
  { 14, FIELD_F16, 1, { 208 } },    { 15, FIELD_Q8_K, 1, { 0 } },     { 16, FIELD_F16, 1, { 0 } },
  { 17, FIELD_F16, 1, { 0 } },      { 18, FIELD_F16, 1, { 0 } },      { 19, FIELD_F16, 1, { 0 } },
  { 20, FIELD_F16, 1, { 0 } },      { 21, FIELD_F16, 1, { 0 } },      { 22, FIELD_F16, 1, { 0 } },
  { 23, FIELD_F16, 1, { 0 } },      { 28, FIELD_F64, 1, { 0 } },      { 29, FIELD_IQ1_M, 1, { 48 } },
  { 30, FIELD_BF16, 1, { 0 } },     { 34, FIELD_F16, 1, { 52 } },     { 35, FIELD_F16, 1, { 64 } },
  { 39, FIELD_E8M0, 1, { 0 } },     { 41, FIELD_F16, 1, { 0 } },      { 42, FIELD_F16, 1, { 0 } },
};

typedef enum { SOUND, NOT_A_NUMBER, INFINITE } Judgement;

static const ScaleFields *
find_fields (const PaddockQuantType *type)
{
  /* The forks gave some of these numbers to types of their own. */
  if (type == NULL || type->status != PADDOCK_QUANT_LIVE)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (scale_fields); i++)
    if (scale_fields[i].type == type->id)
      return &scale_fields[i];
  return NULL;
}

static inline guint16
load_u16 (const guint8 *bytes)
{
  guint16 value;

  memcpy (&value, bytes, sizeof value);
  return value;
}

static inline guint32
load_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return value;
}

static guint64
load (const guint8 *bytes, gsize size, gboolean swapped)
{
  guint64 value = 0;

  for (gsize i = 0; i < size; i++)
    value |= (guint64) bytes[swapped ? size - 1 - i : i] << (8 * i);
  return value;
}

/* Numbers of all exponent bits set are infinite, or none at all. */
static Judgement
judge_bits (guint64 bits, guint64 exponent, guint64 mantissa)
{
  if ((bits & exponent) != exponent)
    return SOUND;
  return (bits & mantissa) != 0 ? NOT_A_NUMBER : INFINITE;
}

static Judgement
judge_f64 (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  if (isnan (value))
    return NOT_A_NUMBER;
  /* Engines compute with 32 bits, where anything larger is infinite. */
  return isinf (value) || isinf ((float) value) ? INFINITE : SOUND;
}

/* The scale is wide enough to make infinite numbers of finite ones. */
static Judgement
judge_q8_k (const guint8 *block, gboolean swapped)
{
  guint32 bits = (guint32) load (block, 4, swapped);
  Judgement judgement = judge_bits (bits, 0x7f800000, 0x007fffff);
  float scale;

  if (judgement != SOUND)
    return judgement;
  memcpy (&scale, &bits, sizeof scale);
  for (guint i = 0; i < 256; i++)
    if (isinf (scale * (float) (gint8) block[4 + i]))
      return INFINITE;
  return SOUND;
}

/* The largest numbers are six times the scale, and the scale is a power of two up to 2^127. */
static Judgement
judge_mxfp4 (const guint8 *block)
{
  if (block[0] == 0xff)
    return NOT_A_NUMBER;
  if (block[0] == 0xfe)
    return INFINITE;
  for (guint i = 0; block[0] == 0xfd && i < 16; i++)
    if ((block[1 + i] & 0x07) >= 6 || (block[1 + i] & 0x70) >= 0x60)
      return INFINITE;
  return SOUND;
}

static Judgement
judge_iq1_m (const guint8 *scales, gboolean swapped)
{
  guint64 bits = 0;

  for (guint i = 0; i < 4; i++)
    bits |= (load (scales + 2 * i, 2, swapped) >> 12) << (4 * i);
  return judge_bits (bits, 0x7c00, 0x03ff);
}

static Judgement
judge_field (const ScaleFields *fields, const guint8 *block, guint offset, gboolean swapped)
{
  const guint8 *field = block + offset;

  switch ((FieldKind) fields->kind)
    {
    case FIELD_F16:
      return judge_bits (load (field, 2, swapped), 0x7c00, 0x03ff);
    case FIELD_BF16:
      return judge_bits (load (field, 2, swapped), 0x7f80, 0x007f);
    case FIELD_F32:
      return judge_bits (load (field, 4, swapped), 0x7f800000, 0x007fffff);
    case FIELD_F64:
      return judge_f64 (load (field, 8, swapped));
    case FIELD_Q8_K:
      return judge_q8_k (block, swapped);
    case FIELD_E8M0:
      return judge_mxfp4 (block);
    case FIELD_IQ1_M:
      return judge_iq1_m (field, swapped);
    default:
      return SOUND;
    }
}

static void
locate (const ScaleFields *fields, gboolean swapped, const guint8 *blocks, gsize block_bytes, gsize n_blocks, guint64 before,
        PaddockQuantScan *scan)
{
  for (gsize i = 0; i < n_blocks; i++)
    for (guint f = 0; f < fields->n_offsets; f++)
      {
        Judgement judgement = judge_field (fields, blocks + i * block_bytes, fields->offsets[f], swapped);

        if (judgement == SOUND)
          continue;
        scan->nan += judgement == NOT_A_NUMBER;
        scan->infinity += judgement == INFINITE;
        scan->first_bad = MIN (scan->first_bad, before + i);
      }
}

static gboolean
suspect_u16 (const guint8 *bytes, gsize count, guint16 mask)
{
  guint16 bad = 0;

  if (count == CHUNK_VALUES)
    for (gsize i = 0; i < CHUNK_VALUES; i++)
      bad |= (guint16) ((load_u16 (bytes + 2 * i) & mask) == mask);
  else
    for (gsize i = 0; i < count; i++)
      bad |= (guint16) ((load_u16 (bytes + 2 * i) & mask) == mask);
  return bad != 0;
}

static gboolean
suspect_u32 (const guint8 *bytes, gsize count, guint32 mask)
{
  guint32 bad = 0;

  if (count == CHUNK_VALUES)
    for (gsize i = 0; i < CHUNK_VALUES; i++)
      bad |= (guint32) ((load_u32 (bytes + 4 * i) & mask) == mask);
  else
    for (gsize i = 0; i < count; i++)
      bad |= (guint32) ((load_u32 (bytes + 4 * i) & mask) == mask);
  return bad != 0;
}

static gboolean
suspect_scales (const guint8 *bytes, gsize count, gsize block_bytes, guint16 mask)
{
  guint bad = 0;

  for (gsize i = 0; i < count; i++)
    bad |= (guint) ((load_u16 (bytes + i * block_bytes) & mask) == mask);
  return bad != 0;
}

/* Both fields stand side by side. */
static gboolean
suspect_pairs (const guint8 *bytes, gsize count, gsize block_bytes, guint16 mask)
{
  const guint32 low = mask, high = (guint32) mask << 16;
  guint bad = 0;

  for (gsize i = 0; i < count; i++)
    {
      guint32 pair = load_u32 (bytes + i * block_bytes);

      bad |= (guint) ((pair & low) == low) | (guint) ((pair & high) == high);
    }
  return bad != 0;
}

static gboolean
suspect_exponents (const guint8 *bytes, gsize count, gsize block_bytes)
{
  guint bad = 0;

  for (gsize i = 0; i < count; i++)
    bad |= (guint) (bytes[i * block_bytes] >= 0xfd);
  return bad != 0;
}

/* The widest scales: 2^121 times 127 is finite still. */
static gboolean
suspect_q8_k (const guint8 *bytes, gsize count, gsize block_bytes, gboolean swapped)
{
  guint bad = 0;

  for (gsize i = 0; i < count; i++)
    {
      guint32 bits = load_u32 (bytes + i * block_bytes);

      bad |= (guint) (((swapped ? GUINT32_SWAP_LE_BE (bits) : bits) & 0x7f800000) >= 0x7c000000);
    }
  return bad != 0;
}

/* FALSE: nothing in this chunk is bad. */
static gboolean
suspect (const ScaleFields *fields, gboolean swapped, const guint8 *blocks, gsize block_bytes, gsize count)
{
  const guint8 *field = blocks + fields->offsets[0];
  guint16 half = fields->kind == FIELD_BF16 ? 0x7f80 : 0x7c00;

  half = swapped ? GUINT16_SWAP_LE_BE (half) : half;
  switch ((FieldKind) fields->kind)
    {
    case FIELD_F16:
    case FIELD_BF16:
      if (block_bytes == 2)
        return suspect_u16 (blocks, count, half);
      return fields->n_offsets == 2 ? suspect_pairs (field, count, block_bytes, half)
                                    : suspect_scales (field, count, block_bytes, half);
    case FIELD_F32:
      return suspect_u32 (blocks, count, swapped ? 0x0000807f : 0x7f800000);
    case FIELD_Q8_K:
      return suspect_q8_k (field, count, block_bytes, swapped);
    case FIELD_E8M0:
      return suspect_exponents (field, count, block_bytes);
    case FIELD_F64:
    case FIELD_IQ1_M:
    default:
      return TRUE;
    }
}

/**
 * paddock_quant_validate_can_scan:
 * @type: (nullable): a type
 *
 * Returns: whether the bytes of its blocks can be told sound from unsound
 */
gboolean
paddock_quant_validate_can_scan (const PaddockQuantType *type)
{
  return find_fields (type) != NULL;
}

/**
 * paddock_quant_validate_scan:
 * @type: a type that can be scanned
 * @swapped: whether the numbers in the blocks are big-endian
 * @blocks: the stored bytes, at any address
 * @n_blocks: how many blocks, or numbers of a type without blocks
 * @scan: (inout): what was met before, and now
 */
void
paddock_quant_validate_scan (const PaddockQuantType *type, gboolean swapped, const guint8 *blocks, gsize n_blocks,
                             PaddockQuantScan *scan)
{
  const ScaleFields *fields = find_fields (type);
  gsize chunk;

  g_return_if_fail (fields != NULL);

  /* Masks are compared with the bytes as they lie in memory. */
  if (G_BYTE_ORDER == G_BIG_ENDIAN)
    {
      locate (fields, swapped, blocks, type->bytes, n_blocks, scan->n_blocks, scan);
      scan->n_blocks += n_blocks;
      return;
    }
  chunk = type->block == 1 ? CHUNK_VALUES : CHUNK_BLOCKS;
  for (gsize at = 0; at < n_blocks; at += chunk)
    {
      gsize count = MIN (n_blocks - at, chunk);
      const guint8 *bytes = blocks + at * type->bytes;

      if (suspect (fields, swapped, bytes, type->bytes, count))
        locate (fields, swapped, bytes, type->bytes, count, scan->n_blocks + at, scan);
    }
  scan->n_blocks += n_blocks;
}
