/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include <glib/gi18n.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const examples[] = {
  "paddockctl library add ~/models",
  "paddockctl library list",
  NULL
};

static const PaddockCommand *const group[] = {
  &paddock_library_list_command,           &paddock_library_scan_command,           &paddock_library_stores_command,
  &paddock_library_add_command,            &paddock_library_forget_command,         &paddock_library_import_command,
  &paddock_library_move_command,           &paddock_library_remove_command,         &paddock_library_tag_command,
  &paddock_library_note_command,           &paddock_library_nickname_command,       &paddock_library_favourite_command,
  &paddock_library_use_command,            &paddock_library_verify_command,         &paddock_library_duplicates_command,
  &paddock_library_cleanup_command,        &paddock_library_share_command,          &paddock_library_export_command,
  &paddock_library_import_records_command,
  NULL,
};

const PaddockCommand paddock_library_command = {
  .name = "library",
  .paths = N_ ("COMMAND"),
  .summary = N_ ("Keep all models of this computer in one list"),
  .description = N_ ("Works on the library: every model of this computer, wherever it is. MODEL is its title, "
                     "TITLE:QUANTIZATION, its identifier or the beginning of one, or the path of its file.\n\n"
                     "Only import, move, remove, cleanup and duplicates --merge touch files of models; what they remove goes "
                     "to the Trash. The stores of other programs are only read, unless you say otherwise with --foreign "
                     "or share."),
  .examples = examples,
  .options = options,
  .group = group,
};
