/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "base/units.h"
#include "library-access.h"
#include "library-json.h"
#include "library-labels.h"
#include "output.h"

#include <glib/gi18n.h>
#include <string.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const tag_examples[] = {
  "paddockctl library tag \"Qwen3 8B\" +coding -slow",
  NULL
};

static const char *const note_examples[] = {
  "paddockctl library note qwen3-8b \"best at summaries\"",
  NULL
};

static const char *const nickname_examples[] = {
  "paddockctl library nickname qwen3-8b Fritz",
  NULL
};

static const char *const favourite_examples[] = {
  "paddockctl library favourite qwen3-8b on",
  NULL
};

static const char *const use_examples[] = {
  "paddockctl library use qwen3-8b",
  NULL
};

/* Shows something of a model. */
typedef void (*Show) (const PaddockLibraryEntry *entry);

static int
show (PaddockLibrary *library, const char *id, gboolean json, Show print)
{
  const PaddockLibraryEntry *entry = paddock_library_index_find (paddock_library_get_index (library), id);

  /* Somebody may have taken it away meanwhile; what was said of it is kept all the same. */
  if (entry == NULL)
    return PADDOCK_EXIT_DONE;
  if (json)
    paddock_library_json_print_entry (library, entry);
  else
    print (entry);
  return PADDOCK_EXIT_DONE;
}

/* change NULL: only shows it. */
static int
change_and_show (const PaddockArguments *arguments, PaddockRecordChange change, gpointer data, Show print)
{
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = paddock_library_access_open (NULL, NULL, &status);
  const PaddockLibraryEntry *entry =
    library != NULL ? paddock_library_access_find (library, arguments->paths[0]) : NULL;
  g_autofree char *id = NULL;

  if (entry == NULL)
    return status;
  id = g_strdup (entry->id);
  if (change != NULL && !paddock_library_access_change (library, id, change, data, &status))
    return status;
  return show (library, id, arguments->json, print);
}

static void
print_value (const PaddockLibraryEntry *entry, const char *value)
{
  g_autofree char *title = paddock_library_labels_title (entry);
  g_autofree char *shown = paddock_units_escape (value, -1, 0);

  paddock_output_line ("%s: %s", title, shown);
}

static void
print_tags (const PaddockLibraryEntry *entry)
{
  g_autofree char *all = g_strjoinv (", ", entry->record->tags);

  print_value (entry, all);
}

/* changes: "+tag" and "-tag" */
static gboolean
change_tags (PaddockModelRecord *record, gpointer changes)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new_null_terminated (8, g_free, TRUE);

  for (gsize i = 0; record->tags[i] != NULL; i++)
    g_ptr_array_add (tags, g_strdup (record->tags[i]));
  for (char **one = changes; *one != NULL; one++)
    {
      guint position;

      if (**one == '+')
        g_ptr_array_add (tags, g_strdup (*one + 1));
      else
        while (g_ptr_array_find_with_equal_func (tags, *one + 1, g_str_equal, &position))
          g_ptr_array_remove_index (tags, position);
    }
  paddock_model_record_set_tags (record, (const char *const *) tags->pdata);
  return TRUE;
}

/* Blanks around a tag are no part of it. NULL: that has been complained of. */
static char *
read_tag (const char *argument)
{
  g_autofree char *text = paddock_library_access_read_text (argument);

  if (text == NULL)
    return NULL;
  if (*text == '+' || *text == '-')
    g_strstrip (text + 1);
  if ((*text == '+' || *text == '-') && text[1] != '\0')
    return g_steal_pointer (&text);
  paddock_output_complain (_("+TAG or -TAG is expected"), argument);
  return NULL;
}

static int
run_tag (const PaddockArguments *arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) changes = NULL;

  for (guint i = 1; i < arguments->n_paths; i++)
    {
      char *change = read_tag (arguments->paths[i]);

      if (change == NULL)
        return PADDOCK_EXIT_USAGE;
      g_strv_builder_take (builder, change);
    }
  changes = g_strv_builder_end (builder);
  return change_and_show (arguments, *changes != NULL ? change_tags : NULL, changes, print_tags);
}

static void
print_note (const PaddockLibraryEntry *entry)
{
  print_value (entry, entry->record->notes != NULL ? entry->record->notes : "");
}

static void
print_nickname (const PaddockLibraryEntry *entry)
{
  print_value (entry, entry->record->nickname != NULL ? entry->record->nickname : "");
}

static gboolean
change_note (PaddockModelRecord *record, gpointer text)
{
  return g_set_str (&record->notes, *(char *) text != '\0' ? text : NULL);
}

