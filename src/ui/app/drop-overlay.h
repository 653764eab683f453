/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_DROP_OVERLAY (paddock_drop_overlay_get_type ())

G_DECLARE_FINAL_TYPE (PaddockDropOverlay, paddock_drop_overlay, PADDOCK, DROP_OVERLAY, GtkWidget)

GListModel *paddock_drop_overlay_dup_files (const GValue *value);

G_END_DECLS
