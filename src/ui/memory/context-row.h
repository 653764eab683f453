/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_CONTEXT_ROW (paddock_context_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockContextRow, paddock_context_row, PADDOCK, CONTEXT_ROW, AdwPreferencesRow)

/* The most that the model has learnt, and the largest context that fits, 0 for none. */
void    paddock_context_row_set_range   (PaddockContextRow *self, guint32 most, guint32 largest);
void    paddock_context_row_set_context (PaddockContextRow *self, guint32 context);
guint32 paddock_context_row_get_context (PaddockContextRow *self);
void    paddock_context_row_set_problem (PaddockContextRow *self, const char *problem);   /* NULL: there is none */

G_END_DECLS
