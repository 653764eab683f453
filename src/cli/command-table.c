/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command-table.h"

#include <string.h>

static const PaddockCommand *const commands[] = {
  &paddock_inspect_command,
  &paddock_validate_command,
  &paddock_hash_command,
  &paddock_edit_command,
  &paddock_estimate_command,
  &paddock_stats_command,
  &paddock_dequantize_command,
  &paddock_kernels_command,
  &paddock_hardware_command,
  &paddock_library_command,
  &paddock_hub_command,
  &paddock_download_command,
};

/**
 * paddock_command_table_get_size:
 *
 * Returns: the number of commands
 */
guint
paddock_command_table_get_size (void)
{
  return G_N_ELEMENTS (commands);
}

/**
 * paddock_command_table_get:
 * @position: below paddock_command_table_get_size()
 *
 * Returns: (transfer none): a command, in the order in which the help lists them
 */
const PaddockCommand *
paddock_command_table_get (guint position)
{
  g_return_val_if_fail (position < G_N_ELEMENTS (commands), NULL);

  return commands[position];
}

/**
 * paddock_command_table_get_word:
 * @command: a command
 *
 * Returns: what a person types last to call it
 */
const char *
paddock_command_table_get_word (const PaddockCommand *command)
{
  const char *blank = strrchr (command->name, ' ');

  return blank != NULL ? blank + 1 : command->name;
}

/**
 * paddock_command_table_find_in:
 * @group: a command that is a group
 * @word: what the person typed after its name
 *
 * Returns: (transfer none) (nullable): the command that is meant
 */
const PaddockCommand *
paddock_command_table_find_in (const PaddockCommand *group, const char *word)
{
  for (const PaddockCommand *const *command = group->group; *command != NULL; command++)
    if (g_str_equal (paddock_command_table_get_word (*command), word))
      return *command;
  return NULL;
}

/**
 * paddock_command_table_find:
 * @name: what the person typed
 *
 * Returns: (transfer none) (nullable): the command of that name
 */
const PaddockCommand *
paddock_command_table_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];
  return NULL;
}
