/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source-link.h"

#include "answer-headers.h"
#include "answer-watch.h"
#include "base/web-address.h"
#include "base/web-origin.h"
#include "base/web-trust.h"
#include "download-error.h"
#include "paddock-config.h"

#include <libsoup/soup.h>
#include <string.h>

#define USER_AGENT "Paddock/" PADDOCK_VERSION "; linux; "
#define MAX_HOPS 5
/* An answer may take so many times as long as one that is silent: it comes in pieces. */
#define ANSWER_STALLS 4
/* So often an address that was found for a question is refused before that is the answer: others ask there as well, and may
   have used it up. */
#define MOST_REFUSALS 3

/* Where the bytes are, found out by asking. */
typedef struct
{
  GUri *uri;    /* NULL: nobody asked yet */
  gboolean far; /* another server than the source: it gets no token, and may forget the address */
  guint number; /* changes each time it is found out anew */
} Route;

static void
route_clear (Route *route)
{
  g_clear_pointer (&route->uri, g_uri_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Route, route_clear)

struct _PaddockSourceLink
{
  /* Owned */
  SoupSession *session;
  GUri *uri;
  char *token;

  guint stall_seconds;
  GMutex lock;
  Route route;
  PaddockSourceBody *kept; /* of the answer that told the route */
};

static gboolean
is_token (const char *token)
{
  for (const char *at = token; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;
  return *token != '\0';
}

static guint
get_stall_seconds (const PaddockNetworkOptions *options)
{
  return options->stall_seconds > 0 ? options->stall_seconds : PADDOCK_NETWORK_STALL_SECONDS;
}

static SoupSession *
make_session (const PaddockNetworkOptions *options)
{
  guint stall = get_stall_seconds (options);
  g_autoptr (SoupSession) session
      = soup_session_new_with_options ("max-conns", PADDOCK_SOURCE_LINK_MAX + 2, "max-conns-per-host", PADDOCK_SOURCE_LINK_MAX + 2,
                                       "timeout", stall, "idle-timeout", stall, "user-agent", USER_AGENT, NULL);

  /* Nobody is asked for a password, and bytes are taken as they come. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  if (options->proxy != NULL)
    {
      g_autoptr (GProxyResolver) proxy = *options->proxy != '\0' ? g_simple_proxy_resolver_new (options->proxy, NULL) : NULL;

      soup_session_set_proxy_resolver (session, proxy);
    }
  return g_steal_pointer (&session);
}

/**
 * paddock_source_link_new:
 * @source: a source
 * @options: how the network is reached
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: (transfer full) (nullable): the way to it
 */
PaddockSourceLink *
paddock_source_link_new (const PaddockDownloadSource *source, const PaddockNetworkOptions *options, GError **error)
{
  g_autoptr (GUri) uri = paddock_web_address_parse (source->url, NULL);
  PaddockSourceLink *self;

  if (uri == NULL || (source->token != NULL && !is_token (source->token)))
    {
      g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_INVALID, "%s: no file can be had from there", source->url);
      return NULL;
    }
  self = g_new0 (PaddockSourceLink, 1);
  self->session = make_session (options);
  self->stall_seconds = get_stall_seconds (options);
  self->uri = g_steal_pointer (&uri);
  self->token = g_strdup (source->token);
  g_mutex_init (&self->lock);
  return self;
}

/**
 * paddock_source_link_free:
 * @self: (transfer full): a link; all its bodies are freed by then
 */
void
paddock_source_link_free (PaddockSourceLink *self)
{
  g_clear_pointer (&self->kept, paddock_source_body_free);
  route_clear (&self->route);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_uri_unref (self->uri);
  g_free (self->token);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* range: NULL for the whole; tag: of what a range has to be part of. */
static gboolean
ask (PaddockSourceLink *self,
     GUri *uri,
     const char *range,
     const char *tag,
     PaddockSourceAnswer *answer,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (PaddockAnswerWatch) watch = NULL;
  SoupMessageHeaders *headers;
  GError *problem = NULL;

  if (!paddock_web_trust_set_up (uri, &problem))
    {
      g_set_error_literal (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_TLS, problem->message);
      g_error_free (problem);
      return FALSE;
    }
  answer->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  headers = soup_message_get_request_headers (answer->message);
  soup_message_add_flags (answer->message, SOUP_MESSAGE_NO_REDIRECT);
  /* Streams of one HTTP/2 connection share its windows: several connections are faster. */
  soup_message_set_force_http1 (answer->message, TRUE);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (range != NULL)
    soup_message_headers_replace (headers, "Range", range);
  if (range != NULL && tag != NULL)
    soup_message_headers_replace (headers, "If-Range", tag);
  if (self->token != NULL && paddock_web_origin_is_same (uri, self->uri))
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  watch = paddock_answer_watch_new (cancellable, ANSWER_STALLS * self->stall_seconds);
  answer->stream = soup_session_send (self->session, answer->message, paddock_answer_watch_get_cancellable (watch), &problem);
  if (answer->stream != NULL)
    return TRUE;
  if (paddock_answer_watch_end (watch) && !g_cancellable_is_cancelled (cancellable))
    {
      paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_CONNECTION, uri, "no answer comes");
      g_error_free (problem);
    }
  else
    paddock_download_error_translate (error, problem);
  return FALSE;
}

/* One that is slow has twice the time of one that is silent. */
static PaddockSourceBody *
take_body (PaddockSourceLink *self, PaddockSourceAnswer *answer, guint64 begin, guint64 end)
{
  return paddock_source_body_new (g_steal_pointer (&answer->message), g_steal_pointer (&answer->stream), begin, end,
                                  2 * self->stall_seconds);
}

/* Another answer than a redirection: the file itself, from its begin. */
static gboolean
take_whole (PaddockSourceLink *self, PaddockSourceAnswer *answer, PaddockSourceFacts *facts, GError **error)
{
  guint64 length;

  if (!paddock_source_answer_check_body (answer, error))
    return FALSE;
  paddock_source_answer_learn_linked (answer, facts);
  paddock_source_answer_learn_tag (answer, facts);
  if (paddock_answer_headers_read_length (paddock_source_answer_get_header (answer, "Content-Length"), &length))
    {
      if (facts->size < 0)
        facts->size = (gint64) length;
      self->kept = take_body (self, answer, 0, length);
    }
  else
    facts->whole_only = TRUE;
  return TRUE;
}

/* Under the lock. To where the token is left behind; there nobody asks before a range is wanted, for the address may be
   signed for one question. */
static gboolean
find_route (PaddockSourceLink *self, PaddockSourceFacts *facts, gint64 *asked, GCancellable *cancellable, GError **error)
{
  g_autoptr (GUri) uri = g_uri_ref (self->uri);

  g_clear_pointer (&self->kept, paddock_source_body_free);
  for (guint hop = 0; hop <= MAX_HOPS; hop++)
    {
      g_auto (PaddockSourceAnswer) answer = { NULL, NULL };
      g_autoptr (GUri) next = NULL;

      if (!ask (self, uri, NULL, NULL, &answer, cancellable, error))
        return FALSE;
      if (!paddock_source_answer_is_redirection (&answer))
        {
          if (soup_message_get_status (answer.message) != SOUP_STATUS_OK)
            return paddock_source_answer_refuse (&answer, self->token != NULL, asked, error);
          if (!take_whole (self, &answer, facts, error))
            return FALSE;
          next = g_uri_ref (uri);
        }
      else
        {
          paddock_source_answer_learn_linked (&answer, facts);
          next = paddock_source_answer_get_target (&answer, error);
          if (next == NULL)
            return FALSE;
        }
      if (next == uri || !paddock_web_origin_is_same (next, self->uri))
        {
          g_clear_pointer (&self->route.uri, g_uri_unref);
          self->route.far = !paddock_web_origin_is_same (next, self->uri);
          self->route.uri = g_steal_pointer (&next);
          self->route.number++;
          return TRUE;
        }
      g_uri_unref (uri);
      uri = g_steal_pointer (&next);
    }
  paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_PROTOCOL, self->uri, "the server leads in circles");
  return FALSE;
}

/* The way as somebody else found it, or @fresh: found now. */
static gboolean
get_route (PaddockSourceLink *self,
           PaddockSourceFacts *facts,
           Route *route,
           gboolean *fresh,
           gint64 *asked,
           GCancellable *cancellable,
           GError **error)
{
  gboolean known;

  g_mutex_lock (&self->lock);
  *fresh = self->route.uri == NULL;
  known = !*fresh || find_route (self, facts, asked, cancellable, error);
  if (known)
    {
      *route = self->route;
      g_uri_ref (route->uri);
    }
  g_mutex_unlock (&self->lock);
  return known;
}

/* Unless somebody has found another one meanwhile. */
static void
forget_route (PaddockSourceLink *self, guint number)
{
  g_mutex_lock (&self->lock);
  if (self->route.number == number)
    g_clear_pointer (&self->route.uri, g_uri_unref);
  g_mutex_unlock (&self->lock);
}

static PaddockSourceBody *
take_kept (PaddockSourceLink *self, const PaddockSourceFacts *facts)
{
  PaddockSourceBody *body;

  g_mutex_lock (&self->lock);
  body = g_steal_pointer (&self->kept);
  g_mutex_unlock (&self->lock);
  if (body == NULL || paddock_source_body_get_end (body) == (guint64) facts->size)
    return body;
  paddock_source_body_free (body);
  return NULL;
}

/* An address that was good may have expired, or may be forgotten by the server. */
static gboolean
may_have_expired (const PaddockSourceAnswer *answer, gboolean far)
{
  guint status = soup_message_get_status (answer->message);

  return far && (status == 400 || status == 401 || status == 403 || status == 404 || status == 410);
}

static gboolean
fail_as_changed (const PaddockSourceAnswer *answer, GError **error)
{
  paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_CHANGED, soup_message_get_uri (answer->message),
                                   "it is another file now than the one that was begun");
  return FALSE;
}

