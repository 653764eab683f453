/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/problem-words.h"

#include "base/units.h"
#include "library-error.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

#define MESSAGE_CHARS 300
#define NO_CODE (-1)

/* What the system says of files in other words. */
static int
code_of_system (int code)
{
  static const struct
  {
    GIOErrorEnum system;
    PaddockLibraryError code;
  } codes[] = {
    { G_IO_ERROR_NOT_FOUND, PADDOCK_LIBRARY_ERROR_NOT_FOUND },
    { G_IO_ERROR_NOT_DIRECTORY, PADDOCK_LIBRARY_ERROR_NOT_FOUND },
    { G_IO_ERROR_NOT_MOUNTED, PADDOCK_LIBRARY_ERROR_NOT_FOUND },
    { G_IO_ERROR_EXISTS, PADDOCK_LIBRARY_ERROR_EXISTS },
    { G_IO_ERROR_NOT_EMPTY, PADDOCK_LIBRARY_ERROR_EXISTS },
    { G_IO_ERROR_NO_SPACE, PADDOCK_LIBRARY_ERROR_NO_SPACE },
    { G_IO_ERROR_PERMISSION_DENIED, PADDOCK_LIBRARY_ERROR_PERMISSION },
    { G_IO_ERROR_READ_ONLY, PADDOCK_LIBRARY_ERROR_READ_ONLY },
    { G_IO_ERROR_FILENAME_TOO_LONG, PADDOCK_LIBRARY_ERROR_INVALID },
    { G_IO_ERROR_INVALID_FILENAME, PADDOCK_LIBRARY_ERROR_INVALID },
    { G_IO_ERROR_TOO_MANY_LINKS, PADDOCK_LIBRARY_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if ((int) codes[i].system == code)
      return codes[i].code;
  return NO_CODE;
}

static int
code_of (const GError *error)
{
  if (error->domain == PADDOCK_LIBRARY_ERROR)
    return error->code;
  return error->domain == G_IO_ERROR ? code_of_system (error->code) : NO_CODE;
}

static const char *
get_sentence (int code)
{
  switch (code)
    {
    case PADDOCK_LIBRARY_ERROR_NOT_FOUND:
      return _("It is not there");
    case PADDOCK_LIBRARY_ERROR_EXISTS:
      return _("There is something of that name already");
    case PADDOCK_LIBRARY_ERROR_NO_SPACE:
      return _("There is no room left for it");
    case PADDOCK_LIBRARY_ERROR_PERMISSION:
      return _("Reading or writing it is not allowed");
    case PADDOCK_LIBRARY_ERROR_READ_ONLY:
      return _("Nothing can be changed where it is");
    case PADDOCK_LIBRARY_ERROR_NOT_A_MODEL:
      return _("It is damaged, or no model");
    case PADDOCK_LIBRARY_ERROR_CHANGED:
      return _("It has changed meanwhile");
    case PADDOCK_LIBRARY_ERROR_INVALID:
      return _("It is not what is needed here");
    case PADDOCK_LIBRARY_ERROR_NEWER:
      return _("A newer version of Paddock wrote it, and this one leaves it as it is");
    case PADDOCK_LIBRARY_ERROR_FOREIGN:
      return _("It belongs to another program");
    case PADDOCK_LIBRARY_ERROR_DIFFERENT:
      return _("Its bytes are not those of the original");
    default:
      return NULL;
    }
}

/**
 * paddock_problem_words_dup:
 * @error: what went wrong
 *
 * Where nothing is known of it but what the system said, that has to do.
 *
 * Returns: (transfer full): why it could not be done
 */
char *
paddock_problem_words_dup (const GError *error)
{
  int code = code_of (error);
  const char *sentence = get_sentence (code);
  g_autofree char *message = paddock_units_escape (error->message, -1, MESSAGE_CHARS);

  if (sentence != NULL)
    return g_strdup (sentence);
  if (code == PADDOCK_LIBRARY_ERROR_FAILED)
    /* Translators: %s is what the system said, perhaps in English. */
    return g_strdup_printf (_("The system refused it (%s)"), message);
  return g_steal_pointer (&message);
}

/**
 * paddock_problem_words_dup_failure:
 * @what: what did not become of it, translated
 * @error: what went wrong
 *
 * Returns: (transfer full): both
 */
char *
paddock_problem_words_dup_failure (const char *what, const GError *error)
{
  g_autofree char *reason = paddock_problem_words_dup (error);

  /* Translators: what could not be done, and why: "The folder was not added: It is not there" */
  return g_strdup_printf (_("%s: %s"), what, reason);
}

/**
 * paddock_problem_words_say:
 * @near: a widget
 * @what: what did not become of it, translated
 * @error: what went wrong, or how the person ended it
 */
void
paddock_problem_words_say (GtkWidget *near, const char *what, const GError *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  text = paddock_problem_words_dup_failure (what, error);
  paddock_undo_toast_say (near, text);
}

/**
 * paddock_problem_words_describe:
 * @page: what is shown instead of what could not be had
 * @error: (nullable): what went wrong
 */
void
paddock_problem_words_describe (AdwStatusPage *page, const GError *error)
{
  g_autofree char *text = error != NULL ? paddock_problem_words_dup (error) : g_strdup ("");
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_description (page, markup);
}
