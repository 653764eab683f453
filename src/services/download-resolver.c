/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-resolver.h"

#include "download-error.h"
#include "hub-error.h"
#include "hub-file.h"
#include "hub-listing.h"
#include "hub-reference.h"

#include <string.h>

#define SCHEME "hf://"
#define SUFFIX ".gguf"

struct _PaddockDownloadResolver
{
  GObject parent_instance;

  /* Owned */
  PaddockHubSession *hub; /* NULL: there is none */
};

G_DEFINE_FINAL_TYPE (PaddockDownloadResolver, paddock_download_resolver, G_TYPE_OBJECT)

static void
paddock_download_resolver_finalize (GObject *object)
{
  g_clear_object (&PADDOCK_DOWNLOAD_RESOLVER (object)->hub);
  G_OBJECT_CLASS (paddock_download_resolver_parent_class)->finalize (object);
}

static void
paddock_download_resolver_class_init (PaddockDownloadResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_download_resolver_finalize;
}

static void
paddock_download_resolver_init (PaddockDownloadResolver *self G_GNUC_UNUSED)
{
}

/**
 * paddock_download_resolver_new:
 * @hub: (nullable): who knows the hub's files
 *
 * Returns: (transfer full): a resolver
 */
PaddockDownloadResolver *
paddock_download_resolver_new (PaddockHubSession *hub)
{
  PaddockDownloadResolver *self = g_object_new (PADDOCK_TYPE_DOWNLOAD_RESOLVER, NULL);

  g_set_object (&self->hub, hub);
  return self;
}

char *
paddock_download_resolver_build_text (const char *id, const char *revision, const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return g_strdup_printf (SCHEME "%s@%s/%s", id, revision, escaped);
}

gboolean
paddock_download_resolver_parse_text (const char *text, char **id, char **revision, char **path)
{
  g_autoptr (PaddockHubReference) reference
      = g_str_has_prefix (text, SCHEME) ? paddock_hub_reference_parse (text, PADDOCK_HUB_ENDPOINT) : NULL;

  if (reference == NULL || reference->path == NULL || reference->revision == NULL)
    return FALSE;
  *id = g_steal_pointer (&reference->id);
  *revision = g_steal_pointer (&reference->revision);
  *path = g_steal_pointer (&reference->path);
  return TRUE;
}

/**
 * paddock_download_resolver_translate:
 * @problem: (transfer full): what the hub said
 *
 * Returns: (transfer full): the same of %PADDOCK_DOWNLOAD_ERROR
 */
GError *
paddock_download_resolver_translate (GError *problem)
{
  static const PaddockDownloadError codes[] = {
    [PADDOCK_HUB_ERROR_INVALID] = PADDOCK_DOWNLOAD_ERROR_INVALID,
    [PADDOCK_HUB_ERROR_OFFLINE] = PADDOCK_DOWNLOAD_ERROR_OFFLINE,
    [PADDOCK_HUB_ERROR_HOST] = PADDOCK_DOWNLOAD_ERROR_HOST,
    [PADDOCK_HUB_ERROR_CONNECTION] = PADDOCK_DOWNLOAD_ERROR_CONNECTION,
    [PADDOCK_HUB_ERROR_TLS] = PADDOCK_DOWNLOAD_ERROR_TLS,
    [PADDOCK_HUB_ERROR_UNKNOWN] = PADDOCK_DOWNLOAD_ERROR_TOKEN,
    [PADDOCK_HUB_ERROR_TOKEN] = PADDOCK_DOWNLOAD_ERROR_TOKEN,
    [PADDOCK_HUB_ERROR_GATED] = PADDOCK_DOWNLOAD_ERROR_GATED,
    [PADDOCK_HUB_ERROR_WAITING] = PADDOCK_DOWNLOAD_ERROR_GATED,
    [PADDOCK_HUB_ERROR_REFUSED] = PADDOCK_DOWNLOAD_ERROR_DENIED,
    [PADDOCK_HUB_ERROR_DENIED] = PADDOCK_DOWNLOAD_ERROR_DENIED,
    [PADDOCK_HUB_ERROR_NOT_FOUND] = PADDOCK_DOWNLOAD_ERROR_NOT_FOUND,
    [PADDOCK_HUB_ERROR_BUSY] = PADDOCK_DOWNLOAD_ERROR_BUSY,
    [PADDOCK_HUB_ERROR_SERVER] = PADDOCK_DOWNLOAD_ERROR_SERVER,
    [PADDOCK_HUB_ERROR_ANSWER] = PADDOCK_DOWNLOAD_ERROR_PROTOCOL,
  };
  GError *error;

  if (problem->domain != PADDOCK_HUB_ERROR || (guint) problem->code >= G_N_ELEMENTS (codes))
    return problem;
  error = g_error_new_literal (PADDOCK_DOWNLOAD_ERROR, (int) codes[problem->code], problem->message);
  g_error_free (problem);
  return error;
}

