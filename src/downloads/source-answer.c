/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source-answer.h"

#include "answer-headers.h"
#include "base/web-address.h"

#include <string.h>

void
paddock_source_facts_clear (PaddockSourceFacts *self)
{
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->host, g_free);
}

void
paddock_source_answer_clear (PaddockSourceAnswer *self)
{
  if (self->stream != NULL)
    g_input_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
}

const char *
paddock_source_answer_get_header (const PaddockSourceAnswer *self, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

/* The query of a signed address is the signature: it is in no message. */
void
paddock_source_answer_set_error (GError **error, PaddockDownloadError code, GUri *uri, const char *what)
{
  g_autofree char *shown = g_uri_to_string_partial (uri, G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT | G_URI_HIDE_USERINFO);

  g_set_error (error, PADDOCK_DOWNLOAD_ERROR, code, "%s: %s", shown, what);
}

static PaddockDownloadError
find_refusal (const PaddockSourceAnswer *self, gboolean has_token)
{
  guint status = soup_message_get_status (self->message);
  const char *code = paddock_source_answer_get_header (self, "X-Error-Code");

  if (g_strcmp0 (code, "GatedRepo") == 0)
    return has_token ? PADDOCK_DOWNLOAD_ERROR_GATED : PADDOCK_DOWNLOAD_ERROR_TOKEN;
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_PROXY_UNAUTHORIZED:
      return PADDOCK_DOWNLOAD_ERROR_TOKEN;
    case SOUP_STATUS_FORBIDDEN:
      return PADDOCK_DOWNLOAD_ERROR_DENIED;
    case SOUP_STATUS_NOT_FOUND:
      return PADDOCK_DOWNLOAD_ERROR_NOT_FOUND;
    case SOUP_STATUS_GONE:
      return PADDOCK_DOWNLOAD_ERROR_GONE;
    case 429:
      return PADDOCK_DOWNLOAD_ERROR_BUSY;
    case SOUP_STATUS_REQUEST_TIMEOUT:
      return PADDOCK_DOWNLOAD_ERROR_SERVER;
    default:
      return status >= 500 ? PADDOCK_DOWNLOAD_ERROR_SERVER : PADDOCK_DOWNLOAD_ERROR_PROTOCOL;
    }
}

/* By the server's clock, of which its dates are; by this one where it does not tell. */
static gint64
get_time (const PaddockSourceAnswer *self)
{
  const char *text = paddock_source_answer_get_header (self, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * paddock_source_answer_refuse:
 * @self: an answer that is no file
 * @has_token: whether the server was told who asks
 * @asked: (out): how many seconds it wants to be left alone, or -1
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: %FALSE
 */
gboolean
paddock_source_answer_refuse (const PaddockSourceAnswer *self, gboolean has_token, gint64 *asked, GError **error)
{
  GUri *uri = soup_message_get_uri (self->message);
  const char *said = paddock_source_answer_get_header (self, "X-Error-Message");
  g_autofree char *what = NULL;

  *asked = paddock_answer_headers_read_wait (paddock_source_answer_get_header (self, "Retry-After"),
                                             paddock_source_answer_get_header (self, "RateLimit"), get_time (self));
  if (said != NULL)
    what = g_utf8_make_valid (said, -1);
  else
    what = g_strdup_printf ("the server answers %u %s", soup_message_get_status (self->message),
                            soup_status_get_phrase (soup_message_get_status (self->message)));
  paddock_source_answer_set_error (error, find_refusal (self, has_token), uri, what);
  return FALSE;
}

gboolean
paddock_source_answer_is_redirection (const PaddockSourceAnswer *self)
{
  guint status = soup_message_get_status (self->message);

  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Byte for byte what was said, for it may be signed. */
GUri *
paddock_source_answer_get_target (const PaddockSourceAnswer *self, GError **error)
{
  GUri *from = soup_message_get_uri (self->message);
  const char *location = paddock_source_answer_get_header (self, "Location");
  g_autoptr (GUri) to = location != NULL ? paddock_web_address_parse (location, from) : NULL;

  if (to == NULL ||
      (!g_str_equal (g_uri_get_scheme (to), "https") && !g_str_equal (g_uri_get_scheme (to), g_uri_get_scheme (from))))
    {
      paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_PROTOCOL, from, "the server leads nowhere");
      return NULL;
    }
  return g_steal_pointer (&to);
}

/* What a resolver tells beside the way. */
void
paddock_source_answer_learn_linked (const PaddockSourceAnswer *self, PaddockSourceFacts *facts)
{
  guint64 size;

  if (facts->sha256 == NULL)
    facts->sha256 = paddock_answer_headers_dup_sha256 (paddock_source_answer_get_header (self, "X-Linked-ETag"));
  if (facts->size < 0 && paddock_answer_headers_read_length (paddock_source_answer_get_header (self, "X-Linked-Size"), &size))
    facts->size = (gint64) size;
}

void
paddock_source_answer_learn_tag (const PaddockSourceAnswer *self, PaddockSourceFacts *facts)
{
  const char *tag = paddock_source_answer_get_header (self, "ETag");

  if (facts->tag != NULL || !paddock_answer_headers_is_strong_tag (tag))
    return;
  facts->tag = g_strdup (tag);
  g_set_str (&facts->host, g_uri_get_host (soup_message_get_uri (self->message)));
}

/* A body as it was sent, and no page for people. */
gboolean
paddock_source_answer_check_body (const PaddockSourceAnswer *self, GError **error)
{
  GUri *uri = soup_message_get_uri (self->message);
  const char *encoding = paddock_source_answer_get_header (self, "Content-Encoding");
  const char *type = paddock_source_answer_get_header (self, "Content-Type");

  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_PROTOCOL, uri,
                                     "the server compresses the file, though it was asked not to");
  else if (type != NULL && g_ascii_strncasecmp (type, "text/html", strlen ("text/html")) == 0)
    paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL, uri,
                                     "that is a web page: perhaps the network wants a login");
  else
    return TRUE;
  return FALSE;
}
