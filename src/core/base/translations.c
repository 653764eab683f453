/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/translations.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "paddock-config.h"

/**
 * paddock_translations_init:
 *
 * Makes the program speak the person's language; to be called first of all. `PADDOCK_LOCALE_DIR` in the environment
 * says where the translations are for programs that run from their build directory.
 */
void
paddock_translations_init (void)
{
  const char *directory = g_getenv ("PADDOCK_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : PADDOCK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
