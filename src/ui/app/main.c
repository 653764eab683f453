/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include <signal.h>
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
  /* A file that may not become as large as it has to is told by the call that writes it. */
  signal (SIGXFSZ, SIG_IGN);
  paddock_translations_init ();
  application = paddock_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
