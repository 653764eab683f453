/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-cursor.h"
#include "gguf/gguf-file-private.h"

/* A key: its length, no byte, a type, the smallest value. A tensor: no name, no dimension. */
#define SMALLEST_ENTRY(count_size) ((count_size) + 4 + 1)
#define SMALLEST_TENSOR(count_size) ((count_size) + 4 + 4 + 8)

static gboolean
read_magic (PaddockGgufCursor *cursor, GError **error)
{
  if (cursor->size == 0)
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_GGUF, "the file is empty");
      return FALSE;
    }
  if (!paddock_gguf_cursor_need (cursor, MIN (cursor->size, 4), "the magic bytes", error))
    return FALSE;
  if (memcmp (cursor->data, "GGUF", (gsize) MIN (cursor->size, 4)) != 0)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_NOT_GGUF, 0, "the file does not begin with “GGUF”");
      return FALSE;
    }
  return paddock_gguf_cursor_skip (cursor, "the magic bytes", 4, error);
}

/* The version tells the byte order too: no version has its low half empty. */
static gboolean
read_version (PaddockGgufFile *file, PaddockGgufCursor *cursor, GError **error)
{
  guint64 place = cursor->position;
  guint32 version;

  cursor->swapped = G_BYTE_ORDER != G_LITTLE_ENDIAN;
  if (!paddock_gguf_cursor_read_u32 (cursor, "the version", &version, error))
    return FALSE;
  if ((version & 0xffff) == 0 && version != 0)
    {
      file->byte_order = PADDOCK_GGUF_BIG_ENDIAN;
      file->metadata.byte_order = PADDOCK_GGUF_BIG_ENDIAN;
      cursor->swapped = !cursor->swapped;
      version = GUINT32_SWAP_LE_BE (version);
    }

  file->version = version;
  cursor->narrow = version == 1;
  file->metadata.narrow = cursor->narrow;
  if (version >= 1 && version <= 3)
    return TRUE;
  paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_VERSION, place, "version %u of the format is not known",
                             version);
  return FALSE;
}

static gboolean
check_count (PaddockGgufCursor *cursor,
             const char *what,
             guint64 count,
             guint64 smallest,
             guint64 limit,
             GError **error)
{
  if (count <= paddock_gguf_cursor_get_left (cursor) / smallest && count <= limit)
    return TRUE;
  paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_COUNT, cursor->position,
                             "the header claims %" G_GUINT64_FORMAT " %s, which %s", count, what,
                             count > limit ? "is beyond every real file" : "the file is too short to hold");
  return FALSE;
}

static gboolean
read_counts (PaddockGgufFile *file, PaddockGgufCursor *cursor, GError **error)
{
  guint64 count_size = paddock_gguf_cursor_count_size (cursor);

  return paddock_gguf_cursor_read_count (cursor, "the number of tensors", &file->declared_tensors, error)
         && paddock_gguf_cursor_read_count (cursor, "the number of keys", &file->declared_entries, error)
         && check_count (cursor, "tensors", file->declared_tensors, SMALLEST_TENSOR (count_size),
                         PADDOCK_GGUF_MAX_TENSORS, error)
         && check_count (cursor, "keys", file->declared_entries, SMALLEST_ENTRY (count_size), PADDOCK_GGUF_MAX_ENTRIES,
                         error);
}

static gboolean
read_array (PaddockGgufCursor *cursor, PaddockGgufEntry *entry, GError **error)
{
  guint64 place = cursor->position;
  guint32 element_type;

  if (!paddock_gguf_cursor_read_u32 (cursor, "the element type of an array", &element_type, error)
      || !paddock_gguf_cursor_read_count (cursor, "the length of an array", &entry->length, error))
    return FALSE;
  if (element_type >= PADDOCK_GGUF_N_TYPES)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_VALUE_TYPE, place,
                                 "an array has elements of type %u, which does not exist", element_type);
      return FALSE;
    }
  entry->element_type = (guint8) element_type;
  entry->value_offset = cursor->position;
  return paddock_gguf_cursor_skip_elements (cursor, element_type, entry->length, 0, error);
}

