/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services.h"

#include "base/own-folder.h"
#include "download-delivery.h"
#include "download-error.h"
#include "download-resolver.h"
#include "hub-listing.h"
#include "hub-reference.h"
#include "hub-token.h"
#include "hub-variant.h"
#include "token-retry.h"

#include <string.h>

#define PLACE_CHARS 10 /* of a revision: enough to tell two uploads apart */

struct _PaddockServices
{
  GObject parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockHubSession *hub; /* NULL: it is nowhere */
  PaddockSignIn *sign_in; /* likewise */
  PaddockDownloadQueue *downloads;
  PaddockDownloadDelivery *delivery;
  PaddockTokenRetry *retry; /* NULL: nobody can sign in */
};

G_DEFINE_FINAL_TYPE (PaddockServices, paddock_services, G_TYPE_OBJECT)

static void
paddock_services_finalize (GObject *object)
{
  PaddockServices *self = PADDOCK_SERVICES (object);

  g_clear_object (&self->retry);
  g_clear_object (&self->delivery);
  g_clear_object (&self->downloads);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->hub);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (paddock_services_parent_class)->finalize (object);
}

static void
paddock_services_class_init (PaddockServicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_services_finalize;
}

static void
paddock_services_init (PaddockServices *self G_GNUC_UNUSED)
{
}

/**
 * paddock_services_new:
 * @library: the person's models
 * @why: why the computer stays awake, for the person
 *
 * Returns: (transfer full): services that were not started
 */
PaddockServices *
paddock_services_new (PaddockLibrary *library, const char *why)
{
  PaddockServices *self = g_object_new (PADDOCK_TYPE_SERVICES, NULL);
  g_autofree char *token = paddock_hub_token_find ();
  g_autoptr (PaddockSuspendGuard) guard = paddock_suspend_guard_new (why);
  g_autoptr (PaddockDownloadResolver) resolver = NULL;
  PaddockQueueSurroundings surroundings;

  self->library = g_object_ref (library);
  self->hub = paddock_hub_session_new (NULL, token, NULL);
  self->sign_in = self->hub != NULL ? paddock_sign_in_new (self->hub) : NULL;
  resolver = paddock_download_resolver_new (self->hub);
  paddock_queue_surroundings_init (&surroundings);
  surroundings.resolver_means = &paddock_download_resolver_means;
  surroundings.resolver = G_OBJECT (resolver);
  self->downloads = paddock_download_queue_new (&surroundings, guard);
  self->delivery = paddock_download_delivery_new (library, self->downloads);
  if (self->sign_in != NULL)
    self->retry = paddock_token_retry_new (self->downloads, self->hub, self->sign_in);
  return self;
}

gboolean
paddock_services_start (PaddockServices *self)
{
  g_autofree char *folder = paddock_own_folder_dup_path (PADDOCK_OWN_DATA);

  if (paddock_download_queue_is_open (self->downloads))
    return TRUE;
  if (!paddock_download_queue_open (self->downloads, folder, NULL))
    return FALSE;
  paddock_download_delivery_catch_up (self->delivery);
  return TRUE;
}

PaddockLibrary *
paddock_services_get_library (PaddockServices *self)
{
  return self->library;
}

PaddockHubSession *
paddock_services_get_hub (PaddockServices *self)
{
  return self->hub;
}

PaddockSignIn *
paddock_services_get_sign_in (PaddockServices *self)
{
  return self->sign_in;
}

PaddockDownloadQueue *
paddock_services_get_downloads (PaddockServices *self)
{
  return self->downloads;
}

/* place: of the repository, in Paddock's own folder. */
static char *
build_target (PaddockServices *self, const PaddockHubRepository *repository, const char *place, const PaddockHubFile *file)
{
  if (!paddock_hub_reference_is_id (repository->id) || !paddock_hub_reference_is_path (file->path))
    return NULL;
  return g_build_filename (paddock_library_get_places (self->library)->own, place, file->path, NULL);
}

char *
paddock_services_dup_target (PaddockServices *self, const PaddockHubRepository *repository, const PaddockHubFile *file)
{
  return build_target (self, repository, repository->id, file);
}

PaddockDownload *
paddock_services_find_download (PaddockServices *self, const PaddockHubRepository *repository, const PaddockHubFile *file)
{
  g_autofree char *target = paddock_services_dup_target (self, repository, file);

  return target != NULL ? paddock_download_queue_find (self->downloads, target) : NULL;
}

static gboolean
fail (GError **error, PaddockDownloadError code, const char *what, const char *problem)
{
  g_set_error (error, PADDOCK_DOWNLOAD_ERROR, (int) code, "%s: %s", what, problem);
  return FALSE;
}

static gboolean
add (PaddockServices *self, const char *title, const char *target, PaddockDownloadOrigin *origin, GError **error)
{
  return paddock_download_queue_add (self->downloads, title, target, origin) != NULL ||
         fail (error, PADDOCK_DOWNLOAD_ERROR_LOCKED, title, "another Paddock takes care of the downloads");
}

