/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-reader.h"

#include "base/web-address.h"
#include "hub-error.h"
#include "hub-refusal.h"
#include "hub-session-private.h"

#include <string.h>

#define MAX_HOPS 5
#define CHUNK (64 * 1024)

struct _PaddockHubReader
{
  GObject parent_instance;

  /* Owned */
  PaddockHubSession *session;
  GUri *uri;   /* NULL: what was given is no address */
  GUri *route; /* on another server, where parts are asked for; NULL: nobody asked yet */
  GByteArray *head;
  SoupMessage *message; /* the last question, and the rest of its answer */
  GInputStream *stream;

  guint64 begin; /* of the head, in the file */
  gint64 size;
  guint64 fetched;
  guint64 skip;     /* of the answer, that are there already */
  guint64 left;     /* of the answer, as far as it said; G_MAXUINT64: until it ends */
  gboolean is_part; /* the answer is what was asked for, not all of the file */
};

/* One call. */
typedef struct
{
  guint64 wanted;
  GUri *uri; /* that is asked */
  guint hops;
  gboolean asked_again; /* for the way, after its end did not know the file any more */
} Reading;

G_DEFINE_FINAL_TYPE (PaddockHubReader, paddock_hub_reader, G_TYPE_OBJECT)

static void
ask (GTask *task);
static void
read_on (GTask *task);

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->uri, g_uri_unref);
  g_free (reading);
}

static void
leave (PaddockHubReader *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
}

static void
fail_with (GTask *task, PaddockHubError code, const char *what)
{
  PaddockHubReader *self = g_task_get_source_object (task);

  g_task_return_new_error (task, PADDOCK_HUB_ERROR, (gint) code, "%s: %s",
                           self->message != NULL ? g_uri_get_host (soup_message_get_uri (self->message)) : "the hub", what);
  leave (self);
}

static void
fail (GTask *task, GError *problem)
{
  GError *error = NULL;

  paddock_hub_error_translate (&error, problem);
  g_task_return_error (task, error);
  leave (g_task_get_source_object (task));
}

static gboolean
has_enough (PaddockHubReader *self, const Reading *reading)
{
  return self->head->len >= reading->wanted || (self->size >= 0 && self->begin + self->head->len >= (guint64) self->size);
}

static void
finish (GTask *task)
{
  PaddockHubReader *self = g_task_get_source_object (task);

  /* What is left of a part is nothing; what is left of the whole may be wanted next. */
  if (self->is_part || (self->size >= 0 && self->head->len >= (guint64) self->size))
    leave (self);
  g_task_return_pointer (task, g_bytes_new (self->head->data, self->head->len), (GDestroyNotify) g_bytes_unref);
}

/* The answer is at its end. */
static void
end_answer (GTask *task)
{
  PaddockHubReader *self = g_task_get_source_object (task);
  gboolean is_cut = self->left > 0 && self->left != G_MAXUINT64;

  if (!is_cut && !self->is_part && self->size < 0)
    self->size = self->head->len;
  if (is_cut || !has_enough (self, g_task_get_task_data (task)))
    {
      fail_with (task, PADDOCK_HUB_ERROR_CONNECTION, "the file breaks off");
      return;
    }
  finish (task);
}

static void
take (PaddockHubReader *self, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize skipped = (gsize) MIN (self->skip, length);

  self->fetched += length;
  self->skip -= skipped;
  if (self->left != G_MAXUINT64)
    self->left -= MIN (self->left, length);
  g_byte_array_append (self->head, data + skipped, (guint) (length - skipped));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PaddockHubReader *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    fail (task, error);
  else if (g_bytes_get_size (bytes) == 0)
    end_answer (task);
  else
    {
      take (self, bytes);
      read_on (task);
    }
}

static void
read_on (GTask *task)
{
  PaddockHubReader *self = g_task_get_source_object (task);

  if (has_enough (self, g_task_get_task_data (task)))
    {
      finish (task);
      return;
    }
  g_input_stream_read_bytes_async (self->stream, (gsize) MIN (CHUNK, MAX (self->left, 1)), G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_read, g_object_ref (task));
}

