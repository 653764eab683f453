/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "edit-request.h"

#include "base/io-error.h"
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (64 * 1024)

struct _PaddockEditRequest
{
  /* Owned */
  char *key;
  char *value;                       /* NULL: the key is to be removed */
};

/**
 * paddock_edit_request_new:
 * @remove: whether @argument is a key to be removed; else it is KEY=VALUE
 * @argument: raw bytes from the command line
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the request, %NULL if it cannot be one
 */
PaddockEditRequest *
paddock_edit_request_new (gboolean remove, const char *argument, GError **error)
{
  const char *equals = remove ? NULL : strchr (argument, '=');
  gsize length = equals != NULL ? (gsize) (equals - argument) : strlen (argument);
  PaddockEditRequest *self;

  if (!remove && equals == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--set needs KEY=VALUE, not “%s”"), argument);
      return NULL;
    }
  if (length == 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("The key is empty"));
      return NULL;
    }

  self = g_new0 (PaddockEditRequest, 1);
  self->key = g_strndup (argument, length);
  self->value = equals != NULL ? g_strdup (equals + 1) : NULL;
  return self;
}

/**
 * paddock_edit_request_free:
 * @self: (transfer full): a request
 */
void
paddock_edit_request_free (PaddockEditRequest *self)
{
  g_free (self->key);
  g_free (self->value);
  g_free (self);
}

/**
 * paddock_edit_request_get_key:
 * @self: a request
 *
 * Returns: the key, in any bytes
 */
const char *
paddock_edit_request_get_key (PaddockEditRequest *self)
{
  return self->key;
}

/* As much as a string of a model may have; what goes on for longer is none. */
static GString *
read_all (int fd, const char *path, GError **error)
{
  GString *text = g_string_new (NULL);
  g_autofree char *chunk = g_malloc (CHUNK);

  while (text->len <= PADDOCK_GGUF_MAX_STRING)
    {
      gssize got = read (fd, chunk, CHUNK);

      if (got == 0)
        return text;
      if (got < 0 && errno != EINTR)
        {
          paddock_io_error_set_from_errno (error, errno, "read", path);
          g_string_free (text, TRUE);
          return NULL;
        }
      if (got > 0)
        g_string_append_len (text, chunk, got);
    }
  g_string_free (text, TRUE);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("“%s” is too long to be a value"), path);
  return NULL;
}

static PaddockGgufValue *
read_value (const char *path, GError **error)
{
  gboolean standard = g_str_equal (path, "-");
  int fd = standard ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  PaddockGgufValue *value = NULL;
  GString *text;

  if (fd < 0)
    {
      paddock_io_error_set_from_errno (error, errno, "open", path);
      return NULL;
    }
  text = read_all (fd, path, error);
  if (!standard)
    close (fd);
  if (text == NULL)
    return NULL;

  if (g_utf8_validate (text->str, (gssize) text->len, NULL))
    value = paddock_gguf_value_new_string (text->str, (gssize) text->len);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” is not text in UTF-8"), path);
  g_string_free (text, TRUE);
  return value;
}

static PaddockGgufValue *
parse_value (PaddockEditRequest *self, PaddockGgufEditor *editor, GError **error)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (paddock_gguf_editor_get_file (editor));
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, self->key);
  g_autoptr (PaddockGgufValue) existing = NULL;

  if (!g_utf8_validate (self->value, -1, NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("The value is not text in UTF-8"));
      return NULL;
    }
  if (entry != NULL)
    existing = paddock_gguf_value_new_for_entry (metadata, entry);
  return paddock_gguf_value_parse (self->value, existing, error);
}

/**
 * paddock_edit_request_add_to:
 * @self: a request
 * @editor: where the change is put
 * @error: return location for an error
 *
 * Returns: the status to exit with
 */
int
paddock_edit_request_add_to (PaddockEditRequest *self, PaddockGgufEditor *editor, GError **error)
{
  gboolean from_file = self->value != NULL && self->value[0] == '@';
  g_autoptr (PaddockGgufValue) value = NULL;

  if (self->value == NULL)
    return paddock_gguf_editor_remove (editor, self->key, error) ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;

  value = from_file ? read_value (self->value + 1, error) : parse_value (self, editor, error);
  if (value == NULL)
    return from_file ? PADDOCK_EXIT_NO : PADDOCK_EXIT_USAGE;
  return paddock_gguf_editor_set (editor, self->key, value, error) ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}
