/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/filter-choices.h"

#include "base/units.h"
#include "library/library-words.h"
#include "model-store.h"
#include "model/model-capability.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

#define LABEL_CHARS 40
#define N_STATES (PADDOCK_ENTRY_OFFLINE + 1)
#define N_FITS (PADDOCK_FIT_TOO_LARGE + 1)
#define N_KINDS (PADDOCK_MODEL_VOCABULARY + 1)

static const char *const only[] = { "favourites", "duplicates" };

static void
free_choice (gpointer data)
{
  PaddockFilterChoice *choice = data;

  g_free (choice->value);
  g_free (choice);
}

static void
add (GPtrArray *choices, PaddockFilterField field, const char *value, guint count)
{
  PaddockFilterChoice *choice = g_new0 (PaddockFilterChoice, 1);

  choice->field = field;
  choice->value = g_strdup (value);
  choice->count = count;
  g_ptr_array_add (choices, choice);
}

static void
count (GHashTable *counts, const char *value)
{
  guint before;

  if (value == NULL || *value == '\0')
    return;
  before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, value));
  g_hash_table_replace (counts, g_strdup (value), GUINT_TO_POINTER (before + 1));
}

static void
count_number (GHashTable *counts, guint number)
{
  g_autofree char *value = g_strdup_printf ("%u", number);

  count (counts, value);
}

static void
count_stores (GHashTable *counts, const PaddockLibraryEntry *entry)
{
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      gboolean again = FALSE;

      for (guint j = 0; j < i && !again; j++)
        again = g_str_equal (((PaddockEntryLocation *) g_ptr_array_index (entry->locations, j))->store, location->store);
      if (!again)
        count (counts, location->store);
    }
}

static void
count_tasks (GHashTable *counts, const PaddockLibraryEntry *entry)
{
  for (guint bit = 1; entry->facts != NULL && bit <= entry->facts->capabilities; bit <<= 1)
    if ((entry->facts->capabilities & bit) != 0)
      count (counts, paddock_capability_get_id ((PaddockCapabilities) bit));
}

static void
count_entry (GHashTable *counts, PaddockFilterField field, const PaddockLibraryEntry *entry)
{
  switch (field)
    {
    case PADDOCK_FILTER_ONLY:
      count (counts, entry->record->favourite ? only[0] : NULL);
      count (counts, entry->duplicate_size > 0 ? only[1] : NULL);
      break;
    case PADDOCK_FILTER_STORE:
      count_stores (counts, entry);
      break;
    case PADDOCK_FILTER_STATE:
      count_number (counts, entry->state);
      if (paddock_library_entry_find_differing (entry) != NULL)
        count_number (counts, PADDOCK_ENTRY_DAMAGED);
      break;
    case PADDOCK_FILTER_TAG:
      for (gsize i = 0; entry->record->tags[i] != NULL; i++)
        count (counts, entry->record->tags[i]);
      break;
    case PADDOCK_FILTER_TASK:
      count_tasks (counts, entry);
      break;
    case PADDOCK_FILTER_ARCHITECTURE:
      count (counts, entry->record->architecture);
      break;
    case PADDOCK_FILTER_QUANTIZATION:
      count (counts, entry->record->quantization);
      break;
    case PADDOCK_FILTER_KIND:
      count_number (counts, paddock_library_entry_get_kind (entry));
      break;
    case PADDOCK_FILTER_FIT:
    case PADDOCK_FILTER_N_FIELDS:
    default:
      break;
    }
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  const PaddockFilterChoice *first = a, *second = b;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;
  return g_strcmp0 (first->value, second->value);
}

/* Nobody has worked out how everything fits: all of it may. */
static GPtrArray *
list_fits (GPtrArray *choices)
{
  for (guint i = PADDOCK_FIT_GPU; i < N_FITS; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u", i);

      add (choices, PADDOCK_FILTER_FIT, value, 0);
    }
  return choices;
}

/**
 * paddock_filter_choices_list:
 * @index: the library
 * @field: what to filter by
 *
 * Returns: (transfer container) (element-type PaddockFilterChoice): the values there are
 */
GPtrArray *
paddock_filter_choices_list (PaddockLibraryIndex *index, PaddockFilterField field)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *choices = g_ptr_array_new_with_free_func (free_choice);
  GHashTableIter iter;
  gpointer value, number;

  if (field == PADDOCK_FILTER_FIT)
    return list_fits (choices);
  for (guint i = 0; i < index->entries->len; i++)
    count_entry (counts, field, g_ptr_array_index (index->entries, i));
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &value, &number))
    add (choices, field, value, GPOINTER_TO_UINT (number));
  g_ptr_array_sort_values (choices, compare_choices);
  return choices;
}