/* Whether the answer may be the file, as it was sent. */
static gboolean
is_file (PaddockHubReader *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0) && g_strcmp0 (type, "text/html") != 0;
}

static void
take_part (GTask *task)
{
  PaddockHubReader *self = g_task_get_source_object (task);
  goffset first, last, total;

  if (!soup_message_headers_get_content_range (soup_message_get_response_headers (self->message), &first, &last, &total)
      || first != (goffset) (self->begin + self->head->len) || last < first || (total >= 0 && last >= total))
    fail_with (task, PADDOCK_HUB_ERROR_ANSWER, "another part is sent than the one that was asked for");
  else if (self->size >= 0 && total >= 0 && total != self->size)
    fail_with (task, PADDOCK_HUB_ERROR_ANSWER, "it is another file than the hub says");
  else
    {
      self->size = total >= 0 ? total : self->size;
      self->left = (guint64) (last - first) + 1;
      self->skip = 0;
      self->is_part = TRUE;
      read_on (task);
    }
}

static void
take_whole (GTask *task)
{
  PaddockHubReader *self = g_task_get_source_object (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  gboolean is_told = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH;
  goffset length = is_told ? soup_message_headers_get_content_length (headers) : -1;

  if (self->begin > 0)
    {
      fail_with (task, PADDOCK_HUB_ERROR_ANSWER, "it is not sent in parts");
      return;
    }
  if (self->size >= 0 && length >= 0 && length != self->size)
    {
      fail_with (task, PADDOCK_HUB_ERROR_ANSWER, "it is another file than the hub says");
      return;
    }
  self->size = length >= 0 ? length : self->size;
  self->left = length >= 0 ? (guint64) length : G_MAXUINT64;
  self->skip = self->head->len;
  self->is_part = FALSE;
  read_on (task);
}

/* A signed address may have expired, or belong to another question. */
static gboolean
find_way_again (GTask *task)
{
  PaddockHubReader *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);

  if (self->route == NULL || reading->asked_again
      || (status != 400 && status != 401 && status != 403 && status != 404 && status != 410))
    return FALSE;
  reading->asked_again = TRUE;
  g_clear_pointer (&self->route, g_uri_unref);
  g_clear_pointer (&reading->uri, g_uri_unref);
  reading->uri = g_uri_ref (self->uri);
  reading->hops = 0;
  ask (task);
  return TRUE;
}

/* To where the answer leads, if it may. */
static GUri *
get_target (PaddockHubReader *self)
{
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Location");
  GUri *from = soup_message_get_uri (self->message);
  g_autoptr (GUri) to = location != NULL ? paddock_web_address_parse (location, from) : NULL;

  return to != NULL && (g_str_equal (g_uri_get_scheme (to), "https") || g_str_equal (g_uri_get_scheme (from), "http"))
             ? g_steal_pointer (&to)
             : NULL;
}

static void
follow (GTask *task)
{
  PaddockHubReader *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GUri) to = reading->hops < MAX_HOPS ? get_target (self) : NULL;

  if (to == NULL)
    {
      fail_with (task, PADDOCK_HUB_ERROR_ANSWER, "it leads nowhere");
      return;
    }
  reading->hops++;
  /* From here on there is no token: what follows is a part of this way. */
  if (self->route == NULL && !paddock_hub_session_is_home (self->session, to))
    self->route = g_uri_ref (to);
  g_uri_unref (reading->uri);
  reading->uri = g_steal_pointer (&to);
  ask (task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PaddockHubReader *self = g_task_get_source_object (task);
  guint status = soup_message_get_status (self->message);
  GError *error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  paddock_hub_session_learn_limit (self->session, self->message);
  if (self->stream == NULL)
    fail (task, error);
  else if (status >= 300 && status < 400 && status != SOUP_STATUS_NOT_MODIFIED)
    follow (task);
  else if (status != SOUP_STATUS_OK && status != SOUP_STATUS_PARTIAL_CONTENT)
    {
      if (find_way_again (task))
        return;
      g_task_return_error (task,
                           paddock_hub_refusal_new (self->message, NULL, paddock_hub_session_get_token (self->session) != NULL));
      leave (self);
    }
  else if (!is_file (self))
    fail_with (task, PADDOCK_HUB_ERROR_ANSWER, "it sends something else than the file: perhaps the network wants a login");
  else if (status == SOUP_STATUS_PARTIAL_CONTENT)
    take_part (task);
  else
    take_whole (task);
}

