/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-search.h"

#include "hub-error.h"
#include "hub-repository.h"

#define PAGE 30
#define MAX_PAGE 100

/* All that a row of a list shows, and nothing that is large. */
static const char fields[] = "&expand[]=author&expand[]=downloads&expand[]=likes&expand[]=lastModified&expand[]=createdAt"
                             "&expand[]=gated&expand[]=private&expand[]=disabled&expand[]=pipeline_tag&expand[]=tags"
                             "&expand[]=sha";

/**
 * paddock_hub_page_free:
 * @self: (transfer full): a page
 */
void
paddock_hub_page_free (PaddockHubPage *self)
{
  g_clear_pointer (&self->repositories, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

static void
add (GString *path, const char *name, const char *value)
{
  g_autofree char *escaped = value != NULL && *value != '\0' ? g_uri_escape_string (value, NULL, FALSE) : NULL;

  if (escaped != NULL)
    g_string_append_printf (path, "&%s=%s", name, escaped);
}

/**
 * paddock_hub_search_build_path:
 * @query: what is looked for
 *
 * Returns: (transfer full): path and query of the first page
 */
char *
paddock_hub_search_build_path (const PaddockHubQuery *query)
{
  static const char *const orders[] = { "trendingScore", "downloads", "likes", "lastModified", "createdAt" };
  g_autoptr (GString) path = g_string_new ("/api/models?filter=gguf");

  add (path, "search", query->text);
  add (path, "author", query->author);
  add (path, "pipeline_tag", query->task);
  add (path, "sort", orders[query->order]);
  g_string_append_printf (path, "&direction=-1&limit=%u", CLAMP (query->limit > 0 ? query->limit : PAGE, 1, MAX_PAGE));
  g_string_append (path, fields);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (PaddockHubAnswer) answer = paddock_hub_session_ask_finish (PADDOCK_HUB_SESSION (source), result, &error);
  g_autoptr (PaddockHubPage) page = g_new0 (PaddockHubPage, 1);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  page->repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_repository_unref);
  if (!paddock_hub_repository_read_list (answer->root, page->repositories))
    {
      g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "%s: that is no list of models", answer->url);
      return;
    }
  page->said_at = answer->said_at;
  page->from_cache = answer->from_cache;
  /* A server that says the same page once more leads in circles. */
  if (answer->next != NULL && !g_str_equal (answer->next, g_task_get_task_data (task)))
    page->next = g_strdup (answer->next);
  g_task_return_pointer (task, g_steal_pointer (&page), (GDestroyNotify) paddock_hub_page_free);
}

/**
 * paddock_hub_search_load_async:
 * @session: a session
 * @page: path and query
 * @cancellable: (nullable): to stop
 * @callback: called with the page
 * @user_data: for @callback
 */
void
paddock_hub_search_load_async (
    PaddockHubSession *session, const char *page, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, paddock_hub_search_load_async);
  g_task_set_static_name (task, "hub search");
  g_task_set_task_data (task, g_strdup (page), g_free);
  paddock_hub_session_ask_async (session, page, cancellable, on_answer, g_steal_pointer (&task));
}

/**
 * paddock_hub_search_load_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the page
 */
PaddockHubPage *
paddock_hub_search_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