/* What is announced of a part fits, as far as it is announced. */
static gboolean
is_part (const PaddockSourceAnswer *answer, const PaddockContentRange *range, guint64 begin, guint64 end, gint64 size)
{
  guint64 length;

  if (range->first != begin || range->last >= end || (range->total >= 0 && range->total != size))
    return FALSE;
  return !paddock_answer_headers_read_length (paddock_source_answer_get_header (answer, "Content-Length"), &length) ||
         length == range->last - range->first + 1;
}

/* A server that leaves out what it was asked for, or sends something else. Of another size it may be another file: that
   shows when the whole is asked for. */
static gboolean
judge_part (const PaddockSourceAnswer *answer, const PaddockSourceFacts *facts, guint64 begin, guint64 *end, GError **error)
{
  const char *text = paddock_source_answer_get_header (answer, "Content-Range");
  GUri *uri = soup_message_get_uri (answer->message);
  PaddockContentRange range;

  if (!paddock_answer_headers_read_range (text, &range) || !is_part (answer, &range, begin, *end, facts->size))
    {
      paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_PROTOCOL, uri,
                                       "the server sends another part than the one it was asked for");
      return FALSE;
    }
  *end = range.last + 1;
  return TRUE;
}

/* The whole, though a part was wanted. */
static gboolean
judge_whole (const PaddockSourceAnswer *answer, const PaddockSourceFacts *facts, GError **error)
{
  g_auto (PaddockSourceFacts) found = { .size = -1 };
  guint64 length;

  paddock_source_answer_learn_tag (answer, &found);
  if (paddock_answer_headers_read_length (paddock_source_answer_get_header (answer, "Content-Length"), &length) &&
      (gint64) length != facts->size)
    return fail_as_changed (answer, error);
  if (found.tag != NULL && facts->tag != NULL && g_strcmp0 (found.host, facts->host) == 0 && !g_str_equal (found.tag, facts->tag))
    return fail_as_changed (answer, error);
  return TRUE;
}

