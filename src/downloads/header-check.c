/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "header-check.h"

#include "download-error.h"
#include "gguf/gguf-file.h"
#include "gguf/gguf-layout.h"

typedef struct
{
  PaddockPartFile *part;
  guint64 there;
} Begin;

static gboolean
read_begin (
    gpointer user_data, guint64 offset, guint8 *buffer, gsize length, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  Begin *begin = user_data;

  if (offset > begin->there || length > begin->there - offset)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "it is not there yet");
      return FALSE;
    }
  return paddock_part_file_read (begin->part, buffer, length, offset, error);
}

static PaddockHeaderVerdict
refuse (const char *why, GError **error)
{
  g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL, "this is no whole model: %s", why);
  return PADDOCK_HEADER_WRONG;
}

/**
 * paddock_header_check_run:
 * @part: a part
 * @size: of the whole file
 * @there: how many bytes are there from the begin on
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: what they are
 */
PaddockHeaderVerdict
paddock_header_check_run (PaddockPartFile *part, guint64 size, guint64 there, GError **error)
{
  Begin begin = { part, there };
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_reader (size, "part", read_begin, &begin, NULL);
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  const GError *failure = paddock_gguf_file_get_failure (file);
  g_autoptr (PaddockGgufLayout) layout = NULL;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return PADDOCK_HEADER_UNDECIDED;
  /* What is newer than this program is for others to judge. */
  if (g_error_matches (failure, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VERSION))
    return PADDOCK_HEADER_SOUND;
  if (failure != NULL)
    return refuse (failure->message, error);
  layout = paddock_gguf_layout_new (file);
  if (paddock_gguf_layout_count (layout, PADDOCK_GGUF_LAYOUT_OUTSIDE) > 0)
    return refuse ("its tensors reach past the end of the file", error);
  return PADDOCK_HEADER_SOUND;
}
