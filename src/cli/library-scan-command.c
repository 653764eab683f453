/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "base/units.h"
#include "library-access.h"
#include "library-store-report.h"
#include "output.h"
#include "progress-bar.h"

#include <glib/gi18n.h>

#define LINE_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const examples[] = {
  "paddockctl library scan",
  "paddockctl library scan --json",
  NULL
};

/* What is told while it goes on. */
typedef struct
{
  PaddockProgressBar *bar;           /* NULL: lines of JSON */
  gint64 told_at;
} Telling;

static void
tell_line (const char *event, guint count)
{
  {
    g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

    paddock_json_writer_begin_object (writer, NULL);
    paddock_json_writer_add_string (writer, "event", event);
    paddock_json_writer_add_uint (writer, "files", count);
    paddock_json_writer_end_object (writer);
  }
  fflush (stdout);
}

static void
on_scanned (PaddockLibrary *library, guint count, gpointer user_data)
{
  Telling *telling = user_data;
  gint64 now = g_get_monotonic_time ();

  if (telling->bar != NULL)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u file", "%u files", count), count);

      paddock_progress_bar_show (telling->bar, text);
    }
  else if (now - telling->told_at >= LINE_INTERVAL)
    {
      telling->told_at = now;
      tell_line ("progress", count);
    }
}

static void
print_json (PaddockLibraryIndex *index)
{
  g_autoptr (GPtrArray) reports = paddock_library_store_reports_new (index);
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "event", "done");
  paddock_json_writer_add_uint (writer, "files", index->files->len);
  paddock_json_writer_add_uint (writer, "models", index->entries->len);
  paddock_json_writer_add_uint (writer, "total_size", index->total_size);
  paddock_json_writer_add_uint (writer, "duplicates_size", index->duplicates_size);
  paddock_json_writer_begin_array (writer, "stores");
  for (guint i = 0; i < reports->len; i++)
    paddock_library_store_report_add_json (writer, g_ptr_array_index (reports, i));
  paddock_json_writer_end_array (writer);
  paddock_json_writer_end_object (writer);
}

static void
print_text (PaddockLibraryIndex *index)
{
  g_autofree char *size = paddock_units_format_size (index->total_size);
  guint n_away = 0;

  for (guint i = 0; i < index->entries->len; i++)
    n_away += ((PaddockLibraryEntry *) g_ptr_array_index (index->entries, i))->state == PADDOCK_ENTRY_OFFLINE;
  /* Translators: %s is a size; companions such as projectors are counted as well. */
  paddock_output_line (ngettext ("%u model, %s", "%u models, %s", index->entries->len), index->entries->len, size);
  if (n_away > 0)
    paddock_output_line (ngettext ("%u of them is offline", "%u of them are offline", n_away), n_away);
}

static int
run (const PaddockArguments *arguments)
{
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockProgressBar) bar = arguments->json ? NULL : paddock_progress_bar_new (_("Looking"));
  g_autoptr (PaddockLibrary) library = NULL;
  Telling telling = { .bar = bar };

  if (arguments->json)
    tell_line ("started", 0);
  library = paddock_library_access_open (on_scanned, &telling, &status);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  if (library == NULL)
    return status;
  if (arguments->json)
    print_json (paddock_library_get_index (library));
  else
    print_text (paddock_library_get_index (library));
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_library_scan_command = {
  .name = "library scan",
  .paths = "",
  .summary = N_ ("Look at all stores and folders again"),
  .description = N_ ("Holds what is known against the disk, as every other command of the library does, and tells how it goes: "
                     "with --json one line for each step, the last of which has \"done\" as its event."),
  .examples = examples,
  .options = options,
  .run = run,
};
