/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-writer.h"

#include "base/atomic-file.h"
#include "gguf/gguf-encode.h"
#include "gguf/gguf-file.h"
#include "gguf/gguf-output.h"
#include "gguf/gguf-value-private.h"
#include "quant/quant-type.h"

#define VERSION 3
#define MAX_TENSOR_NAME 63           /* what engines keep of it, without the end of the string */
#define FILL (64 * 1024)             /* zeros that are written at once */

typedef struct
{
  char *name;
  PaddockGgufValue *value;
} WriterEntry;

typedef struct
{
  char *name;
  guint64 dimensions[PADDOCK_GGUF_MAX_DIMENSIONS];
  guint64 offset;                    /* from the start of the data */
  guint64 bytes;
  guint32 type;
  guint32 n_dimensions;
} WriterTensor;

struct _PaddockGgufWriter
{
  /* Owned */
  char *path;
  GArray *entries;                   /* of WriterEntry */
  GArray *tensors;                   /* of WriterTensor */
  GHashTable *keys;                  /* borrowed names */
  GHashTable *names;                 /* borrowed names */
  PaddockAtomicFile *output;         /* NULL before the data begins */

  guint64 alignment;
  guint current;                     /* the tensor that is being written */
  guint64 written;                   /* bytes of it */
};

static void
clear_entry (gpointer data)
{
  WriterEntry *self = data;

  g_free (self->name);
  paddock_gguf_value_unref (self->value);
}

static void
clear_tensor (gpointer data)
{
  g_free (((WriterTensor *) data)->name);
}

/**
 * paddock_gguf_writer_new:
 * @path: (type filename): where the file shall be
 *
 * Returns: (transfer full): a writer that has not touched the disk yet
 */
PaddockGgufWriter *
paddock_gguf_writer_new (const char *path)
{
  PaddockGgufWriter *self = g_new0 (PaddockGgufWriter, 1);

  self->path = g_strdup (path);
  self->entries = g_array_new (FALSE, FALSE, sizeof (WriterEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->tensors = g_array_new (FALSE, FALSE, sizeof (WriterTensor));
  g_array_set_clear_func (self->tensors, clear_tensor);
  self->keys = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->alignment = PADDOCK_GGUF_DEFAULT_ALIGNMENT;
  return self;
}

/**
 * paddock_gguf_writer_free:
 * @self: (transfer full) (nullable): the writer
 *
 * An unfinished file is dropped.
 */
void
paddock_gguf_writer_free (PaddockGgufWriter *self)
{
  if (self == NULL)
    return;
  paddock_atomic_file_free (self->output);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->names);
  g_array_unref (self->entries);
  g_array_unref (self->tensors);
  g_free (self->path);
  g_free (self);
}

static guint64
align_up (guint64 offset, guint64 alignment)
{
  return (offset + alignment - 1) & ~(alignment - 1);
}

static gboolean
refuse (GError **error, PaddockGgufError code, const char *what, const char *why)
{
  g_autofree char *shown = g_utf8_make_valid (what, -1);

  g_set_error (error, PADDOCK_GGUF_ERROR, (int) code, "“%s” %s", shown, why);
  return FALSE;
}

static gboolean
check_begun (PaddockGgufWriter *self, gboolean begun, GError **error)
{
  if ((self->output != NULL) == begun)
    return TRUE;
  g_set_error_literal (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_LAYOUT,
                       begun ? "the header has to be written before the data" : "the header has been written already");
  return FALSE;
}

static gboolean
take_alignment (PaddockGgufWriter *self, PaddockGgufValue *value, GError **error)
{
  const guint8 *bytes = g_bytes_get_data (paddock_gguf_value_get_bytes (value), NULL);
  guint32 alignment;

  if (paddock_gguf_value_get_type_id (value) != PADDOCK_GGUF_UINT32)
    return refuse (error, PADDOCK_GGUF_ERROR_ALIGNMENT, "general.alignment", "must be a u32");
  memcpy (&alignment, bytes, sizeof alignment);
  alignment = GUINT32_FROM_LE (alignment);
  if (alignment == 0 || (alignment & (alignment - 1)) != 0)
    return refuse (error, PADDOCK_GGUF_ERROR_ALIGNMENT, "general.alignment", "must be a power of two");
  if (self->tensors->len > 0)
    return refuse (error, PADDOCK_GGUF_ERROR_ALIGNMENT, "general.alignment", "must be known before the first tensor");
  self->alignment = alignment;
  return TRUE;
}

/**
 * paddock_gguf_writer_add_value:
 * @self: the writer
 * @key: its key, which must not have come before
 * @value: the value
 * @error: return location for an error
 *
 * Keys keep the order in which they are added. A general.alignment has to come before the tensors.
 *
 * Returns: whether it was added
 */
gboolean
paddock_gguf_writer_add_value (PaddockGgufWriter *self, const char *key, PaddockGgufValue *value, GError **error)
{
  WriterEntry entry;

  if (!check_begun (self, FALSE, error))
    return FALSE;
  if (*key == '\0' || strlen (key) >= PADDOCK_GGUF_MAX_NAME || !g_utf8_validate (key, -1, NULL))
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "cannot be a key");
  if (g_hash_table_contains (self->keys, key))
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "stands in the file already");
  if (g_str_equal (key, "general.alignment") && !take_alignment (self, value, error))
    return FALSE;
  entry.name = g_strdup (key);
  entry.value = paddock_gguf_value_ref (value);
  g_array_append_val (self->entries, entry);
  g_hash_table_add (self->keys, entry.name);
  return TRUE;
}

