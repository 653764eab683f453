/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz-target.h"
#include "gguf/gguf-array.h"
#include "gguf/gguf-file.h"

#define MAX_CHARS 80

/* The whole parser and every way to ask it: no promise of the headers may break, whatever the bytes are. */

static void
check_text (char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_free (text);
}

static void
ask_array (PaddockGgufArray *array, guint depth)
{
  guint64 length = paddock_gguf_array_get_length (array);
  /* Backwards and beyond the end too. */
  guint64 positions[] = { 0, length / 2, length - 1, 1, length / 3, length, G_MAXUINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autoptr(PaddockGgufArray) nested = NULL;
      g_autofree char *text = paddock_gguf_array_dup_string (array, positions[i]);
      g_autofree char *shown = paddock_gguf_array_format (array, positions[i]);
      gsize string_length;
      guint64 natural;
      gint64 integer;
      double number;

      g_assert_true (text == NULL || positions[i] < length);
      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
      g_assert_true (shown == NULL || g_utf8_validate (shown, -1, NULL));
      paddock_gguf_array_get_string_bytes (array, positions[i], &string_length);
      if (paddock_gguf_array_read_uint (array, positions[i], &natural)
          && paddock_gguf_array_read_int (array, positions[i], &integer))
        g_assert_cmpuint (natural, ==, (guint64) integer);
      paddock_gguf_array_read_double (array, positions[i], &number);

      nested = paddock_gguf_array_get_nested (array, positions[i]);
      if (nested != NULL)
        {
          g_assert_cmpuint (depth, <=, PADDOCK_GGUF_MAX_NESTING);
          ask_array (nested, depth + 1);
        }
    }
}

static void
ask_entry (const PaddockGgufMetadata *metadata, const PaddockGgufEntry *entry, guint64 size)
{
  g_autoptr(PaddockGgufArray) array = paddock_gguf_array_new (metadata, entry);
  g_autofree char *key = paddock_gguf_metadata_dup_key (metadata, entry);
  gsize length;
  guint64 natural;
  gint64 integer;
  double number;

  g_assert_cmpuint (entry->value_end, <=, size);
  g_assert_cmpuint (entry->value_offset, <=, entry->value_end);
  g_assert_cmpuint (entry->key_offset + entry->key_length, <=, entry->value_offset);
  g_assert_cmpuint (entry->type, <, PADDOCK_GGUF_N_TYPES);
  g_assert_true ((array != NULL) == (entry->type == PADDOCK_GGUF_ARRAY));

  paddock_gguf_metadata_get_key_bytes (metadata, entry, &length);
  g_assert_cmpuint (length, ==, entry->key_length);
  g_assert_true (g_utf8_validate (key, -1, NULL));
  paddock_gguf_metadata_find (metadata, key);
  paddock_gguf_metadata_get_string_bytes (metadata, entry, &length);
  g_free (paddock_gguf_metadata_dup_string (metadata, key));
  check_text (paddock_gguf_metadata_format (metadata, entry, MAX_CHARS));

  if (paddock_gguf_metadata_read_uint (metadata, entry, &natural)
      && paddock_gguf_metadata_read_int (metadata, entry, &integer))
    g_assert_cmpuint (natural, ==, (guint64) integer);
  paddock_gguf_metadata_read_double (metadata, entry, &number);
  if (array != NULL)
    ask_array (array, 1);
}

static void
ask_tensor (PaddockGgufFile *file, const PaddockGgufTensor *tensor)
{
  g_autofree char *name = paddock_gguf_file_dup_tensor_name (file, tensor);
  const char *bytes;
  gsize length;

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpuint (tensor->n_dimensions, <=, PADDOCK_GGUF_MAX_DIMENSIONS);
  g_assert_cmpuint (tensor->info_offset, <, tensor->name_offset);
  bytes = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &length);
  g_assert_cmpuint (length, ==, tensor->name_length);
  /* A name that can be asked for is found, though perhaps in another tensor of the same name. */
  if (length == strlen (name) && memcmp (bytes, name, length) == 0)
    g_assert_nonnull (paddock_gguf_file_find_tensor (file, name));
  if (tensor->sized && paddock_gguf_file_get_tensor_type (file, tensor) == NULL)
    g_assert_not_reached ();
}

