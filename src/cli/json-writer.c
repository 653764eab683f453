/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-writer.h"

#include <math.h>
#include <string.h>

/* Deeper than anything that is written: the document, its lists, and arrays of arrays in values. */
#define MAX_DEPTH 32

struct _PaddockJsonWriter
{
  FILE *stream;                      /* Borrowed */

  guint depth;
  gboolean filled[MAX_DEPTH];        /* whether something stands at that depth already */
};

/**
 * paddock_json_writer_new:
 * @stream: where the document goes; it must outlive the writer
 *
 * Whether writing worked is asked of the stream, at the end.
 *
 * Returns: (transfer full): a writer at the start of a document
 */
PaddockJsonWriter *
paddock_json_writer_new (FILE *stream)
{
  PaddockJsonWriter *self = g_new0 (PaddockJsonWriter, 1);

  self->stream = stream;
  return self;
}

/**
 * paddock_json_writer_free:
 * @self: (transfer full): a writer
 */
void
paddock_json_writer_free (PaddockJsonWriter *self)
{
  putc_unlocked ('\n', self->stream);
  g_free (self);
}

/* Characters that would do something to a terminal are legal in JSON; escaped, they mean the same and do nothing. */
static gboolean
needs_escape (gunichar character)
{
  if (character < 0x80)
    return character < 0x20 || character == 0x7f || character == '"' || character == '\\';

  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
write_escaped (PaddockJsonWriter *self, gunichar character)
{
  switch (character)
    {
    case '"':
      fputs_unlocked ("\\\"", self->stream);
      break;
    case '\\':
      fputs_unlocked ("\\\\", self->stream);
      break;
    case '\n':
      fputs_unlocked ("\\n", self->stream);
      break;
    case '\t':
      fputs_unlocked ("\\t", self->stream);
      break;
    default:
      if (character >= 0x10000)
        fprintf (self->stream, "\\u%04x\\u%04x", 0xd800 + ((character - 0x10000) >> 10),
                 0xdc00 + ((character - 0x10000) & 0x3ff));
      else
        fprintf (self->stream, "\\u%04x", character);
      break;
    }
}

static void
write_text (PaddockJsonWriter *self, const char *text, gsize length)
{
  const char *end = text + length;
  const char *plain = text;

  putc_unlocked ('"', self->stream);
  for (const char *at = text; at < end;)
    {
      gunichar character = (guchar) *at < 0x80 ? (guchar) *at : g_utf8_get_char (at);
      const char *next = g_utf8_next_char (at);

      if (needs_escape (character))
        {
          fwrite_unlocked (plain, 1, at - plain, self->stream);
          write_escaped (self, character);
          plain = next;
        }
      at = next;
    }
  fwrite_unlocked (plain, 1, end - plain, self->stream);
  putc_unlocked ('"', self->stream);
}

/* What stands before every value: the comma, and the name if it is a member. */
static void
begin_value (PaddockJsonWriter *self, const char *name)
{
  if (self->filled[self->depth])
    putc_unlocked (',', self->stream);
  self->filled[self->depth] = TRUE;
  if (name != NULL)
    {
      write_text (self, name, strlen (name));
      putc_unlocked (':', self->stream);
    }
}

static void
open_container (PaddockJsonWriter *self, const char *name, char bracket)
{
  g_return_if_fail (self->depth + 1 < MAX_DEPTH);

  begin_value (self, name);
  putc_unlocked (bracket, self->stream);
  self->filled[++self->depth] = FALSE;
}

static void
close_container (PaddockJsonWriter *self, char bracket)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  putc_unlocked (bracket, self->stream);
}

/**
 * paddock_json_writer_begin_object:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array or for the document itself
 */
void
paddock_json_writer_begin_object (PaddockJsonWriter *self, const char *name)
{
  open_container (self, name, '{');
}

/**
 * paddock_json_writer_end_object:
 * @self: a writer
 */
void
paddock_json_writer_end_object (PaddockJsonWriter *self)
{
  close_container (self, '}');
}

/**
 * paddock_json_writer_begin_array:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array or for the document itself
 */
void
paddock_json_writer_begin_array (PaddockJsonWriter *self, const char *name)
{
  open_container (self, name, '[');
}

/**
 * paddock_json_writer_end_array:
 * @self: a writer
 */
void
paddock_json_writer_end_array (PaddockJsonWriter *self)
{
  close_container (self, ']');
}

