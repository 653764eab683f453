/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "base/units.h"
#include "library-access.h"
#include "library-json.h"
#include "library-query.h"
#include "library-labels.h"
#include "output.h"
#include "text-table.h"

#include <glib/gi18n.h>

static char *search_text, *sort_word;
static char **architectures, **quantizations, **stores, **tags, **states;
static gboolean reversed, everything;

static const GOptionEntry options[] = {
  { "search", 0, 0, G_OPTION_ARG_STRING, &search_text, N_ ("Only those in which all of these words occur"), N_ ("WORDS") },
  { "architecture", 0, 0, G_OPTION_ARG_STRING_ARRAY, &architectures, N_ ("Only this one; may be repeated"), N_ ("NAME") },
  { "quantization", 0, 0, G_OPTION_ARG_STRING_ARRAY, &quantizations, N_ ("Only this one; may be repeated"), N_ ("TYPE") },
  { "store", 0, 0, G_OPTION_ARG_STRING_ARRAY, &stores, N_ ("Only what this store has; may be repeated"), N_ ("STORE") },
  { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &tags, N_ ("Only those with this tag; may be repeated"), N_ ("TAG") },
  { "state", 0, 0, G_OPTION_ARG_STRING_ARRAY, &states,
    N_ ("Only ready, incomplete, unfinished, damaged or offline ones; may be repeated"), N_ ("STATE") },
  { "sort", 0, 0, G_OPTION_ARG_STRING, &sort_word, N_ ("By name, size, last-used or added (default: name)"), N_ ("BY") },
  { "reverse", 0, 0, G_OPTION_ARG_NONE, &reversed, N_ ("The other way round"), NULL },
  { "all", 0, 0, G_OPTION_ARG_NONE, &everything, N_ ("Also projectors, adapters and other companions"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl library list --sort size --reverse",
  "paddockctl library list --search \"qwen coder\" --quantization Q4_K_M",
  "paddockctl library list --json --state offline",
  NULL
};

static gboolean
read_sort (PaddockLibraryQuery *query)
{
  static const char *const words[] = {
    [PADDOCK_SORT_NAME] = "name",
    [PADDOCK_SORT_SIZE] = "size",
    [PADDOCK_SORT_LAST_USED] = "last-used",
    [PADDOCK_SORT_ADDED] = "added",
  };

  for (gsize i = 0; sort_word != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (sort_word, words[i]))
      {
        query->sort = (PaddockLibrarySort) i;
        return TRUE;
      }
  if (sort_word != NULL)
    paddock_output_complain (_("Models cannot be sorted by that"), sort_word);
  return sort_word == NULL;
}

static gboolean
read_states (PaddockLibraryQuery *query)
{
  for (gsize i = 0; states != NULL && states[i] != NULL; i++)
    {
      guint found = 0;

      for (guint state = PADDOCK_ENTRY_READY; state <= PADDOCK_ENTRY_OFFLINE; state++)
        if (g_str_equal (states[i], paddock_entry_state_get_id ((PaddockEntryState) state)))
          found = 1u << state;
      if (found == 0)
        {
          paddock_output_complain (_("There is no such state"), states[i]);
          return FALSE;
        }
      query->states |= found;
    }
  return TRUE;
}

static gboolean
check_stores (void)
{
  for (gsize i = 0; stores != NULL && stores[i] != NULL; i++)
    if (paddock_model_store_find (stores[i]) == NULL)
      {
        paddock_output_complain (_("There is no such store"), stores[i]);
        return FALSE;
      }
  return TRUE;
}

/* As the models write it: a person does not care about upper and lower case. */
static char **
find_spelling (char **wanted, PaddockLibraryIndex *index, const char *(*get) (const PaddockLibraryEntry *entry))
{
  char **spelled = g_strdupv (wanted);

  for (gsize i = 0; spelled != NULL && spelled[i] != NULL; i++)
    for (guint j = 0; j < index->entries->len; j++)
      {
        const char *value = get (g_ptr_array_index (index->entries, j));

        if (value != NULL && g_ascii_strcasecmp (value, spelled[i]) == 0)
          {
            g_set_str (&spelled[i], value);
            break;
          }
      }
  return spelled;
}

static const char *
get_architecture (const PaddockLibraryEntry *entry)
{
  return entry->record->architecture;
}

static const char *
get_quantization (const PaddockLibraryEntry *entry)
{
  return entry->record->quantization;
}

static void
complete_query (PaddockLibraryQuery *query, PaddockLibraryIndex *index)
{
  query->text = g_strdup (search_text);
  query->architectures = find_spelling (architectures, index, get_architecture);
  query->quantizations = find_spelling (quantizations, index, get_quantization);
  query->stores = g_strdupv (stores);
  query->tags = g_strdupv (tags);
  query->descending = reversed;
  query->kinds = everything ? G_MAXUINT : 0;
}

static guint64
sum_sizes (GPtrArray *entries, guint64 *duplicates)
{
  guint64 total = 0;

  *duplicates = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (entries, i);

      total += paddock_library_entry_measure (entry);
      *duplicates += entry->duplicate_size;
    }
  return total;
}

static void
print_json (PaddockLibrary *library, GPtrArray *entries)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);
  guint64 duplicates, total = sum_sizes (entries, &duplicates);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_begin_array (writer, "models");
  for (guint i = 0; i < entries->len; i++)
    paddock_library_json_add_entry (writer, NULL, library, g_ptr_array_index (entries, i));
  paddock_json_writer_end_array (writer);
  paddock_json_writer_add_uint (writer, "total_size", total);
  paddock_json_writer_add_uint (writer, "duplicates_size", duplicates);
  paddock_json_writer_end_object (writer);
}

