/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-follower.h"

#include "library-private.h"

/* So long nothing has to happen before somebody looks, and so long they wait at most, in milliseconds. */
#define QUIET 300
#define PATIENCE 3000

/* One place that another program may write to. */
typedef struct
{
  /* Owned */
  GFileMonitor *monitor;             /* NULL: nobody can tell */

  /* Borrowed */
  PaddockLibrary *library;
  void (*look) (PaddockLibrary *library);

  guint quiet, patience;             /* sources; 0: none */
} Place;

struct _PaddockLibraryFollower
{
  GObject parent_instance;

  /* Owned */
  PaddockLibrary *library;

  Place settings, records;
};

G_DEFINE_FINAL_TYPE (PaddockLibraryFollower, paddock_library_follower, G_TYPE_OBJECT)

static void
look (Place *place)
{
  g_clear_handle_id (&place->quiet, g_source_remove);
  g_clear_handle_id (&place->patience, g_source_remove);
  place->look (place->library);
}

static void
on_quiet (gpointer data)
{
  Place *place = data;

  place->quiet = 0;
  look (place);
}

static void
on_patience (gpointer data)
{
  Place *place = data;

  place->patience = 0;
  look (place);
}

static void
on_event (Place *place)
{
  g_clear_handle_id (&place->quiet, g_source_remove);
  place->quiet = g_timeout_add_once (QUIET, on_quiet, place);
  if (place->patience == 0)
    place->patience = g_timeout_add_once (PATIENCE, on_patience, place);
}

/* Takes the monitor. */
static void
follow (PaddockLibraryFollower *self, Place *place, GFileMonitor *monitor, void (*function) (PaddockLibrary *))
{
  place->library = self->library;
  place->look = function;
  place->monitor = monitor;
  if (monitor != NULL)
    g_signal_connect_swapped (monitor, "changed", G_CALLBACK (on_event), place);
}

static void
leave (Place *place)
{
  g_clear_handle_id (&place->quiet, g_source_remove);
  g_clear_handle_id (&place->patience, g_source_remove);
  if (place->monitor != NULL)
    g_file_monitor_cancel (place->monitor);
  g_clear_object (&place->monitor);
}

static void
paddock_library_follower_dispose (GObject *object)
{
  PaddockLibraryFollower *self = PADDOCK_LIBRARY_FOLLOWER (object);

  leave (&self->settings);
  leave (&self->records);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (paddock_library_follower_parent_class)->dispose (object);
}

static void
paddock_library_follower_class_init (PaddockLibraryFollowerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_library_follower_dispose;
}

static void
paddock_library_follower_init (PaddockLibraryFollower *self)
{
}

/**
 * paddock_library_follower_new:
 * @library: a library
 *
 * Returns: (transfer full): what keeps it up to date
 */
PaddockLibraryFollower *
paddock_library_follower_new (PaddockLibrary *library)
{
  PaddockLibraryFollower *self = g_object_new (PADDOCK_TYPE_LIBRARY_FOLLOWER, NULL);
  g_autofree char *metadata = g_build_filename (paddock_library_get_places (library)->own, "metadata", NULL);
  g_autoptr (GFile) settings = g_file_new_for_path (paddock_library_get_settings_path (library));
  g_autoptr (GFile) records = g_file_new_for_path (metadata);

  self->library = g_object_ref (library);
  follow (self, &self->settings, g_file_monitor_file (settings, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL),
          paddock_library_reread_settings);
  follow (self, &self->records, g_file_monitor_directory (records, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL),
          paddock_library_look_again);
  return self;
}
