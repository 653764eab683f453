/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-listing.h"

#include "hub-error.h"
#include "hub-file.h"
#include "hub-variant.h"

/* A repository has no more pages than that; a server that says so leads in circles. */
#define MAX_PAGES 100

typedef struct
{
  /* Owned */
  PaddockHubListing *listing;
  char *page;        /* that was asked for last */
  GHashTable *paths; /* char *, borrowed from the files */
  guint pages;
} Loading;

static void
free_loading (gpointer data)
{
  Loading *loading = data;

  g_clear_pointer (&loading->listing, paddock_hub_listing_free);
  g_hash_table_unref (loading->paths);
  g_free (loading->page);
  g_free (loading);
}

/**
 * paddock_hub_listing_free:
 * @self: (transfer full): a listing
 */
void
paddock_hub_listing_free (PaddockHubListing *self)
{
  g_clear_pointer (&self->variants, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->repository, paddock_hub_repository_unref);
  g_free (self);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_page (GTask *task, const char *page)
{
  Loading *loading = g_task_get_task_data (task);

  g_set_str (&loading->page, page);
  loading->pages++;
  paddock_hub_session_ask_async (g_task_get_source_object (task), page, g_task_get_cancellable (task), on_page,
                                 g_object_ref (task));
}

/* As old as its oldest part. */
static void
learn_age (PaddockHubListing *listing, const PaddockHubAnswer *answer)
{
  listing->said_at = listing->said_at == 0 ? answer->said_at : MIN (listing->said_at, answer->said_at);
  listing->from_cache = listing->from_cache || answer->from_cache;
}

/* A server that leads in circles tells files twice. FALSE: nothing of this page is new. */
static gboolean
drop_repeated (Loading *loading, guint first)
{
  GPtrArray *files = loading->listing->files;
  guint told = files->len;

  for (guint i = first; i < files->len;)
    {
      char *path = ((PaddockHubFile *) g_ptr_array_index (files, i))->path;

      /* Looked up first: what is added twice takes the place of what was there, and is about to be freed. */
      if (g_hash_table_contains (loading->paths, path))
        {
          g_ptr_array_remove_index (files, i);
          continue;
        }
      g_hash_table_add (loading->paths, path);
      i++;
    }
  return told == first || files->len > first;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  PaddockHubListing *listing = loading->listing;
  guint before = listing->files->len;
  GError *error = NULL;
  g_autoptr (PaddockHubAnswer) answer = paddock_hub_session_ask_finish (PADDOCK_HUB_SESSION (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  learn_age (listing, answer);
  if (!paddock_hub_file_read_tree (answer->root, listing->files))
    {
      g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "%s: the hub does not tell the files",
                               listing->repository->id);
      return;
    }
  if (drop_repeated (loading, before) && answer->next != NULL && !g_str_equal (answer->next, loading->page) &&
      loading->pages < MAX_PAGES)
    {
      ask_page (task, answer->next);
      return;
    }
  listing->variants = paddock_hub_variant_group (listing->files);
  g_task_return_pointer (task, g_steal_pointer (&loading->listing), (GDestroyNotify) paddock_hub_listing_free);
}

static void
on_repository (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PaddockHubAnswer) answer = paddock_hub_session_ask_finish (PADDOCK_HUB_SESSION (source), result, &error);
  g_autofree char *page = NULL;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  learn_age (loading->listing, answer);
  loading->listing->repository = paddock_hub_repository_read (answer->root);
  if (loading->listing->repository == NULL || loading->listing->repository->sha == NULL)
    {
      g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "%s: the hub does not tell what it is",
                               answer->url);
      return;
    }
  /* Of that very commit: a branch may move meanwhile. */
  page = g_strdup_printf ("/api/models/%s/tree/%s?recursive=true&expand=false", loading->listing->repository->id,
                          loading->listing->repository->sha);
  ask_page (task, page);
}

/**
 * paddock_hub_listing_load_async:
 * @session: a session
 * @id: a repository
 * @revision: (nullable): of it
 * @cancellable: (nullable): to stop
 * @callback: called with the listing
 * @user_data: for @callback
 */
void
paddock_hub_listing_load_async (PaddockHubSession *session,
                                const char *id,
                                const char *revision,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  g_autofree char *escaped = revision != NULL ? g_uri_escape_string (revision, NULL, FALSE) : NULL;
  g_autofree char *path
      = escaped != NULL ? g_strdup_printf ("/api/models/%s/revision/%s", id, escaped) : g_strdup_printf ("/api/models/%s", id);
  Loading *loading = g_new0 (Loading, 1);

  loading->paths = g_hash_table_new (g_str_hash, g_str_equal);
  loading->listing = g_new0 (PaddockHubListing, 1);
  loading->listing->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
  g_task_set_source_tag (task, paddock_hub_listing_load_async);
  g_task_set_static_name (task, "hub listing");
  g_task_set_task_data (task, loading, free_loading);
  paddock_hub_session_ask_async (session, path, cancellable, on_repository, g_steal_pointer (&task));
}

/**
 * paddock_hub_listing_load_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the listing
 */
PaddockHubListing *
paddock_hub_listing_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
