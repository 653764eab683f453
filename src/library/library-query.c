/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-query.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "library-error.h"

typedef struct
{
  const char *name;
  gsize offset;
} QueryField;


#define LIST(member) { #member, G_STRUCT_OFFSET (PaddockLibraryQuery, member) }

static const QueryField lists[] = {
  LIST (architectures), LIST (quantizations), LIST (stores), LIST (tags), LIST (capabilities),
};

static const QueryField bits[] = { LIST (states), LIST (kinds), LIST (fits) };
static const QueryField flags[] = { LIST (favourites), LIST (duplicates), LIST (descending) };

static const char *const sorts[] = {
  [PADDOCK_SORT_NAME] = "name",
  [PADDOCK_SORT_SIZE] = "size",
  [PADDOCK_SORT_LAST_USED] = "last-used",
  [PADDOCK_SORT_ADDED] = "added",
};

static char ***
get_list (const PaddockLibraryQuery *self, const QueryField *field)
{
  return G_STRUCT_MEMBER_P (self, field->offset);
}

static guint *
get_bits (const PaddockLibraryQuery *self, const QueryField *field)
{
  return G_STRUCT_MEMBER_P (self, field->offset);
}

/**
 * paddock_library_query_new:
 *
 * Returns: (transfer full): a query for everything, by name
 */
PaddockLibraryQuery *
paddock_library_query_new (void)
{
  return g_new0 (PaddockLibraryQuery, 1);
}

/**
 * paddock_library_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): the same
 */
PaddockLibraryQuery *
paddock_library_query_copy (const PaddockLibraryQuery *self)
{
  PaddockLibraryQuery *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    *get_list (copy, &lists[i]) = g_strdupv (*get_list (self, &lists[i]));
  return copy;
}

/**
 * paddock_library_query_free:
 * @self: (transfer full): a query
 */
void
paddock_library_query_free (PaddockLibraryQuery *self)
{
  g_free (self->text);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_strfreev (*get_list (self, &lists[i]));
  g_free (self);
}

static gboolean
is_empty (char **list)
{
  return list == NULL || *list == NULL;
}

/**
 * paddock_library_query_is_filtered:
 * @self: a query
 *
 * Returns: whether it may let less than everything through
 */
gboolean
paddock_library_query_is_filtered (const PaddockLibraryQuery *self)
{
  gboolean filtered = (self->text != NULL && *self->text != '\0') || self->favourites || self->duplicates ||
                      self->unused_since != 0;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    filtered = filtered || !is_empty (*get_list (self, &lists[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bits); i++)
    filtered = filtered || *get_bits (self, &bits[i]) != 0;
  return filtered;
}

static gboolean
has (char **list, const char *value)
{
  return is_empty (list) || (value != NULL && g_strv_contains ((const char *const *) list, value));
}

static gboolean
has_any (char **list, char **values)
{
  for (gsize i = 0; !is_empty (list) && values[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) list, values[i]))
      return TRUE;
  return is_empty (list);
}

static gboolean
is_in_store (const PaddockLibraryQuery *self, const PaddockLibraryEntry *entry)
{
  for (guint i = 0; !is_empty (self->stores) && i < entry->locations->len; i++)
    if (has (self->stores, ((PaddockEntryLocation *) g_ptr_array_index (entry->locations, i))->store))
      return TRUE;
  return is_empty (self->stores);
}

static gboolean
can (const PaddockLibraryQuery *self, const PaddockLibraryEntry *entry)
{
  for (guint bit = 1; !is_empty (self->capabilities) && entry->facts != NULL && bit <= entry->facts->capabilities; bit <<= 1)
    if ((entry->facts->capabilities & bit) != 0 &&
        has (self->capabilities, paddock_capability_get_id ((PaddockCapabilities) bit)))
      return TRUE;
  return is_empty (self->capabilities);
}