static void
ask_file (PaddockGgufFile *file)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  guint64 size = paddock_gguf_file_get_size (file);
  guint n_entries = paddock_gguf_metadata_get_count (metadata);
  guint n_tensors = paddock_gguf_file_get_n_tensors (file);
  guint64 alignment = paddock_gguf_file_get_alignment (file);

  g_assert_cmpuint (n_entries, <=, paddock_gguf_file_get_declared_entries (file));
  g_assert_cmpuint (n_tensors, <=, paddock_gguf_file_get_declared_tensors (file));
  g_assert_cmpuint (alignment & (alignment - 1), ==, 0);
  if (paddock_gguf_file_get_failure (file) == NULL)
    {
      g_assert_cmpuint (n_entries, ==, paddock_gguf_file_get_declared_entries (file));
      g_assert_cmpuint (n_tensors, ==, paddock_gguf_file_get_declared_tensors (file));
      g_assert_cmpuint (paddock_gguf_file_get_metadata_end (file), <=, paddock_gguf_file_get_header_end (file));
      g_assert_cmpuint (paddock_gguf_file_get_header_end (file), <=, size);
      g_assert_cmpuint (paddock_gguf_file_get_data_offset (file) % alignment, ==, 0);
    }

  for (guint i = 0; i < n_entries; i++)
    ask_entry (metadata, paddock_gguf_metadata_get_entry (metadata, i), size);
  paddock_gguf_metadata_find_first_duplicate (metadata);
  for (guint i = 0; i < n_tensors; i++)
    ask_tensor (file, paddock_gguf_file_get_tensor (file, i));
}

typedef struct
{
  const guint8 *data;
  gsize size;
} Input;

static gboolean
read_input (gpointer user_data, guint64 offset, guint8 *buffer, gsize length, GCancellable *cancellable, GError **error)
{
  Input *input = user_data;

  g_assert_cmpuint (offset, <=, input->size);
  g_assert_cmpuint (length, <=, input->size - offset);
  memcpy (buffer, input->data + offset, length);
  return TRUE;
}

/* The same bytes from a source that is read piece by piece say the same. */
static void
compare_reader (PaddockGgufFile *file, const guint8 *data, gsize size)
{
  Input input = { data, size };
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_reader (size, "fuzz", read_input, &input, NULL);
  g_autoptr(PaddockGgufFile) other = paddock_gguf_file_scan (source, NULL);
  const GError *failure = paddock_gguf_file_get_failure (file);
  const GError *other_failure = paddock_gguf_file_get_failure (other);

  g_assert_true ((failure == NULL) == (other_failure == NULL));
  if (failure != NULL)
    g_assert_cmpint (failure->code, ==, other_failure->code);
  g_assert_cmpuint (paddock_gguf_metadata_get_count (paddock_gguf_file_get_metadata (file)), ==,
                    paddock_gguf_metadata_get_count (paddock_gguf_file_get_metadata (other)));
  g_assert_cmpuint (paddock_gguf_file_get_n_tensors (file), ==, paddock_gguf_file_get_n_tensors (other));
  g_assert_cmpuint (paddock_gguf_file_get_header_end (file), ==, paddock_gguf_file_get_header_end (other));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "fuzz");
  g_autoptr(PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_autoptr(PaddockGgufFile) whole = paddock_gguf_file_new_for_source (source, NULL, NULL);

  g_assert_true ((whole != NULL) == (paddock_gguf_file_get_failure (file) == NULL));
  ask_file (file);
  if (size % 4 == 0)
    compare_reader (file, data, size);
  return 0;
}
