/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-types.h"

static const struct
{
  const char *name;
  gsize size;
} types[PADDOCK_GGUF_N_TYPES] = {
  [PADDOCK_GGUF_UINT8] = { "u8", 1 },   [PADDOCK_GGUF_INT8] = { "i8", 1 },    [PADDOCK_GGUF_UINT16] = { "u16", 2 },
  [PADDOCK_GGUF_INT16] = { "i16", 2 },  [PADDOCK_GGUF_UINT32] = { "u32", 4 }, [PADDOCK_GGUF_INT32] = { "i32", 4 },
  [PADDOCK_GGUF_FLOAT32] = { "f32", 4 }, [PADDOCK_GGUF_BOOL] = { "bool", 1 }, [PADDOCK_GGUF_STRING] = { "str", 0 },
  [PADDOCK_GGUF_ARRAY] = { "arr", 0 },  [PADDOCK_GGUF_UINT64] = { "u64", 8 }, [PADDOCK_GGUF_INT64] = { "i64", 8 },
  [PADDOCK_GGUF_FLOAT64] = { "f64", 8 },
};

/**
 * paddock_gguf_type_get_name:
 * @type: an id, not necessarily a valid one
 *
 * Returns: (transfer none): the short name of the type, "?" for an unknown id
 */
const char *
paddock_gguf_type_get_name (PaddockGgufType type)
{
  return (guint) type < PADDOCK_GGUF_N_TYPES ? types[type].name : "?";
}

/**
 * paddock_gguf_type_from_name:
 * @name: a short name
 * @type: (out): the type
 *
 * Returns: whether there is a type of that name
 */
gboolean
paddock_gguf_type_from_name (const char *name, PaddockGgufType *type)
{
  for (guint i = 0; i < PADDOCK_GGUF_N_TYPES; i++)
    if (g_str_equal (types[i].name, name))
      {
        *type = (PaddockGgufType) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * paddock_gguf_type_get_size:
 * @type: an id, not necessarily a valid one
 *
 * Returns: the bytes of one value, 0 for strings, arrays and unknown ids
 */
gsize
paddock_gguf_type_get_size (PaddockGgufType type)
{
  return (guint) type < PADDOCK_GGUF_N_TYPES ? types[type].size : 0;
}