static gboolean
has_words (const PaddockLibraryEntry *entry, char **words)
{
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (*words[i] != '\0' && strstr (entry->search_text, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Projectors and adapters are shown with their models; alone they are shown to who asks for them. */
static gboolean
is_of_kind (const PaddockLibraryQuery *self, const PaddockLibraryEntry *entry)
{
  guint bit = 1u << paddock_library_entry_get_kind (entry);

  return (bit & (self->kinds != 0 ? self->kinds : 1u << PADDOCK_MODEL_LANGUAGE)) != 0;
}

static gboolean
was_used_since (const PaddockLibraryQuery *self, const PaddockLibraryEntry *entry)
{
  return MAX (entry->record->last_used, entry->record->added_at) >= self->unused_since;
}

/* What is not asked for is not looked at: among ten thousand models, each look into memory counts. */
static gboolean
lets_through (const PaddockLibraryQuery *self, const PaddockLibraryEntry *entry)
{
  return is_of_kind (self, entry) && (self->states == 0 || (self->states & paddock_library_entry_get_states (entry)) != 0) &&
         (is_empty (self->architectures) || has (self->architectures, entry->record->architecture)) &&
         (is_empty (self->quantizations) || has (self->quantizations, entry->record->quantization)) &&
         (is_empty (self->tags) || has_any (self->tags, entry->record->tags)) &&
         is_in_store (self, entry) && can (self, entry) && (!self->favourites || entry->record->favourite) &&
         (!self->duplicates || entry->duplicate_size > 0) &&
         (self->unused_since == 0 || !was_used_since (self, entry));
}

static int
compare_by (PaddockLibrarySort sort, const PaddockLibraryEntry *a, const PaddockLibraryEntry *b)
{
  switch (sort)
    {
    case PADDOCK_SORT_SIZE:
      return a->size < b->size ? -1 : a->size > b->size;
    case PADDOCK_SORT_LAST_USED:
      return a->record->last_used < b->record->last_used ? -1 : a->record->last_used > b->record->last_used;
    case PADDOCK_SORT_ADDED:
      return a->record->added_at < b->record->added_at ? -1 : a->record->added_at > b->record->added_at;
    case PADDOCK_SORT_NAME:
    default:
      return strcmp (a->sort_key, b->sort_key);
    }
}

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const PaddockLibraryQuery *self = user_data;
  const PaddockLibraryEntry *first = a, *second = b;
  int order = compare_by (self->sort, first, second);

  if (order == 0)
    return compare_by (PADDOCK_SORT_NAME, first, second) != 0 ? compare_by (PADDOCK_SORT_NAME, first, second)
                                                              : strcmp (first->id, second->id);
  return self->descending ? -order : order;
}

/**
 * paddock_library_query_run:
 * @self: a query
 * @index: what to look in
 * @fit: (nullable) (scope call): how an entry fits; only asked where the query asks for it
 * @user_data: for @fit
 *
 * Returns: (transfer container) (element-type PaddockLibraryEntry): what it lets through
 */
GPtrArray *
paddock_library_query_run (const PaddockLibraryQuery *self, PaddockLibraryIndex *index, PaddockQueryFit fit,
                           gpointer user_data)
{
  GPtrArray *found =
    g_ptr_array_new_full (index->entries->len, (GDestroyNotify) paddock_library_entry_unref);
  g_autofree char *folded = self->text != NULL ? g_utf8_casefold (self->text, -1) : NULL;
  g_auto (GStrv) words = folded != NULL ? g_strsplit_set (folded, " \t\n", -1) : NULL;
  GPtrArray *all = index->by_name != NULL ? index->by_name : index->entries;

  for (guint i = 0; i < all->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (all, i);

      /* The text first: it is what changes fastest, and lies beside the entry. */
      if (has_words (entry, words) && lets_through (self, entry) &&
          (self->fits == 0 || fit == NULL || (self->fits & 1u << fit (entry, user_data)) != 0))
        g_ptr_array_add (found, paddock_library_entry_ref (entry));
    }
  if (index->by_name == NULL || self->sort != PADDOCK_SORT_NAME || self->descending)
    g_ptr_array_sort_values_with_data (found, compare_entries, (gpointer) self);
  return found;
}

static void
write_list (JsonObject *object, const char *name, char **list)
{
  JsonArray *array;

  if (is_empty (list))
    return;
  array = json_array_new ();
  for (gsize i = 0; list[i] != NULL; i++)
    json_array_add_string_element (array, list[i]);
  json_object_set_array_member (object, name, array);
}

/**
 * paddock_library_query_to_json:
 * @self: a query
 *
 * Returns: (transfer full): the same as text, to be kept
 */
char *
paddock_library_query_to_json (const PaddockLibraryQuery *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  if (self->text != NULL && *self->text != '\0')
    json_object_set_string_member (object, "text", self->text);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    write_list (object, lists[i].name, *get_list (self, &lists[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bits); i++)
    if (*get_bits (self, &bits[i]) != 0)
      json_object_set_int_member (object, bits[i].name, *get_bits (self, &bits[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (*get_bits (self, &flags[i]) != 0)
      json_object_set_boolean_member (object, flags[i].name, TRUE);
  if (self->unused_since != 0)
    json_object_set_int_member (object, "unused_since", self->unused_since);
  json_object_set_string_member (object, "sort", sorts[self->sort]);
  return json_to_string (node, FALSE);
}

static char **
read_list (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_string (element) != NULL)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  return array != NULL ? g_strv_builder_end (builder) : NULL;
}

static gint64
read_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static const char *
read_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/**
 * paddock_library_query_from_json:
 * @json: what was kept
 * @error: return location for %PADDOCK_LIBRARY_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the query; what it asks for that nobody knows is not asked for
 */
PaddockLibraryQuery *
paddock_library_query_from_json (const char *json, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (PaddockLibraryQuery) self = NULL;
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "this is no filter");
      return NULL;
    }
  object = json_node_get_object (node);
  self = paddock_library_query_new ();
  self->text = g_strdup (read_string (object, "text"));
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    *get_list (self, &lists[i]) = read_list (object, lists[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (bits); i++)
    *get_bits (self, &bits[i]) = (guint) CLAMP (read_number (object, bits[i].name), 0, G_MAXINT);
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      JsonNode *flag = json_object_get_member (object, flags[i].name);

      *get_bits (self, &flags[i]) = flag != NULL && JSON_NODE_HOLDS_VALUE (flag) && json_node_get_boolean (flag);
    }
  self->unused_since = read_number (object, "unused_since");
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_strcmp0 (read_string (object, "sort"), sorts[i]) == 0)
      self->sort = (PaddockLibrarySort) i;
  return g_steal_pointer (&self);
}
