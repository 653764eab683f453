/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_CONTEXT_CHART (paddock_context_chart_get_type ())
G_DECLARE_FINAL_TYPE (PaddockContextChart, paddock_context_chart, PADDOCK, CONTEXT_CHART, AdwBin)

GtkWidget *paddock_context_chart_new             (void);
/* Contexts in tokens, ascending, and the bytes that each needs. */
void       paddock_context_chart_set_curve       (PaddockContextChart *self, const guint64 *contexts, const guint64 *bytes,
                                                  guint count);
/* Bytes that are free, 0 if nobody knows; and the largest context for which that is enough, 0 for none. */
void       paddock_context_chart_set_room        (PaddockContextChart *self, guint64 available, guint64 largest);
void       paddock_context_chart_set_context     (PaddockContextChart *self, guint64 context, guint64 bytes);
void       paddock_context_chart_set_logarithmic (PaddockContextChart *self, gboolean logarithmic);
/* The same as a table, in a dialog. */
void       paddock_context_chart_show_table      (PaddockContextChart *self);

G_END_DECLS
