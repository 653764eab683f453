/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-layout.h"

#include <stdlib.h>

/* Padding is shorter than the alignment, which may be huge: more than this of it is not looked at. */
#define MAX_PADDING_READ 4096
/* One stray write makes many pads dirty; a few of them say enough, and no file keeps the disk busy. */
#define MAX_PADS_READ 64
/* A hostile file may have a fault in each of a million tensors. */
#define MAX_KEPT 32

struct _PaddockGgufLayout
{
  GArray *issues;                    /* owned: of PaddockGgufLayoutIssue */
  guint *order;                      /* owned: positions sorted by place */
  guint64 counts[PADDOCK_GGUF_LAYOUT_N_KINDS];
  guint n_tensors;
  guint64 data_end;
};

typedef struct
{
  PaddockGgufLayout *layout;
  PaddockGgufFile *file;
  guint64 alignment;
  guint64 data_offset;
  guint64 size;
  guint pads_read;
} Survey;

static void
add_issue (Survey *survey, PaddockGgufLayoutKind kind, guint tensor, guint other, guint64 offset, guint64 amount)
{
  PaddockGgufLayoutIssue issue = { kind, tensor, other, offset, amount };

  if (survey->layout->counts[kind]++ < MAX_KEPT)
    g_array_append_val (survey->layout->issues, issue);
}

static guint64
add_saturating (guint64 a, guint64 b)
{
  guint64 sum;

  return __builtin_add_overflow (a, b, &sum) ? G_MAXUINT64 : sum;
}

static guint64
align_up (guint64 value, guint64 alignment)
{
  guint64 rest = value % alignment;

  return rest == 0 ? value : add_saturating (value, alignment - rest);
}

/* A zero among the dimensions does not excuse the others: readers multiply in the order in which they stand. */
static gboolean
dimensions_overflow (const PaddockGgufTensor *tensor)
{
  guint64 product = 1;

  for (guint i = 0; i < MIN (tensor->n_dimensions, PADDOCK_GGUF_MAX_DIMENSIONS); i++)
    {
      guint64 dimension = tensor->dimensions[i];

      if (dimension > G_MAXINT64)
        return TRUE;
      if (dimension > 1 && (__builtin_mul_overflow (product, dimension, &product) || product > G_MAXINT64))
        return TRUE;
    }
  return FALSE;
}

/* What a tensor takes. FALSE: nobody knows, or it is not possible. */
static gboolean
get_bytes (const PaddockGgufTensor *tensor, guint64 *bytes)
{
  *bytes = tensor->sized ? tensor->bytes : 0;
  return tensor->sized;
}

static void
survey_size (Survey *survey, guint position)
{
  const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (survey->file, position);
  const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (survey->file, tensor);

  if (dimensions_overflow (tensor))
    add_issue (survey, PADDOCK_GGUF_LAYOUT_OVERFLOW, position, G_MAXUINT, tensor->info_offset, 0);
  else if (type != NULL && type->size_rule == PADDOCK_QUANT_SIZE_BLOCKS && type->block > 1
           && tensor->dimensions[0] % type->block != 0)
    add_issue (survey, PADDOCK_GGUF_LAYOUT_PARTIAL_BLOCK, position, G_MAXUINT, tensor->info_offset, type->block);
  else if (!tensor->sized && type != NULL && type->size_rule == PADDOCK_QUANT_SIZE_BLOCKS)
    add_issue (survey, PADDOCK_GGUF_LAYOUT_OVERFLOW, position, G_MAXUINT, tensor->info_offset, 0);
}

