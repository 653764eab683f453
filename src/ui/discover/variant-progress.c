/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/variant-progress.h"

#include <glib/gi18n.h>

/* What is told of a set of which the files are in different states: the first of these that one of them is in. */
static const PaddockDownloadState order[] = {
  PADDOCK_DOWNLOAD_FAILED,    PADDOCK_DOWNLOAD_DOWNLOADING, PADDOCK_DOWNLOAD_VERIFYING,
  PADDOCK_DOWNLOAD_RESOLVING, PADDOCK_DOWNLOAD_WAITING,     PADDOCK_DOWNLOAD_PAUSED,
  PADDOCK_DOWNLOAD_QUEUED,    PADDOCK_DOWNLOAD_CANCELLED,   PADDOCK_DOWNLOAD_DONE,
};

static gboolean
has_state (GPtrArray *downloads, PaddockDownloadState state)
{
  for (guint i = 0; i < downloads->len; i++)
    if (paddock_download_get_state (g_ptr_array_index (downloads, i)) == state)
      return TRUE;
  return FALSE;
}

/**
 * paddock_variant_progress_read:
 * @self: (out caller-allocates): how far they are
 * @downloads: (element-type PaddockDownload): the files of one variant
 */
void
paddock_variant_progress_read (PaddockVariantProgress *self, GPtrArray *downloads)
{
  double received = 0, total = 0;
  gboolean known = TRUE;

  self->state = PADDOCK_DOWNLOAD_DONE;
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (has_state (downloads, order[i]))
      {
        self->state = order[i];
        break;
      }
  for (guint i = 0; i < downloads->len; i++)
    {
      PaddockDownload *download = g_ptr_array_index (downloads, i);

      known = known && paddock_download_get_total (download) >= 0;
      received += (double) paddock_download_get_received (download);
      total += (double) paddock_download_get_total (download);
    }
  self->fraction = known && total > 0 ? CLAMP (received / total, 0, 1) : -1;
}

/**
 * paddock_variant_progress_dup_text:
 * @self: how far they are
 *
 * Returns: (transfer full): it, in words
 */
char *
paddock_variant_progress_dup_text (const PaddockVariantProgress *self)
{
  switch (self->state)
    {
    case PADDOCK_DOWNLOAD_QUEUED:
      return g_strdup (_("In the queue"));
    case PADDOCK_DOWNLOAD_PAUSED:
      return g_strdup (_("Paused"));
    case PADDOCK_DOWNLOAD_WAITING:
      return g_strdup (_("Waiting"));
    case PADDOCK_DOWNLOAD_VERIFYING:
      return g_strdup (_("Checking"));
    case PADDOCK_DOWNLOAD_DONE:
      return g_strdup (_("Downloaded"));
    case PADDOCK_DOWNLOAD_FAILED:
      return g_strdup (_("The download failed"));
    case PADDOCK_DOWNLOAD_CANCELLED:
      return g_strdup (_("The download was cancelled"));
    case PADDOCK_DOWNLOAD_RESOLVING:
    case PADDOCK_DOWNLOAD_DOWNLOADING:
    default:
      return self->fraction >= 0 ? g_strdup_printf (_("Downloading, %.0f %%"), 100 * self->fraction) : g_strdup (_("Downloading"));
    }
}