static PaddockSourceBody *
judge (PaddockSourceLink *self,
       PaddockSourceAnswer *answer,
       const PaddockSourceFacts *facts,
       guint64 begin,
       guint64 end,
       gint64 *asked,
       GError **error)
{
  guint status = soup_message_get_status (answer->message);
  PaddockContentRange range;
  guint64 total;

  if ((status == SOUP_STATUS_OK || status == SOUP_STATUS_PARTIAL_CONTENT) && !paddock_source_answer_check_body (answer, error))
    return NULL;
  /* Some say that it is the whole, and send what was wanted. */
  if (status == SOUP_STATUS_PARTIAL_CONTENT ||
      (status == SOUP_STATUS_OK &&
          paddock_answer_headers_read_range (paddock_source_answer_get_header (answer, "Content-Range"), &range)))
    return judge_part (answer, facts, begin, &end, error) ? take_body (self, answer, begin, end) : NULL;
  if (status == SOUP_STATUS_OK)
    return judge_whole (answer, facts, error) ? take_body (self, answer, 0, (guint64) facts->size) : NULL;
  if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE &&
      paddock_answer_headers_read_unsatisfied (paddock_source_answer_get_header (answer, "Content-Range"), &total) &&
      (gint64) total != facts->size)
    {
      fail_as_changed (answer, error);
      return NULL;
    }
  paddock_source_answer_refuse (answer, self->token != NULL, asked, error);
  return NULL;
}

