/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-index.h"

#include <string.h>

#include "library-error.h"

/**
 * paddock_library_index_new:
 *
 * Returns: (transfer full): an index without entries
 */
PaddockLibraryIndex *
paddock_library_index_new (void)
{
  PaddockLibraryIndex *self = g_atomic_rc_box_new0 (PaddockLibraryIndex);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);
  self->files = g_ptr_array_new ();
  self->roots = g_ptr_array_new ();
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * paddock_library_index_ref:
 * @self: an index
 *
 * Returns: (transfer full): @self
 */
PaddockLibraryIndex *
paddock_library_index_ref (PaddockLibraryIndex *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_index (gpointer data)
{
  PaddockLibraryIndex *self = data;

  g_hash_table_unref (self->by_path);
  g_clear_pointer (&self->by_name, g_ptr_array_unref);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->roots);
}

/**
 * paddock_library_index_unref:
 * @self: (transfer full): an index
 */
void
paddock_library_index_unref (PaddockLibraryIndex *self)
{
  g_atomic_rc_box_release_full (self, clear_index);
}

/**
 * paddock_library_index_find:
 * @self: an index
 * @id: what a model is called by
 *
 * Returns: (transfer none) (nullable): that model
 */
PaddockLibraryEntry *
paddock_library_index_find (PaddockLibraryIndex *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * paddock_library_index_has_same_entries:
 * @self: an index
 * @other: another
 *
 * Returns: whether nothing that somebody shows of the models is different
 */
gboolean
paddock_library_index_has_same_entries (const PaddockLibraryIndex *self, const PaddockLibraryIndex *other)
{
  return self->entries->len == other->entries->len &&
         (self->entries->len == 0 ||
          memcmp (self->entries->pdata, other->entries->pdata, self->entries->len * sizeof (gpointer)) == 0);
}

static gboolean
is_called (const PaddockLibraryEntry *entry, const char *text)
{
  g_autofree char *title = g_utf8_casefold (entry->title, -1);
  g_autofree char *name = g_utf8_casefold (entry->record->name != NULL ? entry->record->name : "", -1);
  g_autofree char *quantization =
    g_utf8_casefold (entry->record->quantization != NULL ? entry->record->quantization : "", -1);
  g_autofree char *title_full = g_strdup_printf ("%s:%s", title, quantization);
  g_autofree char *name_full = g_strdup_printf ("%s:%s", name, quantization);
  const char *calls[] = { title, name, title_full, name_full };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (g_str_equal (calls[i], text))
      return TRUE;
  return FALSE;
}

/* The only one, or an error that names some of them. */
static PaddockLibraryEntry *
choose (GPtrArray *found, const char *text, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (found->len == 1)
    return g_ptr_array_index (found, 0);
  if (found->len == 0)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "there is no such model in the library: %s",
                   text);
      return NULL;
    }
  for (guint i = 0; i < MIN (found->len, 5); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", ((PaddockLibraryEntry *) g_ptr_array_index (found, i))->id);
  g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "%s may mean %u models: %s%s", text, found->len,
               names->str, found->len > 5 ? " …" : "");
  return NULL;
}

/* What is offline has no file to be found by. */
static gboolean
was_at (const PaddockLibraryEntry *entry, const char *path)
{
  for (guint i = 0; i < entry->locations->len; i++)
    if (g_str_equal (((PaddockEntryLocation *) g_ptr_array_index (entry->locations, i))->path, path))
      return TRUE;
  return FALSE;
}

/**
 * paddock_library_index_list_matches:
 * @self: an index
 * @text: what a person typed
 *
 * Returns: (transfer container) (element-type PaddockLibraryEntry): all models that may be meant: one if that is clear
 */
GPtrArray *
paddock_library_index_list_matches (PaddockLibraryIndex *self, const char *text)
{
  g_autoptr (GPtrArray) beginning = g_ptr_array_new ();
  g_autoptr (GPtrArray) called = g_ptr_array_new ();
  g_autofree char *path = g_canonicalize_filename (text, NULL);
  g_autofree char *folded = g_utf8_validate (text, -1, NULL) ? g_utf8_casefold (text, -1) : g_strdup ("");
  PaddockLibraryEntry *found = g_hash_table_lookup (self->by_id, text);

  if (found == NULL)
    found = g_hash_table_lookup (self->by_path, path);
  if (found != NULL)
    {
      g_ptr_array_add (called, found);
      return g_steal_pointer (&called);
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (self->entries, i);

      if (*folded != '\0' && is_called (entry, folded))
        g_ptr_array_add (called, entry);
      else if (was_at (entry, path))
        g_ptr_array_add (called, entry);
      else if (*folded != '\0' && g_str_has_prefix (entry->id, folded))
        g_ptr_array_add (beginning, entry);
    }
  return g_ptr_array_ref (called->len > 0 ? called : beginning);
}

/**
 * paddock_library_index_match:
 * @self: an index
 * @text: what a person typed
 * @error: return location for %PADDOCK_LIBRARY_ERROR_NOT_FOUND, or %PADDOCK_LIBRARY_ERROR_INVALID if it is not clear
 *
 * Returns: (transfer none) (nullable): the model that is meant
 */
PaddockLibraryEntry *
paddock_library_index_match (PaddockLibraryIndex *self, const char *text, GError **error)
{
  g_autoptr (GPtrArray) found = paddock_library_index_list_matches (self, text);

  return choose (found, text, error);
}
