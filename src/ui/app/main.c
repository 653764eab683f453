/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "paddock-config.h"

int
main (int argc, char **argv)
{
  g_autoptr (PaddockApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PADDOCK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = paddock_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