/* From where the way ends, through what leads further from there. */
static gboolean
fetch (PaddockSourceLink *self,
       GUri *route,
       const char *range,
       const PaddockSourceFacts *facts,
       PaddockSourceAnswer *answer,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GUri) uri = g_uri_ref (route);

  for (guint hop = 0; hop <= MAX_HOPS; hop++)
    {
      const char *tag = g_strcmp0 (g_uri_get_host (uri), facts->host) == 0 ? facts->tag : NULL;
      GUri *next;

      paddock_source_answer_clear (answer);
      if (!ask (self, uri, range, tag, answer, cancellable, error))
        return FALSE;
      if (!paddock_source_answer_is_redirection (answer))
        return TRUE;
      next = paddock_source_answer_get_target (answer, error);
      if (next == NULL)
        return FALSE;
      g_uri_unref (uri);
      uri = next;
    }
  paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_PROTOCOL, route, "the server leads in circles");
  return FALSE;
}

/**
 * paddock_source_link_open:
 * @self: a link
 * @facts: what the file is
 * @begin: the first byte wanted
 * @end: the one after the last
 * @asked: (out): how many seconds the server wants to be left alone, or -1
 * @cancellable: (nullable): to stop
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): its bytes, or all of them
 */
PaddockSourceBody *
paddock_source_link_open (PaddockSourceLink *self,
                          const PaddockSourceFacts *facts,
                          guint64 begin,
                          guint64 end,
                          gint64 *asked,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *range = g_strdup_printf ("bytes=%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, begin, end - 1);
  PaddockSourceBody *kept = begin == 0 ? take_kept (self, facts) : NULL;

  *asked = -1;
  if (kept != NULL)
    return kept;
  for (guint refusals = 0;;)
    {
      g_auto (PaddockSourceFacts) found = { .size = -1 };
      g_auto (PaddockSourceAnswer) answer = { NULL, NULL };
      g_auto (Route) route = { NULL };
      gboolean fresh;

      if (!get_route (self, &found, &route, &fresh, asked, cancellable, error) ||
          !fetch (self, route.uri, facts->whole_only ? NULL : range, facts, &answer, cancellable, error))
        return NULL;
      if ((found.size >= 0 && found.size != facts->size) ||
          (found.sha256 != NULL && facts->sha256 != NULL && !g_str_equal (found.sha256, facts->sha256)))
        {
          fail_as_changed (&answer, error);
          return NULL;
        }
      if (!may_have_expired (&answer, route.far))
        return judge (self, &answer, facts, begin, end, asked, error);
      refusals += fresh ? 1 : 0;
      if (refusals == MOST_REFUSALS)
        return judge (self, &answer, facts, begin, end, asked, error);
      forget_route (self, route.number);
    }
}

/* Of a file behind an address of another server, of which nothing is known: one byte tells. */
static gboolean
probe (PaddockSourceLink *self, GUri *route, PaddockSourceFacts *facts, gint64 *asked, GCancellable *cancellable, GError **error)
{
  g_auto (PaddockSourceAnswer) answer = { NULL, NULL };
  PaddockContentRange range;
  guint64 length;
  guint status;

  if (!fetch (self, route, "bytes=0-0", facts, &answer, cancellable, error))
    return FALSE;
  status = soup_message_get_status (answer.message);
  if (status != SOUP_STATUS_OK && status != SOUP_STATUS_PARTIAL_CONTENT)
    {
      /* Of nothing there is no first byte. */
      if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE &&
          paddock_answer_headers_read_unsatisfied (paddock_source_answer_get_header (&answer, "Content-Range"), &length) &&
          length == 0)
        facts->size = 0;
      return facts->size == 0 || paddock_source_answer_refuse (&answer, self->token != NULL, asked, error);
    }
  if (!paddock_source_answer_check_body (&answer, error))
    return FALSE;
  paddock_source_answer_learn_tag (&answer, facts);
  if (paddock_answer_headers_read_range (paddock_source_answer_get_header (&answer, "Content-Range"), &range) && range.total >= 0)
    facts->size = range.total;
  else if (status == SOUP_STATUS_OK &&
           paddock_answer_headers_read_length (paddock_source_answer_get_header (&answer, "Content-Length"), &length))
    facts->size = (gint64) length;
  facts->whole_only = status == SOUP_STATUS_OK;
  return TRUE;
}

