/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "base/units.h"
#include "library-access.h"
#include "library-store-report.h"
#include "library-labels.h"
#include "output.h"
#include "text-table.h"

#include <glib/gi18n.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const examples[] = {
  "paddockctl library stores",
  NULL
};

static void
print_json (GPtrArray *reports)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_begin_array (writer, "stores");
  for (guint i = 0; i < reports->len; i++)
    paddock_library_store_report_add_json (writer, g_ptr_array_index (reports, i));
  paddock_json_writer_end_array (writer);
  paddock_json_writer_end_object (writer);
}

static void
fill_row (guint row, char **cells, gpointer user_data)
{
  const PaddockLibraryStoreReport *report = g_ptr_array_index ((GPtrArray *) user_data, row);

  cells[0] = g_strdup (paddock_library_labels_store (report->root->store));
  cells[1] = paddock_units_escape (report->root->path, -1, 0);
  cells[2] = paddock_units_format_count (report->n_models);
  cells[3] = paddock_library_labels_size (report->size);
  cells[4] = paddock_library_labels_size (report->unfinished_size);
  cells[5] = paddock_library_labels_size (report->orphans_size);
  cells[6] = g_strdup (paddock_library_labels_root_state (report->root->state));
}

static void
print_text (GPtrArray *reports)
{
  const PaddockTextColumn columns[] = {
    { _("Store"), FALSE, FALSE },
    { _("Folder"), FALSE, TRUE },
    { _("Models"), TRUE, FALSE },
    { _("Size"), TRUE, FALSE },
    /* Translators: the size of downloads that were not finished. */
    { _("Unfinished"), TRUE, FALSE },
    /* Translators: the size of files that their program has forgotten. */
    { _("Orphaned"), TRUE, FALSE },
    { "", FALSE, FALSE },
  };

  if (reports->len == 0)
    paddock_output_line ("%s", _("No store was found, and no folder was added."));
  else
    paddock_text_table_print ("", columns, G_N_ELEMENTS (columns), reports->len, fill_row, reports);
}

static int
run (const PaddockArguments *arguments)
{
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = paddock_library_access_open (NULL, NULL, &status);
  g_autoptr (GPtrArray) reports = NULL;

  if (library == NULL)
    return status;
  reports = paddock_library_store_reports_new (paddock_library_get_index (library));
  if (arguments->json)
    print_json (reports);
  else
    print_text (reports);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_library_stores_command = {
  .name = "library stores",
  .paths = "",
  .summary = N_ ("Show where models are kept"),
  .description = N_ ("Lists the folders that were added and the stores of other programs that were found, with the number and "
                     "size of the models in each, of downloads that were not finished, and of files that their program has "
                     "forgotten."),
  .examples = examples,
  .options = options,
  .run = run,
};
