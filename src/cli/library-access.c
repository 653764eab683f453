/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-access.h"

#include "awaiter.h"
#include "interruption.h"
#include "output.h"

#include <glib/gi18n.h>

#define MAX_CANDIDATES 8

/* FALSE, and what to exit with. */
static gboolean
fail (const GError *error, int *status)
{
  int interrupted = paddock_interruption_get_status ();

  *status = interrupted != 0 ? interrupted : PADDOCK_EXIT_NO;
  if (interrupted == 0)
    paddock_output_complain (error->message, _("library"));
  return FALSE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer library)
{
  paddock_library_stop (library);
}

static gboolean
start (PaddockLibrary *library, int *status)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;

  g_signal_connect_object (paddock_awaiter_get_cancellable (awaiter), "cancelled", G_CALLBACK (on_cancelled), library,
                           G_CONNECT_DEFAULT);
  paddock_library_start_async (library, FALSE, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished,
                               awaiter);
  return paddock_library_start_finish (library, paddock_awaiter_wait (awaiter), &error) || fail (error, status);
}

/**
 * paddock_library_access_open:
 * @follow: (nullable): told how many files were met so far
 * @user_data: for @follow
 * @status: (out): what to exit with, if there is no library
 *
 * Returns: (transfer full) (nullable): the library, as the disk is now
 */
PaddockLibrary *
paddock_library_access_open (PaddockLibraryFollow follow, gpointer user_data, int *status)
{
  g_autoptr (PaddockLibrary) library = paddock_library_new (NULL);
  gboolean started;

  if (follow != NULL)
    g_signal_connect (library, "scanned", G_CALLBACK (follow), user_data);
  started = start (library, status);
  if (follow != NULL)
    g_signal_handlers_disconnect_by_func (library, follow, user_data);
  return started ? g_steal_pointer (&library) : NULL;
}

static void
complain_of_many (GPtrArray *found, const char *text)
{
  g_autoptr (GString) what = g_string_new (_("Several models may be meant:"));

  for (guint i = 0; i < MIN (found->len, MAX_CANDIDATES); i++)
    g_string_append_printf (what, "%s %s", i > 0 ? "," : "", ((PaddockLibraryEntry *) g_ptr_array_index (found, i))->id);
  if (found->len > MAX_CANDIDATES)
    g_string_append (what, ", …");
  paddock_output_complain (what->str, text);
}

/**
 * paddock_library_access_find:
 * @library: the library
 * @text: what the person typed
 *
 * Returns: (transfer none) (nullable): the model that they mean
 */
PaddockLibraryEntry *
paddock_library_access_find (PaddockLibrary *library, const char *text)
{
  g_autoptr (GPtrArray) found = paddock_library_index_list_matches (paddock_library_get_index (library), text);

  if (found->len == 1)
    return g_ptr_array_index (found, 0);
  if (found->len == 0)
    paddock_output_complain (_("There is no such model in the library"), text);
  else
    complain_of_many (found, text);
  return NULL;
}

/**
 * paddock_library_access_find_ids:
 * @library: the library
 * @arguments: what the person typed
 *
 * Returns: (transfer container) (nullable) (element-type utf8): of the models that they mean, each once and %NULL at the end
 */
GPtrArray *
paddock_library_access_find_ids (PaddockLibrary *library, const PaddockArguments *arguments)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_null_terminated (arguments->n_paths, NULL, TRUE);

  for (guint i = 0; i < arguments->n_paths; i++)
    {
      PaddockLibraryEntry *entry = paddock_library_access_find (library, arguments->paths[i]);

      if (entry == NULL)
        return NULL;
      if (!g_ptr_array_find (ids, entry->id, NULL))
        g_ptr_array_add (ids, entry->id);
    }
  return g_steal_pointer (&ids);
}

/**
 * paddock_library_access_change:
 * @library: the library
 * @id: of a model
 * @change: what is to be done with its record
 * @data: for @change; it lives until this returns
 * @status: (out): what to exit with, if it failed
 *
 * A person’s edit is not broken off: it takes a moment.
 *
 * Returns: whether it is on the disk and in the library
 */
gboolean
paddock_library_access_change (PaddockLibrary *library, const char *id, PaddockRecordChange change, gpointer data,
                               int *status)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;

  paddock_library_change_async (library, id, change, data, NULL, paddock_awaiter_finished, awaiter);
  return paddock_library_change_finish (library, paddock_awaiter_wait (awaiter), &error) || fail (error, status);
}

/**
 * paddock_library_access_set_settings:
 * @library: the library
 * @settings: what the person wants
 * @status: (out): what to exit with, if it failed
 *
 * Returns: whether they are on the disk and took effect
 */
gboolean
paddock_library_access_set_settings (PaddockLibrary *library, const PaddockLibrarySettings *settings, int *status)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;

  paddock_library_set_settings_async (library, settings, paddock_awaiter_finished, awaiter);
  return paddock_library_set_settings_finish (library, paddock_awaiter_wait (awaiter), &error) || fail (error, status);
}

/**
 * paddock_library_access_rescan:
 * @library: the library
 * @status: (out): what to exit with, if it failed
 *
 * Returns: whether the library is as the disk is now
 */
gboolean
paddock_library_access_rescan (PaddockLibrary *library, int *status)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;

  paddock_library_rescan_async (library, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  return paddock_library_rescan_finish (library, paddock_awaiter_wait (awaiter), &error) || fail (error, status);
}

/**
 * paddock_library_access_read_text:
 * @argument: bytes
 *
 * Returns: (transfer full) (nullable): the same as UTF-8; if it is no text, that has been complained of
 */
char *
paddock_library_access_read_text (const char *argument)
{
  char *text = g_utf8_validate (argument, -1, NULL) ? g_strdup (argument) : g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);

  if (text == NULL)
    paddock_output_complain (_("This is no text"), argument);
  return text;
}
