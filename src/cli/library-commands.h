/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command.h"

G_BEGIN_DECLS

/* Those of the group "library", each in a file of its family. */
extern const PaddockCommand paddock_library_list_command;
extern const PaddockCommand paddock_library_scan_command;
extern const PaddockCommand paddock_library_add_command;
extern const PaddockCommand paddock_library_forget_command;
extern const PaddockCommand paddock_library_stores_command;
extern const PaddockCommand paddock_library_tag_command;
extern const PaddockCommand paddock_library_note_command;
extern const PaddockCommand paddock_library_nickname_command;
extern const PaddockCommand paddock_library_favourite_command;
extern const PaddockCommand paddock_library_use_command;
extern const PaddockCommand paddock_library_verify_command;
extern const PaddockCommand paddock_library_duplicates_command;
extern const PaddockCommand paddock_library_import_command;
extern const PaddockCommand paddock_library_remove_command;
extern const PaddockCommand paddock_library_cleanup_command;
extern const PaddockCommand paddock_library_move_command;
extern const PaddockCommand paddock_library_share_command;
extern const PaddockCommand paddock_library_export_command;
extern const PaddockCommand paddock_library_import_records_command;

G_END_DECLS
