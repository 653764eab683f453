/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/import-dialog.h"

G_BEGIN_DECLS

/* Who imports: what the dialog is made of, and what is called (swapped, with the files) when there is nothing to ask. */
typedef struct
{
  PaddockLibrary *library;
  PaddockActivityList *activities;
  GSettings *settings;
  GtkWidget *near;
  void (*open) (gpointer data, GListModel *files);
  GObject *data;
} PaddockImportAsking;

/* All of it is borrowed; it lasts as long as it is needed. */
void paddock_import_asking_begin          (const PaddockImportAsking *asking, GListModel *files);
/* Lets the person choose first. */
void paddock_import_asking_choose_files   (const PaddockImportAsking *asking);
void paddock_import_asking_choose_folders (const PaddockImportAsking *asking);

/* The others are not on this computer. */
char **paddock_import_asking_list_paths    (GListModel *files);

G_END_DECLS
