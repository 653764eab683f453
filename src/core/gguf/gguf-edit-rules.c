/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-edit-rules.h"

#include "gguf/gguf-header-bytes.h"

/* Keys that every program reads as one type, or not at all. */
static const struct
{
  const char *key;
  PaddockGgufType type;
  PaddockGgufType element_type;
  gboolean required;                 /* without it nothing can load the model */
} typed_keys[] = {
  { "general.architecture", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING, TRUE },
  { "general.type", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING, FALSE },
  { "general.name", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING, FALSE },
  { "general.license", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING, FALSE },
  { "general.file_type", PADDOCK_GGUF_UINT32, PADDOCK_GGUF_UINT32, FALSE },
  { "general.quantization_version", PADDOCK_GGUF_UINT32, PADDOCK_GGUF_UINT32, FALSE },
  { "tokenizer.chat_template", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING, FALSE },
  { "tokenizer.ggml.model", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING, FALSE },
  { "tokenizer.ggml.pre", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING, FALSE },
  { "tokenizer.ggml.tokens", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_STRING, FALSE },
  { "tokenizer.ggml.merges", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_STRING, FALSE },
};

static gboolean
refuse (GError **error, PaddockGgufError code, const char *what, const char *why)
{
  g_autofree char *shown = g_utf8_make_valid (what, (gssize) MIN (strlen (what), 200));

  g_set_error (error, PADDOCK_GGUF_ERROR, (int) code, "“%s” %s", shown, why);
  return FALSE;
}

static gboolean
check_key (PaddockGgufFile *file, const char *key, GError **error)
{
  if (g_str_equal (key, "general.alignment"))
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "cannot be edited: all tensors would have to move");
  if (g_str_has_prefix (key, "split."))
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "cannot be edited: the files of the set would not fit together any more");
  if (g_str_equal (key, PADDOCK_GGUF_ROOM_KEY))
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "cannot be edited: Paddock keeps room for later edits there");
  /* A key that is there may be anything; a new one shall be a good one. */
  if (paddock_gguf_metadata_find (paddock_gguf_file_get_metadata (file), key) != NULL)
    return TRUE;
  if (*key == '\0')
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "cannot be a key: it is empty");
  if (strlen (key) >= PADDOCK_GGUF_MAX_NAME)
    return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "cannot be a key: it is too long");
  for (const char *at = key; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "cannot be a key: only letters, digits and signs of ASCII can");
  return TRUE;
}

/**
 * paddock_gguf_edit_rules_check_change:
 * @file: the file
 * @key: a key
 * @value: (nullable): its new value, %NULL to remove it
 * @error: return location for an error
 *
 * Returns: whether it may be done
 */
gboolean
paddock_gguf_edit_rules_check_change (PaddockGgufFile *file, const char *key, const PaddockGgufValue *value, GError **error)
{
  if (!check_key (file, key, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (typed_keys); i++)
    {
      if (!g_str_equal (key, typed_keys[i].key))
        continue;
      if (value == NULL && typed_keys[i].required)
        return refuse (error, PADDOCK_GGUF_ERROR_KEY, key, "cannot be removed: no program could load the model");
      if (value != NULL
          && (paddock_gguf_value_get_type_id (value) != typed_keys[i].type
              || paddock_gguf_value_get_element_type (value) != typed_keys[i].element_type))
        {
          g_autofree char *why = g_strdup_printf (typed_keys[i].type == PADDOCK_GGUF_ARRAY ? "must be an array of type %s"
                                                                                          : "must be of type %s",
                                                  paddock_gguf_type_get_name (typed_keys[i].element_type));

          return refuse (error, PADDOCK_GGUF_ERROR_VALUE, key, why);
        }
      if (value != NULL && typed_keys[i].required && paddock_gguf_value_get_length (value) == 0)
        return refuse (error, PADDOCK_GGUF_ERROR_VALUE, key, "must not be empty");
    }
  return TRUE;
}

static gboolean
check_tensors (PaddockGgufFile *file, GError **error)
{
  guint64 size = paddock_gguf_file_get_size (file);
  guint64 room = size - MIN (size, paddock_gguf_file_get_data_offset (file));

  for (guint i = 0; i < paddock_gguf_file_get_n_tensors (file); i++)
    {
      const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (file, i);
      g_autofree char *name = NULL;

      if (tensor->offset <= room && (!tensor->sized || tensor->bytes <= room - tensor->offset))
        continue;
      name = paddock_gguf_file_dup_tensor_name (file, tensor);
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_LAYOUT,
                   "“%s” ends before its tensor “%s” does: an unfinished file is not edited", paddock_gguf_file_get_path (file),
                   name);
      return FALSE;
    }
  return TRUE;
}

/**
 * paddock_gguf_edit_rules_check_file:
 * @file: the file
 * @error: return location for an error
 *
 * Returns: whether the file is whole enough that an edit would not make things worse
 */
gboolean
paddock_gguf_edit_rules_check_file (PaddockGgufFile *file, GError **error)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  const GError *failure = paddock_gguf_file_get_failure (file);
  const PaddockGgufEntry *twice;
  const PaddockGgufTensor *tensor;
  g_autofree char *name = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_error_copy (failure));
      return FALSE;
    }
  twice = paddock_gguf_metadata_find_first_duplicate (metadata);
  if (twice != NULL)
    {
      name = paddock_gguf_metadata_dup_key (metadata, twice);
      return refuse (error, PADDOCK_GGUF_ERROR_KEY, name, "stands in the file twice: nobody can tell which one counts");
    }
  tensor = paddock_gguf_file_find_duplicate_tensor (file);
  if (tensor != NULL)
    {
      name = paddock_gguf_file_dup_tensor_name (file, tensor);
      return refuse (error, PADDOCK_GGUF_ERROR_LAYOUT, name, "is the name of two tensors: a broken file is not edited");
    }
  return check_tensors (file, error);
}
