/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the program says. Texts are UTF-8 and leave in the locale's charset; nothing in them may come from a file or an
 * argument without paddock_units_escape(). */

void     paddock_output_open        (void);   /* before any file is opened */
gboolean paddock_output_close       (void);   /* FALSE: not everything arrived, which has been complained of */
void     paddock_output_set_verbose (gboolean verbose);

guint    paddock_output_get_width   (void);   /* columns of the terminal; 0: it is none, and no line is cut */

void     paddock_output_text        (const char *text);
void     paddock_output_line        (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* On standard error: "paddockctl: WHAT: WHERE". Both are escaped here. */
void     paddock_output_complain    (const char *what, const char *where);
void     paddock_output_complain_of (const GError *error, const char *path);
/* On standard error, when the person asked for more. */
void     paddock_output_note        (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* On standard error at once, as it is: for what moves on a terminal. */
void     paddock_output_status      (const char *text);

G_END_DECLS
