/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/file-choice.h"

#include "widgets/model-filter.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *near;
  PaddockFileChoiceFunc take;
  gpointer data;
  GDestroyNotify destroy;
} Asked;

static Asked *
asked_new (GtkWidget *near, PaddockFileChoiceFunc take, gpointer data, GDestroyNotify destroy)
{
  Asked *self = g_new0 (Asked, 1);

  self->near = g_object_ref (near);
  self->take = take;
  self->data = data;
  self->destroy = destroy;
  return self;
}

static void
asked_free (Asked *self)
{
  g_object_unref (self->near);
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

/* A list, an error worth showing, or the person's decision to choose nothing. */
static void
answer (Asked *self, GListModel *chosen, const GError *error)
{
  if (chosen == NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    paddock_undo_toast_say (self->near, error->message);
  else if (chosen != NULL && g_list_model_get_n_items (chosen) > 0)
    self->take (chosen, self->data);
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  answer (self, files, error);
}

static void
on_folders (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) folders =
    gtk_file_dialog_select_multiple_folders_finish (GTK_FILE_DIALOG (source), result, &error);

  answer (self, folders, error);
}

static GtkFileDialog *
create_dialog (const char *title, const char *accept)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  if (accept != NULL)
    gtk_file_dialog_set_accept_label (dialog, accept);
  return dialog;
}

static GtkWindow *
get_window (GtkWidget *near)
{
  GtkRoot *root = gtk_widget_get_root (near);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/**
 * paddock_file_choice_ask_models:
 * @near: a widget of the window
 * @title: what the choice is for
 * @accept: (nullable): what the button says
 * @take: (scope notified): gets the files
 * @data: for @take
 * @destroy: (nullable): frees @data
 *
 * Offers models first, though what they are called is no rule.
 */
void
paddock_file_choice_ask_models (GtkWidget *near, const char *title, const char *accept, PaddockFileChoiceFunc take,
                                gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GtkFileDialog) dialog = create_dialog (title, accept);
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) models = paddock_model_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, models);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, get_window (near), NULL, on_files, asked_new (near, take, data, destroy));
}

/**
 * paddock_file_choice_ask_folders:
 * @near: a widget of the window
 * @title: what the choice is for
 * @accept: (nullable): what the button says
 * @take: (scope notified): gets the folders
 * @data: for @take
 * @destroy: (nullable): frees @data
 */
void
paddock_file_choice_ask_folders (GtkWidget *near, const char *title, const char *accept, PaddockFileChoiceFunc take,
                                 gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GtkFileDialog) dialog = create_dialog (title, accept);

  gtk_file_dialog_select_multiple_folders (dialog, get_window (near), NULL, on_folders,
                                           asked_new (near, take, data, destroy));
}
