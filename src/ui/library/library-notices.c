/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-notices.h"

#include "base/units.h"
#include "library-error.h"
#include "library/problem-words.h"
#include "model-store.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

#define MESSAGE_CHARS 1000

/* A folder of Paddock's own that is not there is one in which nothing is yet. */
static gboolean
is_missed (const PaddockScannedRoot *root)
{
  const PaddockModelStore *store = paddock_model_store_find (root->store);

  if (root->state == PADDOCK_ROOT_OFFLINE)
    return store == NULL || (store->flags & PADDOCK_STORE_OWN) == 0;
  return root->state == PADDOCK_ROOT_UNREADABLE;
}

static guint
count (PaddockLibraryIndex *index, const PaddockScannedRoot **first)
{
  guint missed = 0;

  for (guint i = 0; i < index->roots->len; i++)
    {
      const PaddockScannedRoot *root = g_ptr_array_index (index->roots, i);

      if (!is_missed (root))
        continue;
      if (missed == 0)
        *first = root;
      missed++;
    }
  return missed;
}

/**
 * paddock_library_notices_dup_folders:
 * @index: a library
 *
 * Returns: (transfer full) (nullable): which folders are missed
 */
char *
paddock_library_notices_dup_folders (PaddockLibraryIndex *index)
{
  const PaddockScannedRoot *root = NULL;
  guint missed = count (index, &root);
  g_autofree char *name = missed == 1 ? paddock_model_words_dup_file_name (root->path) : NULL;

  if (missed == 0)
    return NULL;
  if (missed > 1)
    return g_strdup_printf (ngettext ("%u folder could not be looked into", "%u folders could not be looked into", missed),
                            missed);
  if (root->state == PADDOCK_ROOT_OFFLINE)
    /* Translators: %s is the name of a folder. */
    return g_strdup_printf (_("“%s” is not there. Connect the drive that it is on, and its models return."), name);
  /* Translators: %s is the name of a folder. */
  return g_strdup_printf (_("“%s” cannot be read. Allow it to be read, or remove it from the library."), name);
}

/**
 * paddock_library_notices_show_folders:
 * @banner: where to say it
 * @index: a library
 */
void
paddock_library_notices_show_folders (AdwBanner *banner, PaddockLibraryIndex *index)
{
  g_autofree char *text = paddock_library_notices_dup_folders (index);

  if (text != NULL)
    adw_banner_set_title (banner, text);
  adw_banner_set_revealed (banner, text != NULL);
}

/**
 * paddock_library_notices_describe:
 * @page: what is shown in the place of the library
 * @error: (nullable): why
 *
 * Settings that nobody understands are left alone, so the person has to know which file it is, and what to do with it.
 */
void
paddock_library_notices_describe (AdwStatusPage *page, const GError *error)
{
  g_autofree char *message = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (!g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID))
    {
      paddock_problem_words_describe (page, error);
      return;
    }
  message = paddock_units_escape (error->message, -1, MESSAGE_CHARS);
  /* Translators: %s is the path of a file, and what is wrong in it, perhaps in English. */
  text = g_strdup_printf (_("Its settings cannot be understood, and are left as they are. Correct the file or move it away, "
                            "and the library returns by itself.\n\n%s"),
                          message);
  markup = g_markup_escape_text (text, -1);
  adw_status_page_set_description (page, markup);
}
