/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Why something could not be done with the files of the library or what is kept about them, in the person's language: a
   clause that begins with a capital, without a full stop, escaped. */
char *paddock_problem_words_dup (const GError *error);
/* "The tags were not kept: There is no room left for it"; what is translated already. */
char *paddock_problem_words_dup_failure (const char *what, const GError *error);
/* The same, told where a widget is; who cancelled it is told nothing. */
void  paddock_problem_words_say      (GtkWidget *near, const char *what, const GError *error);
/* On a page for it; NULL: nothing is wrong. */
void  paddock_problem_words_describe (AdwStatusPage *page, const GError *error);

G_END_DECLS
