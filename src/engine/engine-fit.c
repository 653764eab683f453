/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-fit.h"

#include <string.h>

#include "engine-error.h"

#define MAX_LINE 4096
#define MAX_NAME 64
#define MAX_DEVICES 64
#define MAX_WORDS 64

/* A tebibyte of tebibytes: no sum of so many devices overflows. */
#define MAX_MEBIBYTES ((guint64) 1 << 32)

#define BLANKS " \t\r"

static void
device_free (gpointer data)
{
  PaddockEngineFitDevice *device = data;

  g_free (device->name);
  g_free (device);
}

/**
 * paddock_engine_fit_free:
 * @self: (transfer full): an answer
 */
void
paddock_engine_fit_free (PaddockEngineFit *self)
{
  g_ptr_array_unref (self->devices);
  g_clear_pointer (&self->binary, paddock_engine_binary_free);
  g_strfreev (self->question);
  g_strfreev (self->proposal);
  g_free (self);
}

/* The next line as text of its own; NULL for one that is too long or holds what no line of an answer does. */
static char *
take_line (const char **at, const char *end)
{
  const char *begin = *at;
  const char *stop = memchr (begin, '\n', (gsize) (end - begin));
  gsize length = (gsize) ((stop != NULL ? stop : end) - begin);

  *at = stop != NULL ? stop + 1 : end;
  if (length > MAX_LINE || !g_utf8_validate (begin, (gssize) length, NULL))
    return NULL;
  return g_strndup (begin, length);
}

static void
cut_blanks (char *text)
{
  gsize length = strlen (text);

  while (length > 0 && strchr (BLANKS, text[length - 1]) != NULL)
    length--;
  text[length] = '\0';
}

/* The last word, which is cut off; NULL: it is none, or the only one. */
static const char *
take_last_word (char *line)
{
  char *word;

  cut_blanks (line);
  word = line + strlen (line);
  while (word > line && strchr (BLANKS, word[-1]) == NULL)
    word--;
  if (word == line || *word == '\0')
    return NULL;
  word[-1] = '\0';
  return word;
}

static gboolean
take_size (char *line, guint64 *bytes)
{
  const char *word = take_last_word (line);
  guint64 mebibytes;

  if (word == NULL || !g_ascii_string_to_unsigned (word, 10, 0, MAX_MEBIBYTES, &mebibytes, NULL))
    return FALSE;
  *bytes = mebibytes * PADDOCK_ENGINE_FIT_UNIT;
  return TRUE;
}

/* As the engine names devices: something that can be shown. */
static gboolean
is_name (const char *name)
{
  if (*name == '\0' || strlen (name) > MAX_NAME)
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) && *c != ' ')
      return FALSE;
  return TRUE;
}

/* "CUDA0 7401 814 517": weights, cache, computing. NULL: something else, such as what a driver says. */
static PaddockEngineFitDevice *
read_device (char *line)
{
  PaddockEngineFitDevice device = { 0 };

  if (!take_size (line, &device.compute) || !take_size (line, &device.cache) || !take_size (line, &device.weights))
    return NULL;
  g_strstrip (line);
  if (!is_name (line))
    return NULL;
  device.name = g_strdup (line);
  return g_memdup2 (&device, sizeof device);
}

static gboolean
has_device (const PaddockEngineFit *self, const char *name)
{
  for (guint i = 0; i < self->devices->len; i++)
    if (g_str_equal (((PaddockEngineFitDevice *) g_ptr_array_index (self->devices, i))->name, name))
      return TRUE;
  return FALSE;
}

static gboolean
add_device (PaddockEngineFit *self, PaddockEngineFitDevice *device, GError **error)
{
  if (self->devices->len >= MAX_DEVICES || has_device (self, device->name))
    {
      g_set_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_ANSWER,
                   self->devices->len >= MAX_DEVICES ? "it tells of too many devices, the last one is %s" : "it tells twice of %s",
                   device->name);
      device_free (device);
      return FALSE;
    }
  g_ptr_array_add (self->devices, device);
  return TRUE;
}

/**
 * paddock_engine_fit_parse:
 * @text: what the program printed; it need not be text
 * @length: its bytes
 * @error: return location for a #PaddockEngineError
 *
 * Returns: (transfer full) (nullable): the answer
 */
PaddockEngineFit *
paddock_engine_fit_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (PaddockEngineFit) self = g_new0 (PaddockEngineFit, 1);
  const char *end = text + length;

  self->devices = g_ptr_array_new_with_free_func (device_free);
  for (const char *at = text; at < end;)
    {
      g_autofree char *line = take_line (&at, end);
      PaddockEngineFitDevice *device = line != NULL ? read_device (line) : NULL;

      if (device != NULL && !add_device (self, device, error))
        return NULL;
    }
  if (self->devices->len == 0)
    {
      g_set_error_literal (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_ANSWER, "it tells of no device");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * paddock_engine_fit_parse_proposal:
 * @text: what the program printed; it need not be text
 * @length: its bytes
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): options
 */
char **
paddock_engine_fit_parse_proposal (const char *text, gsize length)
{
  const char *end = text + length;

  for (const char *at = text; at < end;)
    {
      g_autofree char *line = take_line (&at, end);
      g_auto (GStrv) words = NULL;
      int count = 0;

      if (line == NULL || !g_str_has_prefix (line, "-c ") || strpbrk (line, "\033\b") != NULL)
        continue;
      if (g_shell_parse_argv (line, &count, &words, NULL) && count <= MAX_WORDS)
        return g_steal_pointer (&words);
    }
  return NULL;
}

/* All devices together. */
PaddockEngineFitDevice
paddock_engine_fit_sum (const PaddockEngineFit *self)
{
  PaddockEngineFitDevice sum = { 0 };

  for (guint i = 0; i < self->devices->len; i++)
    {
      const PaddockEngineFitDevice *device = g_ptr_array_index (self->devices, i);

      sum.weights += device->weights;
      sum.cache += device->cache;
      sum.compute += device->compute;
    }
  return sum;
}