/**
 * paddock_source_link_ask:
 * @self: a link
 * @facts: (inout): what is known; what the answers say is added
 * @asked: (out): how many seconds the server wants to be left alone, or -1
 * @cancellable: (nullable): to stop
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the file is there
 */
gboolean
paddock_source_link_ask (
    PaddockSourceLink *self, PaddockSourceFacts *facts, gint64 *asked, GCancellable *cancellable, GError **error)
{
  g_auto (PaddockSourceFacts) found = { .size = -1 };
  g_auto (Route) route = { NULL };
  gboolean fresh;

  *asked = -1;
  if (!get_route (self, &found, &route, &fresh, asked, cancellable, error) ||
      (route.far && found.size < 0 && !probe (self, route.uri, &found, asked, cancellable, error)))
    return FALSE;
  if ((facts->size >= 0 && found.size >= 0 && facts->size != found.size) ||
      (facts->sha256 != NULL && found.sha256 != NULL && !g_str_equal (facts->sha256, found.sha256)))
    {
      paddock_source_answer_set_error (error, PADDOCK_DOWNLOAD_ERROR_CHANGED, self->uri,
                                       "it is another file than the one that was wanted");
      return FALSE;
    }
  if (facts->size < 0)
    facts->size = found.size;
  if (facts->sha256 == NULL)
    facts->sha256 = g_steal_pointer (&found.sha256);
  g_free (facts->tag);
  g_free (facts->host);
  facts->tag = g_steal_pointer (&found.tag);
  facts->host = g_steal_pointer (&found.host);
  facts->whole_only = found.whole_only;
  return TRUE;
}
