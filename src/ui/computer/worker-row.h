/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A computer that lends its memory: where it is, how much it lends, and whether it answers, which is asked at once. */
#define PADDOCK_TYPE_WORKER_ROW (paddock_worker_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockWorkerRow, paddock_worker_row, PADDOCK, WORKER_ROW, AdwActionRow)

GtkWidget *paddock_worker_row_new (const char *address, guint64 bytes);

G_END_DECLS
