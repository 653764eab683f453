/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "base/units.h"
#include "library-access.h"
#include "library-json.h"
#include "library-merge.h"
#include "library-labels.h"
#include "output.h"

#include <glib/gi18n.h>

static gboolean merge;

static const GOptionEntry options[] = {
  { "merge", 0, 0, G_OPTION_ARG_NONE, &merge, N_ ("Let files that hold the same share their bytes"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl library duplicates",
  "paddockctl library duplicates --merge",
  NULL
};

/* What saves most comes first. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const PaddockLibraryEntry *first = a, *second = b;

  if (first->duplicate_size != second->duplicate_size)
    return first->duplicate_size > second->duplicate_size ? -1 : 1;
  return g_strcmp0 (first->id, second->id);
}

static GPtrArray *
find_duplicates (PaddockLibraryIndex *index)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < index->entries->len; i++)
    if (((PaddockLibraryEntry *) g_ptr_array_index (index->entries, i))->duplicate_size > 0)
      g_ptr_array_add (found, g_ptr_array_index (index->entries, i));
  g_ptr_array_sort_values (found, compare);
  return found;
}

static void
print_json (GPtrArray *found, guint64 saves)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_begin_array (writer, "duplicates");
  for (guint i = 0; i < found->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (found, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "id", entry->id);
      paddock_json_writer_add_string (writer, "title", entry->title);
      paddock_json_writer_add_uint (writer, "size", entry->size);
      paddock_json_writer_add_uint (writer, "saves", entry->duplicate_size);
      paddock_library_json_add_locations (writer, entry);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
  paddock_json_writer_add_uint (writer, "saves", saves);
  paddock_json_writer_end_object (writer);
}

static void
print_entry (const PaddockLibraryEntry *entry)
{
  g_autofree char *title = paddock_library_labels_title (entry);
  g_autofree char *saves = paddock_units_format_size (entry->duplicate_size);

  /* Translators: a model, then how much of it is stored more than once. */
  paddock_output_line (_("%s: %s more than once"), title, saves);
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      g_autofree char *path = paddock_units_escape (location->path, -1, 0);

      if (!location->online)
        paddock_output_line (_("  %s (offline)"), path);
      else if (location->shared)
        /* Translators: a second name of a file, which needs no space. */
        paddock_output_line (_("  %s (the same file)"), path);
      else if (location->differs)
        /* Translators: a copy of a file that is not what it should be. */
        paddock_output_line (_("  %s (other bytes)"), path);
      else
        paddock_output_line ("  %s", path);
    }
}

static void
print_text (GPtrArray *found, guint64 saves)
{
  g_autofree char *sum = paddock_units_format_size (saves);

  for (guint i = 0; i < found->len; i++)
    print_entry (g_ptr_array_index (found, i));
  if (found->len == 0)
    paddock_output_line ("%s", _("Nothing is stored more than once."));
  else
    /* Translators: %s is a size. */
    paddock_output_line (_("\n%s could be saved."), sum);
}

static int
run (const PaddockArguments *arguments)
{
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = paddock_library_access_open (NULL, NULL, &status);
  g_autoptr (GPtrArray) found = NULL;
  guint64 saves;

  if (library == NULL)
    return status;
  if (merge)
    return paddock_library_merge_run (library, arguments->json);
  found = find_duplicates (paddock_library_get_index (library));
  saves = paddock_library_get_index (library)->duplicates_size;
  if (arguments->json)
    print_json (found, saves);
  else
    print_text (found, saves);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_library_duplicates_command = {
  .name = "library duplicates",
  .paths = "",
  .summary = N_ ("Show what is stored more than once"),
  .description = N_ ("Lists the models whose weights are on the disk in several files, and what would be saved if each were "
                     "there once. Links and second names of the same file need no space. Files with the same header and size "
                     "are taken for the same, unless their hashes are known to differ. Nothing is changed.\n\n"
                     "With --merge, files in Paddock’s own folder and in those that you added share their bytes from then "
                     "on, after every byte of them was compared: by the file system, or else as two names of one file. "
                     "Nothing is lost by it; what belongs to other programs or is on another drive stays as it is."),
  .examples = examples,
  .options = options,
  .run = run,
};
