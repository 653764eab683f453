/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz-target.h"
#include "gguf/gguf-file.h"
#include "gguf/gguf-value.h"

#define MAX_CHARS 60

/* Whatever a person types for a value is refused with a reason, or becomes one that a file gives back unchanged. */

/* What may have been there before, so that the new text is to be of its type. */
static PaddockGgufValue *
make_existing (guint8 choice)
{
  g_autoptr(PaddockGgufValue) text = paddock_gguf_value_new_string ("a", 1);
  g_autoptr(PaddockGgufValue) number = paddock_gguf_value_new_int (PADDOCK_GGUF_INT32, -1, NULL);

  switch (choice % 9)
    {
    case 0:
      return paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT8, 1, NULL);
    case 1:
      return paddock_gguf_value_new_int (PADDOCK_GGUF_INT16, -1, NULL);
    case 2:
      return paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT64, 1, NULL);
    case 3:
      return paddock_gguf_value_new_double (PADDOCK_GGUF_FLOAT32, 1.5, NULL);
    case 4:
      return paddock_gguf_value_new_bool (TRUE);
    case 5:
      return g_steal_pointer (&text);
    case 6:
      return paddock_gguf_value_new_array (PADDOCK_GGUF_STRING, &text, 1, NULL);
    case 7:
      return paddock_gguf_value_new_array (PADDOCK_GGUF_INT32, &number, 1, NULL);
    default:
      return NULL;
    }
}

static void
append_u32 (GByteArray *bytes, guint32 number)
{
  number = GUINT32_TO_LE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
}

static void
append_u64 (GByteArray *bytes, guint64 number)
{
  number = GUINT64_TO_LE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
}

/* The value as the only one of a file. */
static PaddockGgufFile *
put_into_file (const PaddockGgufValue *value)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (paddock_gguf_value_get_bytes (value), &length);

  g_byte_array_append (bytes, (const guint8 *) "GGUF", 4);
  append_u32 (bytes, 3);
  append_u64 (bytes, 0);
  append_u64 (bytes, 1);
  append_u64 (bytes, 1);
  g_byte_array_append (bytes, (const guint8 *) "k", 1);
  append_u32 (bytes, paddock_gguf_value_get_type_id (value));
  g_byte_array_append (bytes, data, (guint) length);

  g_autoptr(GBytes) frozen = g_byte_array_free_to_bytes (bytes);
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (frozen, "fuzz");
  PaddockGgufFile *file = paddock_gguf_file_new_for_source (source, NULL, NULL);

  g_assert_nonnull (file);
  return file;
}

static void
check_value (const PaddockGgufValue *value)
{
  g_autoptr(PaddockGgufFile) file = put_into_file (value);
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, "k");
  g_autoptr(PaddockGgufValue) again = paddock_gguf_value_new_for_entry (metadata, entry);
  g_autofree char *shown = paddock_gguf_value_format (value, MAX_CHARS);

  g_assert_nonnull (again);
  g_assert_true (paddock_gguf_value_equal (value, again));
  g_assert_cmpuint (entry->length, ==, paddock_gguf_value_get_length (value));
  g_assert_cmpuint (entry->value_end, ==, paddock_gguf_file_get_header_end (file));
  g_assert_true (g_utf8_validate (shown, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(PaddockGgufValue) existing = size > 0 ? make_existing (data[0]) : NULL;
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : g_strdup ("");
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufValue) value = paddock_gguf_value_parse (text, existing, &error);

  g_assert_true ((value == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (value != NULL)
    check_value (value);
  return 0;
}
