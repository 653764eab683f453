/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-draft.h"

G_BEGIN_DECLS

/* Files of the system, read below a root that is "/" for this computer and a directory for any other one. Paths are
 * written as on that computer: "/proc/meminfo". What is no regular file counts as missing, and what is too long is cut. */

/* This computer, and not the tree of another: only then may anything but files be asked. */
gboolean paddock_hardware_root_is_live (const char *root);

char    *paddock_hardware_file_build  (const char *root, const char *path);
gboolean paddock_hardware_file_exists (const char *root, const char *path);   /* of any kind */
/* The whole text; NULL: it cannot be read. It may hold any bytes. */
char    *paddock_hardware_file_read   (const char *root, const char *path);
/* The first line without the blanks around it, as valid UTF-8 without control characters; NULL: missing or empty. */
char    *paddock_hardware_file_read_line (const char *root, const char *path);
/* The last part of what a link points to ("amdgpu" of "../../bus/pci/drivers/amdgpu"); NULL: it is no link. */
char    *paddock_hardware_file_read_link (const char *root, const char *path);
/* Names in a directory that begin with @prefix, sorted as numbers where they end in some; never NULL. */
char   **paddock_hardware_file_list   (const char *root, const char *path, const char *prefix);

/*
 * A decimal number alone in a file, times @unit; the file becomes its source. FALSE: there is no such file, or it says
 * "max", or nonsense, and then the draft gets a note.
 */
gboolean paddock_hardware_file_read_number (const char *root, const char *path, guint64 unit, PaddockHardwareNumber *number,
                                            PaddockHardwareDraft *draft);
/* The number behind a word at the start of a line ("MemTotal:  24684092 kB"); the source names file and word. */
gboolean paddock_hardware_file_find_number (const char *text, const char *path, const char *word, guint64 unit,
                                            PaddockHardwareNumber *number, PaddockHardwareDraft *draft);

G_END_DECLS
