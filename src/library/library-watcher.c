/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-watcher.h"

#include <glib/gstdio.h>

/* So long nothing has to happen before somebody looks, and so long they wait at most, in milliseconds. */
#define QUIET 300
#define PATIENCE 3000
/* How often a place is looked at that cannot tell, in seconds. */
#define POLL 60
/* The system lets everybody together watch a limited number of places. */
#define MAX_MONITORS 8192
/* To watch a place takes the system a moment; so long the main loop does that at a time, in microseconds. */
#define SLICE 1500

typedef struct
{
  /* Owned */
  char *path;
  GHashTable *monitors;              /* path -> GFileMonitor */

  /* Borrowed */
  PaddockLibraryWatcher *watcher;

  GPtrArray *pending;                /* char *: what is still to be watched */
  gint64 asked_at;                   /* when that was asked for, by the clock of the files */
  gboolean complete;                 /* all of it can be watched */
  guint quiet, patience, poll, adding;   /* sources; 0: none */
} Root;

struct _PaddockLibraryWatcher
{
  GObject parent_instance;

  /* Owned */
  GHashTable *roots;                 /* path -> Root */

  guint n_monitors;
};

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibraryWatcher, paddock_library_watcher, G_TYPE_OBJECT)

static void
forget_sources (Root *root)
{
  g_clear_handle_id (&root->quiet, g_source_remove);
  g_clear_handle_id (&root->patience, g_source_remove);
}

static void
free_root (gpointer data)
{
  Root *root = data;

  forget_sources (root);
  g_clear_handle_id (&root->poll, g_source_remove);
  g_clear_handle_id (&root->adding, g_source_remove);
  g_ptr_array_unref (root->pending);
  root->watcher->n_monitors -= g_hash_table_size (root->monitors);
  g_hash_table_unref (root->monitors);
  g_free (root->path);
  g_free (root);
}

static void
tell (Root *root)
{
  g_autofree char *path = g_strdup (root->path);

  forget_sources (root);
  g_signal_emit (root->watcher, signals[SIGNAL_CHANGED], 0, path);
}

static gboolean
on_quiet (gpointer data)
{
  Root *root = data;

  root->quiet = 0;
  tell (root);
  return G_SOURCE_REMOVE;
}

static gboolean
on_patience (gpointer data)
{
  Root *root = data;

  root->patience = 0;
  tell (root);
  return G_SOURCE_REMOVE;
}

static gboolean
on_poll (gpointer data)
{
  Root *root = data;
  g_autofree char *path = g_strdup (root->path);

  g_signal_emit (root->watcher, signals[SIGNAL_CHANGED], 0, path);
  return G_SOURCE_CONTINUE;
}

static void
note_change (Root *root)
{
  g_clear_handle_id (&root->quiet, g_source_remove);
  root->quiet = g_timeout_add (QUIET, on_quiet, root);
  if (root->patience == 0)
    root->patience = g_timeout_add (PATIENCE, on_patience, root);
}

static void
on_event (Root *root, GFile *file, GFile *other, GFileMonitorEvent event)
{
  note_change (root);
}

static void
free_monitor (gpointer data)
{
  g_autoptr (GFileMonitor) monitor = data;

  g_file_monitor_cancel (monitor);
}

/* FALSE: nobody tells what happens there. */
static gboolean
add_monitor (Root *root, const char *path)
{
  PaddockLibraryWatcher *self = root->watcher;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFileMonitor *monitor;

  if (g_hash_table_contains (root->monitors, path))
    return TRUE;
  if (self->n_monitors >= MAX_MONITORS)
    return FALSE;
  monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (monitor == NULL)
    return FALSE;
  g_file_monitor_set_rate_limit (monitor, QUIET);
  g_signal_connect_swapped (monitor, "changed", G_CALLBACK (on_event), root);
  g_hash_table_insert (root->monitors, g_strdup (path), monitor);
  self->n_monitors++;
  return TRUE;
}

/* Since it was asked for: nobody told of that. */
static gboolean
has_changed (const Root *root, const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && (gint64) status.st_mtime >= root->asked_at;
}

