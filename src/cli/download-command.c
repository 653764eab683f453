/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "awaiter.h"
#include "base/hash-text.h"
#include "base/progress-rate.h"
#include "base/units.h"
#include "byte-size.h"
#include "download-choice.h"
#include "download-error.h"
#include "download-transfer.h"
#include "interruption.h"
#include "json-writer.h"
#include "output.h"
#include "progress-bar.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define LINE_INTERVAL (200 * G_TIME_SPAN_MILLISECOND)
#define LONGEST_TIMEOUT 3600

static char *to, *sha256, *limit_text;
static char **mirrors;
static int segments, timeout;

static const GOptionEntry options[]
    = { { "to", 0, 0, G_OPTION_ARG_FILENAME, &to, N_ ("Put it into this folder instead of Paddock’s own"), N_ ("FOLDER") },
        { "sha256", 0, 0, G_OPTION_ARG_STRING, &sha256, N_ ("The hash that it has to have"), N_ ("HEX") },
        { "mirror", 0, 0, G_OPTION_ARG_STRING_ARRAY, &mirrors, N_ ("Another address of the same file"), N_ ("URL") },
        { "limit-rate", 0, 0, G_OPTION_ARG_STRING, &limit_text, N_ ("Receive no more than so much a second"), N_ ("SIZE") },
        { "segments", 0, 0, G_OPTION_ARG_INT, &segments, N_ ("How many connections, from 1 to 16; else as many as help"),
          N_ ("N") },
        { "timeout", 0, 0, G_OPTION_ARG_INT, &timeout, N_ ("After how many silent seconds a connection counts as dead (30)"),
          N_ ("SECONDS") },
        G_OPTION_ENTRY_NULL };

static const char *const examples[]
    = { "paddockctl download https://example.org/models/qwen3-8b-Q4_K_M.gguf",
        "paddockctl download --to /mnt/drive/models --limit-rate 2M https://example.org/models/qwen3-8b-Q4_K_M.gguf", NULL };

typedef struct
{
  const char *id;
  const PaddockDownloadRequest *request;
  PaddockDownloadTransfer *transfer;
  PaddockProgressBar *bar; /* NULL: lines of JSON */
  PaddockProgressRate rate;
  PaddockTransferPhase phase;
  gint64 told_at;
} Run;

/* The words that scripts know a failure by. */
static const char *
get_code (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "cancelled";
  return error->domain == PADDOCK_DOWNLOAD_ERROR ? paddock_download_error_get_name ((PaddockDownloadError) error->code) : "disk";
}

static void
tell (Run *self, const char *event, const char *digest, const GError *error)
{
  double rate = paddock_progress_rate_get (&self->rate);
  PaddockTransferStatus status;

  paddock_download_transfer_get_status (self->transfer, &status);
  {
    g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

    paddock_json_writer_begin_object (writer, NULL);
    paddock_json_writer_add_string (writer, "event", event);
    paddock_json_writer_add_string (writer, "id", self->id);
    paddock_json_writer_add_uint (writer, "received", status.received);
    paddock_json_writer_add_uint (writer, "verified", status.verified);
    paddock_json_writer_add_known (writer, "total", status.total);
    paddock_json_writer_add_uint (writer, "fetched", status.fetched);
    paddock_json_writer_add_uint (writer, "connections", status.lanes);
    paddock_json_writer_add_uint (writer, "rate", (guint64) rate);
    paddock_json_writer_add_known (
        writer, "eta",
        status.total < 0 || rate < 1 ? -1 : (gint64) ceil ((double) ((guint64) status.total - status.received) / rate));
    paddock_json_writer_add_string (writer, "path", self->request->target);
    if (digest != NULL)
      paddock_json_writer_add_string (writer, "sha256", digest);
    if (status.phase == PADDOCK_TRANSFER_WAITING)
      paddock_json_writer_add_int (writer, "retry_in", status.retry_in);
    if (error != NULL)
      {
        paddock_json_writer_add_string (writer, "code", get_code (error));
        paddock_json_writer_add_string (writer, "message", error->message);
      }
    paddock_json_writer_end_object (writer);
  }
  fflush (stdout);
}

static const char *
get_event (PaddockTransferPhase phase)
{
  switch (phase)
    {
    case PADDOCK_TRANSFER_WAITING:
      return "retrying";
    case PADDOCK_TRANSFER_VERIFYING:
    case PADDOCK_TRANSFER_REPAIRING:
      return "verifying";
    case PADDOCK_TRANSFER_RESOLVING:
    case PADDOCK_TRANSFER_RECEIVING:
    default:
      return "progress";
    }
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Run *self = user_data;
  gint64 now = g_get_monotonic_time ();
  PaddockTransferStatus status;

  paddock_download_transfer_get_status (self->transfer, &status);
  paddock_progress_rate_add (&self->rate, status.received, now);
  if (self->bar != NULL)
    paddock_progress_bar_update (done, total, self->bar);
  else if (status.phase != self->phase || now - self->told_at >= LINE_INTERVAL)
    {
      self->phase = status.phase;
      self->told_at = now;
      tell (self, get_event (status.phase), NULL, NULL);
    }
}