/* Compares with what is left and never adds first: an offset near 2^64 must not come out at the front of the file. */
static void
survey_place (Survey *survey, guint position)
{
  const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (survey->file, position);
  guint64 room = survey->size > survey->data_offset ? survey->size - survey->data_offset : 0;
  guint64 place = add_saturating (survey->data_offset, tensor->offset);
  guint64 bytes;
  guint64 end;

  if (tensor->offset % survey->alignment != 0)
    add_issue (survey, PADDOCK_GGUF_LAYOUT_UNALIGNED, position, G_MAXUINT, place, tensor->offset % survey->alignment);
  get_bytes (tensor, &bytes);
  end = add_saturating (tensor->offset, bytes);
  if (end > room || survey->data_offset > survey->size)
    add_issue (survey, PADDOCK_GGUF_LAYOUT_OUTSIDE, position, G_MAXUINT, place,
               survey->data_offset > survey->size ? add_saturating (end, survey->data_offset - survey->size) : end - room);
}

static int
compare_places (const void *a, const void *b, void *data)
{
  PaddockGgufFile *file = data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  const PaddockGgufTensor *one = paddock_gguf_file_get_tensor (file, first);
  const PaddockGgufTensor *other = paddock_gguf_file_get_tensor (file, second);

  if (one->offset != other->offset)
    return one->offset < other->offset ? -1 : 1;
  /* Empty tensors may share a place with the one that fills it. */
  if (one->bytes != other->bytes)
    return one->bytes < other->bytes ? -1 : 1;
  return first < second ? -1 : first > second;
}

static gboolean
padding_is_clean (Survey *survey, guint64 from, guint64 to, guint64 *dirty)
{
  guint8 buffer[MAX_PADDING_READ];
  gsize length;

  if (from >= to || to > survey->size || survey->pads_read >= MAX_PADS_READ)
    return TRUE;
  survey->pads_read++;
  length = (gsize) MIN (to - from, sizeof buffer);
  if (!paddock_gguf_source_read (paddock_gguf_file_get_source (survey->file), from, buffer, length, NULL, NULL))
    return TRUE;
  for (gsize i = 0; i < length; i++)
    if (buffer[i] != 0)
      {
        *dirty = from + i;
        return FALSE;
      }
  return TRUE;
}

static void
survey_padding (Survey *survey, guint tensor, guint64 from, guint64 to)
{
  guint64 dirty;

  if (!padding_is_clean (survey, from, to, &dirty))
    add_issue (survey, PADDOCK_GGUF_LAYOUT_PADDING, tensor, G_MAXUINT, dirty, to - from);
}

/* What lies between the tensors, from the front to the back. end is the furthest byte that anything reached. */
static void
survey_neighbours (Survey *survey)
{
  PaddockGgufLayout *layout = survey->layout;
  guint64 end = 0;
  guint last = G_MAXUINT;
  gboolean end_known = TRUE;

  for (guint i = 0; i < layout->n_tensors; i++)
    {
      guint position = layout->order[i];
      const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (survey->file, position);
      guint64 expected = align_up (end, survey->alignment);
      guint64 place = add_saturating (survey->data_offset, tensor->offset);
      guint64 bytes;
      gboolean known = get_bytes (tensor, &bytes);

      /* Of an unknown size at least a byte is sure, if it has elements. */
      if (tensor->offset < end && (bytes > 0 || !known))
        add_issue (survey, PADDOCK_GGUF_LAYOUT_OVERLAP, position, last, place, end - tensor->offset);
      else if (end_known && tensor->offset > expected)
        add_issue (survey, PADDOCK_GGUF_LAYOUT_GAP, position, last, add_saturating (survey->data_offset, expected),
                   tensor->offset - expected);
      else if (end_known && tensor->offset == expected && last != G_MAXUINT)
        survey_padding (survey, last, add_saturating (survey->data_offset, end), place);
      if (add_saturating (tensor->offset, known ? bytes : 1) >= end)
        {
          end = add_saturating (tensor->offset, known ? bytes : 1);
          end_known = known;
          last = position;
        }
    }
  layout->data_end = add_saturating (survey->data_offset, end);
  if (!end_known)
    layout->data_end = MAX (layout->data_end, survey->size);
}

