/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-choice.h"

#include "hub-access.h"
#include "hub-reference.h"
#include "hub-variant.h"
#include "ollama-manifest.h"
#include "output.h"
#include "store-places.h"

#include <glib/gi18n.h>
#include <string.h>

#define SUFFIX ".gguf"

static gboolean
is_model_name (const char *name)
{
  gsize length = strlen (name);

  return length > strlen (SUFFIX) && g_ascii_strcasecmp (name + length - strlen (SUFFIX), SUFFIX) == 0;
}

static char *
find_folder (const PaddockDownloadWish *wish)
{
  g_autoptr (PaddockStorePlaces) places = NULL;

  if (wish->folder != NULL)
    return g_canonicalize_filename (wish->folder, NULL);
  places = paddock_store_places_new ();
  return g_strdup (places->own);
}

/* NULL: the address names no file. */
static char *
make_name (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *path = uri != NULL ? g_uri_get_path (uri) : NULL;
  const char *slash = path != NULL ? strrchr (path, '/') : NULL;

  if (slash == NULL || slash[1] == '\0' || g_str_equal (slash, "/.") || g_str_equal (slash, "/.."))
    return NULL;
  return g_strdup (slash + 1);
}

static void
add_mirrors (PaddockDownloadRequest *request, const PaddockDownloadWish *wish)
{
  for (guint i = 0; wish->mirrors != NULL && wish->mirrors[i] != NULL; i++)
    paddock_download_request_add_source (request, wish->mirrors[i], NULL);
}

static GPtrArray *
new_requests (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_download_request_unref);
}

static GPtrArray *
find_address (const char *url, const PaddockDownloadWish *wish)
{
  g_autofree char *name = make_name (url);
  g_autofree char *folder = find_folder (wish);
  g_autofree char *target = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  PaddockDownloadRequest *request;
  GPtrArray *requests;

  if (target == NULL)
    {
      paddock_output_complain (_("This is no address of a file"), url);
      return NULL;
    }
  request = paddock_download_request_new (target);
  paddock_download_request_add_source (request, url, NULL);
  add_mirrors (request, wish);
  request->sha256 = wish->sha256 != NULL ? g_ascii_strdown (wish->sha256, -1) : NULL;
  request->is_model = is_model_name (name);
  requests = new_requests ();
  g_ptr_array_add (requests, request);
  return requests;
}

/* In the own folder, repositories stay apart: many of them call their files the same. */
static char *
make_target (const PaddockHubListing *listing, const PaddockHubFile *file, const PaddockDownloadWish *wish)
{
  g_autofree char *folder = find_folder (wish);
  g_autofree char *name = g_path_get_basename (file->path);

  return wish->folder != NULL ? g_build_filename (folder, name, NULL)
                              : g_build_filename (folder, listing->repository->id, file->path, NULL);
}

static PaddockDownloadRequest *
make_request (PaddockHubSession *session,
              const PaddockHubListing *listing,
              const PaddockHubFile *file,
              const PaddockDownloadWish *wish)
{
  g_autofree char *target = make_target (listing, file, wish);
  g_autofree char *resolve = paddock_hub_reference_build_resolve (listing->repository->id, listing->repository->sha, file->path);
  g_autofree char *url = g_strconcat (paddock_hub_session_get_endpoint (session), resolve, NULL);
  PaddockDownloadRequest *request = paddock_download_request_new (target);

  paddock_download_request_add_source (request, url, paddock_hub_session_get_token (session));
  add_mirrors (request, wish);
  request->identity = g_strdup (url);
  request->sha256 = wish->sha256 != NULL ? g_ascii_strdown (wish->sha256, -1) : g_strdup (file->sha256);
  request->size = file->size;
  request->is_model = is_model_name (file->path);
  return request;
}

static const PaddockHubFile *
find_file (const PaddockHubListing *listing, const char *path)
{
  for (guint i = 0; i < listing->files->len; i++)
    if (g_str_equal (((PaddockHubFile *) g_ptr_array_index (listing->files, i))->path, path))
      return g_ptr_array_index (listing->files, i);
  return NULL;
}