static gboolean
fetch (Run *self, gboolean json)
{
  g_autofree char *label = g_path_get_basename (self->request->target);
  g_autoptr (PaddockProgressBar) bar = json ? NULL : paddock_progress_bar_new (label);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;

  self->bar = bar;
  if (json)
    tell (self, "started", NULL, NULL);
  paddock_download_transfer_run_async (self->transfer, on_progress, self, paddock_awaiter_get_cancellable (awaiter),
                                       paddock_awaiter_finished, awaiter);
  digest = paddock_download_transfer_run_finish (paddock_awaiter_wait (awaiter), &error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  if (json)
    tell (self, digest != NULL ? "done" : "failed", digest, error);
  if (digest == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_output_complain (error->message, self->id);
  else if (digest != NULL && !json)
    {
      g_autofree char *shown = paddock_units_escape (self->request->target, -1, 0);

      paddock_output_line ("%s", shown);
    }
  return digest != NULL;
}

static gboolean
fetch_one (PaddockDownloadRequest *request, const char *id, PaddockRateLimit *limit, gboolean json)
{
  const PaddockTransferOptions how = {
    .segments = (guint) segments,
    .network = { .stall_seconds = (guint) timeout },
    .limit = limit,
  };
  g_autoptr (PaddockDownloadTransfer) transfer = paddock_download_transfer_new (request, &how);
  Run run = { .id = id, .request = request, .transfer = transfer, .phase = PADDOCK_TRANSFER_RESOLVING };

  return fetch (&run, json);
}

static gboolean
download (const char *what, PaddockRateLimit *limit, gboolean json)
{
  const PaddockDownloadWish wish = { to, sha256, (const char *const *) mirrors };
  g_autoptr (GPtrArray) requests = paddock_download_choice_find (what, &wish);
  gboolean done = requests != NULL;

  for (guint i = 0; requests != NULL && i < requests->len && paddock_interruption_get_status () == 0; i++)
    done = fetch_one (g_ptr_array_index (requests, i), what, limit, json) && done;
  return done;
}

static gboolean
check_options (const PaddockArguments *arguments, guint64 *limit)
{
  *limit = 0;
  if (sha256 != NULL && !paddock_hash_text_is_sha256 (sha256))
    paddock_output_complain (_("A hash has 64 hexadecimal digits"), "--sha256");
  else if (arguments->n_paths > 1 && (sha256 != NULL || mirrors != NULL))
    paddock_output_complain (_("This says something of a single file"), sha256 != NULL ? "--sha256" : "--mirror");
  else if (limit_text != NULL && (!paddock_byte_size_parse (limit_text, limit) || *limit == 0))
    paddock_output_complain (_("This is no size"), "--limit-rate");
  else if (segments < 0 || segments > 16)
    paddock_output_complain (_("There may be 1 to 16 connections"), "--segments");
  else if (timeout < 0 || timeout > LONGEST_TIMEOUT)
    paddock_output_complain (_("This may be 1 to 3600 seconds"), "--timeout");
  else
    return TRUE;
  return FALSE;
}

static int
run (const PaddockArguments *arguments)
{
  g_autoptr (PaddockRateLimit) limit = NULL;
  gboolean done = TRUE;
  guint64 most;

  if (!check_options (arguments, &most))
    return PADDOCK_EXIT_USAGE;
  limit = paddock_rate_limit_new (most);
  for (guint i = 0; i < arguments->n_paths && paddock_interruption_get_status () == 0; i++)
    done = download (arguments->paths[i], limit, arguments->json) && done;
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  return done ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

const PaddockCommand paddock_download_command = {
  .name = "download",
  .paths = N_ ("WHAT..."),
  .max_paths = G_MAXUINT,
  .summary = N_ ("Get models, and continue what was begun"),
  .description = N_ ("WHAT is an address, or a model of the hub: OWNER/NAME:QUANTIZATION, OWNER/NAME/FILE, or the address of its "
                     "page; or one of Ollama’s registry: ollama://NAME:TAG, or the address of its page. What is in several files "
                     "comes whole.\n\nReceives each file over as many connections as help, and verifies it while it comes. What "
                     "was received is kept whatever happens: the same command continues it. The file takes its name only when "
                     "every byte "
                     "is there and the hash is right; of a wrong hash, only the wrong part is fetched again. The address "
                     "of a file that is no model is given up after its first bytes. SSL_CERT_FILE names a file of "
                     "certificate authorities to trust instead of the system’s.\n\n"
                     "With --json, one line for each step; the last one of each file has \"done\" or \"failed\" as its "
                     "event."),
  .examples = examples,
  .options = options,
  .run = run,
};