static gboolean
change_nickname (PaddockModelRecord *record, gpointer text)
{
  return g_set_str (&record->nickname, *(char *) text != '\0' ? text : NULL);
}

/* An empty text takes away what was there; none only shows it. */
static int
run_text (const PaddockArguments *arguments, PaddockRecordChange change, Show print)
{
  g_autofree char *text = NULL;

  if (arguments->n_paths < 2)
    return change_and_show (arguments, NULL, NULL, print);
  text = paddock_library_access_read_text (arguments->paths[1]);
  return text != NULL ? change_and_show (arguments, change, g_strstrip (text), print) : PADDOCK_EXIT_USAGE;
}

static int
run_note (const PaddockArguments *arguments)
{
  return run_text (arguments, change_note, print_note);
}

static int
run_nickname (const PaddockArguments *arguments)
{
  return run_text (arguments, change_nickname, print_nickname);
}

static void
print_favourite (const PaddockLibraryEntry *entry)
{
  print_value (entry, entry->record->favourite ? _("a favourite") : _("no favourite"));
}

static gboolean
change_favourite (PaddockModelRecord *record, gpointer on)
{
  gboolean before = record->favourite;

  record->favourite = *(gboolean *) on;
  return before != record->favourite;
}

static int
run_favourite (const PaddockArguments *arguments)
{
  const char *word = arguments->n_paths > 1 ? arguments->paths[1] : NULL;
  gboolean on = g_strcmp0 (word, "on") == 0;

  if (word != NULL && !on && !g_str_equal (word, "off"))
    {
      paddock_output_complain (_("on or off is expected"), word);
      return PADDOCK_EXIT_USAGE;
    }
  return change_and_show (arguments, word != NULL ? change_favourite : NULL, &on, print_favourite);
}

static void
print_use (const PaddockLibraryEntry *entry)
{
  print_value (entry, _("used when no other model is named"));
}

static int
run_use (const PaddockArguments *arguments)
{
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = paddock_library_access_open (NULL, NULL, &status);
  const PaddockLibraryEntry *entry =
    library != NULL ? paddock_library_access_find (library, arguments->paths[0]) : NULL;
  g_autoptr (PaddockLibrarySettings) settings = NULL;
  g_autofree char *id = NULL;

  if (entry == NULL)
    return status;
  id = g_strdup (entry->id);
  settings = paddock_library_settings_copy (paddock_library_get_settings (library));
  g_set_str (&settings->default_model, id);
  if (!paddock_library_access_set_settings (library, settings, &status))
    return status;
  return show (library, id, arguments->json, print_use);
}

const PaddockCommand paddock_library_tag_command = {
  .name = "library tag",
  .paths = N_ ("MODEL [+TAG|-TAG]..."),
  .max_paths = G_MAXUINT,
  .minus_words = TRUE,
  .summary = N_ ("Give a model tags, and take them away"),
  .description = N_ ("+TAG gives the model a tag, and -TAG takes one away; without either, its tags are shown. A model whose "
                     "name begins with a minus follows \"--\"."),
  .examples = tag_examples,
  .options = options,
  .run = run_tag,
};

const PaddockCommand paddock_library_note_command = {
  .name = "library note",
  .paths = N_ ("MODEL [TEXT]"),
  .max_paths = 2,
  .summary = N_ ("Write a note on a model, or show it"),
  .description = N_ ("TEXT takes the place of the note that was there; an empty one deletes it. Without TEXT, the note is "
                     "shown."),
  .examples = note_examples,
  .options = options,
  .run = run_note,
};

const PaddockCommand paddock_library_nickname_command = {
  .name = "library nickname",
  .paths = N_ ("MODEL [NAME]"),
  .max_paths = 2,
  .summary = N_ ("Call a model by another name"),
  .description = N_ ("The model is listed under NAME; an empty one gives it its own name back. Without NAME, the nickname is "
                     "shown."),
  .examples = nickname_examples,
  .options = options,
  .run = run_nickname,
};

const PaddockCommand paddock_library_favourite_command = {
  .name = "library favourite",
  .paths = N_ ("MODEL [on|off]"),
  .max_paths = 2,
  .summary = N_ ("Make a model a favourite"),
  .description = N_ ("With on or off it becomes a favourite or is one no longer; without, it is shown whether it is one."),
  .examples = favourite_examples,
  .options = options,
  .run = run_favourite,
};

const PaddockCommand paddock_library_use_command = {
  .name = "library use",
  .paths = N_ ("MODEL"),
  .max_paths = 1,
  .summary = N_ ("Choose the model that is used when none is named"),
  .description = N_ ("Makes a model the default one."),
  .examples = use_examples,
  .options = options,
  .run = run_use,
};
