/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/file-kind.h"

#include <string.h>

/* Enough for every signature; a tar archive has its own furthest, at 257. */
#define HEAD_BYTES 4096
/* How far the beginning of a file is searched for what should have stood at its front. */
#define SEARCHED_BYTES (8u << 20)
#define SEARCH_STEP (64u << 10)
#define SHOWN_CHARS 80
/* Four letters may be anything. */
#define SHORTEST_TEXT 8

typedef struct
{
  guint8 bytes[HEAD_BYTES + 1];      /* and a NUL behind them */
  gsize length;
  guint64 size;
} Head;

typedef struct
{
  const char *bytes;
  guint8 length;
  guint16 offset;
  guint8 kind;
  const char *detail;
} Signature;

#define AT(offset, bytes, kind, detail) { bytes, sizeof (bytes) - 1, offset, kind, detail }

static const Signature signatures[] = {
  AT (0, "GGUF", PADDOCK_FILE_GGUF, "GGUF"),
  AT (0, "lmgg", PADDOCK_FILE_OLD_GGML, "GGML"),
  AT (0, "fmgg", PADDOCK_FILE_OLD_GGML, "GGMF"),
  AT (0, "tjgg", PADDOCK_FILE_OLD_GGML, "GGJT"),
  AT (0, "algg", PADDOCK_FILE_OLD_GGML, "GGLA"),
  AT (0, "nsgg", PADDOCK_FILE_OLD_GGML, "GGSN"),
  AT (0, "GGML", PADDOCK_FILE_OLD_GGML, "GGML"),
  AT (0, "GGMF", PADDOCK_FILE_OLD_GGML, "GGMF"),
  AT (0, "GGJT", PADDOCK_FILE_OLD_GGML, "GGJT"),
  AT (0, "GGLA", PADDOCK_FILE_OLD_GGML, "GGLA"),
  AT (0, "GGSN", PADDOCK_FILE_OLD_GGML, "GGSN"),
  AT (0, "ggml", PADDOCK_FILE_OLD_GGML, "GGML"),
  AT (0, "ggmf", PADDOCK_FILE_OLD_GGML, "GGMF"),
  AT (0, "ggjt", PADDOCK_FILE_OLD_GGML, "GGJT"),
  AT (0, "version https://git-lfs.github.com/spec/", PADDOCK_FILE_LFS_POINTER, NULL),
  AT (0, "version https://hawser.github.com/spec/", PADDOCK_FILE_LFS_POINTER, NULL),
  AT (0, "\x7f" "ELF", PADDOCK_FILE_PROGRAM, "ELF"),
  AT (0, "MZ", PADDOCK_FILE_PROGRAM, "Windows"),
  AT (0, "\xcf\xfa\xed\xfe", PADDOCK_FILE_PROGRAM, "macOS"),
  AT (0, "\xca\xfe\xba\xbe", PADDOCK_FILE_PROGRAM, "macOS"),
  AT (0, "#!", PADDOCK_FILE_PROGRAM, "#!"),
  AT (0, "\x1f\x8b", PADDOCK_FILE_ARCHIVE, "gzip"),
  AT (0, "\x28\xb5\x2f\xfd", PADDOCK_FILE_ARCHIVE, "zstd"),
  AT (0, "\xfd" "7zXZ\0", PADDOCK_FILE_ARCHIVE, "xz"),
  AT (0, "BZh", PADDOCK_FILE_ARCHIVE, "bzip2"),
  AT (0, "\x04\x22\x4d\x18", PADDOCK_FILE_ARCHIVE, "lz4"),
  AT (0, "7z\xbc\xaf\x27\x1c", PADDOCK_FILE_ARCHIVE, "7z"),
  AT (0, "Rar!\x1a\x07", PADDOCK_FILE_ARCHIVE, "rar"),
  AT (257, "ustar", PADDOCK_FILE_ARCHIVE, "tar"),
  AT (0, "\x93NUMPY", PADDOCK_FILE_OTHER_MODEL, "NumPy"),
  AT (0, "\x89HDF\r\n\x1a\n", PADDOCK_FILE_OTHER_MODEL, "HDF5 / Keras"),
  AT (4, "TFL3", PADDOCK_FILE_OTHER_MODEL, "TensorFlow Lite"),
  AT (0, "SQLite format 3", PADDOCK_FILE_OTHER_MODEL, "SQLite"),
  AT (0, "%PDF-", PADDOCK_FILE_OTHER_MODEL, "PDF"),
  AT (0, "\x89PNG", PADDOCK_FILE_OTHER_MODEL, "PNG"),
};

/* What programs put behind the names of downloads that go on. */
static const char *const unfinished_suffixes[] = {
  ".part", ".partial", ".incomplete", ".aria2", ".aria2__temp", ".crdownload", ".download", ".tmp",
  ".filepart", ".!ut", ".opdownload", ".downloadinprogress",
  ".paddock-part",
};

static gboolean
starts_with (const Head *head, const char *text)
{
  return head->length >= strlen (text) && memcmp (head->bytes, text, strlen (text)) == 0;
}

