/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For "bash", "zsh" or "fish", made from the table of commands; NULL for another shell. */
char *paddock_shell_completion_generate (const char *shell);

G_END_DECLS
