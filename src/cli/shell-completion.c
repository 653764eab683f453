/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell-completion.h"

#include "command-options.h"
#include "command-table.h"

#include <string.h>

typedef void (*OptionFunc) (GString *script, const PaddockCommand *command, const GOptionEntry *entry);

/* The options of one command: its own ones and those of all. */
static void
for_each_option (GString *script, const PaddockCommand *command, OptionFunc append)
{
  for (const GOptionEntry *entry = command->options; entry->long_name != NULL; entry++)
    append (script, command, entry);
  for (const GOptionEntry *entry = paddock_command_options_get_common (); entry->long_name != NULL; entry++)
    append (script, command, entry);
}

static gboolean
takes_argument (const GOptionEntry *entry)
{
  return entry->arg_description != NULL;
}

static gboolean
takes_file (const GOptionEntry *entry)
{
  return takes_argument (entry) && g_str_equal (entry->arg_description, "FILE");
}

static void
append_words (GString *script, const PaddockCommand *group)
{
  for (const PaddockCommand *const *command = group->group; *command != NULL; command++)
    g_string_append_printf (script, "%s%s", command != group->group ? " " : "", paddock_command_table_get_word (*command));
}

static void
append_command_names (GString *script)
{
  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    g_string_append_printf (script, "%s%s", i > 0 ? " " : "", paddock_command_table_get (i)->name);
}

static void
append_bash_option (GString *script, const PaddockCommand *command, const GOptionEntry *entry)
{
  g_string_append_printf (script, " --%s", entry->long_name);
  if (entry->short_name != 0)
    g_string_append_printf (script, " -%c", entry->short_name);
}

/* After these, a word is expected that nobody can guess. */
static void
append_bash_argument (GString *script, const PaddockCommand *command, const GOptionEntry *entry)
{
  if (takes_argument (entry) && !takes_file (entry))
    g_string_append_printf (script, "    --%s) return ;;\n", entry->long_name);
}

/* The name of a group is followed by that of a command in it. */
static void
append_bash_groups (GString *script)
{
  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    if (paddock_command_table_get (i)->group != NULL)
      g_string_append_printf (script, "          %s) command=${COMP_WORDS[i]}; continue ;;\n",
                              paddock_command_table_get (i)->name);
}

static void
append_bash_command (GString *script, const PaddockCommand *command)
{
  g_string_append_printf (script, "    '%s') options='", command->name);
  if (command->group != NULL)
    append_words (script, command);
  for_each_option (script, command, append_bash_option);
  g_string_append_printf (script, "'%s ;;\n", command->group != NULL ? "; names=1" : "");
  for (const PaddockCommand *const *one = command->group; one != NULL && *one != NULL; one++)
    append_bash_command (script, *one);
}

static void
append_bash_arguments (GString *script, const PaddockCommand *command)
{
  for_each_option (script, command, append_bash_argument);
  for (const PaddockCommand *const *one = command->group; one != NULL && *one != NULL; one++)
    append_bash_arguments (script, *one);
}

static char *
generate_bash (void)
{
  g_autoptr (GString) script = g_string_new ("# Completion of paddockctl for bash.\n"
                                             "_paddockctl () {\n"
                                             "  local word=${COMP_WORDS[COMP_CWORD]} command= options names= i\n"
                                             "  local before=${COMP_WORDS[COMP_CWORD - 1]}\n"
                                             "  COMPREPLY=()\n"
                                             "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                                             "    case ${COMP_WORDS[i]} in\n"
                                             "      --) break ;;\n"
                                             "      -*) ;;\n"
                                             "      *)\n"
                                             "        case $command${COMP_WORDS[i]} in\n");

  append_bash_groups (script);
  g_string_append (script, "        esac\n"
                           "        command=${command:+$command }${COMP_WORDS[i]}\n"
                           "        break ;;\n"
                           "    esac\n"
                           "  done\n"
                           "  case $command in\n"
                           "    '') names=1 options='");
  append_command_names (script);
  g_string_append (script, " --json --verbose --help --version' ;;\n");
  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    append_bash_command (script, paddock_command_table_get (i));
  g_string_append (script, "  esac\n"
                           "  case $before in\n");
  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    append_bash_arguments (script, paddock_command_table_get (i));
  g_string_append (script, "  esac\n"
                           "  if [[ $word == -* || -n $names ]]; then\n"
                           "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
                           "  else\n"
                           "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
                           "  fi\n"
                           "}\n"
                           "complete -o filenames -F _paddockctl paddockctl\n");
  return g_string_free (g_steal_pointer (&script), FALSE);
}

/* A text between single quotes; brackets and colons would end a description in zsh. */
static char *
quote_for_zsh (const char *text)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (strchr ("[]:\\", *text) != NULL)
        g_string_append_c (quoted, '\\');
      if (*text == '\'')
        g_string_append (quoted, "'\\''");
      else
        g_string_append_c (quoted, *text);
    }
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static void
append_zsh_option (GString *script, const PaddockCommand *command, const GOptionEntry *entry)
{
  g_autofree char *description = quote_for_zsh (entry->description);
  const char *action = takes_file (entry) ? ":file:_files" : ":value:";

  g_string_append_printf (script, " \\\n        '*--%s[%s]%s'", entry->long_name, description,
                          takes_argument (entry) ? action : "");
}

static void append_zsh_command (GString *script, const PaddockCommand *command);

static void
append_zsh_name (GString *script, const PaddockCommand *command)
{
  g_autofree char *summary = quote_for_zsh (command->summary);

  g_string_append_printf (script, "    '%s:%s'\n", paddock_command_table_get_word (command), summary);
}

