/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/download-words.h"

#include "activity/activity-words.h"
#include "activity/text-direction.h"
#include "base/units.h"
#include "download-error.h"

#include <glib/gi18n.h>

char *
paddock_download_words_dup_limit (guint64 bytes_per_second)
{
  g_autofree char *size = NULL;

  if (bytes_per_second == 0)
    return g_strdup (_("No Limit"));
  size = paddock_text_direction_isolate (paddock_units_format_size (bytes_per_second));
  /* Translators: how fast something is received, as in "5 MB/s". */
  return g_strdup_printf (_("%s/s"), size);
}

static const char *
get_network_problem (PaddockDownloadError code)
{
  switch (code)
    {
    case PADDOCK_DOWNLOAD_ERROR_OFFLINE:
      return _("There is no network");
    case PADDOCK_DOWNLOAD_ERROR_HOST:
      return _("Nobody knows the server’s name");
    case PADDOCK_DOWNLOAD_ERROR_CONNECTION:
      return _("The server does not answer");
    case PADDOCK_DOWNLOAD_ERROR_TLS:
      return _("The server cannot prove who it is");
    case PADDOCK_DOWNLOAD_ERROR_BUSY:
      return _("The server wants to be left alone for a while");
    case PADDOCK_DOWNLOAD_ERROR_SERVER:
      return _("The server has a problem of its own");
    case PADDOCK_DOWNLOAD_ERROR_PROTOCOL:
      return _("The server’s answers make no sense");
    default:
      return NULL;
    }
}

static const char *
get_access_problem (PaddockDownloadError code)
{
  switch (code)
    {
    case PADDOCK_DOWNLOAD_ERROR_TOKEN:
      return _("The hub wants to know who asks: it needs a token of yours");
    case PADDOCK_DOWNLOAD_ERROR_GATED:
      return _("Its conditions have to be accepted on its page first");
    case PADDOCK_DOWNLOAD_ERROR_DENIED:
      return _("Its owner does not let you have it");
    case PADDOCK_DOWNLOAD_ERROR_NOT_FOUND:
      return _("There is no such file on the server");
    case PADDOCK_DOWNLOAD_ERROR_GONE:
      return _("The file was removed from the server");
    case PADDOCK_DOWNLOAD_ERROR_CHANGED:
      return _("The server’s file is another one now. What was received is kept until you start over");
    case PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL:
      return _("What the server sends is no model");
    case PADDOCK_DOWNLOAD_ERROR_CHECKSUM:
      return _("The server’s bytes are not the published ones");
    case PADDOCK_DOWNLOAD_ERROR_INVALID:
      return _("This names no file");
    default:
      return NULL;
    }
}

static const char *
get_disk_problem (PaddockDownloadError code)
{
  switch (code)
    {
    case PADDOCK_DOWNLOAD_ERROR_NO_SPACE:
      return _("The disk is full");
    case PADDOCK_DOWNLOAD_ERROR_TOO_LARGE:
      return _("The drive cannot hold files that large");
    case PADDOCK_DOWNLOAD_ERROR_PERMISSION:
      return _("The folder may not be written to");
    case PADDOCK_DOWNLOAD_ERROR_EXISTS:
      return _("Another file has its name");
    case PADDOCK_DOWNLOAD_ERROR_LOCKED:
      return _("Another program is at it");
    default:
      return _("The disk cannot be written to");
    }
}

/**
 * paddock_download_words_dup_problem:
 * @error: of %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: (transfer full): what went wrong
 */
char *
paddock_download_words_dup_problem (const GError *error)
{
  PaddockDownloadError code = (PaddockDownloadError) error->code;
  const char *problem = get_network_problem (code);

  if (error->domain != PADDOCK_DOWNLOAD_ERROR)
    return g_strdup (error->message);
  if (problem == NULL)
    problem = get_access_problem (code);
  return g_strdup (problem != NULL ? problem : get_disk_problem (code));
}