/* The list of a query that a field is about; NULL: it is about bits or flags. */
static char ***
get_list (PaddockLibraryQuery *query, PaddockFilterField field)
{
  switch (field)
    {
    case PADDOCK_FILTER_STORE:
      return &query->stores;
    case PADDOCK_FILTER_TAG:
      return &query->tags;
    case PADDOCK_FILTER_TASK:
      return &query->capabilities;
    case PADDOCK_FILTER_ARCHITECTURE:
      return &query->architectures;
    case PADDOCK_FILTER_QUANTIZATION:
      return &query->quantizations;
    case PADDOCK_FILTER_ONLY:
    case PADDOCK_FILTER_FIT:
    case PADDOCK_FILTER_STATE:
    case PADDOCK_FILTER_KIND:
    case PADDOCK_FILTER_N_FIELDS:
    default:
      return NULL;
    }
}

static guint *
get_bits (PaddockLibraryQuery *query, PaddockFilterField field)
{
  if (field == PADDOCK_FILTER_STATE)
    return &query->states;
  if (field == PADDOCK_FILTER_FIT)
    return &query->fits;
  return field == PADDOCK_FILTER_KIND ? &query->kinds : NULL;
}

static gboolean *
get_flag (PaddockLibraryQuery *query, const char *value)
{
  return g_str_equal (value, only[0]) ? &query->favourites : &query->duplicates;
}

static guint
get_bit (const char *value)
{
  guint64 number = 0;

  return g_ascii_string_to_unsigned (value, 10, 0, 31, &number, NULL) ? 1u << number : 0;
}

/**
 * paddock_filter_choices_is_on:
 * @query: a query
 * @field: what it may filter by
 * @value: one of its values
 *
 * Returns: whether it asks for that value
 */
gboolean
paddock_filter_choices_is_on (const PaddockLibraryQuery *query, PaddockFilterField field, const char *value)
{
  PaddockLibraryQuery *self = (PaddockLibraryQuery *) query;
  char ***list = get_list (self, field);
  const guint *bits = get_bits (self, field);

  if (list != NULL)
    return *list != NULL && g_strv_contains ((const char *const *) *list, value);
  return bits != NULL ? (*bits & get_bit (value)) != 0 : *get_flag (self, value);
}

static char **
change_list (char **list, const char *value, gboolean on)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; list != NULL && list[i] != NULL; i++)
    if (!g_str_equal (list[i], value))
      g_strv_builder_add (builder, list[i]);
  if (on)
    g_strv_builder_add (builder, value);
  g_strfreev (list);
  return g_strv_builder_end (builder);
}

/**
 * paddock_filter_choices_set:
 * @query: a query
 * @field: what it is to filter by
 * @value: one of its values
 * @on: whether to ask for it
 */
void
paddock_filter_choices_set (PaddockLibraryQuery *query, PaddockFilterField field, const char *value, gboolean on)
{
  char ***list = get_list (query, field);
  guint *bits = get_bits (query, field);

  if (list != NULL)
    *list = change_list (*list, value, on);
  else if (bits != NULL)
    *bits = on ? *bits | get_bit (value) : *bits & ~get_bit (value);
  else
    *get_flag (query, value) = on;
}

static void
add_bits (GPtrArray *choices, PaddockFilterField field, guint bits, guint n_bits)
{
  for (guint i = 0; i < n_bits; i++)
    if ((bits & 1u << i) != 0)
      {
        g_autofree char *value = g_strdup_printf ("%u", i);

        add (choices, field, value, 0);
      }
}

/**
 * paddock_filter_choices_chosen:
 * @query: a query
 *
 * Returns: (transfer container) (element-type PaddockFilterChoice): all that it filters by
 */
GPtrArray *
paddock_filter_choices_chosen (const PaddockLibraryQuery *query)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (free_choice);

  for (gsize i = 0; i < G_N_ELEMENTS (only); i++)
    if (paddock_filter_choices_is_on (query, PADDOCK_FILTER_ONLY, only[i]))
      add (choices, PADDOCK_FILTER_ONLY, only[i], 0);
  add_bits (choices, PADDOCK_FILTER_FIT, query->fits, N_FITS);
  add_bits (choices, PADDOCK_FILTER_STATE, query->states, N_STATES);
  add_bits (choices, PADDOCK_FILTER_KIND, query->kinds, N_KINDS);
  for (guint field = 0; field < PADDOCK_FILTER_N_FIELDS; field++)
    {
      char ***list = get_list ((PaddockLibraryQuery *) query, field);

      for (gsize i = 0; list != NULL && *list != NULL && (*list)[i] != NULL; i++)
        add (choices, field, (*list)[i], 0);
    }
  return choices;
}