static gboolean
is_model_name (const char *name)
{
  gsize length = strlen (name);

  return length > strlen (SUFFIX) && g_ascii_strcasecmp (name + length - strlen (SUFFIX), SUFFIX) == 0;
}

static PaddockDownloadRequest *
make_request (const char *target,
              const char *url,
              const char *token,
              char **mirrors,
              const char *sha256,
              gint64 size)
{
  PaddockDownloadRequest *request = paddock_download_request_new (target);

  paddock_download_request_add_source (request, url, token);
  for (guint i = 0; mirrors != NULL && mirrors[i] != NULL; i++)
    paddock_download_request_add_source (request, mirrors[i], NULL);
  request->sha256 = g_strdup (sha256);
  request->size = size;
  request->is_model = is_model_name (target);
  return request;
}

/* What is being asked for. */
typedef struct
{
  PaddockDownloadOrigin *origin;
  char *target, *id, *revision, *path;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  paddock_download_origin_unref (question->origin);
  g_free (question->target);
  g_free (question->id);
  g_free (question->revision);
  g_free (question->path);
  g_free (question);
}

static void
answer (GTask *task, const char *sha256, gint64 size)
{
  PaddockDownloadResolver *self = g_task_get_source_object (task);
  const Question *question = g_task_get_task_data (task);
  g_autofree char *resolve = paddock_hub_reference_build_resolve (question->id, question->revision, question->path);
  g_autofree char *url = g_strconcat (paddock_hub_session_get_endpoint (self->hub), resolve, NULL);

  g_task_return_pointer (task,
                         make_request (question->target, url, paddock_hub_session_get_token (self->hub),
                                       question->origin->mirrors, sha256, size),
                         (GDestroyNotify) paddock_download_request_unref);
}

static void
on_listed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PaddockHubListing) listing = paddock_hub_listing_load_finish (result, &error);

  if (listing == NULL)
    {
      g_task_return_error (task, paddock_download_resolver_translate (error));
      return;
    }
  for (guint i = 0; i < listing->files->len; i++)
    {
      const PaddockHubFile *file = g_ptr_array_index (listing->files, i);

      if (g_str_equal (file->path, question->path))
        {
          answer (task, file->sha256, file->size);
          return;
        }
    }
  g_task_return_new_error (task, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_NOT_FOUND, "%s has no file %s any more",
                           question->id, question->path);
}

/* What was published of a file is asked for once; later runs know it. */
static void
resolve_on_hub (PaddockDownloadResolver *self, GTask *task)
{
  const Question *question = g_task_get_task_data (task);

  if (self->hub == NULL)
    g_task_return_new_error_literal (task, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_INVALID,
                                     "HF_ENDPOINT is no address of a hub");
  else if (question->origin->sha256 != NULL && question->origin->size >= 0)
    answer (task, question->origin->sha256, question->origin->size);
  else
    paddock_hub_listing_load_async (self->hub, question->id, question->revision, g_task_get_cancellable (task), on_listed,
                                    g_object_ref (task));
}

static void
resolve (gpointer resolver,
         PaddockDownloadOrigin *origin,
         const char *target,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, resolve);
  g_task_set_static_name (task, "download resolver");
  g_task_set_task_data (task, question, free_question);
  question->origin = paddock_download_origin_ref (origin);
  question->target = g_strdup (target);
  if (paddock_download_resolver_parse_text (origin->text, &question->id, &question->revision, &question->path))
    resolve_on_hub (resolver, task);
  else if (g_str_has_prefix (origin->text, "http://") || g_str_has_prefix (origin->text, "https://"))
    g_task_return_pointer (task, make_request (target, origin->text, NULL, origin->mirrors, origin->sha256, origin->size),
                           (GDestroyNotify) paddock_download_request_unref);
  else
    g_task_return_new_error (task, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_INVALID, "%s: this is no address", origin->text);
}

static PaddockDownloadRequest *
finish (gpointer resolver, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, resolver), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

const PaddockResolverMeans paddock_download_resolver_means = { resolve, finish };
