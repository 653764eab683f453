/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command-options.h"
#include "command-table.h"
#include "interruption.h"
#include "manual-page.h"
#include "output.h"
#include "paddock-config.h"
#include "shell-completion.h"
#include "base/translations.h"
#include "kernels/kernel-dispatch.h"

#include <glib/gi18n.h>

static int
usage_error (const char *what, const char *where)
{
  paddock_output_complain (what, where);
  return PADDOCK_EXIT_USAGE;
}

static int run_command (const PaddockCommand *command, const PaddockCommandOptions *before, char **arguments);

static int
show_help (const PaddockCommand *command)
{
  g_autofree char *help = paddock_command_options_get_help (command);

  paddock_output_text (help);
  return PADDOCK_EXIT_DONE;
}

static int
generate (const char *kind)
{
  g_autofree char *text = NULL;

  if (g_str_equal (kind, "man"))
    text = paddock_manual_page_generate ();
  else
    text = paddock_shell_completion_generate (kind);
  if (text == NULL)
    return usage_error (_("There is nothing of that kind to generate"), kind);

  paddock_output_text (text);
  return PADDOCK_EXIT_DONE;
}

/* The library would quietly go without what it does not know. */
static gboolean
check_environment (void)
{
  const char *list = g_getenv ("PADDOCK_KERNELS");
  g_autofree char *unknown = NULL;
  guint mask;

  if (list == NULL || paddock_kernel_isa_parse_list (list, &mask, &unknown))
    return TRUE;
  paddock_output_complain (_("PADDOCK_KERNELS names an instruction set that there is not"), unknown);
  return FALSE;
}

/* One of a group is run as if the group’s name were the program’s. */
static int
run_in_group (const PaddockCommand *group, const PaddockCommandOptions *options)
{
  const char *word = options->rest[0];
  const PaddockCommand *command = word != NULL ? paddock_command_table_find_in (group, word) : NULL;
  g_autofree char *where = NULL;

  if (command != NULL)
    return run_command (command, options, options->rest + 1);
  if (options->help)
    return show_help (group);
  if (word == NULL)
    {
      where = g_strdup_printf (_("see paddockctl %s --help"), group->name);
      return usage_error (_("A command is needed"), where);
    }
  where = g_strconcat (group->name, " ", word, NULL);
  return usage_error (_("There is no such command"), where);
}

static int
check_arguments (const PaddockCommand *command, const PaddockArguments *given)
{
  g_autofree char *wanted = g_strconcat (command->name, " ", command->paths, NULL);

  if (given->n_paths > command->max_paths)
    return usage_error (_("Too many arguments"), given->paths[command->max_paths]);
  if (given->n_paths > 0 || command->max_paths == 0 || command->paths_optional)
    return PADDOCK_EXIT_DONE;
  if (g_str_has_prefix (command->paths, "FILE"))
    return usage_error (_("A file is needed"), command->name);
  return usage_error (_("An argument is missing"), wanted);
}

static int
run_command (const PaddockCommand *command, const PaddockCommandOptions *before, char **arguments)
{
  g_auto (PaddockCommandOptions) options = { .json = before->json, .verbose = before->verbose, .help = before->help };
  PaddockArguments given;

  if (!paddock_command_options_parse (&options, command, arguments))
    return PADDOCK_EXIT_USAGE;
  if (command->group != NULL)
    return run_in_group (command, &options);
  if (options.help)
    return show_help (command);

  given.paths = options.rest;
  given.n_paths = g_strv_length (options.rest);
  given.json = options.json;
  if (check_arguments (command, &given) != PADDOCK_EXIT_DONE || !check_environment ())
    return PADDOCK_EXIT_USAGE;
  paddock_output_set_verbose (options.verbose);
  return command->run (&given);
}

static int
run (char **arguments)
{
  g_auto (PaddockCommandOptions) options = { FALSE };
  const PaddockCommand *command;

  if (!paddock_command_options_parse (&options, NULL, arguments))
    return PADDOCK_EXIT_USAGE;
  if (options.generate != NULL)
    return generate (options.generate);
  if (options.version)
    {
      paddock_output_line ("paddockctl %s", PADDOCK_VERSION);
      return PADDOCK_EXIT_DONE;
    }
  if (options.rest[0] == NULL)
    return options.help ? show_help (NULL) : usage_error (_("A command is needed"), _("see paddockctl --help"));

  command = paddock_command_table_find (options.rest[0]);
  if (command == NULL)
    return usage_error (_("There is no such command"), options.rest[0]);
  return run_command (command, &options, options.rest + 1);
}

int
main (int argc, char **argv)
{
  int status;

  paddock_output_open ();
  paddock_interruption_install ();
  paddock_translations_init ();
  g_set_prgname ("paddockctl");

  if (argc < 1)
    return PADDOCK_EXIT_USAGE;
  status = run (argv + 1);
  if (!paddock_output_close () && status == PADDOCK_EXIT_DONE)
    status = PADDOCK_EXIT_NO;
  return status;
}
