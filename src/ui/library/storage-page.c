/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/storage-page.h"

#include "base/units.h"
#include "charts/chart-table-dialog.h"
#include "charts/stacked-bar.h"
#include "library-storage.h"
#include "library/cleanup-dialog.h"
#include "library/library-words.h"
#include "library/merge-dialog.h"
#include "library/own-limit-group.h"
#include "library/problem-words.h"
#include "library/removal-flow.h"
#include "library/removal-words.h"
#include "library/storage-words.h"
#include "widgets/lasting-dialog.h"
#include "widgets/plain-row.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 250
#define ROWS_AT_ONCE 5
#define ROWS_AT_MOST 200             /* nobody reads more, and each is a widget */

struct _PaddockStoragePage
{
  AdwNavigationPage parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockActivityList *activities;
  PaddockLibraryStorage *storage;    /* what is shown; NULL until it is known */
  GCancellable *cancellable;
  GHashTable *rows;                  /* group -> GPtrArray of its rows, which the group has */
  guint patience_source;

  gboolean loading, stale;           /* stale: the library is another one since that began */

  /* Template */
  GtkStack *stack;
  GtkWidget *spinner;
  AdwStatusPage *failed_page;
  PaddockStackedBar *bar;
  PaddockChartLegend *legend;
  AdwPreferencesGroup *store_group;
  AdwPreferencesGroup *family_group;
  AdwPreferencesGroup *quantization_group;
  AdwPreferencesGroup *use_group;
  AdwPreferencesGroup *duplicates_group;
  GtkWidget *merge_button;
  PaddockOwnLimitGroup *own_group;
  AdwPreferencesGroup *leftovers_group;
};