static void
ask (GTask *task)
{
  PaddockHubReader *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  SoupMessageHeaders *headers;
  GError *error = NULL;

  leave (self);
  if (paddock_hub_session_is_home (self->session, reading->uri) && !paddock_hub_session_may_ask (self->session, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->message = paddock_hub_session_make_message (self->session, reading->uri);
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (self->route != NULL && !paddock_hub_session_is_home (self->session, reading->uri))
    {
      guint64 first = self->begin + self->head->len, end = self->begin + reading->wanted;
      guint64 last = (self->size >= 0 ? MIN (end, (guint64) self->size) : end) - 1;
      g_autofree char *range = g_strdup_printf ("bytes=%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, first, last);

      soup_message_headers_replace (headers, "Range", range);
    }
  soup_session_send_async (paddock_hub_session_get_files (self->session), self->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), on_sent, g_object_ref (task));
}

/**
 * paddock_hub_reader_read_async:
 * @self: a reader
 * @wanted: how many bytes
 * @cancellable: (nullable): to stop
 * @callback: called with the bytes
 * @user_data: for @callback
 */
void
paddock_hub_reader_read_async (
    PaddockHubReader *self, gsize wanted, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->wanted = wanted;
  g_task_set_source_tag (task, paddock_hub_reader_read_async);
  g_task_set_static_name (task, "hub reading");
  g_task_set_task_data (task, reading, free_reading);
  if (self->uri == NULL)
    fail_with (task, PADDOCK_HUB_ERROR_INVALID, "the file has no address");
  else if (has_enough (self, reading))
    finish (task);
  else if (self->stream != NULL)
    read_on (task);
  else
    {
      reading->uri = g_uri_ref (self->route != NULL ? self->route : self->uri);
      ask (task);
    }
}

/**
 * paddock_hub_reader_read_finish:
 * @self: a reader
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the file from its begin on
 */
GBytes *
paddock_hub_reader_read_finish (PaddockHubReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gint64
paddock_hub_reader_get_size (PaddockHubReader *self)
{
  return self->size;
}

guint64
paddock_hub_reader_get_fetched (PaddockHubReader *self)
{
  return self->fetched;
}

/**
 * paddock_hub_reader_new:
 * @session: a session; its token goes to its endpoint alone
 * @url: where the file is asked for
 * @size: of the file, or -1
 *
 * Returns: (transfer full): a reader of it
 */
PaddockHubReader *
paddock_hub_reader_new (PaddockHubSession *session, const char *url, gint64 size)
{
  PaddockHubReader *self = g_object_new (PADDOCK_TYPE_HUB_READER, NULL);

  self->session = g_object_ref (session);
  self->uri = paddock_web_address_parse (url, NULL);
  self->size = size;
  return self;
}

/**
 * paddock_hub_reader_new_part:
 * @from: a reader that has read something
 * @begin: the first byte wanted
 *
 * Returns: (transfer full): a reader of the same file
 */
PaddockHubReader *
paddock_hub_reader_new_part (PaddockHubReader *from, guint64 begin)
{
  PaddockHubReader *self = g_object_new (PADDOCK_TYPE_HUB_READER, NULL);

  self->session = g_object_ref (from->session);
  self->uri = from->uri != NULL ? g_uri_ref (from->uri) : NULL;
  self->route = from->route != NULL ? g_uri_ref (from->route) : NULL;
  self->size = from->size;
  self->begin = begin;
  return self;
}

static void
paddock_hub_reader_finalize (GObject *object)
{
  PaddockHubReader *self = PADDOCK_HUB_READER (object);

  leave (self);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->route, g_uri_unref);
  g_byte_array_unref (self->head);
  g_object_unref (self->session);
  G_OBJECT_CLASS (paddock_hub_reader_parent_class)->finalize (object);
}

static void
paddock_hub_reader_class_init (PaddockHubReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_hub_reader_finalize;
}

static void
paddock_hub_reader_init (PaddockHubReader *self)
{
  self->head = g_byte_array_new ();
}
