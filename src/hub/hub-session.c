/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-session-private.h"

#include <string.h>

#include "base/own-folder.h"
#include "base/web-origin.h"
#include "hub-error.h"
#include "hub-refusal.h"
#include "paddock-config.h"

#define USER_AGENT "Paddock/" PADDOCK_VERSION "; linux; "
#define TIMEOUT 20
#define CONNECTIONS 4
/* A repository may have moved, and what it moved to as well. */
#define MAX_HOPS 2
#define CHUNK (64 * 1024)
#define MAX_BYTES (16u << 20)
/* Some dozens of the largest, some hundreds of the usual. */
#define HEADERS_BYTES (256u << 20)

struct _PaddockHubSession
{
  GObject parent_instance;

  /* Owned */
  SoupSession *session;
  SoupSession *files;
  PaddockHubCache *headers;
  char *endpoint;
  GUri *uri; /* the same */
  char *token;
};

/* One question on its way. */
typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  guint hops;
} Question;

G_DEFINE_FINAL_TYPE (PaddockHubSession, paddock_hub_session, G_TYPE_OBJECT)

static void
ask (GTask *task, GUri *uri);

static void
free_question (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->message);
  g_clear_object (&question->stream);
  g_byte_array_unref (question->body);
  g_free (question);
}

static const char *
get_header (const Question *question, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (question->message), name);
}

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
paddock_hub_session_get_files (PaddockHubSession *self)
{
  return self->files;
}

PaddockHubCache *
paddock_hub_session_get_headers (PaddockHubSession *self)
{
  return self->headers;
}

gboolean
paddock_hub_session_is_home (PaddockHubSession *self, GUri *uri)
{
  return paddock_web_origin_is_same (uri, self->uri);
}

/* Takes the error. */
static void
fail (GTask *task, GError *problem)
{
  GError *error = NULL;

  paddock_hub_error_translate (&error, problem);
  g_task_return_error (task, error);
}

static void
finish (GTask *task)
{
  Question *question = g_task_get_task_data (task);
  guint status = soup_message_get_status (question->message);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (PaddockHubAnswer) answer = NULL;
  gboolean is_json
      = question->body->len > 0
        && json_parser_load_from_data (parser, (const char *) question->body->data, (gssize) question->body->len, NULL);

  if (status != SOUP_STATUS_OK)
    {
      PaddockHubSession *self = g_task_get_source_object (task);

      g_task_return_error (
          task, paddock_hub_refusal_new (question->message, is_json ? json_parser_get_root (parser) : NULL, self->token != NULL));
      return;
    }
  if (!is_json)
    {
      g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER,
                               "%s does not answer as the hub does: perhaps the network wants a login",
                               g_uri_get_host (soup_message_get_uri (question->message)));
      return;
    }
  answer = g_atomic_rc_box_new0 (PaddockHubAnswer);
  answer->status = status;
  answer->url = g_uri_to_string (soup_message_get_uri (question->message));
  answer->next = paddock_hub_answer_find_next (get_header (question, "Link"));
  answer->root = json_parser_steal_root (parser);
  g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) paddock_hub_answer_unref);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    fail (task, error);
  else if (g_bytes_get_size (bytes) == 0)
    finish (task);
  else if (question->body->len + g_bytes_get_size (bytes) > MAX_BYTES)
    g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "the hub’s answer has no end");
  else
    {
      g_byte_array_append (question->body, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (question->stream, CHUNK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read,
                                       g_object_ref (task));
    }
}

/* To the same server, byte for byte; or there is none. */
static GUri *
get_target (PaddockHubSession *self, const Question *question)
{
  guint status = soup_message_get_status (question->message);
  const char *location = get_header (question, "Location");
  g_autoptr (GUri) to = NULL;

  if (status < 300 || status >= 400 || location == NULL || question->hops >= MAX_HOPS)
    return NULL;
  to = g_uri_parse_relative (soup_message_get_uri (question->message), location, SOUP_HTTP_URI_FLAGS, NULL);
  return to != NULL && g_uri_get_host (to) != NULL && paddock_web_origin_is_same (to, self->uri) ? g_steal_pointer (&to) : NULL;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PaddockHubSession *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (GUri) target = NULL;

  if (stream == NULL)
    {
      fail (task, error);
      return;
    }
  question->stream = stream;
  target = get_target (self, question);
  if (target != NULL)
    {
      question->hops++;
      ask (task, target);
      return;
    }
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read, g_object_ref (task));
}

static void
ask (GTask *task, GUri *uri)
{
  PaddockHubSession *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  SoupMessageHeaders *headers;

  g_clear_object (&question->stream);
  g_clear_object (&question->message);
  question->message = paddock_hub_session_make_message (self, uri);
  headers = soup_message_get_request_headers (question->message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_session_send_async (self->session, question->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_sent,
                           g_object_ref (task));
}

/**
 * paddock_hub_session_ask_async:
 * @self: a session
 * @path: path and query
 * @cancellable: (nullable): to stop
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
paddock_hub_session_ask_async (
    PaddockHubSession *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *text = g_strconcat (self->endpoint, path, NULL);
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  Question *question = g_new0 (Question, 1);

  question->body = g_byte_array_new ();
  g_task_set_source_tag (task, paddock_hub_session_ask_async);
  g_task_set_static_name (task, "hub question");
  g_task_set_task_data (task, question, free_question);
  if (uri == NULL)
    g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_INVALID, "%s is no address", text);
  else
    ask (task, uri);
}

/**
 * paddock_hub_session_ask_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the hub said
 */
PaddockHubAnswer *
paddock_hub_session_ask_finish (PaddockHubSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
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
  g_autofree char *address = g_strdup (given != NULL && *given != '\0' ? given : PADDOCK_HUB_ENDPOINT);
  g_autoptr (GUri) uri = NULL;
  PaddockHubSession *self;

  while (g_str_has_suffix (address, "/"))
    address[strlen (address) - 1] = '\0';
  uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http")))
    {
      g_set_error (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_INVALID, "%s is no address of a hub", address);
      return NULL;
    }
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
  g_free (self->endpoint);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->token);
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
  self->session = make_session ();
  self->files = make_session ();
  soup_session_remove_feature_by_type (self->files, SOUP_TYPE_CONTENT_DECODER);
}
