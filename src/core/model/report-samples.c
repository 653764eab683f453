/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report-check.h"

#include "model/weight-name.h"
#include "quant/quant-validate.h"

/*
 * A few numbers of the tensors, to notice holes and damage without reading gigabytes: all of a small file; of a large
 * one the first and last blocks of some tensors.
 */
#define WHOLE_FILE_BYTES (1u << 20)
#define PIECE_BYTES 4096u
#define MAX_TENSORS_SAMPLED 64u

typedef struct
{
  PaddockReportCheck *check;
  const PaddockGgufTensor *tensor;
  const PaddockQuantType *type;
  gboolean swapped;                  /* the file is of the other byte order than usual */
} Sample;

static void
report_bad (const Sample *self, guint64 offset)
{
  gsize length;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (self->check->file, self->tensor, &length);

  paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_BAD_NUMBER, (gint64) offset, name, (gssize) length,
                                     "%s, NaN/∞", self->type->name);
}

/* FALSE when there is nothing more to learn from this tensor. */
static gboolean
sample_piece (const Sample *self, guint64 from, gsize length)
{
  guint8 buffer[PIECE_BYTES];
  guint64 place = paddock_gguf_file_get_data_offset (self->check->file) + self->tensor->offset + from;
  PaddockQuantScan scan = PADDOCK_QUANT_SCAN_INIT;

  length -= length % self->type->bytes;
  if (!paddock_gguf_source_read (paddock_gguf_file_get_source (self->check->file), place, buffer, length,
                                 self->check->cancellable, NULL))
    return FALSE;
  paddock_quant_validate_scan (self->type, self->swapped, buffer, length / self->type->bytes, &scan);
  if (scan.first_bad == G_MAXUINT64)
    return TRUE;
  report_bad (self, place + scan.first_bad * self->type->bytes);
  return FALSE;
}

static void
sample_tensor (const Sample *self, gboolean whole)
{
  guint64 bytes = self->tensor->bytes;
  gsize piece = PIECE_BYTES - PIECE_BYTES % self->type->bytes;

  for (guint64 at = 0; at < bytes && (whole || at == 0); at += piece)
    if (!sample_piece (self, at, (gsize) MIN (bytes - at, piece)))
      return;
  if (!whole && bytes > piece)
    sample_piece (self, bytes - piece, piece);
}

/* Plain numbers are judged in weights. */
static gboolean
is_weight (PaddockReportCheck *check, const PaddockGgufTensor *tensor)
{
  gsize length;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (check->file, tensor, &length);

  return paddock_weight_name_is_known (name, length);
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
      Sample sample = { check, tensor, type,
                        paddock_gguf_file_get_byte_order (check->file) == PADDOCK_GGUF_BIG_ENDIAN };

      if (g_cancellable_is_cancelled (check->cancellable))
        return;
      if (!paddock_quant_validate_can_scan (type) || tensor->bytes == 0)
        continue;
      if (!type->quantized && !is_weight (check, tensor))
        continue;
      sample_tensor (&sample, whole);
    }
}