static gboolean
read_entry (PaddockGgufCursor *cursor, PaddockGgufEntry *entry, GError **error)
{
  guint64 key_length;
  guint32 type;

  *entry = (PaddockGgufEntry) { .length = 1 };
  if (!paddock_gguf_cursor_read_string (cursor, "a key", PADDOCK_GGUF_MAX_NAME_READ, &entry->key_offset, &key_length, error))
    return FALSE;
  entry->key_length = (guint32) key_length;

  guint64 type_place = cursor->position;
  if (!paddock_gguf_cursor_read_u32 (cursor, "the type of a value", &type, error))
    return FALSE;
  if (type >= PADDOCK_GGUF_N_TYPES)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_VALUE_TYPE, type_place,
                                 "a value has type %u, which does not exist", type);
      return FALSE;
    }
  entry->type = (guint8) type;
  entry->value_offset = cursor->position;

  gboolean whole;
  if (type == PADDOCK_GGUF_STRING)
    whole = paddock_gguf_cursor_read_string (cursor, "a string", PADDOCK_GGUF_MAX_STRING, &entry->value_offset,
                                             &entry->length, error);
  else if (type == PADDOCK_GGUF_ARRAY)
    whole = read_array (cursor, entry, error);
  else
    whole = paddock_gguf_cursor_skip (cursor, "a value", paddock_gguf_type_get_size ((PaddockGgufType) type), error);
  entry->value_end = cursor->position;
  return whole;
}

static gboolean
read_entries (PaddockGgufFile *file, PaddockGgufCursor *cursor, GError **error)
{
  for (guint64 i = 0; i < file->declared_entries; i++)
    {
      PaddockGgufEntry entry;

      if (i % 1024 == 0 && g_cancellable_set_error_if_cancelled (cursor->cancellable, error))
        return FALSE;
      if (!read_entry (cursor, &entry, error))
        return FALSE;
      if (cursor->position > PADDOCK_GGUF_MAX_METADATA)
        {
          paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_LENGTH, entry.key_offset,
                                     "the metadata is larger than a gigabyte");
          return FALSE;
        }
      g_array_append_val (file->metadata.entries, entry);
    }
  file->metadata_end = cursor->position;
  return TRUE;
}

static gboolean
find_alignment (PaddockGgufFile *file, GError **error)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (&file->metadata, "general.alignment");
  guint64 alignment;

  if (entry == NULL)
    return TRUE;
  if (entry->type != PADDOCK_GGUF_UINT32)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_ALIGNMENT, entry->value_offset,
                                 "general.alignment is stored as %s and not as u32",
                                 paddock_gguf_type_get_name (entry->type));
      return FALSE;
    }
  if (!paddock_gguf_metadata_read_uint (&file->metadata, entry, &alignment))
    alignment = 0;
  if (alignment == 0 || (alignment & (alignment - 1)) != 0)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_ALIGNMENT, entry->value_offset,
                                 "general.alignment is %" G_GUINT64_FORMAT ", which is not a power of two", alignment);
      return FALSE;
    }
  file->alignment = alignment;
  return TRUE;
}

static gboolean
read_tensor (PaddockGgufCursor *cursor, PaddockGgufTensor *tensor, GError **error)
{
  guint64 name_length;

  *tensor = (PaddockGgufTensor) { .info_offset = cursor->position, .dimensions = { 1, 1, 1, 1 } };
  if (!paddock_gguf_cursor_read_string (cursor, "the name of a tensor", PADDOCK_GGUF_MAX_NAME_READ, &tensor->name_offset,
                                        &name_length, error))
    return FALSE;
  tensor->name_length = (guint32) name_length;

  guint64 place = cursor->position;
  if (!paddock_gguf_cursor_read_u32 (cursor, "the number of dimensions", &tensor->n_dimensions, error))
    return FALSE;
  if (tensor->n_dimensions > PADDOCK_GGUF_MAX_DIMENSIONS)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_DIMENSIONS, place,
                                 "a tensor has %u dimensions, more than %d", tensor->n_dimensions,
                                 PADDOCK_GGUF_MAX_DIMENSIONS);
      return FALSE;
    }
  for (guint i = 0; i < tensor->n_dimensions; i++)
    if (!paddock_gguf_cursor_read_count (cursor, "a dimension", &tensor->dimensions[i], error))
      return FALSE;
  return paddock_gguf_cursor_read_u32 (cursor, "the type of a tensor", &tensor->type, error)
         && paddock_gguf_cursor_read_u64 (cursor, "the offset of a tensor", &tensor->offset, error);
}