static gboolean
measure_tensor (PaddockGgufWriter *self, WriterTensor *tensor, const char *name, GError **error)
{
  const PaddockQuantType *type = paddock_quant_type_lookup (tensor->type, PADDOCK_QUANT_DIALECT_GGML);
  guint64 end = 0, padded;

  if (type == NULL)
    return refuse (error, PADDOCK_GGUF_ERROR_TENSOR_TYPE, name, "is of a type that nobody knows");
  if (!paddock_quant_type_compute_size (type, tensor->dimensions, &tensor->bytes))
    return refuse (error, PADDOCK_GGUF_ERROR_DIMENSIONS, name, "has dimensions that its type cannot have");
  if (self->tensors->len > 0)
    {
      const WriterTensor *last = &g_array_index (self->tensors, WriterTensor, self->tensors->len - 1);

      end = last->offset + last->bytes;
    }
  tensor->offset = align_up (end, self->alignment);
  if (tensor->bytes > G_MAXINT64 || !g_uint64_checked_add (&padded, tensor->offset, tensor->bytes)
      || padded > G_MAXINT64 - self->alignment)
    return refuse (error, PADDOCK_GGUF_ERROR_DIMENSIONS, name, "is larger than any file");
  return TRUE;
}

/**
 * paddock_gguf_writer_add_tensor:
 * @self: the writer
 * @name: its name, which must not have come before
 * @type: its type, as it stands in files
 * @dimensions: (array length=n_dimensions): its dimensions, the fastest first
 * @n_dimensions: at most %PADDOCK_GGUF_MAX_DIMENSIONS
 * @error: return location for an error
 *
 * Returns: whether it was added
 */
gboolean
paddock_gguf_writer_add_tensor (PaddockGgufWriter *self,
                                const char *name,
                                guint32 type,
                                const guint64 *dimensions,
                                guint n_dimensions,
                                GError **error)
{
  WriterTensor tensor = { .type = type, .n_dimensions = n_dimensions, .dimensions = { 1, 1, 1, 1 } };

  if (!check_begun (self, FALSE, error))
    return FALSE;
  if (*name == '\0' || strlen (name) > MAX_TENSOR_NAME || !g_utf8_validate (name, -1, NULL))
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, name, "cannot be the name of a tensor");
  if (g_hash_table_contains (self->names, name))
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, name, "is the name of another tensor already");
  if (n_dimensions > PADDOCK_GGUF_MAX_DIMENSIONS)
    return refuse (error, PADDOCK_GGUF_ERROR_DIMENSIONS, name, "has more than four dimensions");
  for (guint i = 0; i < n_dimensions; i++)
    tensor.dimensions[i] = dimensions[i];
  if (!measure_tensor (self, &tensor, name, error))
    return FALSE;
  tensor.name = g_strdup (name);
  g_array_append_val (self->tensors, tensor);
  g_hash_table_add (self->names, tensor.name);
  return TRUE;
}

