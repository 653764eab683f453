/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command.h"

G_BEGIN_DECLS

guint                 paddock_command_table_get_size (void);
const PaddockCommand *paddock_command_table_get      (guint position);
const PaddockCommand *paddock_command_table_find     (const char *name);   /* NULL: there is none of that name */
const char           *paddock_command_table_get_word (const PaddockCommand *command);   /* "list" of "library list" */
const PaddockCommand *paddock_command_table_find_in  (const PaddockCommand *group, const char *word);

G_END_DECLS
