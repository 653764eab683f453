/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-commands.h"

#include <glib/gi18n.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const examples[] = { "paddockctl hub search qwen3 8b", "paddockctl hub show unsloth/Qwen3-8B-GGUF", NULL };

static const PaddockCommand *const group[] = {
  &paddock_hub_search_command,
  &paddock_hub_show_command,
  &paddock_hub_files_command,
  &paddock_hub_updates_command,
  &paddock_hub_login_command,
  &paddock_hub_logout_command,
  &paddock_hub_whoami_command,
  NULL,
};

const PaddockCommand paddock_hub_command = {
  .name = "hub",
  .paths = N_ ("COMMAND"),
  .summary = N_ ("Look for models on Hugging Face"),
  .description = N_ ("Asks the hub, or the mirror of it that HF_ENDPOINT names. Repositories that are private, or whose "
                     "conditions have to be accepted, need a token: in HF_TOKEN, in the desktop’s keyring after “hub login”, or "
                     "where the hub’s own tools keep it. It is sent to the hub, and to no other server. What the hub says is kept "
                     "for when there is no network."),
  .examples = examples,
  .options = options,
  .group = group,
};
