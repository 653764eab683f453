/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include <sys/resource.h>

#include "base/translations.h"

/* An open model is an open file, and people have folders with more of them than the usual soft limit. */
static void
allow_many_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

int
main (int argc, char **argv)
{
  g_autoptr (PaddockApplication) application = NULL;

  allow_many_files ();
  paddock_translations_init ();
  application = paddock_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
