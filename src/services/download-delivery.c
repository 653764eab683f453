/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-delivery.h"

#include "download-resolver.h"
#include "gguf/gguf-shards.h"
#include "record-hashes.h"

#include <sys/stat.h>

struct _PaddockDownloadDelivery
{
  GObject parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockDownloadQueue *queue;
  GHashTable *waiting; /* char * (path) -> PaddockDownload: its record does not say all yet */
  GHashTable *telling; /* char *: the same, as long as the record is being written */

  gboolean scanning, again;
};

G_DEFINE_FINAL_TYPE (PaddockDownloadDelivery, paddock_download_delivery, G_TYPE_OBJECT)

static void
paddock_download_delivery_dispose (GObject *object)
{
  PaddockDownloadDelivery *self = PADDOCK_DOWNLOAD_DELIVERY (object);

  g_hash_table_remove_all (self->waiting);
  g_clear_object (&self->library);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (paddock_download_delivery_parent_class)->dispose (object);
}

static void
paddock_download_delivery_finalize (GObject *object)
{
  g_hash_table_unref (PADDOCK_DOWNLOAD_DELIVERY (object)->waiting);
  g_hash_table_unref (PADDOCK_DOWNLOAD_DELIVERY (object)->telling);
  G_OBJECT_CLASS (paddock_download_delivery_parent_class)->finalize (object);
}

static void
paddock_download_delivery_class_init (PaddockDownloadDeliveryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_download_delivery_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_download_delivery_finalize;
}

static void
paddock_download_delivery_init (PaddockDownloadDelivery *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->telling = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* What a record is to be told. */
typedef struct
{
  char *path, *source, *revision, *published, *computed;
  guint shard;
} News;

static void
free_news (gpointer data)
{
  News *news = data;

  g_free (news->path);
  g_free (news->source);
  g_free (news->revision);
  g_free (news->published);
  g_free (news->computed);
  g_free (news);
}

static News *
make_news (PaddockDownload *download)
{
  PaddockDownloadOrigin *origin = paddock_download_get_origin (download);
  News *news = g_new0 (News, 1);
  g_autofree char *id = NULL, *path = NULL, *name = NULL;
  guint count;

  news->path = g_strdup (paddock_download_get_target (download));
  news->computed = g_strdup (paddock_download_get_sha256 (download));
  news->published = g_strdup (origin->sha256);
  name = g_path_get_basename (news->path);
  if (!paddock_gguf_shards_parse_name (name, NULL, &news->shard, &count))
    news->shard = 0;
  if (paddock_download_resolver_parse_text (origin->text, &id, &news->revision, &path))
    news->source = g_strconcat (PADDOCK_HUB_ENDPOINT "/", id, NULL);
  else
    news->source = g_strdup (origin->text);
  return news;
}

/* In a worker. What the person, or another source, has said already stays. */
static gboolean
tell (PaddockModelRecord *record, gpointer user_data)
{
  const News *news = user_data;
  g_autoptr (PaddockModelRecord) before = paddock_model_record_copy (record);
  PaddockFileIdentity identity;
  struct stat status;

  if (record->source_url == NULL)
    record->source_url = g_strdup (news->source);
  if (record->revision == NULL)
    record->revision = g_strdup (news->revision);
  if (news->published != NULL)
    paddock_record_hashes_set_expected (record, news->shard, news->published);
  if (news->computed != NULL && lstat (news->path, &status) == 0)
    {
      paddock_file_identity_set_stat (&identity, &status);
      if (paddock_record_hashes_find (record, &identity) == NULL)
        paddock_record_hashes_set_computed (record, news->shard, news->computed, &identity);
    }
  return !paddock_model_record_equal (before, record);
}

/* A record that is being written. */
typedef struct
{
  PaddockDownloadDelivery *delivery;
  char *path;
} Telling;

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Telling *telling = user_data;

  g_hash_table_remove (telling->delivery->telling, telling->path);
  /* What cannot be written now is tried again when the program starts. */
  if (!paddock_library_change_finish (PADDOCK_LIBRARY (source), result, NULL))
    g_hash_table_remove (telling->delivery->waiting, telling->path);
  g_object_unref (telling->delivery);
  g_free (telling->path);
  g_free (telling);
}

/* Whether there is nothing left to say. */
static gboolean
tell_entry (PaddockDownloadDelivery *self, const PaddockLibraryEntry *entry, PaddockDownload *download)
{
  g_autoptr (PaddockModelRecord) record = paddock_model_record_copy (entry->record);
  const char *path = paddock_download_get_target (download);
  News *news = make_news (download);
  Telling *telling;

  if (g_hash_table_contains (self->telling, path) || !tell (record, news))
    {
      free_news (news);
      return !g_hash_table_contains (self->telling, path);
    }
  telling = g_new0 (Telling, 1);
  telling->delivery = g_object_ref (self);
  telling->path = g_strdup (path);
  g_hash_table_add (self->telling, g_strdup (path));
  paddock_library_change_async (self->library, entry->id, tell, news, free_news, on_told, telling);
  return FALSE;
}

/* What the library has met by now is told of, and looked at again when that is done: a look at the disk that goes on at the
   same time may write what it knew before. */
static void
deliver (PaddockDownloadDelivery *self)
{
  const PaddockLibraryIndex *index = paddock_library_get_index (self->library);
  GHashTableIter iter;
  gpointer path, download;

  if (paddock_library_get_scanning (self->library))
    return;
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &path, &download))
    {
      const PaddockLibraryEntry *entry = g_hash_table_lookup (index->by_path, path);

      if (entry != NULL && tell_entry (self, entry, download))
        g_hash_table_iter_remove (&iter);
    }
}

static void
scan (PaddockDownloadDelivery *self);

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockDownloadDelivery) self = user_data;

  paddock_library_rescan_finish (PADDOCK_LIBRARY (source), result, NULL);
  self->scanning = FALSE;
  if (self->library == NULL)
    return;
  deliver (self);
  if (self->again)
    scan (self);
}

/* One look for all that come meanwhile. */
static void
scan (PaddockDownloadDelivery *self)
{
  self->again = self->scanning;
  if (self->scanning)
    return;
  self->scanning = TRUE;
  paddock_library_rescan_async (self->library, NULL, on_scanned, g_object_ref (self));
}

static void
await (PaddockDownloadDelivery *self, PaddockDownload *download)
{
  g_hash_table_replace (self->waiting, g_strdup (paddock_download_get_target (download)), g_object_ref (download));
}

static void
on_finished (PaddockDownloadDelivery *self, PaddockDownload *download)
{
  await (self, download);
  scan (self);
}

/**
 * paddock_download_delivery_new:
 * @library: where models belong
 * @queue: where they come from
 *
 * Returns: (transfer full): a delivery
 */
PaddockDownloadDelivery *
paddock_download_delivery_new (PaddockLibrary *library, PaddockDownloadQueue *queue)
{
  PaddockDownloadDelivery *self = g_object_new (PADDOCK_TYPE_DOWNLOAD_DELIVERY, NULL);

  self->library = g_object_ref (library);
  self->queue = g_object_ref (queue);
  g_signal_connect_object (queue, "finished", G_CALLBACK (on_finished), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "changed", G_CALLBACK (deliver), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::scanning", G_CALLBACK (deliver), self, G_CONNECT_SWAPPED);
  return self;
}

void
paddock_download_delivery_catch_up (PaddockDownloadDelivery *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (PaddockDownload) download = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (paddock_download_get_state (download) == PADDOCK_DOWNLOAD_DONE)
        await (self, download);
    }
}