static char *
dup_first_line (const Head *head, gsize from)
{
  const char *text = (const char *) head->bytes + from;
  gsize length = strcspn (text, "\r\n");
  g_autofree char *line = g_utf8_make_valid (text, (gssize) MIN (length, 4 * SHOWN_CHARS));

  return g_utf8_strlen (line, -1) > SHOWN_CHARS ? g_utf8_substring (line, 0, SHOWN_CHARS) : g_steal_pointer (&line);
}

/* The title of a page says more than its first line. */
static char *
dup_title (const Head *head, gsize from)
{
  g_autofree char *lower = g_ascii_strdown ((const char *) head->bytes + from, -1);
  const char *title = strstr (lower, "<title>");
  const char *end = title != NULL ? strstr (title, "</title>") : NULL;
  g_autofree char *text = NULL;

  if (end == NULL)
    return dup_first_line (head, from);
  title += strlen ("<title>");
  text = g_strndup ((const char *) head->bytes + from + (title - lower), (gsize) (end - title));
  g_strstrip (text);
  return g_utf8_make_valid (text, (gssize) MIN (strlen (text), SHOWN_CHARS));
}

/* u64 length of a JSON header, which begins at once. */
static gboolean
is_safetensors (const Head *head)
{
  guint64 length = 0;

  for (guint i = 0; i < 8 && head->length > 9; i++)
    length |= (guint64) head->bytes[i] << (8 * i);
  return length >= 2 && length < (G_GUINT64_CONSTANT (1) << 30) && length <= head->size && head->bytes[8] == '{'
         && (head->bytes[9] == '"' || head->bytes[9] == '}' || head->bytes[9] == ' ');
}

/* A PyTorch checkpoint is a zip archive with a pickle inside, or the pickle alone. */
static PaddockFileKind
detect_zip (const Head *head, char **detail)
{
  gboolean pytorch = memmem (head->bytes, head->length, "data.pkl", 8) != NULL
                     || memmem (head->bytes, head->length, "/data/", 6) != NULL
                     || memmem (head->bytes, head->length, "archive/", 8) != NULL;

  *detail = g_strdup (pytorch ? "zip, pickle" : "zip");
  return pytorch ? PADDOCK_FILE_PYTORCH : PADDOCK_FILE_ARCHIVE;
}

static gboolean
is_pickle (const Head *head)
{
  return head->length > 2 && head->bytes[0] == 0x80 && head->bytes[1] >= 2 && head->bytes[1] <= 5
         && strchr ("\x8a}c\x95]()K", head->bytes[2]) != NULL;
}

/* ONNX is a protobuf: field 1 (version) as a small number, then field 2 (producer) or 7 (graph). */
static gboolean
is_onnx (const Head *head)
{
  return head->length > 4 && head->bytes[0] == 0x08 && head->bytes[1] < 32
         && (head->bytes[2] == 0x12 || head->bytes[2] == 0x3a) && (head->bytes[2] == 0x3a || head->bytes[3] < 64);
}

static gsize
skip_blanks (const Head *head)
{
  gsize from = starts_with (head, "\xef\xbb\xbf") ? 3 : 0;

  while (from < head->length && g_ascii_isspace (head->bytes[from]))
    from++;
  return from;
}

static gboolean
is_text (const Head *head)
{
  const char *end;

  if (head->length < SHORTEST_TEXT || memchr (head->bytes, '\0', head->length) != NULL)
    return FALSE;
  for (gsize i = 0; i < head->length; i++)
    if (head->bytes[i] < 0x20 && !g_ascii_isspace (head->bytes[i]) && head->bytes[i] != 0x1b)
      return FALSE;
  /* The last character may be cut. */
  return g_utf8_validate_len ((const char *) head->bytes, head->length, &end)
         || (gsize) (end - (const char *) head->bytes) + 4 > head->length;
}

static PaddockFileKind
detect_text (const Head *head, char **detail)
{
  gsize from = skip_blanks (head);
  const char *text = (const char *) head->bytes + from;

  if (g_ascii_strncasecmp (text, "<!doctype html", 14) == 0 || g_ascii_strncasecmp (text, "<html", 5) == 0
      || g_ascii_strncasecmp (text, "<head", 5) == 0 || g_ascii_strncasecmp (text, "<body", 5) == 0
      || g_ascii_strncasecmp (text, "<!--", 4) == 0 || g_ascii_strncasecmp (text, "<?xml", 5) == 0
      || g_ascii_strncasecmp (text, "<error", 6) == 0)
    {
      *detail = dup_title (head, from);
      return PADDOCK_FILE_HTML;
    }
  if (!is_text (head))
    return PADDOCK_FILE_UNKNOWN;
  *detail = dup_first_line (head, from);
  return *text == '{' || *text == '[' ? PADDOCK_FILE_JSON : PADDOCK_FILE_TEXT;
}

static PaddockFileKind
detect_signature (const Head *head, char **detail)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      const Signature *row = &signatures[i];

      if (head->length < (gsize) row->offset + row->length || memcmp (head->bytes + row->offset, row->bytes, row->length) != 0)
        continue;
      *detail = row->detail != NULL ? g_strdup (row->detail) : dup_first_line (head, 0);
      return (PaddockFileKind) row->kind;
    }
  return PADDOCK_FILE_UNKNOWN;
}

