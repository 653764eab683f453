/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/report-check.h"

/* Every number that a fork ever gave to a type lies far below; what lies above is no number of a type at all. */
#define LARGEST_TYPE 4095
/* No model has as many layers; llama.cpp takes 512. */
#define LARGEST_BLOCK 4095

#define TYPE_Q8_1 9
#define TYPE_Q8_K 15
#define TYPE_I8 24
#define TYPE_F64 28

typedef struct
{
  PaddockReportCheck *check;
  const PaddockGgufTensor *tensor;
  const char *name;
  gsize length;
  guint64 n_blocks;                  /* block_count, G_MAXUINT64 if unknown */
} TensorCheck;

static void
report_type (TensorCheck *self, PaddockFindingText text, const char *type_name)
{
  if (type_name != NULL)
    paddock_report_findings_add_value (self->check->findings, text, (gint64) self->tensor->info_offset, self->name,
                                       (gssize) self->length, "%s (%u)", type_name, self->tensor->type);
  else
    paddock_report_findings_add_value (self->check->findings, text, (gint64) self->tensor->info_offset, self->name,
                                       (gssize) self->length, "%d", (gint32) self->tensor->type);
}

/* Whether the name is that of a weight that everything is multiplied with. */
static gboolean
is_weight_matrix (TensorCheck *self)
{
  g_autofree char *name = g_strndup (self->name, MIN (self->length, 128));

  if (self->tensor->n_dimensions < 2 || !g_str_has_suffix (name, ".weight") || strstr (name, "tid2eid") != NULL)
    return FALSE;
  return g_str_equal (name, "token_embd.weight") || g_str_equal (name, "output.weight") || g_str_has_prefix (name, "blk.");
}

static void
check_type (TensorCheck *self)
{
  const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (self->check->file, self->tensor);
  guint32 id = self->tensor->type;

  if (id > LARGEST_TYPE)
    report_type (self, PADDOCK_SAYS_IMPOSSIBLE_TYPE, NULL);
  else if (type == NULL)
    report_type (self, PADDOCK_SAYS_UNKNOWN_TYPE, NULL);
  else if (type->status == PADDOCK_QUANT_REMOVED)
    report_type (self, PADDOCK_SAYS_REMOVED_TYPE, type->name);
  else if (type->status == PADDOCK_QUANT_FORK)
    report_type (self, PADDOCK_SAYS_FORK_TYPE, type->name);
  else if ((id == TYPE_Q8_1 || id == TYPE_Q8_K || (id >= TYPE_I8 && id <= TYPE_F64)) && is_weight_matrix (self))
    report_type (self, PADDOCK_SAYS_WEIGHT_TYPE, type->name);
}

static void
check_dimensions (TensorCheck *self)
{
  for (guint i = 0; i < self->tensor->n_dimensions; i++)
    if (self->tensor->dimensions[i] == 0)
      {
        paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_EMPTY_TENSOR,
                                           (gint64) self->tensor->info_offset, self->name, (gssize) self->length,
                                           "%" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT
                                           " × %" G_GUINT64_FORMAT,
                                           self->tensor->dimensions[0], self->tensor->dimensions[1],
                                           self->tensor->dimensions[2], self->tensor->dimensions[3]);
        break;
      }
  if (self->tensor->n_dimensions == 0)
    paddock_report_findings_add (self->check->findings, PADDOCK_SAYS_SCALAR_TENSOR, (gint64) self->tensor->info_offset,
                                 self->name, (gssize) self->length);
}

/* "blk.12.attn_q.weight": 12 is a plain number below the number of layers. */
static void
check_block_number (TensorCheck *self)
{
  const char *digits = self->name + strlen ("blk.");
  gsize length = self->length - MIN (self->length, strlen ("blk."));
  guint64 number = 0;
  gsize n_digits = 0;

  if (self->length < strlen ("blk.") || memcmp (self->name, "blk.", strlen ("blk.")) != 0)
    return;
  while (n_digits < MIN (length, 10) && g_ascii_isdigit (digits[n_digits]))
    number = number * 10 + (guint64) (digits[n_digits++] - '0');
  if (n_digits > 0 && n_digits < length && digits[n_digits] == '.' && (digits[0] != '0' || n_digits == 1)
      && number <= LARGEST_BLOCK && number < self->n_blocks)
    return;
  if (self->n_blocks != G_MAXUINT64)
    paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_BLOCK_NUMBER, (gint64) self->tensor->name_offset,
                                       self->name, (gssize) self->length, "≥ %" G_GUINT64_FORMAT, self->n_blocks);
  else
    paddock_report_findings_add_value (self->check->findings, PADDOCK_SAYS_BLOCK_NUMBER, (gint64) self->tensor->name_offset,
                                       self->name, (gssize) self->length, "%.*s", (int) MIN (length, 20), digits);
}

void
paddock_report_check_tensors (PaddockReportCheck *check)
{
  TensorCheck self = { .check = check, .n_blocks = G_MAXUINT64 };
  guint count = paddock_gguf_file_get_n_tensors (check->file);

  /* Adapters are for the layers of another model; shards after the first do not tell how many there are. */
  if (!paddock_report_check_is_model (check) || !paddock_report_check_get_uint (check, "block_count", &self.n_blocks)
      || self.n_blocks == 0)
    self.n_blocks = G_MAXUINT64;
  for (guint i = 0; i < count; i++)
    {
      if (i % 1024 == 0 && g_cancellable_is_cancelled (check->cancellable))
        return;
      self.tensor = paddock_gguf_file_get_tensor (check->file, i);
      self.name = paddock_gguf_file_get_tensor_name_bytes (check->file, self.tensor, &self.length);
      check_type (&self);
      check_dimensions (&self);
      check_block_number (&self);
    }
}