static GPtrArray *
find_on_hub (PaddockHubSession *session, const PaddockHubReference *reference, const char *what, const PaddockDownloadWish *wish)
{
  g_autoptr (PaddockHubListing) listing = paddock_hub_access_list (session, reference->id, reference->revision);
  g_autoptr (GPtrArray) requests = new_requests ();
  const PaddockHubVariant *variant;

  if (listing == NULL)
    return NULL;
  if (reference->path != NULL)
    {
      const PaddockHubFile *file = find_file (listing, reference->path);

      if (file == NULL)
        {
          paddock_output_complain (_("The repository has no such file; “hub files” lists them"), what);
          return NULL;
        }
      g_ptr_array_add (requests, make_request (session, listing, file, wish));
      return g_steal_pointer (&requests);
    }
  variant = paddock_hub_access_find_variant (listing, reference, what);
  if (variant == NULL)
    return NULL;
  for (guint i = 0; i < variant->files->len; i++)
    g_ptr_array_add (requests, make_request (session, listing, g_ptr_array_index (variant->files, i), wish));
  return g_steal_pointer (&requests);
}

/* Blobs have no names there: what they are called tells what they are. NULL: nothing that is run. */
static char *
make_blob_name (const PaddockOllamaReference *reference, PaddockOllamaPart part, guint number)
{
  g_autofree char *order = number > 1 ? g_strdup_printf ("-%u", number) : g_strdup ("");

  if (part == PADDOCK_OLLAMA_MODEL)
    return g_strdup_printf ("%s-%s%s.gguf", reference->name, reference->tag, order);
  if (part == PADDOCK_OLLAMA_PROJECTOR)
    return g_strdup_printf ("mmproj-%s-%s%s.gguf", reference->name, reference->tag, order);
  if (part == PADDOCK_OLLAMA_ADAPTER)
    return g_strdup_printf ("adapter-%s-%s%s.gguf", reference->name, reference->tag, order);
  return NULL;
}

static PaddockDownloadRequest *
make_blob_request (const char *registry,
                   const PaddockOllamaReference *reference,
                   const PaddockOllamaLayer *layer,
                   const char *name,
                   const PaddockDownloadWish *wish)
{
  g_autofree char *folder = find_folder (wish);
  g_autofree char *blob = paddock_ollama_reference_build_blob (reference, layer->digest);
  g_autofree char *url = g_strconcat (registry, blob, NULL);
  g_autofree char *target = wish->folder != NULL
                                ? g_build_filename (folder, name, NULL)
                                : g_build_filename (folder, "ollama.com", reference->owner, reference->name, name, NULL);
  PaddockDownloadRequest *request = paddock_download_request_new (target);

  paddock_download_request_add_source (request, url, NULL);
  add_mirrors (request, wish);
  request->identity = g_strdup (url);
  request->sha256 = g_strdup (layer->digest);
  request->size = layer->size;
  request->is_model = TRUE;
  return request;
}

static GPtrArray *
find_at_ollama (const PaddockOllamaReference *reference, const char *what, const PaddockDownloadWish *wish)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubSession) registry = paddock_ollama_manifest_open_registry (&error);
  g_autoptr (PaddockOllamaManifest) manifest = NULL;
  guint counts[PADDOCK_OLLAMA_OTHER + 1] = { 0 };
  GPtrArray *requests;

  if (registry == NULL)
    {
      paddock_output_complain_of (error, "PADDOCK_OLLAMA_REGISTRY");
      return NULL;
    }
  manifest = paddock_hub_access_read_manifest (registry, reference, what);
  if (manifest == NULL)
    return NULL;
  requests = new_requests ();
  for (guint i = 0; i < manifest->layers->len; i++)
    {
      const PaddockOllamaLayer *layer = g_ptr_array_index (manifest->layers, i);
      g_autofree char *name = make_blob_name (reference, layer->part, ++counts[layer->part]);

      if (name != NULL)
        g_ptr_array_add (requests, make_blob_request (paddock_hub_session_get_endpoint (registry), reference, layer, name, wish));
    }
  return requests;
}

/**
 * paddock_download_choice_find:
 * @what: what the person wrote
 * @wish: what else they said
 *
 * Returns: (transfer container) (nullable) (element-type PaddockDownloadRequest): what is to be had
 */
GPtrArray *
paddock_download_choice_find (const char *what, const PaddockDownloadWish *wish)
{
  g_autoptr (PaddockOllamaReference) other = paddock_ollama_reference_parse (what);
  g_autoptr (PaddockHubSession) session = other == NULL ? paddock_hub_access_open () : NULL;
  g_autoptr (PaddockHubReference) reference
      = session != NULL ? paddock_hub_reference_parse (what, paddock_hub_session_get_endpoint (session)) : NULL;

  if (other != NULL)
    return find_at_ollama (other, what, wish);
  if (session == NULL)
    return NULL;
  if (reference != NULL)
    return find_on_hub (session, reference, what, wish);
  if (g_str_has_prefix (what, "http://") || g_str_has_prefix (what, "https://"))
    return find_address (what, wish);
  paddock_output_complain (_("This is neither an address nor a repository"), what);
  return NULL;
}
