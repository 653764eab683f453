/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command.h"

G_BEGIN_DECLS

/**
 * PaddockCommandOptions:
 *
 * What every command understands besides its own options, read before or after the command's name.
 */
typedef struct
{
  gboolean json;
  gboolean verbose;
  gboolean help;
  gboolean version;                  /* before the command only */
  char *generate;                    /* before the command only, hidden: for the build */

  GStrv rest;                        /* what is no option: from the command's name on, or the paths */
} PaddockCommandOptions;

/* command NULL: what stands before the command's name. FALSE has been complained of. */
gboolean paddock_command_options_parse (PaddockCommandOptions *self, const PaddockCommand *command, char **arguments);
void     paddock_command_options_clear (PaddockCommandOptions *self);

char               *paddock_command_options_get_help   (const PaddockCommand *command);   /* NULL: the program's */
const GOptionEntry *paddock_command_options_get_common (void);   /* for the manual page and the completions */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PaddockCommandOptions, paddock_command_options_clear)

G_END_DECLS
