/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "base/units.h"
#include "json-writer.h"
#include "library-access.h"
#include "library-error.h"
#include "library-labels.h"
#include "output.h"

#include <glib/gi18n.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const add_examples[] = {
  "paddockctl library add ~/models /mnt/drive/gguf",
  NULL
};

static const char *const forget_examples[] = {
  "paddockctl library forget /mnt/drive/gguf",
  NULL
};

static void
count_below (PaddockLibrary *library, const char *root, guint *n_files, guint64 *size)
{
  GPtrArray *files = paddock_library_get_index (library)->files;

  *n_files = 0;
  *size = 0;
  for (guint i = 0; i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);

      if (!g_str_equal (file->root, root) || file->facts == NULL)
        continue;
      *n_files += 1;
      *size += file->identity.size;
    }
}

/* added: of the absolute paths of folders */
static void
print_added (PaddockLibrary *library, GPtrArray *added, gboolean json)
{
  g_autoptr (PaddockJsonWriter) writer = json ? paddock_json_writer_new (stdout) : NULL;

  if (json)
    {
      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_begin_array (writer, "folders");
    }
  for (guint i = 0; i < added->len; i++)
    {
      const char *path = g_ptr_array_index (added, i);
      g_autofree char *shown = paddock_units_escape (path, -1, 0);
      g_autofree char *sum = NULL;
      guint n_files;
      guint64 size;

      count_below (library, path, &n_files, &size);
      sum = paddock_units_format_size (size);
      if (json)
        {
          paddock_json_writer_begin_object (writer, NULL);
          paddock_json_writer_add_string (writer, "path", path);
          paddock_json_writer_add_uint (writer, "files", n_files);
          paddock_json_writer_add_uint (writer, "size", size);
          paddock_json_writer_end_object (writer);
        }
      else
        /* Translators: a folder, then the number of models' files in it, then their size. */
        paddock_output_line (ngettext ("%s: %u file, %s", "%s: %u files, %s", n_files), shown, n_files, sum);
    }
  if (json)
    {
      paddock_json_writer_end_array (writer);
      paddock_json_writer_end_object (writer);
    }
}

/* One that is there already is no failure: it is what the person wants. */
static int
add_folder (PaddockLibrarySettings *settings, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (paddock_library_settings_add_folder (settings, path, &error))
    return PADDOCK_EXIT_DONE;
  if (g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS))
    {
      paddock_output_note ("%s", _("A folder is in the library already."));
      return PADDOCK_EXIT_DONE;
    }
  paddock_output_complain_of (error, path);
  return PADDOCK_EXIT_NO;
}

static int
run_add (const PaddockArguments *arguments)
{
  g_autoptr (PaddockLibrarySettings) settings = NULL;
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_free);
  int status = PADDOCK_EXIT_DONE, failed = PADDOCK_EXIT_DONE;

  library = paddock_library_access_open (NULL, NULL, &status);
  if (library == NULL)
    return status;
  settings = paddock_library_settings_copy (paddock_library_get_settings (library));
  for (guint i = 0; i < arguments->n_paths; i++)
    if (add_folder (settings, arguments->paths[i]) == PADDOCK_EXIT_DONE)
      g_ptr_array_add (added, g_canonicalize_filename (arguments->paths[i], NULL));
    else
      failed = PADDOCK_EXIT_NO;
  if (added->len > 0 && !paddock_library_access_set_settings (library, settings, &status))
    return status;
  print_added (library, added, arguments->json);
  return failed;
}

static void
print_forgotten (const char *kind, const char *what, gboolean json)
{
  g_autofree char *shown = paddock_units_escape (what, -1, 0);
  g_autoptr (PaddockJsonWriter) writer = NULL;

  if (!json)
    {
      /* Translators: %s is a folder, or a model. */
      paddock_output_line (_("%s: forgotten, and nothing was deleted"), shown);
      return;
    }
  writer = paddock_json_writer_new (stdout);
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "kind", kind);
  paddock_json_writer_add_string (writer, "forgotten", what);
  paddock_json_writer_end_object (writer);
}

static int
forget_model (PaddockLibrary *library, const char *text, gboolean json)
{
  const PaddockLibraryEntry *entry = paddock_library_access_find (library, text);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  if (entry == NULL)
    return PADDOCK_EXIT_NO;
  if (entry->state != PADDOCK_ENTRY_OFFLINE)
    {
      paddock_output_complain (_("This model is there; only one that is offline can be forgotten"), text);
      return PADDOCK_EXIT_NO;
    }
  id = g_strdup (entry->id);
  if (!paddock_record_store_remove (paddock_library_get_records (library), id, &error))
    {
      paddock_output_complain_of (error, text);
      return PADDOCK_EXIT_NO;
    }
  print_forgotten ("model", id, json);
  return PADDOCK_EXIT_DONE;
}

static int
run_forget (const PaddockArguments *arguments)
{
  const char *what = arguments->paths[0];
  g_autoptr (PaddockLibrarySettings) settings = NULL;
  g_autoptr (PaddockLibrary) library = NULL;
  g_autofree char *path = g_canonicalize_filename (what, NULL);
  int status = PADDOCK_EXIT_DONE;

  library = paddock_library_access_open (NULL, NULL, &status);
  if (library == NULL)
    return status;
  settings = paddock_library_settings_copy (paddock_library_get_settings (library));
  if (!paddock_library_settings_remove_folder (settings, what))
    return forget_model (library, what, arguments->json);
  if (!paddock_library_access_set_settings (library, settings, &status))
    return status;
  print_forgotten ("folder", path, arguments->json);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_library_add_command = {
  .name = "library add",
  .paths = N_ ("FOLDER..."),
  .max_paths = G_MAXUINT,
  .summary = N_ ("Look into these folders, too"),
  .description = N_ ("From now on, the models in these folders, however deep, are in the library. They stay where they are."),
  .examples = add_examples,
  .options = options,
  .run = run_add,
};

const PaddockCommand paddock_library_forget_command = {
  .name = "library forget",
  .paths = N_ ("FOLDER|MODEL"),
  .max_paths = 1,
  .summary = N_ ("Look into a folder no more, or drop an offline model"),
  .description = N_ ("With a folder that was added: its models leave the library. With a model that is offline: what is "
                     "remembered of it is deleted, with its tags and notes. No model's file is touched."),
  .examples = forget_examples,
  .options = options,
  .run = run_forget,
};