/**
 * paddock_json_writer_add_null:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 */
void
paddock_json_writer_add_null (PaddockJsonWriter *self, const char *name)
{
  begin_value (self, name);
  fputs_unlocked ("null", self->stream);
}

/**
 * paddock_json_writer_add_boolean:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 * @value: a truth
 */
void
paddock_json_writer_add_boolean (PaddockJsonWriter *self, const char *name, gboolean value)
{
  begin_value (self, name);
  fputs_unlocked (value ? "true" : "false", self->stream);
}

/**
 * paddock_json_writer_add_uint:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 * @value: a number, written with all its digits
 */
void
paddock_json_writer_add_uint (PaddockJsonWriter *self, const char *name, guint64 value)
{
  begin_value (self, name);
  fprintf (self->stream, "%" G_GUINT64_FORMAT, value);
}

/**
 * paddock_json_writer_add_int:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 * @value: a number, written with all its digits
 */
void
paddock_json_writer_add_int (PaddockJsonWriter *self, const char *name, gint64 value)
{
  begin_value (self, name);
  fprintf (self->stream, "%" G_GINT64_FORMAT, value);
}

/**
 * paddock_json_writer_add_known:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 * @value: a number; below 0 it is unknown
 */
void
paddock_json_writer_add_known (PaddockJsonWriter *self, const char *name, gint64 value)
{
  if (value < 0)
    paddock_json_writer_add_null (self, name);
  else
    paddock_json_writer_add_int (self, name, value);
}

/* The fewest digits that read back as the same number. */
static void
add_number (PaddockJsonWriter *self, const char *name, double value, gboolean single)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  const char *const formats[] = { "%.6g", "%.7g", "%.8g", "%.9g", "%.15g", "%.16g", "%.17g" };

  if (!isfinite (value))
    {
      paddock_json_writer_add_null (self, name);
      return;
    }

  begin_value (self, name);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      double read;

      g_ascii_formatd (text, sizeof text, formats[i], value);
      read = g_ascii_strtod (text, NULL);
      if (single ? (float) read == (float) value : read == value)
        break;
    }
  fputs_unlocked (text, self->stream);
}

/**
 * paddock_json_writer_add_double:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 * @value: a number; JSON has no words for infinity and for what is no number: those are null
 */
void
paddock_json_writer_add_double (PaddockJsonWriter *self, const char *name, double value)
{
  add_number (self, name, value, FALSE);
}

/**
 * paddock_json_writer_add_float:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 * @value: a number of single precision, written without the digits that it does not have
 */
void
paddock_json_writer_add_float (PaddockJsonWriter *self, const char *name, float value)
{
  add_number (self, name, value, TRUE);
}

/* UTF-8 that may hold NUL, as strings of a file may and as JSON can say; what is not UTF-8 is replaced. */
static GString *
make_valid (const char *bytes, gsize length)
{
  GString *valid = g_string_sized_new (length);

  for (gsize at = 0; at < length;)
    {
      const char *nul = memchr (bytes + at, 0, length - at);
      gsize run = nul != NULL ? (gsize) (nul - bytes) - at : length - at;
      g_autofree char *part = g_utf8_make_valid (bytes + at, (gssize) run);

      g_string_append (valid, part);
      if (nul != NULL)
        g_string_append_c (valid, '\0');
      at += run + 1;
    }
  return valid;
}

/**
 * paddock_json_writer_add_bytes:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 * @bytes: (array length=length): text from a file: what is not UTF-8 is replaced
 * @length: the number of bytes
 */
void
paddock_json_writer_add_bytes (PaddockJsonWriter *self, const char *name, const char *bytes, gsize length)
{
  begin_value (self, name);
  if (length == 0 || g_utf8_validate_len (bytes, length, NULL))
    {
      write_text (self, bytes, length);
    }
  else
    {
      GString *valid = make_valid (bytes, length);

      write_text (self, valid->str, valid->len);
      g_string_free (valid, TRUE);
    }
}

/**
 * paddock_json_writer_add_string:
 * @self: a writer
 * @name: (nullable): the member's name, %NULL in an array
 * @value: (nullable): a text; %NULL is written as null
 */
void
paddock_json_writer_add_string (PaddockJsonWriter *self, const char *name, const char *value)
{
  if (value == NULL)
    paddock_json_writer_add_null (self, name);
  else
    paddock_json_writer_add_bytes (self, name, value, strlen (value));
}
