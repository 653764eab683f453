/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-store.h"

#include "base/atomic-file.h"
#include "base/strict-parser.h"
#include "download-error.h"
#include "download-record.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define NAME "downloads.json"
#define LOCK_NAME "downloads.lock"
/* The newest format that this program writes. */
#define VERSION 1

struct _PaddockDownloadStore
{
  /* Owned */
  char *path;
  int lock;
};

/* What this version knows of. */
static const char *const members[] = { "version", "concurrency", "limit", "metered", "downloads", NULL };

/**
 * paddock_download_store_open:
 * @folder: (type filename): where the file is
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: (transfer full) (nullable): the store, locked
 */
PaddockDownloadStore *
paddock_download_store_open (const char *folder, GError **error)
{
  g_autofree char *lock_path = g_build_filename (folder, LOCK_NAME, NULL);
  g_autoptr (PaddockDownloadStore) self = g_atomic_rc_box_new0 (PaddockDownloadStore);

  self->lock = -1;
  self->path = g_build_filename (folder, NAME, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      paddock_download_error_set_errno (error, errno, "cannot make", folder);
      return NULL;
    }
  self->lock = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock < 0)
    {
      paddock_download_error_set_errno (error, errno, "cannot write", lock_path);
      return NULL;
    }
  /* A file system without locks has no second writer that would respect them. */
  if (flock (self->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      paddock_download_error_set_errno (error, errno, "cannot take over", self->path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * paddock_download_store_ref:
 * @self: a store
 *
 * Returns: (transfer full): @self
 */
PaddockDownloadStore *
paddock_download_store_ref (PaddockDownloadStore *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_store (gpointer data)
{
  PaddockDownloadStore *self = data;

  g_free (self->path);
  g_clear_fd (&self->lock, NULL);
}

/**
 * paddock_download_store_unref:
 * @self: (transfer full): a store
 */
void
paddock_download_store_unref (PaddockDownloadStore *self)
{
  g_atomic_rc_box_release_full (self, clear_store);
}

void
paddock_queue_settings_clear (PaddockQueueSettings *settings)
{
  g_clear_pointer (&settings->others, g_free);
}

static void
read_settings (PaddockQueueSettings *settings, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  gint64 concurrency = paddock_download_record_find_number (object, "concurrency");
  JsonObject *others = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (concurrency >= 1)
    settings->concurrency = (guint) MIN (concurrency, PADDOCK_QUEUE_MAX_CONCURRENCY);
  settings->limit = (guint64) MAX (paddock_download_record_find_number (object, "limit"), 0);
  settings->metered = paddock_download_record_find_flag (object, "metered");
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    if (!g_strv_contains (members, name))
      json_object_set_member (others, name, json_node_copy (member));
  json_node_take_object (node, others);
  if (json_object_get_size (others) > 0)
    settings->others = json_to_string (node, FALSE);
}

/* FALSE: it is no such file. */
static gboolean
read_file (PaddockDownloadStore *self, PaddockQueueSettings *settings, GPtrArray *downloads, GError **error)
{
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  JsonNode *root, *list;

  if (!json_parser_load_from_mapped_file (parser, self->path, error))
    return FALSE;
  root = json_parser_get_root (parser);
  list = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "downloads") : NULL;
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is no list in it");
      return FALSE;
    }
  read_settings (settings, json_node_get_object (root));
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      PaddockDownload *download = paddock_download_record_read (json_array_get_element (json_node_get_array (list), i));

      if (download != NULL)
        g_ptr_array_add (downloads, download);
    }
  return TRUE;
}

static void
set_aside (PaddockDownloadStore *self)
{
  for (guint i = 1; i < 100; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.broken-%u", self->path, i);

      if (!g_file_test (aside, G_FILE_TEST_EXISTS))
        {
          g_rename (self->path, aside);
          return;
        }
    }
}

/**
 * paddock_download_store_load:
 * @self: a store
 * @settings: (out): what the person said of all
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type PaddockDownload): what is on the list; none, where nothing ever was.
 *     NULL: what there was could not be understood, and was set aside
 */
GPtrArray *
paddock_download_store_load (PaddockDownloadStore *self, PaddockQueueSettings *settings, GError **error)
{
  g_autoptr (GPtrArray) downloads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) problem = NULL;

  settings->concurrency = PADDOCK_QUEUE_CONCURRENCY;
  if (read_file (self, settings, downloads, &problem) || g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&downloads);
  if (problem->domain != G_FILE_ERROR)
    set_aside (self);
  g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_DISK, "%s: %s", self->path, problem->message);
  return NULL;
}

static void
append (gpointer download, gpointer text)
{
  if (((GString *) text)->str[((GString *) text)->len - 1] == '}')
    g_string_append (text, ",");
  g_string_append (text, "\n");
  g_string_append (text, paddock_download_record_get_text (download));
}

/**
 * paddock_download_store_make_text:
 * @settings: what the person said of all
 * @downloads: (element-type PaddockDownload): what is on the list
 *
 * Costs no more than copying, but for what has changed.
 *
 * Returns: (transfer full): the file
 */
GBytes *
paddock_download_store_make_text (const PaddockQueueSettings *settings, GSequence *downloads)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "{\"version\":%d,\"concurrency\":%u,\"limit\":%" G_GUINT64_FORMAT ",\"metered\":%s,", VERSION,
                   settings->concurrency, settings->limit, settings->metered ? "true" : "false");
  /* Without its braces. */
  if (settings->others != NULL)
    {
      g_string_append_len (text, settings->others + 1, (gssize) strlen (settings->others) - 2);
      g_string_append (text, ",");
    }
  g_string_append (text, "\"downloads\":[");
  g_sequence_foreach (downloads, append, text);
  g_string_append (text, "\n]}\n");
  return g_string_free_to_bytes (text);
}

/**
 * paddock_download_store_save:
 * @self: a store
 * @text: what is to be written
 * @error: return location for %G_IO_ERROR
 *
 * Returns: whether it is on the disk
 */
gboolean
paddock_download_store_save (PaddockDownloadStore *self, GBytes *text, GError **error)
{
  g_autoptr (PaddockAtomicFile) file = paddock_atomic_file_new (self->path, error);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (text, &length);

  return file != NULL && paddock_atomic_file_write (file, bytes, length, error) && paddock_atomic_file_commit (file, error);
}
