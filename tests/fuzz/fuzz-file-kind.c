/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-target.h"
#include "model/file-kind.h"

/* What a file is that is no model: told by its bytes, and by the first of them as its name. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *name = g_strndup ((const char *) data, MIN (size, 80));
  g_autofree char *name_detail = NULL;
  g_autofree char *detail = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, name);

  g_assert_cmpuint (paddock_file_kind_detect (source, &detail), <, PADDOCK_FILE_N_KINDS);
  g_assert_cmpuint (paddock_file_kind_detect_name (name, &name_detail), <, PADDOCK_FILE_N_KINDS);
  g_assert_nonnull (detail);
  /* A name may be any bytes, and so may what is told of it; what is told of the contents is text. */
  if (g_utf8_validate (name, -1, NULL))
    g_assert_true (g_utf8_validate (detail, -1, NULL));
  return 0;
}
