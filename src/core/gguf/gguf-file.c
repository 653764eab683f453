/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-file.h"

#include <string.h>

#include "gguf/gguf-file-private.h"

/**
 * paddock_gguf_file_scan:
 * @source: the bytes
 * @cancellable: (nullable): a cancellable
 *
 * Reads a header as far as it goes. Never fails: what went wrong is told by paddock_gguf_file_get_failure().
 *
 * Returns: (transfer full): a file
 */
PaddockGgufFile *
paddock_gguf_file_scan (PaddockGgufSource *source, GCancellable *cancellable)
{
  PaddockGgufFile *self = g_new0 (PaddockGgufFile, 1);

  g_atomic_ref_count_init (&self->references);
  self->source = paddock_gguf_source_ref (source);
  self->alignment = PADDOCK_GGUF_DEFAULT_ALIGNMENT;
  self->tensors = g_array_new (FALSE, FALSE, sizeof (PaddockGgufTensor));
  paddock_gguf_metadata_init (&self->metadata, source);
  paddock_gguf_parser_run (self, cancellable);
  return self;
}

/**
 * paddock_gguf_file_new_for_source:
 * @source: the bytes
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a file whose header is whole, or %NULL with @error set
 */
PaddockGgufFile *
paddock_gguf_file_new_for_source (PaddockGgufSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (PaddockGgufFile) self = paddock_gguf_file_scan (source, cancellable);

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * paddock_gguf_file_open:
 * @path: (type filename): where it lies
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a file whose header is whole, or %NULL with @error set
 */
PaddockGgufFile *
paddock_gguf_file_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_path (path, error);

  return source != NULL ? paddock_gguf_file_new_for_source (source, cancellable, error) : NULL;
}

/**
 * paddock_gguf_file_ref:
 * @self: a file
 *
 * Returns: (transfer full): @self
 */