/* TRUE: there is more to be done. */
static gboolean
add_some (Root *root)
{
  gint64 end = g_get_monotonic_time () + SLICE;

  while (root->pending->len > 0 && g_get_monotonic_time () < end)
    {
      g_autofree char *path = g_ptr_array_steal_index (root->pending, root->pending->len - 1);

      root->complete = add_monitor (root, path) && root->complete;
      if (root->adding != 0 && has_changed (root, path))
        note_change (root);
    }
  if (root->pending->len > 0)
    return TRUE;
  if (root->complete)
    g_clear_handle_id (&root->poll, g_source_remove);
  else if (root->poll == 0)
    root->poll = g_timeout_add_seconds (POLL, on_poll, root);
  return FALSE;
}

static gboolean
on_idle (gpointer data)
{
  Root *root = data;

  if (add_some (root))
    return G_SOURCE_CONTINUE;
  root->adding = 0;
  return G_SOURCE_REMOVE;
}

/* The nearest one that is there, so that the root is noticed when it comes. */
static char *
find_ancestor (const char *path)
{
  char *ancestor = g_path_get_dirname (path);

  while (!g_file_test (ancestor, G_FILE_TEST_IS_DIR))
    {
      char *parent = g_path_get_dirname (ancestor);

      g_free (ancestor);
      ancestor = parent;
    }
  return ancestor;
}

static void
drop_others (Root *root, GHashTable *kept)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, root->monitors);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (kept, path))
      {
        g_hash_table_iter_remove (&iter);
        root->watcher->n_monitors--;
      }
}

/**
 * paddock_library_watcher_set_root:
 * @self: a watcher
 * @path: (type filename): a root
 * @directories: (nullable) (element-type filename): all that is to be watched below it; %NULL: it is not there
 */
void
paddock_library_watcher_set_root (PaddockLibraryWatcher *self, const char *path, GPtrArray *directories)
{
  Root *root = g_hash_table_lookup (self->roots, path);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer directory;

  if (root == NULL)
    {
      root = g_new0 (Root, 1);
      root->watcher = self;
      root->path = g_strdup (path);
      root->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_monitor);
      root->pending = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->roots, root->path, root);
    }
  for (guint i = 0; directories != NULL && i < directories->len; i++)
    g_hash_table_add (kept, g_strdup (g_ptr_array_index (directories, i)));
  if (g_hash_table_size (kept) == 0)
    g_hash_table_add (kept, find_ancestor (path));
  drop_others (root, kept);
  g_ptr_array_set_size (root->pending, 0);
  root->asked_at = g_get_real_time () / G_USEC_PER_SEC;
  root->complete = TRUE;
  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &directory, NULL))
    g_ptr_array_add (root->pending, g_strdup (directory));
  if (add_some (root) && root->adding == 0)
    root->adding = g_idle_add (on_idle, root);
}

/**
 * paddock_library_watcher_unset_root:
 * @self: a watcher
 * @path: (type filename): a root
 */
void
paddock_library_watcher_unset_root (PaddockLibraryWatcher *self, const char *path)
{
  g_hash_table_remove (self->roots, path);
}

/**
 * paddock_library_watcher_list_roots:
 * @self: a watcher
 *
 * Returns: (transfer container) (element-type filename): what it watches
 */
GPtrArray *
paddock_library_watcher_list_roots (PaddockLibraryWatcher *self)
{
  return g_hash_table_get_keys_as_ptr_array (self->roots);
}

/**
 * paddock_library_watcher_new:
 *
 * Returns: (transfer full): a watcher of nothing
 */
PaddockLibraryWatcher *
paddock_library_watcher_new (void)
{
  return g_object_new (PADDOCK_TYPE_LIBRARY_WATCHER, NULL);
}

static void
paddock_library_watcher_finalize (GObject *object)
{
  PaddockLibraryWatcher *self = PADDOCK_LIBRARY_WATCHER (object);

  g_hash_table_unref (self->roots);
  G_OBJECT_CLASS (paddock_library_watcher_parent_class)->finalize (object);
}

static void
paddock_library_watcher_class_init (PaddockLibraryWatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_library_watcher_finalize;
  /**
   * PaddockLibraryWatcher::changed:
   * @self: a watcher
   * @root: (type filename): where something changed
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
paddock_library_watcher_init (PaddockLibraryWatcher *self)
{
  self->roots = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_root);
}
