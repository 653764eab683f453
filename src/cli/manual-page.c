/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manual-page.h"

#include "command-options.h"
#include "command-table.h"
#include "paddock-config.h"

#include <string.h>

/* A text as the formatter must get it: a backslash is its command character, a hyphen is not a minus, and a point or an
 * apostrophe at the start of a line would be a command. */
static void
append_text (GString *page, const char *text)
{
  for (; *text != '\0'; text++)
    switch (*text)
      {
      case '\\':
        g_string_append (page, "\\e");
        break;
      case '-':
        g_string_append (page, "\\-");
        break;
      case '.':
      case '\'':
        if (page->len == 0 || page->str[page->len - 1] == '\n')
          g_string_append (page, "\\&");
        g_string_append_c (page, *text);
        break;
      default:
        g_string_append_c (page, *text);
        break;
      }
}

static void
append_paragraphs (GString *page, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++)
    {
      if (paragraph != paragraphs)
        g_string_append (page, ".PP\n");
      append_text (page, *paragraph);
      g_string_append_c (page, '\n');
    }
}

static void
append_bold (GString *page, const char *text)
{
  g_string_append (page, "\\fB");
  append_text (page, text);
  g_string_append (page, "\\fR");
}

static void
append_options (GString *page, const GOptionEntry *entries)
{
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    {
      const char short_name[] = { '-', entry->short_name, '\0' };
      g_autofree char *long_name = g_strconcat ("--", entry->long_name, NULL);

      g_string_append (page, ".TP\n");
      if (entry->short_name != 0)
        {
          append_bold (page, short_name);
          g_string_append (page, ", ");
        }
      append_bold (page, long_name);
      if (entry->arg_description != NULL)
        {
          g_string_append (page, " \\fI");
          append_text (page, entry->arg_description);
          g_string_append (page, "\\fR");
        }
      g_string_append_c (page, '\n');
      append_text (page, entry->description);
      g_string_append_c (page, '\n');
    }
}

static void
append_command (GString *page, const PaddockCommand *command)
{
  g_string_append_printf (page, ".SS %s\n", command->name);
  append_bold (page, "paddockctl ");
  append_bold (page, command->name);
  g_string_append (page, " [\\fIOPTION\\fR]... \\fI");
  append_text (page, command->paths);
  g_string_append (page, "\\fR\n.PP\n");
  append_paragraphs (page, command->description);
  append_options (page, command->options);
  for (const PaddockCommand *const *one = command->group; one != NULL && *one != NULL; one++)
    append_command (page, *one);
}

static void
append_examples_of (GString *page, const PaddockCommand *command)
{
  for (const char *const *example = command->examples; *example != NULL; example++)
    {
      g_string_append (page, ".PP\n.nf\n");
      append_text (page, *example);
      g_string_append (page, "\n.fi\n");
    }
  for (const PaddockCommand *const *one = command->group; one != NULL && *one != NULL; one++)
    append_examples_of (page, *one);
}

static void
append_examples (GString *page)
{
  g_string_append (page, ".SH EXAMPLES\n");
  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    append_examples_of (page, paddock_command_table_get (i));
}

static void
append_statuses (GString *page)
{
  static const struct
  {
    int status;
    const char *meaning;
  } statuses[] = {
    { PADDOCK_EXIT_DONE, "It is done." },
    { PADDOCK_EXIT_NO, "The answer is no, or the work failed: a file that must not be used, a hash that differs, "
                       "a file that cannot be read." },
    { PADDOCK_EXIT_USAGE, "The command was used wrongly." },
    { PADDOCK_EXIT_INTERRUPTED, "It was interrupted, and has tidied up." },
  };

  g_string_append (page, ".SH EXIT STATUS\n");
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_string_append_printf (page, ".TP\n\\fB%d\\fR\n", statuses[i].status);
      append_text (page, statuses[i].meaning);
      g_string_append_c (page, '\n');
    }
}

/**
 * paddock_manual_page_generate:
 *
 * Returns: (transfer full): the manual page, in the language of man(7)
 */
char *
paddock_manual_page_generate (void)
{
  g_autoptr (GString) page = g_string_new (".TH PADDOCKCTL 1 \"\" \"Paddock " PADDOCK_VERSION "\" \"User Commands\"\n");

  g_string_append (page, ".SH NAME\npaddockctl \\- keep, check and understand local language models\n"
                         ".SH SYNOPSIS\n.nf\n");
  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    {
      const PaddockCommand *command = paddock_command_table_get (i);

      g_string_append_printf (page, "\\fBpaddockctl %s\\fR [\\fIOPTION\\fR]... \\fI%s\\fR\n", command->name,
                              command->paths);
    }
  g_string_append (page, "\\fBpaddockctl\\fR [\\fB\\-\\-help\\fR|\\fB\\-\\-version\\fR]\n.fi\n.SH DESCRIPTION\n");
  append_paragraphs (page, "Works on models in the GGUF format without a window: everything that Paddock can do for "
                           "somebody who does not look. It needs no display.\n\n"
                           "Answers are short texts in the person's language. With --json they are one JSON document "
                           "whose names stay the same from version to version; sizes are in bytes, and what is unknown "
                           "is null. Errors go to standard error as \"paddockctl: WHAT: WHERE\".\n\n"
                           "Options may stand before and after the paths; what follows \"--\" is a path.");
  g_string_append (page, ".SH OPTIONS\nThese are understood by every command.\n");
  append_options (page, paddock_command_options_get_common ());
  g_string_append (page, ".SH COMMANDS\n");
  for (guint i = 0; i < paddock_command_table_get_size (); i++)
    append_command (page, paddock_command_table_get (i));
  append_statuses (page);
  append_examples (page);
  g_string_append (page, ".SH SEE ALSO\n.BR sha256sum (1)\n");
  return g_string_free (g_steal_pointer (&page), FALSE);
}