/* Where the zeros end; as far as it is searched. */
static guint64
count_zeros (PaddockGgufSource *source, guint64 size, gboolean *gguf)
{
  g_autofree guint8 *buffer = g_malloc (SEARCH_STEP);
  guint64 end = MIN (size, SEARCHED_BYTES);

  for (guint64 at = 0; at < end; at += SEARCH_STEP)
    {
      gsize length = (gsize) MIN (end - at, SEARCH_STEP);

      if (!paddock_gguf_source_read (source, at, buffer, length, NULL, NULL))
        return at;
      for (gsize i = 0; i < length; i++)
        if (buffer[i] != 0)
          {
            *gguf = memmem (buffer + i, length - i, "GGUF", 4) != NULL;
            return at + i;
          }
    }
  return end;
}

static PaddockFileKind
detect_zeros (PaddockGgufSource *source, const Head *head, char **detail)
{
  gboolean gguf = FALSE;
  guint64 zeros = count_zeros (source, head->size, &gguf);

  *detail = g_strdup_printf ("0…%" G_GUINT64_FORMAT, zeros);
  if (zeros >= MIN (head->size, SEARCHED_BYTES))
    return PADDOCK_FILE_ZEROS;
  if (gguf || zeros >= 512)
    return PADDOCK_FILE_UNFINISHED;
  g_clear_pointer (detail, g_free);
  return PADDOCK_FILE_UNKNOWN;
}

static char *
describe_bytes (const Head *head)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < MIN (head->length, 4); i++)
    g_string_append_printf (text, i == 0 ? "%02x" : " %02x", head->bytes[i]);
  return g_string_free (text, FALSE);
}

static PaddockFileKind
detect_by_bytes (PaddockGgufSource *source, const Head *head, char **detail)
{
  PaddockFileKind kind = detect_signature (head, detail);

  if (kind != PADDOCK_FILE_UNKNOWN)
    return kind;
  if (starts_with (head, "PK\x03\x04") || starts_with (head, "PK\x05\x06"))
    return detect_zip (head, detail);
  if (is_safetensors (head))
    {
      *detail = g_strdup ("safetensors");
      return PADDOCK_FILE_SAFETENSORS;
    }
  if (is_pickle (head))
    {
      *detail = g_strdup ("pickle");
      return PADDOCK_FILE_PYTORCH;
    }
  if (is_onnx (head))
    {
      *detail = g_strdup ("ONNX");
      return PADDOCK_FILE_OTHER_MODEL;
    }
  if (head->bytes[0] == 0)
    return detect_zeros (source, head, detail);
  return detect_text (head, detail);
}

/**
 * paddock_file_kind_detect_name:
 * @name: (type filename): a path or a file's name
 * @detail: (out) (transfer full) (nullable): the part of the name that tells it
 *
 * Returns: what the name says the file is
 */
PaddockFileKind
paddock_file_kind_detect_name (const char *name, char **detail)
{
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *lower = g_ascii_strdown (base, -1);
  const char *piece;

  *detail = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (unfinished_suffixes); i++)
    if (g_str_has_suffix (lower, unfinished_suffixes[i]))
      {
        *detail = g_strdup (unfinished_suffixes[i]);
        return PADDOCK_FILE_UNFINISHED;
      }
  /* model.gguf-split-a, model.gguf.part1of3, model.gguf.001: pieces without headers of their own. */
  piece = strstr (lower, ".gguf");
  if (piece != NULL && (g_str_has_prefix (piece, ".gguf-split-") || g_str_has_prefix (piece, ".gguf.part")
                        || g_str_has_prefix (piece, ".gguf-part") || (piece[5] == '.' && g_ascii_isdigit (piece[6]))))
    {
      *detail = g_strdup (piece);
      return PADDOCK_FILE_PIECE;
    }
  return PADDOCK_FILE_UNKNOWN;
}

/**
 * paddock_file_kind_detect:
 * @source: the bytes of a file
 * @detail: (out) (transfer full): what it is more exactly, for people
 *
 * Returns: what the file is
 */
PaddockFileKind
paddock_file_kind_detect (PaddockGgufSource *source, char **detail)
{
  g_autofree Head *head = g_new0 (Head, 1);
  PaddockFileKind kind = PADDOCK_FILE_UNKNOWN;
  PaddockFileKind named;

  *detail = NULL;
  head->size = paddock_gguf_source_get_size (source);
  head->length = (gsize) MIN (head->size, HEAD_BYTES);
  if (head->length == 0)
    {
      *detail = g_strdup ("0");
      return PADDOCK_FILE_EMPTY;
    }
  if (paddock_gguf_source_read (source, 0, head->bytes, head->length, NULL, NULL))
    kind = detect_by_bytes (source, head, detail);
  if (kind != PADDOCK_FILE_UNKNOWN)
    return kind;

  g_clear_pointer (detail, g_free);
  named = paddock_file_kind_detect_name (paddock_gguf_source_get_name (source), detail);
  if (*detail == NULL)
    *detail = describe_bytes (head);
  return named;
}
