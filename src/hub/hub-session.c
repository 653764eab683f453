/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-session-private.h"

#include <string.h>

#include "base/own-folder.h"
#include "base/running-digest.h"
#include "base/web-address.h"
#include "base/web-origin.h"
#include "base/web-trust.h"
#include "hub-error.h"
#include "hub-limit.h"
#include "paddock-config.h"

#define USER_AGENT "Paddock/" PADDOCK_VERSION "; linux; "
#define TIMEOUT 20
#define TOO_MANY_REQUESTS 429
#define CONNECTIONS 4
/* Some dozens of the largest, some hundreds of the usual. */
#define HEADERS_BYTES (256u << 20)
#define ANSWERS_BYTES (64u << 20)

struct _PaddockHubSession
{
  GObject parent_instance;

  /* Owned */
  SoupSession *session;
  SoupSession *files;
  PaddockHubCache *headers, *answers;
  char *endpoint;
  GUri *uri; /* the same */
  char *token;
  char *group;              /* whose header was read last */
  PaddockGgufFile *sibling; /* that; NULL: none */

  gint64 busy_until;
};

G_DEFINE_FINAL_TYPE (PaddockHubSession, paddock_hub_session, G_TYPE_OBJECT)

SoupMessage *
paddock_hub_session_make_message (PaddockHubSession *self, GUri *uri)
{
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->token != NULL && paddock_hub_session_is_home (self, uri))
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
    }
  return message;
}

SoupSession *
paddock_hub_session_get_questions (PaddockHubSession *self)
{
  return self->session;
}

SoupSession *
paddock_hub_session_get_files (PaddockHubSession *self)
{
  return self->files;
}

PaddockHubCache *
paddock_hub_session_get_headers (PaddockHubSession *self)
{
  return self->headers;
}

PaddockGgufFile *
paddock_hub_session_get_sibling (PaddockHubSession *self, const char *group)
{
  return g_strcmp0 (self->group, group) == 0 ? self->sibling : NULL;
}

/* One is enough: people look at one repository after the other. */
void
paddock_hub_session_set_sibling (PaddockHubSession *self, const char *group, PaddockGgufFile *file)
{
  g_set_str (&self->group, group);
  g_clear_pointer (&self->sibling, paddock_gguf_file_unref);
  self->sibling = paddock_gguf_file_ref (file);
}

PaddockHubCache *
paddock_hub_session_get_answers (PaddockHubSession *self)
{
  return self->answers;
}

/* What the hub says may depend on who asks. */
char *
paddock_hub_session_make_key (PaddockHubSession *self, const char *path)
{
  const char *token = self->token != NULL ? self->token : "";
  g_autofree char *who = paddock_running_digest_sha256_bytes ((const guint8 *) token, strlen (token), NULL, 0);

  return g_strdup_printf ("%s %s%s", who, self->endpoint, path);
}

/* Dates are by the server's clock, which may be another one. */
static gint64
read_clock (SoupMessageHeaders *headers, gint64 now)
{
  const char *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : now;
}

void
paddock_hub_session_learn_limit (PaddockHubSession *self, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 theirs = read_clock (headers, now);
  gint64 until = paddock_hub_limit_read (soup_message_headers_get_one (headers, "RateLimit"),
                                         soup_message_headers_get_one (headers, "Retry-After"),
                                         soup_message_get_status (message) == TOO_MANY_REQUESTS, theirs);

  if (until > 0 && paddock_hub_session_is_home (self, soup_message_get_uri (message)))
    self->busy_until = until - theirs + now;
}

static gboolean
wants_no_network (void)
{
  const char *value = g_getenv ("HF_HUB_OFFLINE");

  return value != NULL && *value != '\0' && !g_str_equal (value, "0") && g_ascii_strcasecmp (value, "false") != 0
         && g_ascii_strcasecmp (value, "off") != 0 && g_ascii_strcasecmp (value, "no") != 0;
}

gboolean
paddock_hub_session_may_ask (PaddockHubSession *self, GError **error)
{
  gint64 until = paddock_hub_session_get_busy_until (self);
  g_autoptr (GDateTime) time = until > 0 ? g_date_time_new_from_unix_local (until) : NULL;
  g_autofree char *clock = time != NULL ? g_date_time_format (time, "%H:%M:%S") : NULL;
  g_autoptr (GError) problem = NULL;

  if (wants_no_network ())
    g_set_error_literal (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_OFFLINE, "HF_HUB_OFFLINE says that nothing shall be asked");
  else if (clock != NULL)
    g_set_error (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_BUSY, "%s wants to be left alone until %s",
                 g_uri_get_host (self->uri), clock);
  else if (!paddock_web_trust_set_up (self->uri, &problem))
    g_set_error_literal (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_TLS, problem->message);
  else
    return TRUE;
  return FALSE;
}

gboolean
paddock_hub_session_is_home (PaddockHubSession *self, GUri *uri)
{
  return paddock_web_origin_is_same (uri, self->uri);
}

const char *
paddock_hub_session_get_endpoint (PaddockHubSession *self)
{
  return self->endpoint;
}

const char *
paddock_hub_session_get_token (PaddockHubSession *self)
{
  return self->token;
}