PaddockGgufFile *
paddock_gguf_file_ref (PaddockGgufFile *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * paddock_gguf_file_unref:
 * @self: (transfer full): a file
 */
void
paddock_gguf_file_unref (PaddockGgufFile *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  paddock_gguf_metadata_clear (&self->metadata);
  g_clear_pointer (&self->tensor_index, paddock_gguf_name_index_free);
  g_clear_pointer (&self->tensors, g_array_unref);
  g_clear_error (&self->failure);
  paddock_gguf_source_unref (self->source);
  g_free (self);
}

/**
 * paddock_gguf_file_get_failure:
 * @self: a file
 *
 * Returns: (transfer none) (nullable): why the header is not whole, or %NULL if it is
 */
const GError *
paddock_gguf_file_get_failure (PaddockGgufFile *self)
{
  return self->failure;
}

/**
 * paddock_gguf_file_get_source:
 * @self: a file
 *
 * Returns: (transfer none): its bytes
 */
PaddockGgufSource *
paddock_gguf_file_get_source (PaddockGgufFile *self)
{
  return self->source;
}

/**
 * paddock_gguf_file_get_path:
 * @self: a file
 *
 * Returns: (transfer none) (type filename): where it lies
 */
const char *
paddock_gguf_file_get_path (PaddockGgufFile *self)
{
  return paddock_gguf_source_get_name (self->source);
}

/**
 * paddock_gguf_file_get_size:
 * @self: a file
 *
 * Returns: the size of the whole file in bytes
 */
guint64
paddock_gguf_file_get_size (PaddockGgufFile *self)
{
  return paddock_gguf_source_get_size (self->source);
}

/**
 * paddock_gguf_file_get_version:
 * @self: a file
 *
 * Returns: the version of the format, 0 when even that is missing
 */
guint32
paddock_gguf_file_get_version (PaddockGgufFile *self)
{
  return self->version;
}

/**
 * paddock_gguf_file_get_byte_order:
 * @self: a file
 *
 * Returns: the order of its bytes, tensors included
 */
PaddockGgufByteOrder
paddock_gguf_file_get_byte_order (PaddockGgufFile *self)
{
  return self->byte_order;
}

/**
 * paddock_gguf_file_get_alignment:
 * @self: a file
 *
 * Returns: what the tensors' offsets are multiples of
 */
guint64
paddock_gguf_file_get_alignment (PaddockGgufFile *self)
{
  return self->alignment;
}

/**
 * paddock_gguf_file_get_declared_entries:
 * @self: a file
 *
 * Returns: how many keys the header claims, which is more than there are when it breaks off
 */
guint64
paddock_gguf_file_get_declared_entries (PaddockGgufFile *self)
{
  return self->declared_entries;
}

/**
 * paddock_gguf_file_get_declared_tensors:
 * @self: a file
 *
 * Returns: how many tensors the header claims, which is more than there are when it breaks off
 */
guint64
paddock_gguf_file_get_declared_tensors (PaddockGgufFile *self)
{
  return self->declared_tensors;
}

/**
 * paddock_gguf_file_get_metadata_end:
 * @self: a file
 *
 * Returns: where the description of the first tensor begins, 0 when the header breaks off before
 */
guint64
paddock_gguf_file_get_metadata_end (PaddockGgufFile *self)
{
  return self->metadata_end;
}

/**
 * paddock_gguf_file_get_header_end:
 * @self: a file
 *
 * Returns: the first byte after the descriptions of the tensors, 0 when the header breaks off
 */
guint64
paddock_gguf_file_get_header_end (PaddockGgufFile *self)
{
  return self->header_end;
}

/**
 * paddock_gguf_file_get_data_offset:
 * @self: a file
 *
 * Returns: where the tensors' bytes begin, 0 when the header breaks off
 */
guint64
paddock_gguf_file_get_data_offset (PaddockGgufFile *self)
{
  return self->data_offset;
}

/**
 * paddock_gguf_file_get_dialect:
 * @self: a file
 *
 * Returns: whose numbers its tensor types are
 */
PaddockQuantDialect
paddock_gguf_file_get_dialect (PaddockGgufFile *self)
{
  return self->dialect;
}

/**
 * paddock_gguf_file_get_metadata:
 * @self: a file
 *
 * Returns: (transfer none): its keys and values
 */
const PaddockGgufMetadata *
paddock_gguf_file_get_metadata (PaddockGgufFile *self)
{
  return &self->metadata;
}

/**
 * paddock_gguf_file_get_n_tensors:
 * @self: a file
 *
 * Returns: how many tensors it describes
 */
guint
paddock_gguf_file_get_n_tensors (PaddockGgufFile *self)
{
  return self->tensors->len;
}

/**
 * paddock_gguf_file_get_tensor:
 * @self: a file
 * @position: less than the number of tensors
 *
 * Returns: (transfer none): what the header says of that tensor
 */
const PaddockGgufTensor *
paddock_gguf_file_get_tensor (PaddockGgufFile *self, guint position)
{
  return &g_array_index (self->tensors, PaddockGgufTensor, position);
}

/**
 * paddock_gguf_file_find_tensor:
 * @self: a file
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the first tensor of exactly that name
 */
const PaddockGgufTensor *
paddock_gguf_file_find_tensor (PaddockGgufFile *self, const char *name)
{
  guint position;

  return paddock_gguf_name_index_find (self->tensor_index, name, strlen (name), &position)
           ? paddock_gguf_file_get_tensor (self, position)
           : NULL;
}

/**
 * paddock_gguf_file_find_duplicate_tensor:
 * @self: a file
 *
 * Returns: (transfer none) (nullable): the first tensor whose name stood before
 */
const PaddockGgufTensor *
paddock_gguf_file_find_duplicate_tensor (PaddockGgufFile *self)
{
  guint position;

  return paddock_gguf_name_index_get_duplicate (self->tensor_index, &position)
           ? paddock_gguf_file_get_tensor (self, position)
           : NULL;
}

/**
 * paddock_gguf_file_get_tensor_name_bytes:
 * @self: a file
 * @tensor: one of its tensors
 * @length: (out): how many bytes
 *
 * Returns: (transfer none): the name as it stands in the file, without an end
 */
const char *
paddock_gguf_file_get_tensor_name_bytes (PaddockGgufFile *self, const PaddockGgufTensor *tensor, gsize *length)
{
  gsize available;
  const guint8 *data = paddock_gguf_source_get_prefix (self->source, &available);

  *length = tensor->name_length;
  return (const char *) data + tensor->name_offset;
}

/**
 * paddock_gguf_file_dup_tensor_name:
 * @self: a file
 * @tensor: one of its tensors
 *
 * Returns: (transfer full): the name as valid UTF-8
 */
char *
paddock_gguf_file_dup_tensor_name (PaddockGgufFile *self, const PaddockGgufTensor *tensor)
{
  gsize length;
  const char *bytes = paddock_gguf_file_get_tensor_name_bytes (self, tensor, &length);

  return g_utf8_make_valid (length > 0 ? bytes : "", (gssize) length);
}

/**
 * paddock_gguf_file_get_tensor_type:
 * @self: a file
 * @tensor: one of its tensors
 *
 * Returns: (transfer none) (nullable): how its numbers are stored, %NULL if nobody knows
 */
const PaddockQuantType *
paddock_gguf_file_get_tensor_type (PaddockGgufFile *self, const PaddockGgufTensor *tensor)
{
  return paddock_quant_type_lookup (tensor->type, self->dialect);
}
