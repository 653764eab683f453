/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/download-notices.h"

#include "downloads/download-words.h"

#include <glib/gi18n.h>

struct _PaddockDownloadNotices
{
  GObject parent_instance;

  /* Owned */
  PaddockDownloadQueue *queue;
  /* Borrowed */
  GtkApplication *application;
};

G_DEFINE_FINAL_TYPE (PaddockDownloadNotices, paddock_download_notices, G_TYPE_OBJECT)

static void
paddock_download_notices_dispose (GObject *object)
{
  g_clear_object (&PADDOCK_DOWNLOAD_NOTICES (object)->queue);
  G_OBJECT_CLASS (paddock_download_notices_parent_class)->dispose (object);
}

static void
paddock_download_notices_class_init (PaddockDownloadNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_download_notices_dispose;
}

static void
paddock_download_notices_init (PaddockDownloadNotices *self G_GNUC_UNUSED)
{
}

/* Of the same download there is one notice, whatever comes. */
static char *
make_id (PaddockDownload *download)
{
  g_autofree char *digest
      = g_compute_checksum_for_string (G_CHECKSUM_SHA256, paddock_download_get_target (download), -1);

  return g_strdup_printf ("download-%.16s", digest);
}

/* Whoever looks at the window sees it there. */
static gboolean
is_seen (PaddockDownloadNotices *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  return window != NULL && gtk_window_is_active (window);
}

static void
on_finished (PaddockDownloadNotices *self, PaddockDownload *download)
{
  const char *target = paddock_download_get_target (download);
  g_autoptr (GNotification) notice = g_notification_new (_("Download Finished"));
  g_autofree char *id = make_id (download);

  if (is_seen (self))
    return;
  g_notification_set_body (notice, paddock_download_get_title (download));
  g_notification_set_default_action_and_target (notice, "app.show-model", "(^ays)", target, "");
  g_notification_add_button_with_target (notice, _("Show"), "app.show-model", "(^ays)", target, "");
  g_application_send_notification (G_APPLICATION (self->application), id, notice);
}

static void
on_failed (PaddockDownloadNotices *self, PaddockDownload *download)
{
  const GError *error = paddock_download_get_error (download);
  g_autoptr (GNotification) notice = g_notification_new (_("Download Failed"));
  g_autofree char *id = make_id (download);
  g_autofree char *problem = error != NULL ? paddock_download_words_dup_problem (error) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("%s\n%s", paddock_download_get_title (download), problem);

  if (is_seen (self))
    return;
  g_notification_set_body (notice, body);
  g_notification_set_default_action (notice, "app.show-downloads");
  g_notification_add_button_with_target (notice, _("Try Again"), "app.retry-download", "^ay",
                                         paddock_download_get_target (download));
  g_application_send_notification (G_APPLICATION (self->application), id, notice);
}

static void
on_retry (PaddockDownloadNotices *self, GVariant *target)
{
  PaddockDownload *download = paddock_download_queue_find (self->queue, g_variant_get_bytestring (target));

  if (download != NULL)
    paddock_download_queue_resume (self->queue, download);
}

/**
 * paddock_download_notices_new:
 * @application: who tells
 * @queue: of what
 *
 * Returns: (transfer full): the notices
 */
PaddockDownloadNotices *
paddock_download_notices_new (GtkApplication *application, PaddockDownloadQueue *queue)
{
  PaddockDownloadNotices *self = g_object_new (PADDOCK_TYPE_DOWNLOAD_NOTICES, NULL);
  g_autoptr (GSimpleAction) retry = g_simple_action_new ("retry-download", G_VARIANT_TYPE_BYTESTRING);

  self->application = application;
  self->queue = g_object_ref (queue);
  g_signal_connect_object (retry, "activate", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (retry));
  g_signal_connect_object (queue, "finished", G_CALLBACK (on_finished), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  return self;
}
