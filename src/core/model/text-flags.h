/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is odd about a text from a file. */
typedef enum
{
  PADDOCK_TEXT_INVALID = 1 << 0,     /* not UTF-8 */
  PADDOCK_TEXT_NUL = 1 << 1,
  PADDOCK_TEXT_CONTROL = 1 << 2,     /* control characters other than tabs and line ends, and those that turn direction */
  PADDOCK_TEXT_LINES = 1 << 3,       /* tabs and line ends */
  PADDOCK_TEXT_INVISIBLE = 1 << 4,   /* characters without width; joiners, which emoji and some scripts need, are none */
  PADDOCK_TEXT_PATH = 1 << 5,        /* climbs directories or starts at the root */
  PADDOCK_TEXT_MARKUP = 1 << 6,
  PADDOCK_TEXT_PRINTF = 1 << 7,
  PADDOCK_TEXT_COMMAND = 1 << 8      /* `id`, $(id) */
} PaddockTextFlags;

/* The first five flags. */
PaddockTextFlags paddock_text_flags_scan        (const char *bytes, gsize length);
/* The others: what a short name has no reason to look like. */
PaddockTextFlags paddock_text_flags_scan_syntax (const char *bytes, gsize length);
/* For texts that may have any form but those that do something. */
PaddockTextFlags paddock_text_flags_scan_prose   (const char *bytes, gsize length);
PaddockTextFlags paddock_text_flags_scan_address (const char *bytes, gsize length);
const char      *paddock_text_flags_describe    (PaddockTextFlags syntax);   /* the first of them, in words */

G_END_DECLS
