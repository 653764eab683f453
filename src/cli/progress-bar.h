/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockProgressBar:
 *
 * One line on standard error that moves, if standard error is a terminal; else nothing at all.
 */
typedef struct _PaddockProgressBar PaddockProgressBar;

PaddockProgressBar *paddock_progress_bar_new  (const char *label);
void                paddock_progress_bar_free (PaddockProgressBar *self);   /* wipes the line */

/* A PaddockProgressFunc; its user data is the bar. */
void                paddock_progress_bar_update (guint64 done, guint64 total, gpointer self);
/* For work whose end nobody knows. */
void                paddock_progress_bar_show   (PaddockProgressBar *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockProgressBar, paddock_progress_bar_free)

G_END_DECLS
