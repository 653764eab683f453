/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-merge.h"

#include "awaiter.h"
#include "base/units.h"
#include "command.h"
#include "duplicate-merge.h"
#include "interruption.h"
#include "json-writer.h"
#include "output.h"
#include "progress-bar.h"

#include <glib/gi18n.h>

typedef struct
{
  PaddockLibraryStorage *storage;
  PaddockJsonWriter *writer;         /* NULL: text */
  guint64 saved;
  gboolean failed;
} Run;

/* Whether it shares its bytes now. */
static gboolean
merge (Run *self, const PaddockDuplicate *duplicate)
{
  const char *replaced[] = { duplicate->replaced, NULL };
  g_autofree char *label = g_path_get_basename (duplicate->replaced);
  g_autofree char *shown = paddock_units_escape (label, -1, 0);
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (shown);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  guint64 saved = 0;
  gboolean merged;

  paddock_duplicate_merge_async (self->storage, replaced, paddock_progress_bar_update, bar,
                                 paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  merged = paddock_duplicate_merge_finish (paddock_awaiter_wait (awaiter), &saved, &error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  if (merged)
    self->saved += saved;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      paddock_output_complain_of (error, duplicate->replaced);
      self->failed = TRUE;
    }
  return merged;
}

static void
print_json (Run *self, const PaddockDuplicate *duplicate, gboolean merged)
{
  static const char *const ways[] = { NULL, "reflink", "hard_link" };

  paddock_json_writer_begin_object (self->writer, NULL);
  paddock_json_writer_add_string (self->writer, "id", duplicate->id);
  paddock_json_writer_add_string (self->writer, "kept", duplicate->kept);
  paddock_json_writer_add_string (self->writer, "replaced", duplicate->replaced);
  paddock_json_writer_add_string (self->writer, "way", ways[duplicate->way]);
  paddock_json_writer_add_uint (self->writer, "saves", duplicate->saves);
  paddock_json_writer_add_boolean (self->writer, "merged", merged);
  paddock_json_writer_end_object (self->writer);
}

static void
print_text (const PaddockDuplicate *duplicate, gboolean merged)
{
  g_autofree char *kept = paddock_units_escape (duplicate->kept, -1, 0);
  g_autofree char *replaced = paddock_units_escape (duplicate->replaced, -1, 0);

  if (merged)
    /* Translators: both are paths. */
    paddock_output_line (duplicate->way == PADDOCK_DUPLICATE_HARD_LINK ? _("%s is the same file as %s now")
                                                                       : _("%s shares its bytes with %s now"),
                         replaced, kept);
  else if (duplicate->way == PADDOCK_DUPLICATE_REMAINS)
    /* Translators: both are paths. */
    paddock_output_line (_("%s stays beside %s: it is another program’s, or on another drive"), replaced, kept);
  else
    paddock_output_line (_("%s stays as it was"), replaced);
}

static void
run_all (Run *self)
{
  for (guint i = 0; i < self->storage->duplicates->len && paddock_interruption_get_status () == 0; i++)
    {
      const PaddockDuplicate *duplicate = g_ptr_array_index (self->storage->duplicates, i);
      gboolean merged = duplicate->way != PADDOCK_DUPLICATE_REMAINS && merge (self, duplicate);

      if (self->writer != NULL)
        print_json (self, duplicate, merged);
      else
        print_text (duplicate, merged);
    }
}

static void
run_with_json (Run *self)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  self->writer = writer;
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_begin_array (writer, "duplicates");
  run_all (self);
  paddock_json_writer_end_array (writer);
  paddock_json_writer_add_uint (writer, "saved", self->saved);
  paddock_json_writer_end_object (writer);
}

static void
run_with_text (Run *self)
{
  g_autofree char *size = NULL;

  run_all (self);
  size = paddock_units_format_size (self->saved);
  if (self->storage->duplicates->len == 0)
    paddock_output_line ("%s", _("Nothing is stored more than once."));
  else
    /* Translators: %s is a size. */
    paddock_output_line (_("%s were saved."), size);
}

/**
 * paddock_library_merge_run:
 * @library: the library
 * @json: whether to answer with a document
 *
 * Returns: what to exit with
 */
int
paddock_library_merge_run (PaddockLibrary *library, gboolean json)
{
  g_autoptr (PaddockLibraryStorage) storage = paddock_library_storage_new (paddock_library_get_index (library));
  Run run = { .storage = storage };

  if (json)
    run_with_json (&run);
  else
    run_with_text (&run);
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  return run.failed ? PADDOCK_EXIT_NO : PADDOCK_EXIT_DONE;
}
