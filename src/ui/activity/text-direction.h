/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Numbers, sizes and times are often written in Latin letters. Among words that run from right to left each is to stay in
 * one piece, and the line must not take its direction from the first of them. From left to right nothing is changed.
 */
char *paddock_text_direction_isolate (char *part);   /* (transfer full): a part of a line */
char *paddock_text_direction_lead    (char *line);   /* (transfer full): a line that begins with such a part */

G_END_DECLS