static char *
dup_retry (PaddockDownload *download)
{
  guint seconds = paddock_download_get_retry_in (download);
  const GError *error = paddock_download_get_error (download);
  g_autofree char *problem
      = error != NULL ? paddock_download_words_dup_problem (error) : g_strdup (_("The server does not answer"));
  g_autofree char *duration = paddock_text_direction_isolate (paddock_units_format_duration (seconds));

  if (seconds == 0)
    /* Translators: what went wrong, and what happens next. */
    return g_strdup_printf (_("%s. Trying again"), problem);
  /* Translators: what went wrong, and when it is tried again: "The server does not answer. Trying again in 20 s". */
  return g_strdup_printf (_("%s. Trying again in %s"), problem, duration);
}

static char *
dup_wait (PaddockDownload *download, PaddockQueueBlock block)
{
  g_autofree char *size = NULL;

  switch (paddock_download_get_wait (download))
    {
    case PADDOCK_DOWNLOAD_WAIT_DISK:
      if (paddock_download_get_shortage (download) == 0)
        return g_strdup (_("Waiting for space on the disk"));
      size = paddock_text_direction_isolate (paddock_units_format_size (paddock_download_get_shortage (download)));
      /* Translators: how much space is missing, as a size. */
      return g_strdup_printf (_("Waiting until %s more are free on the disk"), size);
    case PADDOCK_DOWNLOAD_WAIT_NETWORK:
      return g_strdup (block == PADDOCK_QUEUE_METERED ? _("Waiting for a network that does not cost")
                                                      : _("Waiting for the network"));
    case PADDOCK_DOWNLOAD_WAIT_RETRY:
    case PADDOCK_DOWNLOAD_WAIT_NONE:
    default:
      return dup_retry (download);
    }
}

static char *
dup_progress (PaddockDownload *download)
{
  return paddock_activity_words_dup_progress (paddock_download_get_received (download),
                                              (guint64) MAX (paddock_download_get_total (download), 0),
                                              (double) paddock_download_get_rate (download));
}

/* "Paused · 1 GB of 4 GB" */
static char *
dup_with_progress (PaddockDownload *download, const char *state)
{
  g_autofree char *progress = NULL;

  if (paddock_download_get_received (download) == 0 && paddock_download_get_total (download) < 0)
    return g_strdup (state);
  progress = dup_progress (download);
  return g_strdup_printf ("%s · %s", state, progress);
}

static char *
dup_done (PaddockDownload *download)
{
  g_autofree char *size
      = paddock_text_direction_isolate (paddock_units_format_size ((guint64) MAX (paddock_download_get_total (download), 0)));

  /* Translators: of a file that was downloaded and has the right hash; %s is its size. */
  return paddock_text_direction_lead (g_strdup_printf (_("%s · Verified and in the library"), size));
}

/**
 * paddock_download_words_dup_state:
 * @download: a download
 * @block: what the network keeps from going on
 *
 * Returns: (transfer full): how it stands
 */
char *
paddock_download_words_dup_state (PaddockDownload *download, PaddockQueueBlock block)
{
  switch (paddock_download_get_state (download))
    {
    case PADDOCK_DOWNLOAD_RESOLVING:
      return dup_with_progress (download, _("Connecting…"));
    case PADDOCK_DOWNLOAD_DOWNLOADING:
      return dup_progress (download);
    case PADDOCK_DOWNLOAD_PAUSED:
      return dup_with_progress (download, _("Paused"));
    case PADDOCK_DOWNLOAD_WAITING:
      return dup_wait (download, block);
    case PADDOCK_DOWNLOAD_VERIFYING:
      return g_strdup (_("Verifying…"));
    case PADDOCK_DOWNLOAD_DONE:
      return dup_done (download);
    case PADDOCK_DOWNLOAD_FAILED:
      return paddock_download_get_error (download) != NULL
                 ? paddock_download_words_dup_problem (paddock_download_get_error (download))
                 : g_strdup (_("Failed"));
    case PADDOCK_DOWNLOAD_CANCELLED:
      return g_strdup (_("Cancelled"));
    case PADDOCK_DOWNLOAD_QUEUED:
    default:
      return dup_with_progress (download, _("Waiting for its turn"));
    }
}

char *
paddock_download_words_dup_label (PaddockDownload *download, PaddockQueueBlock block)
{
  g_autofree char *state = paddock_download_words_dup_state (download, block);

  return g_strdup_printf ("%s, %s", paddock_download_get_title (download), state);
}
