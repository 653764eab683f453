/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-words.h"

#include "base/units.h"
#include "model-store.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

#define TITLE_CHARS 160
#define PART_CHARS 60
#define PATH_CHARS 1000
#define PATHS_SHOWN 12

/**
 * paddock_library_words_dup_title:
 * @entry: a model
 *
 * Returns: (transfer full): what the person or the model calls itself
 */
char *
paddock_library_words_dup_title (const PaddockLibraryEntry *entry)
{
  return paddock_units_escape (entry->title != NULL ? entry->title : entry->id, -1, TITLE_CHARS);
}

static void
add_part (GStrvBuilder *parts, const char *text)
{
  if (text != NULL && *text != '\0')
    g_strv_builder_take (parts, paddock_units_escape (text, -1, PART_CHARS));
}

static void
add_parameters (GStrvBuilder *parts, const PaddockLibraryEntry *entry)
{
  g_autofree char *count = paddock_units_format_parameters (entry->record->parameters);

  if (entry->facts != NULL && entry->facts->size_label != NULL)
    add_part (parts, entry->facts->size_label);
  else
    add_part (parts, count);
}

/**
 * paddock_library_words_dup_summary:
 * @entry: a model
 *
 * Returns: (transfer full): one line: what it is, how large and in which quantization
 */
char *
paddock_library_words_dup_summary (const PaddockLibraryEntry *entry)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  const PaddockModelFacts *facts = entry->facts;

  add_part (parts, paddock_model_words_get_kind (paddock_library_entry_get_kind (entry)));
  add_part (parts, facts != NULL && facts->architecture_name != NULL ? facts->architecture_name
                                                                     : entry->record->architecture);
  add_parameters (parts, entry);
  add_part (parts, entry->record->quantization);
  if (facts != NULL && facts->context_length > 0)
    {
      g_autofree char *count = paddock_units_format_count ((guint64) facts->context_length);

      /* Translators: how many tokens a model can look back on, in a row of a list. */
      g_strv_builder_take (parts, g_strdup_printf (_("%s context"), count));
    }
  words = g_strv_builder_end (parts);
  return g_strjoinv (" · ", words);
}

char *
paddock_library_words_dup_size (const PaddockLibraryEntry *entry)
{
  return paddock_units_format_size (entry->size);
}

/**
 * paddock_library_words_dup_tags:
 * @entry: a model
 *
 * Returns: (transfer full): its tags in one line
 */