/* In a group, a second word says which command, as the first one does in the program. */
static void
append_zsh_group (GString *script, const PaddockCommand *group)
{
  g_string_append_printf (script, "      %s)\n        local -a group=(\n", group->name);
  for (const PaddockCommand *const *one = group->group; *one != NULL; one++)
    append_zsh_name (script, *one);
  g_string_append (script, "        )\n        _arguments -C");
  for_each_option (script, group, append_zsh_option);
  g_string_append (script, " \\\n        '1:command:->command' '*::argument:->argument'\n"
                           "        case $state in\n"
                           "          command) _describe command group ;;\n"
                           "          argument)\n"
                           "      case $words[1] in\n");
  for (const PaddockCommand *const *one = group->group; *one != NULL; one++)
    append_zsh_command (script, *one);
  g_string_append (script, "      esac\n"
                           "      ;;\n"
                           "        esac\n"
                           "        ;;\n");
}

static void
append_zsh_command (GString *script, const PaddockCommand *command)
{
  if (command->group != NULL)
    {
      append_zsh_group (script, command);
      return;
    }
  g_string_append_printf (script, "      %s)\n        _arguments", paddock_command_table_get_word (command));
  for_each_option (script, command, append_zsh_option);
  if (command->max_paths > 0)
    g_string_append_printf (script, " \\\n        '%s:file:_files'", command->max_paths == 1 ? "1" : "*");
  g_string_append (script, "\n        ;;\n");
}

static char *
generate_zsh (void)
{
  g_autoptr (GString) script = g_string_new ("#compdef paddockctl\n"
                                             "# Completion of paddockctl for zsh.\n"
                                             "_paddockctl () {\n"
                                             "  local context state line\n"
                                             "  local -a commands=(\n");

  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    append_zsh_name (script, paddock_command_table_get (i));
  g_string_append (script, "  )\n"
                           "  _arguments -C '--version[Show the version]' \\\n"
                           "    '(-h --help)'{-h,--help}'[Show this help]' \\\n"
                           "    '1:command:->command' '*::argument:->argument'\n"
                           "  case $state in\n"
                           "    command) _describe command commands ;;\n"
                           "    argument)\n"
                           "      case $words[1] in\n");
  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    append_zsh_command (script, paddock_command_table_get (i));
  g_string_append (script, "      esac\n"
                           "      ;;\n"
                           "  esac\n"
                           "}\n"
                           "_paddockctl \"$@\"\n");
  return g_string_free (g_steal_pointer (&script), FALSE);
}

static char *
quote_for_fish (const char *text)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '\'' || *text == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *text);
    }
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static void
append_fish_option (GString *script, const PaddockCommand *command, const GOptionEntry *entry)
{
  g_autofree char *description = quote_for_fish (entry->description);

  const char *blank = strchr (command->name, ' ');

  g_string_append (script, "complete -c paddockctl -n '__fish_seen_subcommand_from ");
  if (blank != NULL)
    g_string_append_printf (script, "%.*s; and __fish_seen_subcommand_from %s' -l %s", (int) (blank - command->name),
                            command->name, blank + 1, entry->long_name);
  else
    g_string_append_printf (script, "%s' -l %s", command->name, entry->long_name);
  if (entry->short_name != 0)
    g_string_append_printf (script, " -s %c", entry->short_name);
  if (takes_argument (entry))
    g_string_append (script, takes_file (entry) ? " -r -F" : " -x");
  g_string_append_printf (script, " -d '%s'\n", description);
}

static void
append_fish_group (GString *script, const PaddockCommand *group)
{
  for (const PaddockCommand *const *one = group->group; one != NULL && *one != NULL; one++)
    {
      g_autofree char *summary = quote_for_fish ((*one)->summary);

      g_string_append_printf (script, "complete -c paddockctl -n '__fish_seen_subcommand_from %s; and not "
                                      "__fish_seen_subcommand_from ",
                              group->name);
      append_words (script, group);
      g_string_append_printf (script, "' -f -a %s -d '%s'\n", paddock_command_table_get_word (*one), summary);
      for_each_option (script, *one, append_fish_option);
    }
}

static char *
generate_fish (void)
{
  g_autoptr (GString) script = g_string_new ("# Completion of paddockctl for fish.\n"
                                             "complete -c paddockctl -n __fish_use_subcommand -f\n"
                                             "complete -c paddockctl -n __fish_use_subcommand -l version"
                                             " -d 'Show the version'\n"
                                             "complete -c paddockctl -n __fish_use_subcommand -s h -l help"
                                             " -d 'Show this help'\n");

  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    {
      const PaddockCommand *command = paddock_command_table_get (i);
      g_autofree char *summary = quote_for_fish (command->summary);

      g_string_append_printf (script, "complete -c paddockctl -n __fish_use_subcommand -a %s -d '%s'\n", command->name,
                              summary);
      for_each_option (script, command, append_fish_option);
      append_fish_group (script, command);
    }
  return g_string_free (g_steal_pointer (&script), FALSE);
}

/**
 * paddock_shell_completion_generate:
 * @shell: its name
 *
 * Returns: (transfer full) (nullable): the script, or %NULL if the shell is another one
 */
char *
paddock_shell_completion_generate (const char *shell)
{
  if (g_str_equal (shell, "bash"))
    return generate_bash ();
  if (g_str_equal (shell, "zsh"))
    return generate_zsh ();
  if (g_str_equal (shell, "fish"))
    return generate_fish ();
  return NULL;
}
