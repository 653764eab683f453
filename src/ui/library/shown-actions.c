/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/shown-actions.h"

#include "library/move-dialog.h"
#include "library/removal-flow.h"

/* NULL: the library does not have it, or no model's page is shown. */
static PaddockLibraryEntry *
find_shown (PaddockLibraryPage *page)
{
  PaddockLibrary *library = paddock_library_view_get_library (paddock_library_page_get_view (page));
  PaddockOpenedModel *model = paddock_library_page_get_shown (page);

  return model != NULL ? g_hash_table_lookup (paddock_library_get_index (library)->by_path,
                                              paddock_opened_model_get_path (model))
                       : NULL;
}

static AdwNavigationView *
get_navigation (GtkWidget *widget)
{
  return ADW_NAVIGATION_VIEW (gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW));
}

/* Of what is gone there is nothing to show any more. */
static void
leave (GObject *page)
{
  AdwNavigationView *navigation = get_navigation (GTK_WIDGET (page));

  if (navigation != NULL && adw_navigation_view_get_visible_page (navigation) == ADW_NAVIGATION_PAGE (page))
    adw_navigation_view_pop (navigation);
}

static void
remove_shown_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryPage *page = PADDOCK_LIBRARY_PAGE (widget);
  PaddockLibraryView *view = paddock_library_page_get_view (page);
  PaddockLibraryEntry *entry = find_shown (page);
  const char *ids[] = { entry != NULL ? entry->id : NULL, NULL };
  AdwNavigationView *navigation = get_navigation (GTK_WIDGET (view));

  if (entry != NULL)
    paddock_removal_flow_remove_shown (paddock_library_view_get_library (view), GTK_WIDGET (navigation), ids, leave,
                                       G_OBJECT (adw_navigation_view_get_visible_page (navigation)));
}

static void
move_shown_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryPage *page = PADDOCK_LIBRARY_PAGE (widget);
  PaddockLibraryView *view = paddock_library_page_get_view (page);
  PaddockLibraryEntry *entry = find_shown (page);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  if (entry == NULL)
    return;
  g_ptr_array_add (entries, entry);
  paddock_move_dialog_present (paddock_library_view_get_library (view), paddock_library_view_get_activities (view), entries,
                               GTK_WIDGET (get_navigation (GTK_WIDGET (view))));
}

void
paddock_shown_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "library.remove-shown", NULL, remove_shown_action);
  gtk_widget_class_install_action (widget_class, "library.move-shown", NULL, move_shown_action);
}

/**
 * paddock_shown_actions_update:
 * @page: the library's
 */
void
paddock_shown_actions_update (PaddockLibraryPage *page)
{
  gboolean known = find_shown (page) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (page), "library.remove-shown", known);
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "library.move-shown", known);
}
