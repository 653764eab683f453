/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report-failure.h"

#include <gio/gio.h>

#include "model/file-kind.h"

static PaddockFindingText
get_text_for_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return PADDOCK_SAYS_CANCELLED;
  if (error->domain != PADDOCK_GGUF_ERROR)
    return PADDOCK_SAYS_UNREADABLE;
  switch ((PaddockGgufError) error->code)
    {
    case PADDOCK_GGUF_ERROR_NOT_FOUND:
      return PADDOCK_SAYS_NOT_FOUND;
    case PADDOCK_GGUF_ERROR_PERMISSION:
      return PADDOCK_SAYS_NO_PERMISSION;
    case PADDOCK_GGUF_ERROR_NOT_REGULAR:
      return PADDOCK_SAYS_NOT_REGULAR;
    case PADDOCK_GGUF_ERROR_CHANGED:
      return PADDOCK_SAYS_CHANGED;
    case PADDOCK_GGUF_ERROR_VERSION:
      return PADDOCK_SAYS_UNKNOWN_VERSION;
    case PADDOCK_GGUF_ERROR_TRUNCATED:
      return PADDOCK_SAYS_TRUNCATED_HEADER;
    case PADDOCK_GGUF_ERROR_COUNT:
      return PADDOCK_SAYS_IMPOSSIBLE_COUNT;
    case PADDOCK_GGUF_ERROR_LENGTH:
      return PADDOCK_SAYS_IMPOSSIBLE_LENGTH;
    case PADDOCK_GGUF_ERROR_VALUE_TYPE:
      return PADDOCK_SAYS_BAD_VALUE_TYPE;
    case PADDOCK_GGUF_ERROR_NESTING:
      return PADDOCK_SAYS_NESTED_TOO_DEEP;
    case PADDOCK_GGUF_ERROR_DIMENSIONS:
      return PADDOCK_SAYS_BAD_DIMENSIONS;
    case PADDOCK_GGUF_ERROR_ALIGNMENT:
      return PADDOCK_SAYS_BAD_ALIGNMENT;
    case PADDOCK_GGUF_ERROR_IO:
    case PADDOCK_GGUF_ERROR_NO_SPACE:
      return PADDOCK_SAYS_UNREADABLE;
    case PADDOCK_GGUF_ERROR_NOT_GGUF:
    case PADDOCK_GGUF_ERROR_TENSOR_TYPE:
    case PADDOCK_GGUF_ERROR_LAYOUT:
    case PADDOCK_GGUF_ERROR_KEY:
    case PADDOCK_GGUF_ERROR_VALUE:
    case PADDOCK_GGUF_ERROR_INCOMPLETE_SET:
    default:
      return PADDOCK_SAYS_BAD_HEADER;
    }
}

static const PaddockFindingText kind_texts[PADDOCK_FILE_N_KINDS] = {
  [PADDOCK_FILE_UNKNOWN] = PADDOCK_SAYS_NOT_GGUF,
  [PADDOCK_FILE_GGUF] = PADDOCK_SAYS_NOT_GGUF,
  [PADDOCK_FILE_EMPTY] = PADDOCK_SAYS_EMPTY_FILE,
  [PADDOCK_FILE_ZEROS] = PADDOCK_SAYS_ONLY_ZEROS,
  [PADDOCK_FILE_UNFINISHED] = PADDOCK_SAYS_UNFINISHED_DOWNLOAD,
  [PADDOCK_FILE_PIECE] = PADDOCK_SAYS_PIECE_OF_FILE,
  [PADDOCK_FILE_HTML] = PADDOCK_SAYS_WEB_PAGE,
  [PADDOCK_FILE_JSON] = PADDOCK_SAYS_ERROR_ANSWER,
  [PADDOCK_FILE_LFS_POINTER] = PADDOCK_SAYS_LFS_POINTER,
  [PADDOCK_FILE_OLD_GGML] = PADDOCK_SAYS_OLD_GGML,
  [PADDOCK_FILE_SAFETENSORS] = PADDOCK_SAYS_SAFETENSORS,
  [PADDOCK_FILE_PYTORCH] = PADDOCK_SAYS_PYTORCH,
  [PADDOCK_FILE_OTHER_MODEL] = PADDOCK_SAYS_OTHER_MODEL,
  [PADDOCK_FILE_ARCHIVE] = PADDOCK_SAYS_ARCHIVE,
  [PADDOCK_FILE_PROGRAM] = PADDOCK_SAYS_PROGRAM,
  [PADDOCK_FILE_TEXT] = PADDOCK_SAYS_TEXT_FILE,
};

static void
add_kind (PaddockReportFindings *findings, PaddockGgufFile *file)
{
  g_autofree char *detail = NULL;
  PaddockFileKind kind = paddock_file_kind_detect (paddock_gguf_file_get_source (file), &detail);

  paddock_report_findings_add_value (findings, kind_texts[kind], 0, NULL, 0, "%s", detail);
}

/* A header that breaks off in a file whose name says that it is not all there. */
static gboolean
add_unfinished (PaddockReportFindings *findings, const char *path)
{
  g_autofree char *detail = NULL;
  PaddockFileKind kind = paddock_file_kind_detect_name (path, &detail);

  if (kind == PADDOCK_FILE_UNKNOWN)
    return FALSE;
  paddock_report_findings_add_value (findings, kind_texts[kind], -1, NULL, 0, "%s", detail);
  return TRUE;
}

void
paddock_report_failure_add (PaddockReportFindings *findings, const char *path, PaddockGgufFile *file, const GError *error)
{
  PaddockFindingText text = get_text_for_error (error);
  guint64 place;
  gint64 offset = paddock_gguf_error_get_offset (error, &place) && place <= G_MAXINT64 ? (gint64) place : -1;

  if (file != NULL && g_error_matches (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_GGUF))
    {
      add_kind (findings, file);
      return;
    }
  if (text == PADDOCK_SAYS_TRUNCATED_HEADER || text == PADDOCK_SAYS_IMPOSSIBLE_COUNT)
    add_unfinished (findings, path);
  if (text == PADDOCK_SAYS_UNKNOWN_VERSION && file != NULL)
    paddock_report_findings_add_value (findings, text, offset, NULL, 0, "%u", paddock_gguf_file_get_version (file));
  else
    paddock_report_findings_add_value (findings, text, offset, NULL, 0, "%s", error->message);
}
