/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command-options.h"

#include "command-table.h"
#include "output.h"
#include "text-wrap.h"

#include <glib/gi18n.h>
#include <string.h>

static const GOptionEntry common_entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Answer with a JSON document"), NULL },
  { "verbose", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Say more on standard error"), NULL },
  { "help", 'h', 0, G_OPTION_ARG_NONE, NULL, N_ ("Show this help"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry program_entries[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
  { "generate", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, NULL, NULL, "KIND" },
  G_OPTION_ENTRY_NULL
};

/**
 * paddock_command_options_get_common:
 *
 * Returns: (transfer none): the options of every command, ended by an empty entry
 */
const GOptionEntry *
paddock_command_options_get_common (void)
{
  return common_entries;
}

/**
 * paddock_command_options_clear:
 * @self: options
 */
void
paddock_command_options_clear (PaddockCommandOptions *self)
{
  g_clear_pointer (&self->generate, g_free);
  g_clear_pointer (&self->rest, g_strfreev);
}

/* What follows the name of a command in it is for that command to read. */
static gboolean
is_group (const PaddockCommand *command)
{
  return command == NULL || command->group != NULL;
}

static GOptionContext *
make_context (PaddockCommandOptions *self, const PaddockCommand *command)
{
  GOptionContext *context = g_option_context_new (command != NULL ? command->paths : _("COMMAND"));
  GOptionEntry common[G_N_ELEMENTS (common_entries)];
  GOptionEntry program[G_N_ELEMENTS (program_entries)];

  memcpy (common, common_entries, sizeof common);
  common[0].arg_data = &self->json;
  common[1].arg_data = &self->verbose;
  common[2].arg_data = &self->help;
  memcpy (program, program_entries, sizeof program);
  program[0].arg_data = &self->version;
  program[1].arg_data = &self->generate;

  /* Its own help option would leave the program by itself. */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, is_group (command));
  if (command != NULL)
    g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (command == NULL)
    g_option_context_add_main_entries (context, program, GETTEXT_PACKAGE);
  return context;
}

/* Everything after "--" is a path, whatever it looks like. */
static guint
count_options (char **arguments)
{
  guint count = 0;

  while (arguments[count] != NULL && !g_str_equal (arguments[count], "--"))
    count++;
  return count;
}

static gboolean
is_minus_word (const PaddockCommand *command, const char *argument)
{
  return command != NULL && command->minus_words && argument[0] == '-' && argument[1] != '-' && argument[1] != '\0' &&
         !g_str_equal (argument, "-h");
}

/* "--json=no" would be taken for "--json". */
static const char *
find_needless_value (const GOptionEntry *entries, char **arguments, guint n_arguments)
{
  for (guint i = 0; i < n_arguments; i++)
    {
      const char *equals = strchr (arguments[i], '=');

      if (equals == NULL || !g_str_has_prefix (arguments[i], "--"))
        continue;
      for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
        if (entry->arg == G_OPTION_ARG_NONE && strlen (entry->long_name) == (gsize) (equals - arguments[i] - 2)
            && g_str_has_prefix (arguments[i] + 2, entry->long_name))
          return arguments[i];
    }
  return NULL;
}

/**
 * paddock_command_options_parse:
 * @self: (out caller-allocates): what is found; set to nothing before
 * @command: (nullable): the command, %NULL for what stands before its name
 * @arguments: (array zero-terminated=1): what follows the program's name or the command's name
 *
 * Returns: whether the arguments are right; if not, that has been said on standard error
 */
gboolean
paddock_command_options_parse (PaddockCommandOptions *self, const PaddockCommand *command, char **arguments)
{
  g_autoptr (GOptionContext) context = make_context (self, command);
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) options = g_strv_builder_new ();
  g_auto (GStrv) parsed = NULL;
  guint n_options = count_options (arguments);
  const char *needless = find_needless_value (common_entries, arguments, n_options);

  if (needless == NULL)
    needless = find_needless_value (command != NULL ? command->options : program_entries, arguments, n_options);
  if (needless != NULL)
    {
      paddock_output_complain (_("This option takes no value"), needless);
      return FALSE;
    }

  /* The parser expects the program's name first. */
  g_strv_builder_add (options, "paddockctl");
  for (guint i = 0; i < n_options; i++)
    if (!is_minus_word (command, arguments[i]))
      g_strv_builder_add (options, arguments[i]);
  parsed = g_strv_builder_end (options);

  if (!g_option_context_parse_strv (context, &parsed, &error))
    {
      paddock_output_complain (error->message, command != NULL ? command->name : _("see paddockctl --help"));
      return FALSE;
    }

  for (guint i = 1; parsed[i] != NULL; i++)
    g_strv_builder_add (rest, parsed[i]);
  if (arguments[n_options] != NULL)
    for (char **path = arguments + n_options + (is_group (command) ? 0 : 1); *path != NULL; path++)
      g_strv_builder_add (rest, *path);
  for (guint i = 0; i < n_options; i++)
    if (is_minus_word (command, arguments[i]))
      g_strv_builder_add (rest, arguments[i]);
  self->rest = g_strv_builder_end (rest);
  return TRUE;
}

static void
append_command (GString *text, const PaddockCommand *command)
{
  g_string_append_printf (text, "\n  %-14s  %s", paddock_command_table_get_word (command), _(command->summary));
}

static char *
describe_commands (void)
{
  g_autoptr (GString) text = g_string_new (_("Commands:"));

  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    append_command (text, paddock_command_table_get (i));
  g_string_append_printf (text, "\n\n%s", _("“paddockctl COMMAND --help” tells more about a command."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_command (const PaddockCommand *command)
{
  guint width = paddock_output_get_width ();
  g_autofree char *description = paddock_text_wrap (_(command->description), width > 0 ? MIN (width, 80) : 80, "");
  g_autoptr (GString) text = g_string_new (description);

  if (command->group != NULL)
    {
      g_string_append_printf (text, "\n\n%s", _("Commands:"));
      for (const PaddockCommand *const *one = command->group; *one != NULL; one++)
        append_command (text, *one);
    }
  g_string_append_printf (text, "\n\n%s", _("Examples:"));
  for (const char *const *example = command->examples; *example != NULL; example++)
    g_string_append_printf (text, "\n  %s", *example);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_command_options_get_help:
 * @command: (nullable): a command, %NULL for the program
 *
 * Returns: (transfer full): the help, for a person
 */
char *
paddock_command_options_get_help (const PaddockCommand *command)
{
  PaddockCommandOptions unused = { FALSE };
  g_autoptr (GOptionContext) context = make_context (&unused, command);
  g_autofree char *description = command != NULL ? describe_command (command) : describe_commands ();
  g_autofree char *name = command != NULL ? g_strconcat ("paddockctl ", command->name, NULL) : g_strdup ("paddockctl");

  g_set_prgname (name);
  g_option_context_set_summary (context, command != NULL ? _(command->summary)
                                                         : _("Keep, check and understand local language models."));
  g_option_context_set_description (context, description);
  return g_option_context_get_help (context, TRUE, NULL);
}
