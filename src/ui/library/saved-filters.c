/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/saved-filters.h"

#define KEY "saved-filters"

typedef struct
{
  char *name;
  char *json;
} Filter;

struct _PaddockSavedFilters
{
  GObject parent_instance;

  /* Owned */
  GSettings *settings;
  GPtrArray *filters;                /* of Filter */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockSavedFilters, paddock_saved_filters, G_TYPE_OBJECT)

static void
free_filter (gpointer data)
{
  Filter *filter = data;

  g_free (filter->name);
  g_free (filter->json);
  g_free (filter);
}

static Filter *
create_filter (const char *name, const char *json)
{
  Filter *filter = g_new0 (Filter, 1);

  filter->name = g_strdup (name);
  filter->json = g_strdup (json);
  return filter;
}

static Filter *
get_filter (PaddockSavedFilters *self, guint n)
{
  return g_ptr_array_index (self->filters, n);
}

/* As it would be written now, so that equal ones are equal texts: it may be of another version. NULL: it is none. */
static char *
normalize (const char *json)
{
  g_autoptr (PaddockLibraryQuery) query = paddock_library_query_from_json (json, NULL);

  return query != NULL ? paddock_library_query_to_json (query) : NULL;
}

static void
load (PaddockSavedFilters *self)
{
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, KEY);
  const char *name, *json;
  GVariantIter iter;

  g_ptr_array_set_size (self->filters, 0);
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &json))
    {
      g_autofree char *normal = normalize (json);

      if (normal != NULL && !paddock_saved_filters_find (self, name, NULL))
        g_ptr_array_add (self->filters, create_filter (name, normal));
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What came of it is read back when the settings tell of it. */
static void
save (PaddockSavedFilters *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  for (guint i = 0; i < self->filters->len; i++)
    g_variant_builder_add (&builder, "(ss)", get_filter (self, i)->name, get_filter (self, i)->json);
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

static void
paddock_saved_filters_finalize (GObject *object)
{
  PaddockSavedFilters *self = PADDOCK_SAVED_FILTERS (object);

  g_clear_object (&self->settings);
  g_ptr_array_unref (self->filters);
  G_OBJECT_CLASS (paddock_saved_filters_parent_class)->finalize (object);
}

static void
paddock_saved_filters_class_init (PaddockSavedFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_saved_filters_finalize;

  /**
   * PaddockSavedFilters::changed:
   *
   * There are others.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_saved_filters_init (PaddockSavedFilters *self)
{
  self->filters = g_ptr_array_new_with_free_func (free_filter);
}

/**
 * paddock_saved_filters_new:
 * @settings: where they are kept
 *
 * Returns: (transfer full): those that there are
 */
PaddockSavedFilters *
paddock_saved_filters_new (GSettings *settings)
{
  PaddockSavedFilters *self = g_object_new (PADDOCK_TYPE_SAVED_FILTERS, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

guint
paddock_saved_filters_count (PaddockSavedFilters *self)
{
  return self->filters->len;
}

const char *
paddock_saved_filters_get_name (PaddockSavedFilters *self, guint n)
{
  return get_filter (self, n)->name;
}

const char *
paddock_saved_filters_get_json (PaddockSavedFilters *self, guint n)
{
  return get_filter (self, n)->json;
}

/**
 * paddock_saved_filters_dup_query:
 * @self: the filters
 * @n: less than their number
 *
 * Returns: (transfer full): what it asks for
 */
PaddockLibraryQuery *
paddock_saved_filters_dup_query (PaddockSavedFilters *self, guint n)
{
  return paddock_library_query_from_json (get_filter (self, n)->json, NULL);
}

/**
 * paddock_saved_filters_find:
 * @self: the filters
 * @name: what a person may have called one
 * @n: (out) (optional): which one it is
 *
 * Returns: whether there is one of that name
 */
gboolean
paddock_saved_filters_find (PaddockSavedFilters *self, const char *name, guint *n)
{
  for (guint i = 0; i < self->filters->len; i++)
    if (g_str_equal (get_filter (self, i)->name, name))
      {
        if (n != NULL)
          *n = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * paddock_saved_filters_match:
 * @self: the filters
 * @query: a query
 * @n: (out): the one that asks for the same
 *
 * Returns: whether there is one
 */
gboolean
paddock_saved_filters_match (PaddockSavedFilters *self, const PaddockLibraryQuery *query, guint *n)
{
  g_autofree char *json = paddock_library_query_to_json (query);

  for (guint i = 0; i < self->filters->len; i++)
    if (g_str_equal (get_filter (self, i)->json, json))
      {
        *n = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * paddock_saved_filters_insert:
 * @self: the filters
 * @n: where
 * @name: what to call it
 * @json: a query
 *
 * Returns: whether it is among them now
 */
gboolean
paddock_saved_filters_insert (PaddockSavedFilters *self, guint n, const char *name, const char *json)
{
  g_autofree char *normal = normalize (json);

  if (normal == NULL || paddock_saved_filters_find (self, name, NULL))
    return FALSE;
  g_ptr_array_insert (self->filters, (int) MIN (n, self->filters->len), create_filter (name, normal));
  save (self);
  return TRUE;
}

/**
 * paddock_saved_filters_rename:
 * @self: the filters
 * @n: which one
 * @name: what to call it
 *
 * Returns: whether it has that name now
 */
gboolean
paddock_saved_filters_rename (PaddockSavedFilters *self, guint n, const char *name)
{
  guint same = n;

  if (paddock_saved_filters_find (self, name, &same) && same != n)
    return FALSE;
  if (g_set_str (&get_filter (self, n)->name, name))
    save (self);
  return TRUE;
}

/**
 * paddock_saved_filters_remove:
 * @self: the filters
 * @n: which one
 */
void
paddock_saved_filters_remove (PaddockSavedFilters *self, guint n)
{
  g_ptr_array_remove_index (self->filters, n);
  save (self);
}
