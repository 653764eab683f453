/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "awaiter.h"
#include "base/file-digest.h"
#include "base/units.h"
#include "interruption.h"
#include "json-writer.h"
#include "model/recorded-digest.h"
#include "output.h"
#include "progress-bar.h"

#include <glib/gi18n.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const examples[] = {
  "paddockctl hash model.gguf",
  "paddockctl hash --json *.gguf",
  NULL
};

/* NULL: it could not be read, or the person wants no more; the former has been complained of. */
static char *
compute (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (path);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  char *sha256;

  paddock_file_digest_sha256_async (path, paddock_progress_bar_update, bar,
                                    paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  sha256 = paddock_file_digest_sha256_finish (paddock_awaiter_wait (awaiter), &error);
  g_clear_pointer (&bar, paddock_progress_bar_free);

  if (sha256 == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_output_complain_of (error, path);
  return sha256;
}

static void
add_file (PaddockJsonWriter *writer, const char *path, const char *sha256, const PaddockRecordedDigest *recorded)
{
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "path", path);
  paddock_json_writer_add_string (writer, "sha256", sha256);
  paddock_json_writer_add_string (writer, "expected", recorded != NULL ? recorded->sha256 : NULL);
  if (sha256 != NULL && recorded != NULL)
    paddock_json_writer_add_boolean (writer, "matches", g_str_equal (sha256, recorded->sha256));
  else
    paddock_json_writer_add_null (writer, "matches");
  paddock_json_writer_add_string (writer, "source", recorded != NULL ? recorded->source : NULL);
  paddock_json_writer_end_object (writer);
}

static void
print_file (const char *path, const char *sha256, const PaddockRecordedDigest *recorded)
{
  g_autofree char *shown = paddock_units_escape (path, -1, 0);
  g_autofree char *source = recorded != NULL ? paddock_units_escape (recorded->source, -1, 0) : NULL;

  paddock_output_line ("%s  %s", sha256, shown);
  if (recorded == NULL)
    paddock_output_line ("  %s", _("no hash is on record"));
  else if (g_str_equal (sha256, recorded->sha256))
    /* Translators: %s is the file that records the hash. */
    paddock_output_line (_("  the one on record: %s"), source);
  else
    /* Translators: first the hash that was expected, then the file that records it. */
    paddock_output_line (_("  DIFFERS from the one on record, %s: %s"), recorded->sha256, source);
}

/* Hashes the files one after the other; what is done before an interruption is answered for. */
static gboolean
hash_all (const PaddockArguments *arguments, PaddockJsonWriter *writer)
{
  gboolean all_right = TRUE;

  for (guint i = 0; i < arguments->n_paths; i++)
    {
      const char *path = arguments->paths[i];
      g_autoptr (PaddockRecordedDigest) recorded = paddock_recorded_digest_find (path);
      g_autofree char *sha256 = compute (path);

      if (sha256 == NULL && paddock_interruption_get_status () != 0)
        break;
      if (sha256 == NULL || (recorded != NULL && !g_str_equal (sha256, recorded->sha256)))
        all_right = FALSE;
      if (writer != NULL)
        add_file (writer, path, sha256, recorded);
      else if (sha256 != NULL)
        print_file (path, sha256, recorded);
      if (paddock_interruption_get_status () != 0)
        break;
    }
  return all_right;
}

static int
run (const PaddockArguments *arguments)
{
  gboolean all_right;
  int interrupted;

  if (arguments->json)
    {
      g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_begin_array (writer, "files");
      all_right = hash_all (arguments, writer);
      paddock_json_writer_end_array (writer);
      paddock_json_writer_end_object (writer);
    }
  else
    {
      all_right = hash_all (arguments, NULL);
    }

  interrupted = paddock_interruption_get_status ();
  if (interrupted != 0)
    return interrupted;
  return all_right ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

const PaddockCommand paddock_hash_command = {
  .name = "hash",
  .paths = N_ ("FILE..."),
  .max_paths = G_MAXUINT,
  .summary = N_ ("Compute the SHA-256 and compare it with the one on record"),
  .description = N_ ("Reads whole files and tells their SHA-256. If it is on record what it should be, the two are "
                     "compared, and a difference makes the exit status 1.\n\n"
                     "On record means: the file's name in the cache of Hugging Face or in the store of Ollama, a "
                     "download folder's notes by Hugging Face's tools, FILE.sha256 or SHA256SUMS beside the file."),
  .examples = examples,
  .options = options,
  .run = run,
};
