/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "directory.h"

G_BEGIN_DECLS

/*
 * A computer as a tree of the files by which its system tells about itself, from a text that a person can read:
 *
 *     # a remark
 *     /proc/sys/kernel/ostype: Linux                         a file of one line
 *     /proc/meminfo:                                         a file of several, which are indented by two blanks
 *       MemTotal:       16000000 kB
 *     /sys/class/drm/card0 -> ../../devices/pci0/drm/card0   a link
 *     /sys/class/net/                                        a directory
 *     /sys/devices/system/cpu/cpu{0-7}/topology/core_id: {/2}      eight files; {} is the number, {/2} half of it
 *     /sys/devices/system/cpu/cpu{0-6:2}/x: {}-{+1}          every second one
 *     /proc/cpuinfo {0-7}:                                   one file, and its lines eight times
 *       processor\t: {}
 *
 * In contents, \t \n \0 \\ and \xNN mean what they mean in C. A file of one line ends with a line break, unless the line
 * ends with \c. What is said of a file again takes the place of what was said before. A line "include NAME" stands for
 * another machine's text.
 */

/* The texts are data/machines/NAME.machine of the tests. The tree is a directory of @parent, whose path is returned. */
char  *test_machine_tree_unpack (TestDirectory *parent, const char *name);
/* The same from a text; a mistake in it is an error. */
gboolean test_machine_tree_write (const char *root, const char *text, GError **error);
/* The names of all machines, sorted. */
char **test_machine_tree_list   (void);

G_END_DECLS