static void
fill_row (guint row, char **cells, gpointer user_data)
{
  const PaddockLibraryEntry *entry = g_ptr_array_index ((GPtrArray *) user_data, row);
  const PaddockEntryLocation *location =
    entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;
  const char *quantization = entry->record->quantization;
  gint64 context = entry->facts != NULL ? entry->facts->context_length : -1;

  cells[0] = paddock_library_labels_title (entry);
  cells[1] = quantization != NULL ? paddock_units_escape (quantization, -1, 0) : g_strdup ("");
  cells[2] = paddock_library_labels_size (entry->size);
  cells[3] = context > 0 ? paddock_units_format_count ((guint64) context) : g_strdup ("");
  cells[4] = g_strdup (location != NULL ? paddock_library_labels_store (location->store) : "");
  cells[5] = g_strdup (paddock_library_labels_state (entry->state));
}

static void
print_text (GPtrArray *entries)
{
  const PaddockTextColumn columns[] = {
    { _("Model"), FALSE, TRUE },  { _("Quantization"), FALSE, FALSE }, { _("Size"), TRUE, FALSE },
    { _("Context"), TRUE, FALSE }, { _("Store"), FALSE, FALSE },        { _("State"), FALSE, FALSE },
  };
  guint64 duplicates, total = sum_sizes (entries, &duplicates);
  g_autofree char *shown = paddock_units_format_size (total);
  g_autofree char *saved = paddock_units_format_size (duplicates);

  if (entries->len == 0)
    {
      paddock_output_line ("%s", _("There are no such models."));
      return;
    }
  paddock_text_table_print ("", columns, G_N_ELEMENTS (columns), entries->len, fill_row, entries);
  /* Translators: %u is a number of models, %s a size. */
  paddock_output_line (ngettext ("\n%u model, %s", "\n%u models, %s", entries->len), entries->len, shown);
  if (duplicates > 0)
    /* Translators: %s is a size. */
    paddock_output_line (_("%s of it is stored more than once"), saved);
}

static int
run (const PaddockArguments *arguments)
{
  g_autoptr (PaddockLibraryQuery) query = paddock_library_query_new ();
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (GPtrArray) found = NULL;
  int status = PADDOCK_EXIT_DONE;

  if (!read_sort (query) || !read_states (query) || !check_stores ())
    return PADDOCK_EXIT_USAGE;
  library = paddock_library_access_open (NULL, NULL, &status);
  if (library == NULL)
    return status;
  complete_query (query, paddock_library_get_index (library));
  found = paddock_library_query_run (query, paddock_library_get_index (library), NULL, NULL);
  if (arguments->json)
    print_json (library, found);
  else
    print_text (found);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_library_list_command = {
  .name = "library list",
  .paths = "",
  .summary = N_ ("List the models"),
  .description = N_ ("Lists every model that Paddock knows of, wherever it is: in its own folder, in folders that were added, "
                     "and in the stores of other programs. The same weights in several places are one model. One on a drive "
                     "that is not there is listed as offline."),
  .examples = examples,
  .options = options,
  .run = run,
};