static GByteArray *
build_header (PaddockGgufWriter *self)
{
  const PaddockGgufByteOrder order = PADDOCK_GGUF_LITTLE_ENDIAN;
  GByteArray *header = g_byte_array_new ();

  g_byte_array_append (header, (const guint8 *) "GGUF", 4);
  paddock_gguf_encode_u32 (header, order, VERSION);
  paddock_gguf_encode_u64 (header, order, self->tensors->len);
  paddock_gguf_encode_u64 (header, order, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const WriterEntry *entry = &g_array_index (self->entries, WriterEntry, i);

      paddock_gguf_encode_string (header, order, entry->name, strlen (entry->name));
      paddock_gguf_encode_u32 (header, order, paddock_gguf_value_get_type_id (entry->value));
      paddock_gguf_value_encode (entry->value, order, header);
    }
  for (guint i = 0; i < self->tensors->len; i++)
    {
      const WriterTensor *tensor = &g_array_index (self->tensors, WriterTensor, i);

      paddock_gguf_encode_string (header, order, tensor->name, strlen (tensor->name));
      paddock_gguf_encode_u32 (header, order, tensor->n_dimensions);
      for (guint j = 0; j < tensor->n_dimensions; j++)
        paddock_gguf_encode_u64 (header, order, tensor->dimensions[j]);
      paddock_gguf_encode_u32 (header, order, tensor->type);
      paddock_gguf_encode_u64 (header, order, tensor->offset);
    }
  return header;
}

static gboolean
put (PaddockGgufWriter *self, const guint8 *bytes, gsize length, GError **error)
{
  g_autoptr(GError) problem = NULL;
  gboolean held = paddock_gguf_output_hold_limit_signal ();
  gboolean done = paddock_atomic_file_write (self->output, bytes, length, &problem);

  paddock_gguf_output_release_limit_signal (held);
  if (done)
    return TRUE;
  paddock_gguf_output_take_error (&problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
put_zeros (PaddockGgufWriter *self, guint64 length, GError **error)
{
  static const guint8 zeros[FILL];

  for (; length > 0; length -= MIN (length, FILL))
    if (!put (self, zeros, MIN (length, FILL), error))
      return FALSE;
  return TRUE;
}

/* Pads the tensors that are complete, those without any bytes too. */
static gboolean
go_on (PaddockGgufWriter *self, GError **error)
{
  while (self->current < self->tensors->len)
    {
      const WriterTensor *tensor = &g_array_index (self->tensors, WriterTensor, self->current);

      if (self->written < tensor->bytes)
        return TRUE;
      if (!put_zeros (self, align_up (tensor->bytes, self->alignment) - tensor->bytes, error))
        return FALSE;
      self->current++;
      self->written = 0;
    }
  return TRUE;
}

/**
 * paddock_gguf_writer_begin_data:
 * @self: the writer
 * @error: return location for an error
 *
 * Writes the header. Nothing can be added to it afterwards.
 *
 * Returns: whether it was written
 */
gboolean
paddock_gguf_writer_begin_data (PaddockGgufWriter *self, GError **error)
{
  g_autoptr(GByteArray) header = NULL;
  g_autoptr(GError) problem = NULL;

  if (!check_begun (self, FALSE, error))
    return FALSE;
  self->output = paddock_atomic_file_new (self->path, &problem);
  if (self->output == NULL)
    {
      paddock_gguf_output_take_error (&problem);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  header = build_header (self);
  return put (self, header->data, header->len, error)
         && put_zeros (self, align_up (header->len, self->alignment) - header->len, error) && go_on (self, error);
}

/**
 * paddock_gguf_writer_write:
 * @self: the writer
 * @bytes: (array length=length): the next bytes of the tensors
 * @length: how many; they may belong to several tensors
 * @error: return location for an error
 *
 * Returns: whether they were written
 */
gboolean
paddock_gguf_writer_write (PaddockGgufWriter *self, const guint8 *bytes, gsize length, GError **error)
{
  if (!check_begun (self, TRUE, error))
    return FALSE;
  while (length > 0)
    {
      const WriterTensor *tensor;
      gsize part;

      if (self->current == self->tensors->len)
        return refuse (error, PADDOCK_GGUF_ERROR_LAYOUT, self->path, "got more bytes than its tensors have");
      tensor = &g_array_index (self->tensors, WriterTensor, self->current);
      part = (gsize) MIN (length, tensor->bytes - self->written);
      if (!put (self, bytes, part, error))
        return FALSE;
      bytes += part;
      length -= part;
      self->written += part;
      if (!go_on (self, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_gguf_writer_finish:
 * @self: the writer
 * @error: return location for an error
 *
 * Gives the file its name. All tensors must be complete.
 *
 * Returns: whether the file stands there now
 */
gboolean
paddock_gguf_writer_finish (PaddockGgufWriter *self, GError **error)
{
  g_autoptr(GError) problem = NULL;

  if (!check_begun (self, TRUE, error))
    return FALSE;
  if (self->current < self->tensors->len)
    return refuse (error, PADDOCK_GGUF_ERROR_LAYOUT,
                   g_array_index (self->tensors, WriterTensor, self->current).name, "has not got all its bytes");
  if (paddock_atomic_file_commit (self->output, &problem))
    return TRUE;
  paddock_gguf_output_take_error (&problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