/**
 * paddock_hub_session_set_token:
 * @self: a session
 * @token: (nullable): who asks from now on
 */
void
paddock_hub_session_set_token (PaddockHubSession *self, const char *token)
{
  g_set_str (&self->token, token);
}

/**
 * paddock_hub_session_get_busy_until:
 * @self: a session
 *
 * Returns: until when the hub wants to be left alone, in seconds since 1970; 0: it may be asked
 */
gint64
paddock_hub_session_get_busy_until (PaddockHubSession *self)
{
  return self->busy_until > g_get_real_time () / G_USEC_PER_SEC ? self->busy_until : 0;
}

static gboolean
is_host (const char *host)
{
  gboolean good = host != NULL && *host != '\0';

  for (; good && *host != '\0'; host++)
    good = g_ascii_isalnum (*host) || (*host & 0x80) != 0 || strchr ("-._:", *host) != NULL;
  return good;
}

/* NULL: it is none. Nobody's name or password belongs into it, and nothing that follows a path. */
static GUri *
read_endpoint (const char *text, char **endpoint, GError **error)
{
  g_autofree char *address = g_strstrip (g_strdup (text));
  g_autoptr (GUri) uri = NULL;

  while (g_str_has_suffix (address, "/"))
    address[strlen (address) - 1] = '\0';
  uri = paddock_web_address_parse (address, NULL);
  if (uri == NULL || !is_host (g_uri_get_host (uri)) || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_INVALID, "%s is no address of a hub", address);
      return NULL;
    }
  *endpoint = g_steal_pointer (&address);
  return g_steal_pointer (&uri);
}

gboolean
paddock_hub_session_is_endpoint (const char *text)
{
  g_autofree char *endpoint = NULL;
  g_autoptr (GUri) uri = read_endpoint (text, &endpoint, NULL);

  return uri != NULL;
}

/**
 * paddock_hub_session_set_endpoint:
 * @self: a session
 * @endpoint: where the hub is from now on
 * @error: return location for %PADDOCK_HUB_ERROR
 *
 * Returns: whether that is an address
 */
gboolean
paddock_hub_session_set_endpoint (PaddockHubSession *self, const char *endpoint, GError **error)
{
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = read_endpoint (endpoint, &address, error);

  if (uri == NULL)
    return FALSE;
  if (g_str_equal (address, self->endpoint))
    return TRUE;
  g_clear_pointer (&self->token, g_free);
  self->busy_until = 0;
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->sibling, paddock_gguf_file_unref);
  g_set_str (&self->endpoint, address);
  g_uri_unref (self->uri);
  self->uri = g_steal_pointer (&uri);
  return TRUE;
}

/**
 * paddock_hub_session_new:
 * @endpoint: (nullable): where the hub is
 * @token: (nullable): who asks
 * @error: return location for %PADDOCK_HUB_ERROR
 *
 * Returns: (transfer full) (nullable): a session with it
 */
PaddockHubSession *
paddock_hub_session_new (const char *endpoint, const char *token, GError **error)
{
  const char *given = endpoint != NULL ? endpoint : g_getenv ("HF_ENDPOINT");
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri
      = read_endpoint (given != NULL && *given != '\0' ? given : PADDOCK_HUB_ENDPOINT, &address, error);
  PaddockHubSession *self;

  if (uri == NULL)
    return NULL;
  self = g_object_new (PADDOCK_TYPE_HUB_SESSION, NULL);
  self->endpoint = g_steal_pointer (&address);
  self->uri = g_steal_pointer (&uri);
  self->token = g_strdup (token);
  return self;
}

static void
paddock_hub_session_finalize (GObject *object)
{
  PaddockHubSession *self = PADDOCK_HUB_SESSION (object);

  g_object_unref (self->session);
  g_object_unref (self->files);
  paddock_hub_cache_unref (self->headers);
  paddock_hub_cache_unref (self->answers);
  g_free (self->endpoint);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->token);
  g_free (self->group);
  g_clear_pointer (&self->sibling, paddock_gguf_file_unref);
  G_OBJECT_CLASS (paddock_hub_session_parent_class)->finalize (object);
}

static void
paddock_hub_session_class_init (PaddockHubSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_hub_session_finalize;
}

static SoupSession *
make_session (void)
{
  SoupSession *session
      = soup_session_new_with_options ("max-conns-per-host", CONNECTIONS, "timeout", TIMEOUT, "user-agent", USER_AGENT, NULL);

  /* Nobody is asked for a password. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

static PaddockHubCache *
make_cache (const char *name, guint64 limit)
{
  g_autofree char *folder = paddock_own_folder_dup_path (PADDOCK_OWN_CACHE);
  g_autofree char *path = g_build_filename (folder, "hub", name, NULL);

  return paddock_hub_cache_new (path, limit);
}

static void
paddock_hub_session_init (PaddockHubSession *self)
{
  self->headers = make_cache ("headers", HEADERS_BYTES);
  self->answers = make_cache ("answers", ANSWERS_BYTES);
  self->session = make_session ();
  self->files = make_session ();
  soup_session_remove_feature_by_type (self->files, SOUP_TYPE_CONTENT_DECODER);
}
