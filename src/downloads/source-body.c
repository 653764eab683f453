/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source-body.h"

#include "download-error.h"

/* Fewer bytes a second are no use. */
#define LEAST_RATE 1024u

struct _PaddockSourceBody
{
  /* Owned */
  SoupMessage *message;
  GInputStream *stream;

  guint64 begin, end, at;
  guint patience;
  /* Since it was looked at last whether anything comes */
  guint64 came;
  gint64 waited; /* for the server, not for whatever else holds the reader up */
};

/**
 * paddock_source_body_new:
 * @message: (transfer full): a message that was answered
 * @stream: (transfer full): its answer
 * @begin: where in the file the first byte belongs
 * @end: where in the file it ends
 * @patience: seconds after which it has failed if hardly anything came
 *
 * Returns: (transfer full): the body
 */
PaddockSourceBody *
paddock_source_body_new (SoupMessage *message, GInputStream *stream, guint64 begin, guint64 end, guint patience)
{
  PaddockSourceBody *self = g_new0 (PaddockSourceBody, 1);

  self->message = message;
  self->stream = stream;
  self->begin = self->at = begin;
  self->end = end;
  self->patience = patience;
  return self;
}

/* Only an end that was met lets the connection be used again. Of a length that was announced it is there at once. */
static void
meet_end (PaddockSourceBody *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  guint8 rest;

  if (self->at == self->end && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    g_input_stream_read (self->stream, &rest, sizeof rest, NULL, NULL);
}

/**
 * paddock_source_body_free:
 * @self: (transfer full): a body
 */
void
paddock_source_body_free (PaddockSourceBody *self)
{
  meet_end (self);
  g_input_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_object_unref (self->message);
  g_free (self);
}

guint64
paddock_source_body_get_begin (const PaddockSourceBody *self)
{
  return self->begin;
}

guint64
paddock_source_body_get_end (const PaddockSourceBody *self)
{
  return self->end;
}

/* A single read does not time out where a byte comes now and then. */
static gboolean
is_alive (PaddockSourceBody *self, guint64 got, gint64 waited)
{
  gboolean alive = TRUE;

  self->came += got;
  self->waited += waited;
  if (self->waited < self->patience * G_TIME_SPAN_SECOND)
    return TRUE;
  alive = self->came >= (guint64) self->patience * LEAST_RATE;
  self->came = 0;
  self->waited = 0;
  return alive;
}

/**
 * paddock_source_body_read:
 * @self: a body with something left
 * @bytes: (array length=length): takes what came
 * @length: how much may come, more than 0
 * @cancellable: (nullable): to stop
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: how much came, 0 with an error
 */
gsize
paddock_source_body_read (PaddockSourceBody *self, guint8 *bytes, gsize length, GCancellable *cancellable, GError **error)
{
  gint64 asked_at = g_get_monotonic_time ();
  GError *problem = NULL;
  gssize got = g_input_stream_read (self->stream, bytes, MIN (length, self->end - self->at), cancellable, &problem);

  if (got > 0 && is_alive (self, (guint64) got, g_get_monotonic_time () - asked_at))
    {
      self->at += (guint64) got;
      return (gsize) got;
    }
  /* An end in order is one that comes too early all the same. */
  if (got > 0)
    g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CONNECTION, "%s: hardly anything comes",
                 g_uri_get_host (soup_message_get_uri (self->message)));
  else if (got == 0)
    g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CONNECTION, "%s: the server hangs up",
                 g_uri_get_host (soup_message_get_uri (self->message)));
  else
    paddock_download_error_translate (error, problem);
  return 0;
}
