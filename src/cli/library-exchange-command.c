/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "base/units.h"
#include "json-writer.h"
#include "library-access.h"
#include "output.h"
#include "record-exchange.h"

#include <glib/gi18n.h>

static gboolean replace;

static const GOptionEntry export_options[] = {
  { "replace", 0, 0, G_OPTION_ARG_NONE, &replace, N_ ("Write over a file that is there"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry import_options[] = { G_OPTION_ENTRY_NULL };

static const char *const export_examples[] = {
  "paddockctl library export models.json",
  NULL
};

static const char *const import_examples[] = {
  "paddockctl library import-records models.json",
  NULL
};

static int
run_export (const PaddockArguments *arguments)
{
  const char *path = arguments->paths[0];
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = paddock_units_escape (path, -1, 0);

  if (!replace && (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK)))
    {
      paddock_output_complain (_("There is a file of that name already; --replace writes over it"), path);
      return PADDOCK_EXIT_NO;
    }
  library = paddock_library_access_open (NULL, NULL, &status);
  if (library == NULL)
    return status;
  if (!paddock_record_exchange_export (paddock_library_get_records (library), path, NULL, &error))
    {
      paddock_output_complain_of (error, path);
      return PADDOCK_EXIT_NO;
    }
  if (arguments->json)
    {
      g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "path", path);
      paddock_json_writer_end_object (writer);
    }
  else
    /* Translators: %s is a file. */
    paddock_output_line (_("%s: written"), shown);
  return PADDOCK_EXIT_DONE;
}

static int
run_import (const PaddockArguments *arguments)
{
  const char *path = arguments->paths[0];
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (GError) error = NULL;
  guint n_new = 0, n_merged = 0;

  /* A pipe or a device might never end. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      paddock_output_complain (_("This is no file"), path);
      return PADDOCK_EXIT_NO;
    }
  /* Opened first, so that the files that are here already have their records to be merged with. */
  library = paddock_library_access_open (NULL, NULL, &status);
  if (library == NULL)
    return status;
  if (!paddock_record_exchange_import (paddock_library_get_records (library), path, &n_new, &n_merged, NULL, &error))
    {
      paddock_output_complain_of (error, path);
      return PADDOCK_EXIT_NO;
    }
  if (arguments->json)
    {
      g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_uint (writer, "new", n_new);
      paddock_json_writer_add_uint (writer, "merged", n_merged);
      paddock_json_writer_end_object (writer);
    }
  else
    /* Translators: numbers of models. */
    paddock_output_line (_("%u new, %u merged with what was known"), n_new, n_merged);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_library_export_command = {
  .name = "library export",
  .paths = N_ ("FILE"),
  .max_paths = 1,
  .summary = N_ ("Write all that is kept about the models into a file"),
  .description = N_ ("The file holds the records of all models, with tags, notes and hashes, as JSON; the models themselves are "
                     "not in it."),
  .examples = export_examples,
  .options = export_options,
  .run = run_export,
};

const PaddockCommand paddock_library_import_records_command = {
  .name = "library import-records",
  .paths = N_ ("FILE"),
  .max_paths = 1,
  .summary = N_ ("Take over what such a file says of the models"),
  .description = N_ ("What was written here stays, and what is missing here is added. Records of the same weights are taken for "
                     "the same model."),
  .examples = import_examples,
  .options = import_options,
  .run = run_import,
};
