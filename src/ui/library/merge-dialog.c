/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/merge-dialog.h"

#include "base/units.h"
#include "library/library-words.h"
#include "library/merge-activity.h"
#include "library/storage-words.h"

#include <glib/gi18n.h>

#define ROWS_AT_MOST 200             /* nobody reads more, and each is a widget */

struct _PaddockMergeDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockActivityList *activities;
  PaddockLibraryStorage *storage;

  /* Template */
  AdwPreferencesPage *page;
  AdwPreferencesGroup *reflink_group;
  AdwPreferencesGroup *link_group;
};

G_DEFINE_FINAL_TYPE (PaddockMergeDialog, paddock_merge_dialog, ADW_TYPE_DIALOG)

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *text, const char *size)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (size);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
}

static void
add_duplicate (PaddockMergeDialog *self, AdwPreferencesGroup *group, const PaddockDuplicate *duplicate)
{
  PaddockLibraryEntry *entry = paddock_library_index_find (paddock_library_get_index (self->library), duplicate->id);
  g_autofree char *title = entry != NULL ? paddock_library_words_dup_title (entry) : g_strdup (duplicate->id);
  g_autofree char *text = paddock_storage_words_dup_duplicate (duplicate);
  g_autofree char *size = paddock_units_format_size (duplicate->saves);

  add_row (group, title, text, size);
}

/* All that would be done in one way. */
static void
fill_group (PaddockMergeDialog *self, AdwPreferencesGroup *group, PaddockDuplicateWay way)
{
  guint count = 0;
  guint64 rest = 0;

  for (guint i = 0; i < self->storage->duplicates->len; i++)
    {
      const PaddockDuplicate *duplicate = g_ptr_array_index (self->storage->duplicates, i);

      if (duplicate->way != way)
        continue;
      if (count++ < ROWS_AT_MOST)
        add_duplicate (self, group, duplicate);
      else
        rest += duplicate->saves;
    }
  if (count > ROWS_AT_MOST)
    {
      guint more = count - ROWS_AT_MOST;
      g_autofree char *title = g_strdup_printf (ngettext ("%u More", "%u More", more), more);
      g_autofree char *size = paddock_units_format_size (rest);

      add_row (group, title, "", size);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), count > 0);
}

static void
run_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMergeDialog *self = PADDOCK_MERGE_DIALOG (widget);
  g_autoptr (PaddockActivity) activity = paddock_merge_activity_new (self->library, self->storage);

  paddock_activity_list_add (self->activities, activity);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
paddock_merge_dialog_dispose (GObject *object)
{
  PaddockMergeDialog *self = PADDOCK_MERGE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_MERGE_DIALOG);
  g_clear_object (&self->library);
  g_clear_object (&self->activities);
  g_clear_pointer (&self->storage, paddock_library_storage_unref);
  G_OBJECT_CLASS (paddock_merge_dialog_parent_class)->dispose (object);
}

static void
paddock_merge_dialog_class_init (PaddockMergeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_merge_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockMergeDialog, page);
  gtk_widget_class_bind_template_child (widget_class, PaddockMergeDialog, reflink_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockMergeDialog, link_group);
  gtk_widget_class_install_action (widget_class, "merge.run", NULL, run_action);
}

static void
paddock_merge_dialog_init (PaddockMergeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_merge_dialog_new:
 * @library: the library
 * @activities: where it is done
 * @storage: its duplicates
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
paddock_merge_dialog_new (PaddockLibrary *library, PaddockActivityList *activities, PaddockLibraryStorage *storage)
{
  PaddockMergeDialog *self = g_object_new (PADDOCK_TYPE_MERGE_DIALOG, NULL);
  g_autofree char *save = paddock_units_format_size (storage->duplicates_save);
  g_autofree char *text = g_strdup_printf (_("Saves %s. Every byte is compared first; files that differ stay as they are."), save);

  self->library = g_object_ref (library);
  self->activities = g_object_ref (activities);
  self->storage = paddock_library_storage_ref (storage);
  adw_preferences_page_set_description (self->page, text);
  fill_group (self, self->reflink_group, PADDOCK_DUPLICATE_REFLINK);
  fill_group (self, self->link_group, PADDOCK_DUPLICATE_HARD_LINK);
  return ADW_DIALOG (self);
}
