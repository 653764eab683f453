/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What was chosen (element-type GFile): at least one. */
typedef void (*PaddockFileChoiceFunc) (GListModel *chosen, gpointer data);

/* Lets a person choose, over the window of a widget; why they could not is said there. accept: on the button; NULL: what is
   usual. The data are freed in any case. */
void paddock_file_choice_ask_models  (GtkWidget *near, const char *title, const char *accept, PaddockFileChoiceFunc take,
                                      gpointer data, GDestroyNotify destroy);
void paddock_file_choice_ask_folders (GtkWidget *near, const char *title, const char *accept, PaddockFileChoiceFunc take,
                                      gpointer data, GDestroyNotify destroy);

G_END_DECLS
