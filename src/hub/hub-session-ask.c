/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-session-private.h"

#include "base/strict-parser.h"
#include "base/web-address.h"
#include "base/worker.h"
#include "hub-error.h"
#include "hub-refusal.h"

/* A repository may have moved, and what it moved to as well. */
#define MAX_HOPS 2
/* The second is what registries of images call theirs. */
#define ACCEPTED "application/json, application/vnd.docker.distribution.manifest.v2+json"
#define CHUNK (64 * 1024)
#define MAX_BYTES (16u << 20)

/* One question on its way. */
typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  GBytes *whole; /* the body, once it is all there */
  char *path, *key;
  PaddockHubCached *cached; /* what was said before; NULL: nothing */
  PaddockHubAnswer *answer; /* while it is being kept */
  GError *error;            /* while what was said before may stand in */
  guint hops;
} Question;

static void
ask (GTask *task, GUri *uri);

static void
free_question (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->message);
  g_clear_object (&question->stream);
  g_clear_pointer (&question->cached, paddock_hub_cached_unref);
  g_clear_pointer (&question->answer, paddock_hub_answer_unref);
  g_clear_pointer (&question->whole, g_bytes_unref);
  g_clear_pointer (&question->body, g_byte_array_unref);
  g_clear_error (&question->error);
  g_free (question->path);
  g_free (question->key);
  g_free (question);
}

static const char *
get_header (const Question *question, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (question->message), name);
}

static gpointer
parse (PaddockWorker *worker G_GNUC_UNUSED, gpointer body, GError **error)
{
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (length > 0 && json_parser_load_from_data (parser, data, (gssize) length, NULL))
    return json_parser_steal_root (parser);
  g_set_error_literal (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "that is no JSON");
  return NULL;
}

/* Some megabytes are no rarity. */
static void
parse_async (GTask *task, GBytes *body, GAsyncReadyCallback callback)
{
  const PaddockWork work = {
    .name = "hub answer",
    .run = parse,
    .snapshot = g_bytes_ref (body),
    .snapshot_free = (GDestroyNotify) g_bytes_unref,
    .result_free = (GDestroyNotify) json_node_unref,
  };

  paddock_worker_run_async (NULL, &work, g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* NULL: it was no JSON, which means something else to everyone who asks. */
static JsonNode *
parse_finish (GAsyncResult *result)
{
  return paddock_worker_run_finish (NULL, result, NULL);
}

static PaddockHubAnswer *
make_answer (GTask *task, JsonNode *root, const PaddockHubCached *said, gboolean from_cache)
{
  Question *question = g_task_get_task_data (task);
  PaddockHubSession *self = g_task_get_source_object (task);
  PaddockHubAnswer *answer = g_atomic_rc_box_new0 (PaddockHubAnswer);

  answer->status = SOUP_STATUS_OK;
  answer->url = question->message != NULL ? g_uri_to_string (soup_message_get_uri (question->message))
                                          : g_strconcat (paddock_hub_session_get_endpoint (self), question->path, NULL);
  answer->next = g_strdup (said->next);
  answer->root = json_node_ref (root);
  answer->said_at = said->at;
  answer->from_cache = from_cache;
  return answer;
}

/* Whether somebody else than the hub is the reason, or it only has no time. */
static gboolean
may_recall (const GError *error)
{
  static const PaddockHubError codes[]
      = { PADDOCK_HUB_ERROR_OFFLINE, PADDOCK_HUB_ERROR_HOST,   PADDOCK_HUB_ERROR_CONNECTION, PADDOCK_HUB_ERROR_TLS,
          PADDOCK_HUB_ERROR_BUSY,    PADDOCK_HUB_ERROR_SERVER, PADDOCK_HUB_ERROR_ANSWER };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, PADDOCK_HUB_ERROR, (gint) codes[i]))
      return TRUE;
  return FALSE;
}

static void
on_recalled (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (JsonNode) root = parse_finish (result);

  if (root == NULL)
    g_task_return_error (task, g_steal_pointer (&question->error));
  else
    g_task_return_pointer (task, make_answer (task, root, question->cached, TRUE), (GDestroyNotify) paddock_hub_answer_unref);
}

