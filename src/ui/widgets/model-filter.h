/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What dialogs for choosing files offer first: models, by their suffix. */
GtkFileFilter *paddock_model_filter_new (void);

G_END_DECLS