static gboolean
download_to (PaddockServices *self, const PaddockHubRepository *repository, const char *place, GPtrArray *files, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *target = build_target (self, repository, place, g_ptr_array_index (files, i));

      if (target == NULL)
        return fail (error, PADDOCK_DOWNLOAD_ERROR_INVALID, repository->id, "one of its files has an impossible name");
    }
  for (guint i = 0; i < files->len; i++)
    {
      const PaddockHubFile *file = g_ptr_array_index (files, i);
      const char *revision = repository->sha != NULL ? repository->sha : "main";
      g_autofree char *target = build_target (self, repository, place, file);
      g_autofree char *text = paddock_download_resolver_build_text (repository->id, revision, file->path);
      g_autofree char *title = g_path_get_basename (file->path);
      g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new (text, file->sha256, file->size);

      if (!add (self, title, target, origin, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_services_download_files:
 * @self: the services
 * @repository: where the files are
 * @files: (element-type PaddockHubFile): which of them
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether all of them are on the list
 */
gboolean
paddock_services_download_files (PaddockServices *self,
                                 const PaddockHubRepository *repository,
                                 GPtrArray *files,
                                 GError **error)
{
  return download_to (self, repository, repository->id, files, error);
}

/**
 * paddock_services_download_beside:
 * @self: the services
 * @repository: where the files are
 * @files: (element-type PaddockHubFile): which of them
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether all of them are on the list
 */
gboolean
paddock_services_download_beside (PaddockServices *self,
                                  const PaddockHubRepository *repository,
                                  GPtrArray *files,
                                  GError **error)
{
  const char *revision = repository->sha != NULL ? repository->sha : "new";
  g_autofree char *short_revision = g_strdup_printf ("%.*s", PLACE_CHARS, revision);
  g_autofree char *place = NULL;

  g_strcanon (short_revision, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS, '-');
  place = g_strconcat (repository->id, "@", short_revision, NULL);
  return download_to (self, repository, place, files, error);
}

/* NULL: it names no file, or has a password in it, which would be kept. */
static char *
find_name (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *path = uri != NULL && g_uri_get_userinfo (uri) == NULL ? g_uri_get_path (uri) : NULL;
  const char *slash = path != NULL ? strrchr (path, '/') : NULL;

  if (slash == NULL || slash[1] == '\0' || g_str_equal (slash, "/.") || g_str_equal (slash, "/..") ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  return g_strdup (slash + 1);
}

static gboolean
is_address (const char *text)
{
  return g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://");
}

static PaddockHubReference *
parse (PaddockServices *self, const char *text)
{
  return self->hub != NULL ? paddock_hub_reference_parse (text, paddock_hub_session_get_endpoint (self->hub)) : NULL;
}

gboolean
paddock_services_is_address (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *name = is_address (trimmed) ? find_name (trimmed) : NULL;

  return name != NULL;
}

gboolean
paddock_services_is_source (PaddockServices *self, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (PaddockHubReference) reference = parse (self, trimmed);

  return reference != NULL || paddock_services_is_address (trimmed);
}

static gboolean
download_address (PaddockServices *self, const char *url, GError **error)
{
  g_autofree char *name = is_address (url) ? find_name (url) : NULL;
  g_autofree char *target = NULL;
  g_autoptr (PaddockDownloadOrigin) origin = NULL;

  if (name == NULL)
    return fail (error, PADDOCK_DOWNLOAD_ERROR_INVALID, url, "this is neither the address of a file nor a repository");
  target = g_build_filename (paddock_library_get_places (self->library)->own, name, NULL);
  origin = paddock_download_origin_new (url, NULL, -1);
  return add (self, name, target, origin, error);
}

static gboolean
download_path (PaddockServices *self, const PaddockHubListing *listing, const char *path, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (guint i = 0; i < listing->files->len; i++)
    if (g_str_equal (((PaddockHubFile *) g_ptr_array_index (listing->files, i))->path, path))
      g_ptr_array_add (files, g_ptr_array_index (listing->files, i));
  if (files->len == 0)
    return fail (error, PADDOCK_DOWNLOAD_ERROR_NOT_FOUND, listing->repository->id, "it has no such file");
  return paddock_services_download_files (self, listing->repository, files, error);
}

static gboolean
download_listed (PaddockServices *self, const PaddockHubListing *listing, const PaddockHubReference *reference, GError **error)
{
  const PaddockHubVariant *variant;

  if (reference->path != NULL)
    return download_path (self, listing, reference->path, error);
  variant = paddock_hub_variant_find (listing->variants, reference->quantization);
  if (variant == NULL)
    return fail (error, PADDOCK_DOWNLOAD_ERROR_NOT_FOUND, listing->repository->id,
                 reference->quantization != NULL ? "it has no such quantization" : "it has to be said which quantization");
  if (!paddock_hub_variant_is_whole (variant))
    return fail (error, PADDOCK_DOWNLOAD_ERROR_NOT_FOUND, listing->repository->id, "some of its files were never uploaded");
  return paddock_services_download_files (self, listing->repository, variant->files, error);
}

static void
on_listed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (PaddockHubListing) listing = paddock_hub_listing_load_finish (result, &error);

  if (listing == NULL)
    g_task_return_error (task, paddock_download_resolver_translate (error));
  else if (!download_listed (g_task_get_source_object (task), listing, g_task_get_task_data (task), &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * paddock_services_download_text_async:
 * @self: the services
 * @text: what the person wants
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on the list
 * @user_data: for @callback
 */
void
paddock_services_download_text_async (
    PaddockServices *self, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  PaddockHubReference *reference = parse (self, trimmed);
  GError *error = NULL;

  g_task_set_source_tag (task, paddock_services_download_text_async);
  g_task_set_static_name (task, "download by text");
  if (reference == NULL)
    {
      if (download_address (self, trimmed, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, reference, (GDestroyNotify) paddock_hub_reference_free);
  paddock_hub_listing_load_async (self->hub, reference->id, reference->revision, cancellable, on_listed, g_object_ref (task));
}

gboolean
paddock_services_download_text_finish (PaddockServices *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