/* Takes the error. What was said before stands in for an answer that there is none of. */
static void
fail (GTask *task, GError *problem)
{
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  paddock_hub_error_translate (&error, problem);
  if (question->cached == NULL || !may_recall (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  question->error = g_steal_pointer (&error);
  parse_async (task, question->cached->body, on_recalled);
}

static void
on_kept (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);

  paddock_hub_cache_store_finish (result);
  g_task_return_pointer (task, g_steal_pointer (&question->answer), (GDestroyNotify) paddock_hub_answer_unref);
}

/* It is told when it is kept: else a program might end before. */
static void
keep (GTask *task, JsonNode *root, PaddockHubCached *said)
{
  Question *question = g_task_get_task_data (task);
  PaddockHubSession *self = g_task_get_source_object (task);

  question->answer = make_answer (task, root, said, FALSE);
  paddock_hub_cache_store_async (paddock_hub_session_get_answers (self), question->key, said, on_kept, g_object_ref (task));
}

static void
on_confirmed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (JsonNode) root = parse_finish (result);
  g_autoptr (PaddockHubCached) said = NULL;
  g_autofree char *next = NULL;

  if (root == NULL || question->cached == NULL)
    {
      g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "%s: the hub confirms what it did not say",
                               question->path);
      return;
    }
  /* The tag is of the body alone: what follows it may be another page by now. */
  next = paddock_hub_answer_find_next (get_header (question, "Link"));
  said = paddock_hub_cached_new (question->cached->body, question->cached->tag, next != NULL ? next : question->cached->next, -1);
  keep (task, root, said);
}

static void
on_parsed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  PaddockHubSession *self = g_task_get_source_object (task);
  g_autoptr (JsonNode) root = parse_finish (result);
  g_autofree char *next = NULL;
  g_autoptr (PaddockHubCached) said = NULL;

  if (soup_message_get_status (question->message) != SOUP_STATUS_OK)
    fail (task, paddock_hub_refusal_new (question->message, root, paddock_hub_session_get_token (self) != NULL));
  else if (root == NULL)
    fail (task, g_error_new (PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER,
                             "%s does not answer as the hub does: perhaps the network wants a login",
                             g_uri_get_host (soup_message_get_uri (question->message))));
  else
    {
      next = paddock_hub_answer_find_next (get_header (question, "Link"));
      said = paddock_hub_cached_new (question->whole, get_header (question, "ETag"), next, -1);
      keep (task, root, said);
    }
}

static void
finish (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  question->whole = g_byte_array_free_to_bytes (g_steal_pointer (&question->body));
  if (soup_message_get_status (question->message) != SOUP_STATUS_NOT_MODIFIED)
    parse_async (task, question->whole, on_parsed);
  else
    parse_async (task, question->cached != NULL ? question->cached->body : question->whole, on_confirmed);
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
  to = paddock_web_address_parse (location, soup_message_get_uri (question->message));
  return to != NULL && paddock_hub_session_is_home (self, to) ? g_steal_pointer (&to) : NULL;
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
  paddock_hub_session_learn_limit (self, question->message);
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
  soup_message_headers_replace (headers, "Accept", ACCEPTED);
  if (question->cached != NULL && question->cached->tag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", question->cached->tag);
  soup_session_send_async (paddock_hub_session_get_questions (self), question->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), on_sent, g_object_ref (task));
}

static void
on_loaded (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PaddockHubSession *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  g_autofree char *text = g_strconcat (paddock_hub_session_get_endpoint (self), question->path, NULL);
  g_autoptr (GUri) uri = paddock_web_address_parse (text, NULL);
  GError *error = NULL;

  question->cached = paddock_hub_cache_load_finish (result);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (uri == NULL)
    g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_INVALID, "%s is no address", text);
  else if (!paddock_hub_session_may_ask (self, &error))
    fail (task, error);
  else
    ask (task, uri);
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
  Question *question = g_new0 (Question, 1);

  question->body = g_byte_array_new ();
  question->path = g_strdup (path);
  question->key = paddock_hub_session_make_key (self, path);
  g_task_set_source_tag (task, paddock_hub_session_ask_async);
  g_task_set_static_name (task, "hub question");
  g_task_set_task_data (task, question, free_question);
  paddock_hub_cache_load_async (paddock_hub_session_get_answers (self), question->key, on_loaded, g_steal_pointer (&task));
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