/**
 * paddock_filter_choices_clear:
 * @query: a query
 *
 * Makes it let everything through that has its words.
 */
void
paddock_filter_choices_clear (PaddockLibraryQuery *query)
{
  g_autoptr (GPtrArray) choices = paddock_filter_choices_chosen (query);

  for (guint i = 0; i < choices->len; i++)
    {
      const PaddockFilterChoice *choice = g_ptr_array_index (choices, i);

      paddock_filter_choices_set (query, choice->field, choice->value, FALSE);
    }
  query->unused_since = 0;
}

/**
 * paddock_filter_choices_get_title:
 * @field: something to filter by
 *
 * Returns: its name, the title of its values
 */
const char *
paddock_filter_choices_get_title (PaddockFilterField field)
{
  switch (field)
    {
    case PADDOCK_FILTER_FIT:
      return _("Fit");
    case PADDOCK_FILTER_STORE:
      return _("Place");
    case PADDOCK_FILTER_STATE:
      return _("State");
    case PADDOCK_FILTER_TAG:
      return _("Tag");
    case PADDOCK_FILTER_TASK:
      return _("Task");
    case PADDOCK_FILTER_ARCHITECTURE:
      return _("Architecture");
    case PADDOCK_FILTER_QUANTIZATION:
      return _("Quantization");
    case PADDOCK_FILTER_KIND:
      return _("Kind");
    case PADDOCK_FILTER_ONLY:
    case PADDOCK_FILTER_N_FIELDS:
    default:
      return _("Only");
    }
}

static char *
dup_fit (guint fit)
{
  static const char *const words[N_FITS] = {
    [PADDOCK_FIT_UNKNOWN] = N_("Unknown Fit"),     [PADDOCK_FIT_GPU] = N_("Fits the GPU"),
    [PADDOCK_FIT_MEMORY] = N_("Fits Memory"),      [PADDOCK_FIT_SPLIT] = N_("GPU and Memory"),
    [PADDOCK_FIT_TIGHT] = N_("Tight"),             [PADDOCK_FIT_TOO_LARGE] = N_("Too Large"),
  };

  return g_strdup (_(words[MIN (fit, N_FITS - 1)]));
}

static char *
dup_kind (guint kind)
{
  const char *word = paddock_model_words_get_kind ((PaddockModelKind) kind);

  return g_strdup (word != NULL ? word : _("Language model"));
}

static char *
dup_task (const char *id)
{
  for (guint bit = 1; bit != 0; bit <<= 1)
    {
      const char *name = paddock_capability_get_id ((PaddockCapabilities) bit);

      if (name != NULL && g_str_equal (name, id))
        return g_strdup (paddock_model_words_get_capability ((PaddockCapabilities) bit));
    }
  return paddock_units_escape (id, -1, LABEL_CHARS);
}

/**
 * paddock_filter_choices_dup_label:
 * @field: something to filter by
 * @value: one of its values
 *
 * Returns: (transfer full): the value, for a person
 */
char *
paddock_filter_choices_dup_label (PaddockFilterField field, const char *value)
{
  guint number = (guint) g_ascii_strtoull (value, NULL, 10);

  switch (field)
    {
    case PADDOCK_FILTER_ONLY:
      return g_strdup (g_str_equal (value, only[0]) ? _("Favourites") : _("Duplicates"));
    case PADDOCK_FILTER_FIT:
      return dup_fit (number);
    case PADDOCK_FILTER_STATE:
      return g_strdup (paddock_library_words_get_state_title ((PaddockEntryState) number));
    case PADDOCK_FILTER_KIND:
      return dup_kind (number);
    case PADDOCK_FILTER_TASK:
      return dup_task (value);
    case PADDOCK_FILTER_STORE:
      return paddock_library_words_dup_store (value, NULL);
    case PADDOCK_FILTER_TAG:
    case PADDOCK_FILTER_ARCHITECTURE:
    case PADDOCK_FILTER_QUANTIZATION:
    case PADDOCK_FILTER_N_FIELDS:
    default:
      return paddock_units_escape (value, -1, LABEL_CHARS);
    }
}
