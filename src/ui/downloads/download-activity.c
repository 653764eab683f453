/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/download-activity.h"

#include "activity/activity-words.h"

#include <glib/gi18n.h>

#define WHOLE 1000000                /* shares of one */

struct _PaddockDownloadActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockDownloadQueue *queue;
  GHashTable *failed_before;         /* PaddockDownload: what went wrong before is not told again */
};

G_DEFINE_FINAL_TYPE (PaddockDownloadActivity, paddock_download_activity, PADDOCK_TYPE_ACTIVITY)

static void
report (PaddockDownloadActivity *self)
{
  double fraction;

  g_object_get (self->queue, "fraction", &fraction, NULL);
  if (fraction >= 0)
    paddock_activity_report (PADDOCK_ACTIVITY (self), (guint64) (fraction * WHOLE), WHOLE);
}

static gboolean
is_tried_again (gpointer download, gpointer value G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  return paddock_download_get_state (download) != PADDOCK_DOWNLOAD_FAILED;
}

/* Those that failed, but for what had failed before. */
static GPtrArray *
list_failed (PaddockDownloadActivity *self)
{
  GPtrArray *failed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (PaddockDownload) download = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (paddock_download_get_state (download) == PADDOCK_DOWNLOAD_FAILED &&
          !g_hash_table_contains (self->failed_before, download))
        g_ptr_array_add (failed, g_steal_pointer (&download));
    }
  return failed;
}

static void
end (PaddockDownloadActivity *self)
{
  g_autoptr (GPtrArray) failed = list_failed (self);
  g_autofree char *text = NULL;

  if (failed->len > 0)
    text = g_strdup_printf (ngettext ("%u download failed", "%u downloads failed", failed->len), failed->len);
  paddock_activity_end (PADDOCK_ACTIVITY (self), failed->len > 0 ? PADDOCK_ACTIVITY_FAILED : PADDOCK_ACTIVITY_DONE, text);
}

static void
end_if_over (PaddockDownloadActivity *self)
{
  GCancellable *cancellable = paddock_activity_get_cancellable (PADDOCK_ACTIVITY (self));
  guint active, unfinished;

  g_hash_table_foreach_remove (self->failed_before, is_tried_again, NULL);
  g_object_get (self->queue, "n-active", &active, "n-unfinished", &unfinished, NULL);
  if (paddock_activity_is_over (PADDOCK_ACTIVITY (self)) || active > 0 ||
      (unfinished > 0 && !g_cancellable_is_cancelled (cancellable)))
    return;
  g_signal_handlers_disconnect_by_data (self->queue, self);
  if (g_cancellable_is_cancelled (cancellable))
    paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_STOPPED, NULL);
  else
    end (self);
}

static char *
dup_progress (PaddockActivity *activity)
{
  PaddockDownloadActivity *self = PADDOCK_DOWNLOAD_ACTIVITY (activity);
  g_autofree char *size = NULL;
  guint unfinished;
  guint64 rate;

  g_object_get (self->queue, "n-unfinished", &unfinished, "rate", &rate, NULL);
  size = paddock_activity_words_dup_progress (rate, 0, 0);
  /* Translators: how many downloads are not done, and how fast they are together: "3 to go · 12 MB/s". */
  return g_strdup_printf (ngettext ("%u to go · %s/s", "%u to go · %s/s", unfinished), unfinished, size);
}

/* A program that ends stops all of them by itself: then they are not paused. */
static void
on_cancelled (PaddockDownloadActivity *self)
{
  if (paddock_download_queue_is_running (self->queue))
    paddock_download_queue_pause_all (self->queue);
  end_if_over (self);
}

static void
start (PaddockActivity *activity)
{
  PaddockDownloadActivity *self = PADDOCK_DOWNLOAD_ACTIVITY (activity);
  g_autoptr (GPtrArray) failed = list_failed (self);

  for (guint i = 0; i < failed->len; i++)
    g_hash_table_add (self->failed_before, g_object_ref (g_ptr_array_index (failed, i)));
  g_signal_connect_object (self->queue, "notify::fraction", G_CALLBACK (report), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "notify::n-active", G_CALLBACK (end_if_over), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "notify::n-unfinished", G_CALLBACK (end_if_over), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (paddock_activity_get_cancellable (activity), "cancelled", G_CALLBACK (on_cancelled), self,
                           G_CONNECT_SWAPPED);
  report (self);
}

static void
paddock_download_activity_dispose (GObject *object)
{
  PaddockDownloadActivity *self = PADDOCK_DOWNLOAD_ACTIVITY (object);

  g_clear_pointer (&self->failed_before, g_hash_table_unref);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (paddock_download_activity_parent_class)->dispose (object);
}

static void
paddock_download_activity_class_init (PaddockDownloadActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_download_activity_dispose;
  PADDOCK_ACTIVITY_CLASS (klass)->start = start;
  PADDOCK_ACTIVITY_CLASS (klass)->dup_progress = dup_progress;
  PADDOCK_ACTIVITY_CLASS (klass)->background = TRUE;
}

static void
paddock_download_activity_init (PaddockDownloadActivity *self)
{
  self->failed_before = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

static gboolean
is_listed (PaddockActivityList *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PaddockActivity) activity = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (PADDOCK_IS_DOWNLOAD_ACTIVITY (activity) && !paddock_activity_is_over (activity))
        return TRUE;
    }
  return FALSE;
}

static void
on_n_active (PaddockActivityList *list, GParamSpec *pspec G_GNUC_UNUSED, PaddockDownloadQueue *queue)
{
  PaddockDownloadActivity *self;
  guint active;

  g_object_get (queue, "n-active", &active, NULL);
  if (active == 0 || is_listed (list))
    return;
  self = g_object_new (PADDOCK_TYPE_DOWNLOAD_ACTIVITY, "title", _("Downloads"), "subtitle", _("Models on their way"), NULL);
  self->queue = g_object_ref (queue);
  paddock_activity_list_add (list, PADDOCK_ACTIVITY (self));
  g_object_unref (self);
}

void
paddock_download_activity_follow (PaddockDownloadQueue *queue, PaddockActivityList *list)
{
  g_signal_connect_object (queue, "notify::n-active", G_CALLBACK (on_n_active), list, G_CONNECT_SWAPPED);
  on_n_active (list, NULL, queue);
}