static void
survey_order (Survey *survey)
{
  guint64 furthest = 0;
  guint other = G_MAXUINT;

  for (guint i = 0; i < survey->layout->n_tensors; i++)
    {
      const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (survey->file, i);

      if (other != G_MAXUINT && tensor->offset < furthest)
        add_issue (survey, PADDOCK_GGUF_LAYOUT_ORDER, i, other, add_saturating (survey->data_offset, tensor->offset), 0);
      if (other == G_MAXUINT || tensor->offset >= furthest)
        {
          furthest = tensor->offset;
          other = i;
        }
    }
}

/* The last tensor may be padded or not, both are common. A file without tensors ends with its header, padded or not. */
static void
survey_end (Survey *survey)
{
  guint64 padded = align_up (survey->layout->data_end, survey->alignment);

  survey_padding (survey, G_MAXUINT, paddock_gguf_file_get_header_end (survey->file),
                  MIN (survey->data_offset, survey->size));
  if (survey->size > padded)
    add_issue (survey, PADDOCK_GGUF_LAYOUT_TRAILING, G_MAXUINT, G_MAXUINT, padded, survey->size - padded);
  else if (survey->size > survey->layout->data_end && survey->size < padded)
    /* Neither whole padding nor none: something was added or the writer was stopped. */
    add_issue (survey, PADDOCK_GGUF_LAYOUT_TRAILING, G_MAXUINT, G_MAXUINT, survey->layout->data_end,
               survey->size - survey->layout->data_end);
  else if (survey->layout->n_tensors > 0)
    survey_padding (survey, G_MAXUINT, survey->layout->data_end, survey->size);
}

/**
 * paddock_gguf_layout_new:
 * @file: a file whose header is whole
 *
 * Returns: (transfer full): how its tensors lie
 */
PaddockGgufLayout *
paddock_gguf_layout_new (PaddockGgufFile *file)
{
  PaddockGgufLayout *self = g_new0 (PaddockGgufLayout, 1);
  Survey survey = { self, file, MAX (paddock_gguf_file_get_alignment (file), 1), paddock_gguf_file_get_data_offset (file),
                    paddock_gguf_file_get_size (file), 0 };

  self->issues = g_array_new (FALSE, FALSE, sizeof (PaddockGgufLayoutIssue));
  self->n_tensors = paddock_gguf_file_get_n_tensors (file);
  self->order = g_new (guint, self->n_tensors);
  for (guint i = 0; i < self->n_tensors; i++)
    {
      self->order[i] = i;
      survey_size (&survey, i);
      survey_place (&survey, i);
    }
  if (self->n_tensors > 0)
    g_sort_array (self->order, self->n_tensors, sizeof (guint), compare_places, file);
  if (self->n_tensors == 0)
    self->data_end = paddock_gguf_file_get_header_end (file);
  else
    survey_neighbours (&survey);
  survey_order (&survey);
  survey_end (&survey);
  return self;
}

/**
 * paddock_gguf_layout_free:
 * @self: (transfer full): a layout
 */
void
paddock_gguf_layout_free (PaddockGgufLayout *self)
{
  g_array_unref (self->issues);
  g_free (self->order);
  g_free (self);
}

guint
paddock_gguf_layout_get_n_issues (PaddockGgufLayout *self)
{
  return self->issues->len;
}

const PaddockGgufLayoutIssue *
paddock_gguf_layout_get_issue (PaddockGgufLayout *self, guint position)
{
  return &g_array_index (self->issues, PaddockGgufLayoutIssue, position);
}

guint64
paddock_gguf_layout_count (PaddockGgufLayout *self, PaddockGgufLayoutKind kind)
{
  return self->counts[kind];
}

guint
paddock_gguf_layout_get_tensor (PaddockGgufLayout *self, guint place)
{
  return self->order[place];
}

guint64
paddock_gguf_layout_get_data_end (PaddockGgufLayout *self)
{
  return self->data_end;
}