G_DEFINE_FINAL_TYPE (PaddockStoragePage, paddock_storage_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (PaddockStoragePage *self);

static void
clear_group (PaddockStoragePage *self, AdwPreferencesGroup *group)
{
  GPtrArray *rows = g_hash_table_lookup (self->rows, group);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_hash_table_insert (self->rows, group, g_ptr_array_new ());
}

static void
add_row (PaddockStoragePage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (g_hash_table_lookup (self->rows, group), row);
}

static void
add_size (GtkWidget *row, guint64 bytes)
{
  g_autofree char *size = paddock_units_format_size (bytes);
  GtkWidget *label = gtk_label_new (size);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

/* The first rows of a group are seen at once; the others are behind one more. */
static void
fill_group (PaddockStoragePage *self, AdwPreferencesGroup *group, GPtrArray *things,
            GtkWidget *(*create) (PaddockStoragePage *self, AdwPreferencesGroup *group, gpointer thing))
{
  guint count = MIN (things->len, ROWS_AT_MOST);
  guint at_once = count > ROWS_AT_ONCE + 1 ? ROWS_AT_ONCE : count;
  GtkWidget *expander;
  g_autofree char *title = NULL;

  clear_group (self, group);
  for (guint i = 0; i < at_once; i++)
    add_row (self, group, create (self, group, g_ptr_array_index (things, i)));
  gtk_widget_set_visible (GTK_WIDGET (group), things->len > 0);
  if (at_once == count)
    return;
  expander = adw_expander_row_new ();
  title = g_strdup_printf (ngettext ("%u More", "%u More", things->len - at_once), things->len - at_once);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  for (guint i = at_once; i < count; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), create (self, group, g_ptr_array_index (things, i)));
  add_row (self, group, expander);
}

static GtkWidget *
create_share_row (PaddockStoragePage *self, AdwPreferencesGroup *group, gpointer thing)
{
  const PaddockStorageShare *share = thing;
  PaddockFilterField field = group == self->store_group    ? PADDOCK_FILTER_STORE
                             : group == self->family_group ? PADDOCK_FILTER_ARCHITECTURE
                                                           : PADDOCK_FILTER_QUANTIZATION;
  g_autofree char *title = paddock_storage_words_dup_share (field, share);
  g_autofree char *count = paddock_storage_words_dup_count (share->models);
  GtkWidget *row = paddock_plain_row_new (title, count);

  add_size (row, share->bytes);
  return row;
}

static GtkWidget *
create_use_row (PaddockStoragePage *self, AdwPreferencesGroup *group, gpointer thing)
{
  const PaddockStorageShare *share = thing;
  g_autofree char *title = paddock_storage_words_dup_use (share);
  g_autofree char *count = paddock_storage_words_dup_count (share->models);
  GtkWidget *row = paddock_plain_row_new (title, count);

  add_size (row, share->bytes);
  return row;
}

static void
on_remove_clicked (PaddockStoragePage *self, GtkWidget *button)
{
  const char *paths[] = { g_object_get_data (G_OBJECT (button), "paddock-path"), NULL };

  paddock_removal_flow_remove_files (self->library, GTK_WIDGET (self), paths);
}

static void
add_remove_button (PaddockStoragePage *self, GtkWidget *row, const char *path)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = paddock_removal_words_dup_path (base);
  g_autofree char *tooltip = g_strdup_printf (_("Remove “%s”"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "paddock-path", g_strdup (path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
create_duplicate_row (PaddockStoragePage *self, AdwPreferencesGroup *group, gpointer thing)
{
  const PaddockDuplicate *duplicate = thing;
  PaddockLibraryEntry *entry = paddock_library_index_find (paddock_library_get_index (self->library), duplicate->id);
  g_autofree char *title = entry != NULL ? paddock_library_words_dup_title (entry) : g_strdup (duplicate->id);
  g_autofree char *text = paddock_storage_words_dup_duplicate (duplicate);
  GtkWidget *row = paddock_plain_row_new (title, text);

  if (duplicate->way == PADDOCK_DUPLICATE_REMAINS)
    add_remove_button (self, row, duplicate->replaced);
  else
    add_size (row, duplicate->saves);
  return row;
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static GtkWidget *
create_leftover_row (PaddockStoragePage *self, AdwPreferencesGroup *group, gpointer thing)
{
  const PaddockLibraryFile *file = thing;
  g_autofree char *path = paddock_removal_words_dup_path (file->path);
  g_autofree char *text = paddock_storage_words_dup_leftover (file);
  g_autofree char *base = g_path_get_basename (file->path);
  g_autofree char *name = paddock_removal_words_dup_path (base);
  GtkWidget *row = paddock_plain_row_new (name, text);

  gtk_widget_set_tooltip_text (row, path);
  if (!paddock_library_storage_is_under_way (file, get_now ()))
    add_remove_button (self, row, file->path);
  return row;
}

/* As many places as there are colours; the smallest ones together. */
static void
show_bar (PaddockStoragePage *self)
{
  GPtrArray *shares = self->storage->by_store;
  g_autoptr (PaddockMemoryBar) bar = paddock_memory_bar_new (_("All Models"), 0, 0, 0);
  guint64 rest = 0;

  for (guint i = 0; i < shares->len; i++)
    {
      const PaddockStorageShare *share = g_ptr_array_index (shares, i);
      g_autofree char *name = paddock_storage_words_dup_share (PADDOCK_FILTER_STORE, share);

      if (shares->len <= PADDOCK_MEMORY_N_PARTS || i + 1 < PADDOCK_MEMORY_N_PARTS)
        paddock_memory_bar_add (bar, (PaddockMemoryPart) i, name, share->bytes);
      else
        rest += share->bytes;
    }
  paddock_memory_bar_add (bar, PADDOCK_MEMORY_N_PARTS - 1, _("Other Places"), rest);
  paddock_stacked_bar_set_memory (self->bar, bar);
  paddock_stacked_bar_fill_legend (self->legend, (PaddockMemoryBar *const[]) { bar }, 1);
}

static void
show_savings (PaddockStoragePage *self)
{
  g_autofree char *save = paddock_units_format_size (self->storage->duplicates_save);
  g_autofree char *left = paddock_units_format_size (self->storage->leftover_bytes);
  g_autofree char *duplicates = g_strdup_printf (_("Save %s. Every byte is compared before."), save);
  gboolean some = self->storage->duplicates_save > 0;

  adw_preferences_group_set_description (self->duplicates_group,
                                         some ? duplicates : _("None of these can share their bytes"));
  gtk_widget_set_visible (self->merge_button, some);
  adw_preferences_group_set_description (self->leftovers_group, left);
}

static void
show_storage (PaddockStoragePage *self)
{
  const PaddockLibraryStorage *storage = self->storage;

  if (storage->total == 0 && storage->leftovers->len == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  show_bar (self);
  paddock_own_limit_group_show (self->own_group, storage);
  fill_group (self, self->store_group, storage->by_store, create_share_row);
  fill_group (self, self->family_group, storage->by_family, create_share_row);
  fill_group (self, self->quantization_group, storage->by_quantization, create_share_row);
  fill_group (self, self->use_group, storage->by_use, create_use_row);
  fill_group (self, self->duplicates_group, storage->duplicates, create_duplicate_row);
  fill_group (self, self->leftovers_group, storage->leftovers, create_leftover_row);
  show_savings (self);
  gtk_stack_set_visible_child_name (self->stack, "full");
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockStoragePage) self = user_data;
  g_autoptr (GError) error = NULL;
  PaddockLibraryStorage *storage = paddock_library_storage_load_finish (result, &error);

  self->loading = FALSE;
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (self->stack == NULL)
    {
      g_clear_pointer (&storage, paddock_library_storage_unref);
      return;
    }
  if (storage != NULL)
    {
      g_clear_pointer (&self->storage, paddock_library_storage_unref);
      self->storage = storage;
      show_storage (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      paddock_problem_words_describe (self->failed_page, error);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  if (self->stale)
    load (self);
}

static void
show_spinner (gpointer user_data)
{
  PaddockStoragePage *self = user_data;

  self->patience_source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
}

/* One at a time; what is shown stays until there is something newer. */
static void
load (PaddockStoragePage *self)
{
  self->stale = self->loading;
  if (self->loading)
    return;
  self->loading = TRUE;
  if (self->storage == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
      self->patience_source = g_timeout_add_once (PATIENCE_MS, show_spinner, self);
    }
  paddock_library_storage_load_async (paddock_library_get_index (self->library), self->cancellable, on_loaded,
                                      g_object_ref (self));
}

static void
retry_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  load (PADDOCK_STORAGE_PAGE (widget));
}

static void
table_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockStoragePage *self = PADDOCK_STORAGE_PAGE (widget);
  PaddockChartTableDialog *dialog;

  if (self->storage == NULL)
    return;
  dialog = paddock_chart_table_dialog_new (_("Storage"), _("Place"), _("Size"));
  for (guint i = 0; i < self->storage->by_store->len; i++)
    {
      const PaddockStorageShare *share = g_ptr_array_index (self->storage->by_store, i);
      g_autofree char *name = paddock_storage_words_dup_share (PADDOCK_FILTER_STORE, share);
      g_autofree char *size = paddock_units_format_size (share->bytes);

      paddock_chart_table_dialog_add (dialog, name, size);
    }
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
merge_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockStoragePage *self = PADDOCK_STORAGE_PAGE (widget);

  if (self->storage != NULL)
    paddock_lasting_dialog_present (paddock_merge_dialog_new (self->library, self->activities, self->storage), widget);
}

static void
remove_leftovers_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockStoragePage *self = PADDOCK_STORAGE_PAGE (widget);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; self->storage != NULL && i < self->storage->leftovers->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (self->storage->leftovers, i);

      if (!paddock_library_storage_is_under_way (file, get_now ()))
        g_strv_builder_add (paths, file->path);
    }
  list = g_strv_builder_end (paths);
  if (list[0] != NULL)
    paddock_removal_flow_remove_files (self->library, widget, (const char *const *) list);
}

static void
clean_up_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_lasting_dialog_present (paddock_cleanup_dialog_new (PADDOCK_STORAGE_PAGE (widget)->library, widget), widget);
}

static void
paddock_storage_page_dispose (GObject *object)
{
  PaddockStoragePage *self = PADDOCK_STORAGE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  /* The template would drop its own child, and leave the page with a pointer to where it was. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_STORAGE_PAGE);
  g_clear_object (&self->library);
  g_clear_object (&self->activities);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->storage, paddock_library_storage_unref);
  G_OBJECT_CLASS (paddock_storage_page_parent_class)->dispose (object);
}

static void
paddock_storage_page_class_init (PaddockStoragePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_storage_page_dispose;
  g_type_ensure (PADDOCK_TYPE_STACKED_BAR);
  g_type_ensure (PADDOCK_TYPE_CHART_LEGEND);
  g_type_ensure (PADDOCK_TYPE_OWN_LIMIT_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/storage-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, legend);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, store_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, family_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, quantization_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, use_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, duplicates_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, merge_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, own_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockStoragePage, leftovers_group);
  gtk_widget_class_install_action (widget_class, "storage.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "storage.table", NULL, table_action);
  gtk_widget_class_install_action (widget_class, "storage.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "storage.remove-leftovers", NULL, remove_leftovers_action);
  gtk_widget_class_install_action (widget_class, "storage.clean-up", NULL, clean_up_action);
}

static void
paddock_storage_page_init (PaddockStoragePage *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_storage_page_new:
 * @library: the library
 * @activities: where what takes a while is done
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
paddock_storage_page_new (PaddockLibrary *library, PaddockActivityList *activities)
{
  PaddockStoragePage *self = g_object_new (PADDOCK_TYPE_STORAGE_PAGE, NULL);

  self->library = g_object_ref (library);
  self->activities = g_object_ref (activities);
  paddock_own_limit_group_set_library (self->own_group, library);
  g_signal_connect_object (library, "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return ADW_NAVIGATION_PAGE (self);
}