char *
paddock_library_words_dup_tags (const PaddockLibraryEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; entry->record->tags[i] != NULL; i++)
    {
      g_autofree char *tag = paddock_units_escape (entry->record->tags[i], -1, PART_CHARS);

      g_string_append_printf (text, "%s#%s", i > 0 ? " " : "", tag);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_library_words_get_state_title:
 * @state: a state
 *
 * Returns: it, in a word
 */
const char *
paddock_library_words_get_state_title (PaddockEntryState state)
{
  switch (state)
    {
    case PADDOCK_ENTRY_INCOMPLETE:
      return _("Parts Missing");
    case PADDOCK_ENTRY_UNFINISHED:
      return _("Unfinished");
    case PADDOCK_ENTRY_DAMAGED:
      return _("Damaged");
    case PADDOCK_ENTRY_OFFLINE:
      return _("Not There");
    case PADDOCK_ENTRY_READY:
    default:
      return _("Ready");
    }
}

/**
 * paddock_library_words_get_style:
 * @entry: a model
 *
 * Returns: the style class of what is said of its state
 */
const char *
paddock_library_words_get_style (const PaddockLibraryEntry *entry)
{
  if (paddock_library_entry_find_differing (entry) != NULL)
    return "warning";
  switch (entry->state)
    {
    case PADDOCK_ENTRY_INCOMPLETE:
    case PADDOCK_ENTRY_UNFINISHED:
      return "warning";
    case PADDOCK_ENTRY_DAMAGED:
      return "error";
    case PADDOCK_ENTRY_READY:
      return "success";
    case PADDOCK_ENTRY_OFFLINE:
    default:
      return "dimmed";
    }
}

/**
 * paddock_library_words_dup_state:
 * @entry: a model
 *
 * Returns: (transfer full) (nullable): what keeps it from being used, or is wrong with a copy of it, in a word or two
 */
char *
paddock_library_words_dup_state (const PaddockLibraryEntry *entry)
{
  guint missing = entry->shards - MIN (entry->shards, entry->shards_present);

  if (entry->state == PADDOCK_ENTRY_READY)
    return g_strdup (paddock_library_entry_find_differing (entry) != NULL ? _("Copy Differs") : NULL);
  if (entry->state == PADDOCK_ENTRY_INCOMPLETE && missing > 0)
    return g_strdup_printf (ngettext ("%u Part Missing", "%u Parts Missing", missing), missing);
  return g_strdup (paddock_library_words_get_state_title (entry->state));
}

static char *
dup_offline_reason (const PaddockLibraryEntry *entry)
{
  const PaddockEntryLocation *location = entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;
  g_autofree char *display = NULL;
  g_autofree char *path = NULL;

  if (location == NULL)
    return g_strdup (_("Nobody knows where its file is."));
  display = g_filename_display_name (location->path);
  path = paddock_units_escape (display, -1, PATH_CHARS);
  /* Translators: %s is a path. */
  return g_strdup_printf (_("It was last seen at %s. Connect the drive it is on, or bring the file back, and it returns by "
                            "itself."),
                          path);
}

static char *
dup_differing_reason (const PaddockEntryLocation *location)
{
  g_autofree char *display = g_filename_display_name (location->path);
  g_autofree char *path = paddock_units_escape (display, -1, PATH_CHARS);

  /* Translators: %s is a path. */
  return g_strdup_printf (_("It can be used, but its copy %s has other bytes than it should."), path);
}

/**
 * paddock_library_words_dup_reason:
 * @entry: a model
 *
 * Returns: (transfer full): what its state means
 */
char *
paddock_library_words_dup_reason (const PaddockLibraryEntry *entry)
{
  const PaddockEntryLocation *differing = paddock_library_entry_find_differing (entry);

  switch (entry->state)
    {
    case PADDOCK_ENTRY_OFFLINE:
      return dup_offline_reason (entry);
    case PADDOCK_ENTRY_INCOMPLETE:
      return g_strdup_printf (ngettext ("%u of %u part is there", "%u of %u parts are there", entry->shards),
                              entry->shards_present, entry->shards);
    case PADDOCK_ENTRY_UNFINISHED:
    case PADDOCK_ENTRY_DAMAGED:
      if (entry->facts != NULL && entry->facts->problem != NULL)
        return paddock_units_escape (entry->facts->problem, -1, PATH_CHARS);
      return g_strdup (_("Its bytes are not those that its source published."));
    case PADDOCK_ENTRY_READY:
    default:
      return differing != NULL ? dup_differing_reason (differing) : g_strdup (_("It can be used."));
    }
}

/**
 * paddock_library_words_dup_mismatch:
 * @title: what a model is called
 * @copy: whether only a copy of it is not what it should be
 *
 * Returns: (transfer full): what is to be told of it
 */
char *
paddock_library_words_dup_mismatch (const char *title, gboolean copy)
{
  return copy ? g_strdup_printf (_("A copy of “%s” differs from it"), title)
              : g_strdup_printf (_("“%s” is not what its source published"), title);
}

/**
 * paddock_library_words_dup_store:
 * @id: of a store
 * @root: (nullable): where it is
 *
 * Returns: (transfer full): what to call it; a folder by its name
 */
char *
paddock_library_words_dup_store (const char *id, const char *root)
{
  const PaddockModelStore *store = paddock_model_store_find (id);

  if (store != NULL && (store->flags & PADDOCK_STORE_FOLDER) != 0)
    return root != NULL ? paddock_model_words_dup_file_name (root) : g_strdup (_("Other Folders"));
  if (store != NULL && (store->flags & PADDOCK_STORE_OWN) != 0)
    return g_strdup (_("Paddock"));
  return store != NULL && store->name != NULL ? g_strdup (store->name) : paddock_units_escape (id, -1, PART_CHARS);
}

/**
 * paddock_library_words_dup_places:
 * @entry: a model
 *
 * Returns: (transfer full): the store that has it, and in how many more places it is
 */
char *
paddock_library_words_dup_places (const PaddockLibraryEntry *entry)
{
  const PaddockEntryLocation *first = entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;
  g_autofree char *name = NULL;

  if (first == NULL)
    return g_strdup ("");
  name = paddock_library_words_dup_store (first->store, first->root);
  if (entry->locations->len == 1)
    return g_steal_pointer (&name);
  /* Translators: the name of a program that keeps models, and in how many more places this one is: "Ollama + 2" */
  return g_strdup_printf (_("%s + %u"), name, entry->locations->len - 1);
}

/**
 * paddock_library_words_dup_paths:
 * @entry: a model
 *
 * Returns: (transfer full): where it is, one place a line
 */
char *
paddock_library_words_dup_paths (const PaddockLibraryEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (entry->locations->len, PATHS_SHOWN); i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      g_autofree char *display = g_filename_display_name (location->path);
      g_autofree char *path = paddock_units_escape (display, -1, PATH_CHARS);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", path);
      if (location->differs)
        g_string_append_printf (text, " (%s)", _("other bytes"));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_library_words_dup_label:
 * @entry: a model
 *
 * Returns: (transfer full): what a screen reader says of its row
 */
char *
paddock_library_words_dup_label (const PaddockLibraryEntry *entry)
{
  g_autofree char *title = paddock_library_words_dup_title (entry);
  g_autofree char *summary = paddock_library_words_dup_summary (entry);
  g_autofree char *size = paddock_library_words_dup_size (entry);
  g_autofree char *state = paddock_library_words_dup_state (entry);
  g_autofree char *places = paddock_library_words_dup_places (entry);
  g_autofree char *tags = paddock_library_words_dup_tags (entry);
  const char *parts[] = { title, state, summary, size, places, entry->record->favourite ? _("Favourite") : NULL, tags };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", parts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_library_words_dup_status:
 * @count: how many models are shown
 * @total: (nullable): of how many, where a filter leaves some out
 * @size: of those that are shown
 *
 * Returns: (transfer full): "12 models of 340 · 56 GB"
 */
char *
paddock_library_words_dup_status (guint count, const guint *total, guint64 size)
{
  g_autofree char *shown = paddock_units_format_count (count);
  g_autofree char *bytes = paddock_units_format_size (size);
  g_autofree char *models = g_strdup_printf (ngettext ("%s model", "%s models", count), shown);
  g_autofree char *all = total != NULL ? paddock_units_format_count (*total) : NULL;

  /* Translators: "12 models of 340 · 56 GB"; the first part is translated elsewhere. */
  return all != NULL ? g_strdup_printf (_("%s of %s · %s"), models, all, bytes)
                     : g_strdup_printf ("%s · %s", models, bytes);
}

/**
 * paddock_library_words_dup_heading:
 * @selecting: whether the person selects models
 * @count: how many they have selected
 *
 * Returns: (transfer full): what is above the list
 */
char *
paddock_library_words_dup_heading (gboolean selecting, guint count)
{
  if (!selecting)
    return g_strdup (_("Library"));
  if (count == 0)
    return g_strdup (_("Select Models"));
  return g_strdup_printf (ngettext ("%u Selected", "%u Selected", count), count);
}
