/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command.h"

G_BEGIN_DECLS

/* Those of the group "hub". */
extern const PaddockCommand paddock_hub_search_command;
extern const PaddockCommand paddock_hub_show_command;
extern const PaddockCommand paddock_hub_files_command;
extern const PaddockCommand paddock_hub_updates_command;
extern const PaddockCommand paddock_hub_login_command;
extern const PaddockCommand paddock_hub_logout_command;
extern const PaddockCommand paddock_hub_whoami_command;

G_END_DECLS
