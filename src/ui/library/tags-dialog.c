/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/tags-dialog.h"

#include "base/units.h"
#include "library/batch-edits.h"
#include "library/entry-edits.h"
#include "library/filter-choices.h"

#include <glib/gi18n.h>

#define TAGS_SHOWN 100               /* the most frequent ones of the library */
#define TAG_CHARS 60

struct _PaddockTagsDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  GtkWidget *near;                   /* where it is told what happened */
  char **ids;
  GPtrArray *checks;                 /* GtkCheckButton, borrowed from the rows; each has its tag with it */

  /* Template */
  AdwWindowTitle *window_title;
  AdwEntryRow *added;
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (PaddockTagsDialog, paddock_tags_dialog, ADW_TYPE_DIALOG)

static const char *
get_tag (GtkCheckButton *check)
{
  return g_object_get_data (G_OBJECT (check), "paddock-tag");
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockTagsDialog *self = PADDOCK_TAGS_DIALOG (widget);
  g_auto (GStrv) typed = paddock_entry_edits_split_tags (gtk_editable_get_text (GTK_EDITABLE (self->added)));
  g_autoptr (GStrvBuilder) added = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) removed = g_strv_builder_new ();
  g_auto (GStrv) wanted = NULL;
  g_auto (GStrv) unwanted = NULL;

  g_strv_builder_addv (added, (const char **) typed);
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);

      if (g_object_get_data (G_OBJECT (check), "paddock-touched") != NULL)
        g_strv_builder_add (gtk_check_button_get_active (check) ? added : removed, get_tag (check));
    }
  wanted = g_strv_builder_end (added);
  unwanted = g_strv_builder_end (removed);
  if (*wanted != NULL || *unwanted != NULL)
    paddock_batch_edits_change_tags (self->library, self->near, (const char *const *) self->ids,
                                     (const char *const *) wanted, (const char *const *) unwanted);
  adw_dialog_close (ADW_DIALOG (self));
}

/* What some of them have is kept by those and not given to the others, until somebody says which. */
static void
on_toggled (GtkCheckButton *check)
{
  gtk_check_button_set_inconsistent (check, FALSE);
  g_object_set_data (G_OBJECT (check), "paddock-touched", check);
}

static guint
count_tagged (GPtrArray *entries, const char *tag)
{
  guint count = 0;

  for (guint i = 0; i < entries->len; i++)
    if (g_strv_contains ((const char *const *) ((PaddockLibraryEntry *) g_ptr_array_index (entries, i))->record->tags, tag))
      count++;
  return count;
}

static void
add_row (PaddockTagsDialog *self, GPtrArray *entries, const char *tag)
{
  guint count = count_tagged (entries, tag);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = paddock_units_escape (tag, -1, TAG_CHARS);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), count == entries->len);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check), count > 0 && count < entries->len);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (check), "paddock-tag", g_strdup (tag), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (count > 0 && count < entries->len)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("On %u of them", "On %u of them", count), count);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->checks, check);
}

static void
paddock_tags_dialog_dispose (GObject *object)
{
  PaddockTagsDialog *self = PADDOCK_TAGS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_TAGS_DIALOG);
  g_clear_object (&self->library);
  g_clear_object (&self->near);
  g_clear_pointer (&self->ids, g_strfreev);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_tags_dialog_parent_class)->dispose (object);
}

static void
paddock_tags_dialog_class_init (PaddockTagsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_tags_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/tags-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockTagsDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockTagsDialog, added);
  gtk_widget_class_bind_template_child (widget_class, PaddockTagsDialog, group);
  gtk_widget_class_install_action (widget_class, "tags.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "tags.save", NULL);
}

static void
paddock_tags_dialog_init (PaddockTagsDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_tags_dialog_new:
 * @library: the library
 * @entries: (element-type PaddockLibraryEntry): models of it
 * @near: a widget that outlasts the dialog
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
paddock_tags_dialog_new (PaddockLibrary *library, GPtrArray *entries, GtkWidget *near)
{
  PaddockTagsDialog *self = g_object_new (PADDOCK_TYPE_TAGS_DIALOG, NULL);
  g_autoptr (GPtrArray) tags = paddock_filter_choices_list (paddock_library_get_index (library), PADDOCK_FILTER_TAG);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%u model", "%u models", entries->len), entries->len);

  for (guint i = 0; i < entries->len; i++)
    g_strv_builder_add (ids, ((PaddockLibraryEntry *) g_ptr_array_index (entries, i))->id);
  self->ids = g_strv_builder_end (ids);
  self->library = g_object_ref (library);
  self->near = g_object_ref (near);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  for (guint i = 0; i < MIN (tags->len, TAGS_SHOWN); i++)
    add_row (self, entries, ((PaddockFilterChoice *) g_ptr_array_index (tags, i))->value);
  gtk_widget_set_visible (GTK_WIDGET (self->group), tags->len > 0);
  return ADW_DIALOG (self);
}
