/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/report-check.h"

/*
 * A few numbers of the tensors, to notice holes and damage without reading gigabytes: all of a small file; of a large
 * one the first and last blocks of some tensors. Only fields that would spoil the result are looked at: scales, and
 * values that stand for themselves.
 */
#define WHOLE_FILE_BYTES (1u << 20)
#define PIECE_BYTES 4096u
#define MAX_TENSORS_SAMPLED 64u

typedef enum { FIELD_F16, FIELD_BF16, FIELD_F32, FIELD_F64, FIELD_E8M0, FIELD_IQ1_M } FieldKind;

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
  { 14, FIELD_F16, 1, { 208 } },    { 15, FIELD_F32, 1, { 0 } },      { 16, FIELD_F16, 1, { 0 } },
  { 17, FIELD_F16, 1, { 0 } },      { 18, FIELD_F16, 1, { 0 } },      { 19, FIELD_F16, 1, { 0 } },
  { 20, FIELD_F16, 1, { 0 } },      { 21, FIELD_F16, 1, { 0 } },      { 22, FIELD_F16, 1, { 0 } },
  { 23, FIELD_F16, 1, { 0 } },      { 28, FIELD_F64, 1, { 0 } },      { 29, FIELD_IQ1_M, 1, { 48 } },
  { 30, FIELD_BF16, 1, { 0 } },     { 34, FIELD_F16, 1, { 52 } },     { 35, FIELD_F16, 1, { 64 } },
  { 39, FIELD_E8M0, 1, { 0 } },     { 41, FIELD_F16, 1, { 0 } },      { 42, FIELD_F16, 1, { 0 } },
};

typedef struct
{
  PaddockReportCheck *check;
  const PaddockGgufTensor *tensor;
  const ScaleFields *fields;
  gsize block_bytes;
  gboolean swapped;                  /* the file is of the other byte order than usual */
} Sample;

static guint64
load (const Sample *self, const guint8 *bytes, gsize size)
{
  guint64 value = 0;

  for (gsize i = 0; i < size; i++)
    value |= (guint64) bytes[self->swapped ? size - 1 - i : i] << (8 * i);
  return value;
}

/* All exponent bits set: infinite or not a number. */
static gboolean
is_bad_f16 (guint64 bits)
{
  return (bits & 0x7c00) == 0x7c00;
}

static gboolean
is_bad_f64 (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  /* Engines compute with 32 bits, where anything larger is infinite. */
  return !isfinite (value) || fabs (value) > (double) G_MAXFLOAT;
}

static gboolean
is_bad_iq1_m (const Sample *self, const guint8 *scales)
{
  guint64 bits = 0;

  for (guint i = 0; i < 4; i++)
    bits |= (load (self, scales + 2 * i, 2) >> 12) << (4 * i);
  return is_bad_f16 (bits);
}

static gboolean
is_bad_field (const Sample *self, const guint8 *field)
{
  switch ((FieldKind) self->fields->kind)
    {
    case FIELD_F16:
      return is_bad_f16 (load (self, field, 2));
    case FIELD_BF16:
      return (load (self, field, 2) & 0x7f80) == 0x7f80;
    case FIELD_F32:
      return (load (self, field, 4) & 0x7f800000) == 0x7f800000;
    case FIELD_F64:
      return is_bad_f64 (load (self, field, 8));
    case FIELD_E8M0:
      /* 0xff is not a number, and with 0xfe the larger values are infinite. */
      return *field >= 0xfe;
    case FIELD_IQ1_M:
      return is_bad_iq1_m (self, field);
    default:
      return FALSE;
    }
}

static gboolean
is_bad_block (const Sample *self, const guint8 *block)
{
  for (guint i = 0; i < self->fields->n_offsets; i++)
    if (is_bad_field (self, block + self->fields->offsets[i]))
      return TRUE;
  return FALSE;
}

static void
report_bad (const Sample *self, guint64 offset)
{
  const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (self->check->file, self->tensor);
  gsize length;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (self->check->file, self->tensor, &length);

  paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_BAD_NUMBER, (gint64) offset, name, (gssize) length,
                                     "%s, NaN/∞", type->name);
}

/* FALSE when there is nothing more to learn from this tensor. */
static gboolean
sample_piece (const Sample *self, guint64 from, gsize length)
{
  guint8 buffer[PIECE_BYTES];
  guint64 place = paddock_gguf_file_get_data_offset (self->check->file) + self->tensor->offset + from;

  length -= length % self->block_bytes;
  if (!paddock_gguf_source_read (paddock_gguf_file_get_source (self->check->file), place, buffer, length,
                                 self->check->cancellable, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i += self->block_bytes)
    if (is_bad_block (self, buffer + i))
      {
        report_bad (self, place + i);
        return FALSE;
      }
  return TRUE;
}

static void
sample_tensor (const Sample *self, gboolean whole)
{
  guint64 bytes = self->tensor->bytes;
  gsize piece = PIECE_BYTES - PIECE_BYTES % self->block_bytes;

  for (guint64 at = 0; at < bytes && (whole || at == 0); at += piece)
    if (!sample_piece (self, at, (gsize) MIN (bytes - at, piece)))
      return;
  if (!whole && bytes > piece)
    sample_piece (self, bytes - piece, piece);
}

/* Plain numbers are judged in weights. What a tensor of another name holds, even bits that are no numbers, nobody knows. */
static gboolean
is_weight (PaddockReportCheck *check, const PaddockGgufTensor *tensor)
{
  gsize length;
  const char *bytes = paddock_gguf_file_get_tensor_name_bytes (check->file, tensor, &length);
  g_autofree char *name = g_strndup (bytes, MIN (length, 128));

  return g_str_has_suffix (name, ".weight") || g_str_has_suffix (name, ".bias") || g_str_has_prefix (name, "blk.");
}

static const ScaleFields *
find_fields (guint32 type)
{
  for (guint i = 0; i < G_N_ELEMENTS (scale_fields); i++)
    if (scale_fields[i].type == type)
      return &scale_fields[i];
  return NULL;
}

void
paddock_report_check_samples (PaddockReportCheck *check)
{
  guint count = paddock_gguf_file_get_n_tensors (check->file);
  guint64 size = paddock_gguf_file_get_size (check->file);
  gboolean whole = size <= WHOLE_FILE_BYTES;
  guint step = whole ? 1 : MAX (count / MAX_TENSORS_SAMPLED, 1);

  for (guint i = 0; i < count; i += step)
    {
      const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (check->file, i);
      const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (check->file, tensor);
      Sample sample = { check, tensor, find_fields (tensor->type), 0,
                        paddock_gguf_file_get_byte_order (check->file) == PADDOCK_GGUF_BIG_ENDIAN };

      if (g_cancellable_is_cancelled (check->cancellable))
        return;
      if (sample.fields == NULL || type == NULL || type->status != PADDOCK_QUANT_LIVE || tensor->bytes == 0)
        continue;
      if (!type->quantized && !is_weight (check, tensor))
        continue;
      sample.block_bytes = type->bytes;
      sample_tensor (&sample, whole);
    }
}