static gboolean
read_tensors (PaddockGgufFile *file, PaddockGgufCursor *cursor, GError **error)
{
  for (guint64 i = 0; i < file->declared_tensors; i++)
    {
      PaddockGgufTensor tensor;

      if (i % 1024 == 0 && g_cancellable_set_error_if_cancelled (cursor->cancellable, error))
        return FALSE;
      if (!read_tensor (cursor, &tensor, error))
        return FALSE;
      g_array_append_val (file->tensors, tensor);
    }
  return TRUE;
}

/* Numbers of types that only BitNet's fork ever used; TL2 took the number of MXFP4 first and that of Q2_0 later. */
static PaddockQuantDialect
find_dialect (PaddockGgufFile *file)
{
  g_autofree char *architecture = paddock_gguf_metadata_dup_string (&file->metadata, "general.architecture");
  gboolean bitnet = architecture != NULL && g_str_has_prefix (architecture, "bitnet");
  gboolean old_tl2 = FALSE;

  for (guint i = 0; i < file->tensors->len; i++)
    {
      guint32 type = g_array_index (file->tensors, PaddockGgufTensor, i).type;

      bitnet |= type >= 36 && type <= 38;
      old_tl2 |= type == 39;
    }
  if (!bitnet)
    return PADDOCK_QUANT_DIALECT_GGML;
  return old_tl2 ? PADDOCK_QUANT_DIALECT_BITNET_OLD : PADDOCK_QUANT_DIALECT_BITNET_NEW;
}

/* The product, with zeros left out for the check: 2^62 x 2^62 x 0 is as impossible as without the zero. */
static gboolean
count_elements (const guint64 dimensions[4], guint64 *elements)
{
  guint64 product = 1;
  gboolean empty = FALSE;

  for (guint i = 0; i < PADDOCK_GGUF_MAX_DIMENSIONS; i++)
    {
      empty |= dimensions[i] == 0;
      if (__builtin_mul_overflow (product, MAX (dimensions[i], 1), &product) || product > G_MAXINT64)
        return FALSE;
    }
  *elements = empty ? 0 : product;
  return TRUE;
}

static void
size_tensors (PaddockGgufFile *file)
{
  for (guint i = 0; i < file->tensors->len; i++)
    {
      PaddockGgufTensor *tensor = &g_array_index (file->tensors, PaddockGgufTensor, i);
      const PaddockQuantType *type = paddock_quant_type_lookup (tensor->type, file->dialect);

      if (!count_elements (tensor->dimensions, &tensor->elements) || type == NULL)
        continue;
      tensor->sized = tensor->elements == 0
                          ? type->block > 0 && tensor->dimensions[0] % type->block == 0
                          : paddock_quant_type_compute_size (type, tensor->dimensions, &tensor->bytes);
    }
}

static const char *
get_tensor_name (gconstpointer owner, guint position, gsize *length)
{
  PaddockGgufFile *file = (PaddockGgufFile *) owner;

  return paddock_gguf_file_get_tensor_name_bytes (file, paddock_gguf_file_get_tensor (file, position), length);
}

static gboolean
read_header (PaddockGgufFile *file, PaddockGgufCursor *cursor, GError **error)
{
  return read_magic (cursor, error) && read_version (file, cursor, error) && read_counts (file, cursor, error)
         && read_entries (file, cursor, error);
}

void
paddock_gguf_parser_run (PaddockGgufFile *file, GCancellable *cancellable)
{
  g_autoptr (GError) alignment_error = NULL;
  g_autoptr (GError) change_error = NULL;
  PaddockGgufCursor cursor;
  gboolean whole;

  paddock_gguf_cursor_init (&cursor, file->source, cancellable);
  whole = read_header (file, &cursor, &file->failure);
  paddock_gguf_metadata_index (&file->metadata);
  /* The tensors can be described even where nobody can say where they lie. */
  find_alignment (file, &alignment_error);
  whole = whole && read_tensors (file, &cursor, &file->failure);
  file->tensor_index = paddock_gguf_name_index_new (file->tensors->len, get_tensor_name, file);

  if (whole)
    {
      file->header_end = cursor.position;
      file->data_offset = (cursor.position + file->alignment - 1) & ~(file->alignment - 1);
    }
  if (whole && alignment_error != NULL)
    file->failure = g_steal_pointer (&alignment_error);

  file->dialect = find_dialect (file);
  size_tensors (file);
  paddock_gguf_source_freeze (file->source);

  /* Whatever was found is worth nothing when somebody wrote to the file meanwhile. */
  if (!paddock_gguf_source_check (file->source, &change_error))
    {
      g_clear_error (&file->failure);
      file->failure = g_steal_pointer (&change_error);
    }
}
