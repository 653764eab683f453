/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-page.h"

#include "library/folder-adding.h"
#include "library/folder-offer.h"
#include "library/folders-dialog.h"
#include "library/import-actions.h"
#include "library/import-asking.h"
#include "library/library-view.h"
#include "library/offline-page.h"
#include "library/opened-files-page.h"
#include "library/problem-words.h"
#include "library/recent-models.h"
#include "library/selection-actions.h"
#include "library/sharing-actions.h"
#include "library/shown-actions.h"
#include "library/storage-page.h"
#include "model/file-walk.h"
#include "model/model-page.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

struct _PaddockLibraryPage
{
  AdwNavigationPage parent_instance;

  /* Owned */
  GCancellable *walking;
  PaddockActivityList *activities;   /* set before anything is opened */
  PaddockMachineChoice *machines;    /* likewise */
  PaddockServices *services;         /* likewise */
  GListStore *waiting;               /* GFile, until the page begins */
  char *view;                        /* of the model that is being opened, NULL for whichever it is */

  guint n_walks, n_models;           /* the latter of the library */
  gboolean begun;

  /* Template */
  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  AdwNavigationPage *library_page;
  PaddockOpenedFilesPage *opened_page;
  GtkStack *stack;
  PaddockLibraryView *library_view;
  GtkWidget *opened_button;
};

/* What somebody wants to see, while it is looked for. */
typedef struct
{
  PaddockLibraryPage *page;
  char **paths;
} Walk;

enum
{
  PROP_IMPORTS = 1,
  PROP_N_MODELS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockLibraryPage, paddock_library_page, ADW_TYPE_NAVIGATION_PAGE)

static void
walk_free (Walk *walk)
{
  g_object_unref (walk->page);
  g_strfreev (walk->paths);
  g_free (walk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Walk, walk_free)

/* Whoever is about to see a model need not see the library first. */
static void
update_stack (PaddockLibraryPage *self)
{
  gboolean opening = self->n_walks > 0 || g_list_model_get_n_items (G_LIST_MODEL (self->waiting)) > 0;
  gboolean waits = opening && paddock_opened_files_page_count (self->opened_page) == 0;

  gtk_stack_set_visible_child_name (self->stack, waits ? "waiting" : "library");
}

static void
on_opened_changed (PaddockLibraryPage *self)
{
  gboolean any = paddock_opened_files_page_count (self->opened_page) > 0;

  update_stack (self);
  gtk_widget_set_visible (self->opened_button, any);
  if (!any)
    adw_navigation_view_pop_to_page (self->navigation, self->library_page);
}

PaddockOpenedModel *
paddock_library_page_get_shown (PaddockLibraryPage *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  return PADDOCK_IS_MODEL_PAGE (page) ? paddock_model_page_get_model (PADDOCK_MODEL_PAGE (page)) : NULL;
}

/* Only what the library does not have can be added to it, and nobody knows that before it was read. */
static void
update_model_page (PaddockLibraryPage *self)
{
  PaddockLibrary *library = paddock_library_view_get_library (self->library_view);
  PaddockOpenedModel *model = paddock_library_page_get_shown (self);
  PaddockLibraryEntry *entry
      = model != NULL
          ? g_hash_table_lookup (paddock_library_get_index (library)->by_path, paddock_opened_model_get_path (model)) : NULL;

  if (entry != NULL)
    paddock_model_page_look_for_update (PADDOCK_MODEL_PAGE (adw_navigation_view_get_visible_page (self->navigation)),
                                        self->services, entry);
  if (model != NULL)
    paddock_model_page_set_importable (PADDOCK_MODEL_PAGE (adw_navigation_view_get_visible_page (self->navigation)),
                                       paddock_library_get_loaded (library) && !paddock_library_get_scanning (library) &&
                                         entry == NULL);
  paddock_sharing_actions_update (self);
  paddock_shown_actions_update (self);
}

static gboolean
is_library_shown (PaddockLibraryPage *self)
{
  return self->navigation != NULL && adw_navigation_view_get_visible_page (self->navigation) == self->library_page;
}

static void
on_visible_page_changed (PaddockLibraryPage *self)
{
  if (self->machines != NULL)
    update_model_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IMPORTS]);
}

/* With the page that is shown last in its place. */
static void
replace_shown (PaddockLibraryPage *self, AdwNavigationPage *page)
{
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (self->navigation);
  guint count = g_list_model_get_n_items (stack);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i + 1 < count; i++)
    g_ptr_array_add (pages, g_list_model_get_item (stack, i));
  g_ptr_array_add (pages, g_object_ref_sink (page));
  adw_navigation_view_replace (self->navigation, (AdwNavigationPage **) pages->pdata, (int) pages->len);
}

/* A model that was moved is the same one; what is shown follows it, unless the person is about to change it. */
static void
follow_moved (PaddockLibraryPage *self, const PaddockLibraryIndex *index)
{
  PaddockOpenedModel *shown = paddock_library_page_get_shown (self);
  const char *id = shown != NULL ? paddock_opened_model_get_identity (shown) : NULL;
  PaddockLibraryEntry *entry = id != NULL ? paddock_library_view_find (self->library_view, id) : NULL;
  const char *path = entry != NULL ? paddock_library_entry_get_path (entry) : NULL;
  g_autoptr (PaddockOpenedModel) model = NULL;
  PaddockModelPage *before;
  AdwNavigationPage *page;

  if (path == NULL || g_hash_table_contains (index->by_path, paddock_opened_model_get_path (shown)))
    return;
  before = PADDOCK_MODEL_PAGE (adw_navigation_view_get_visible_page (self->navigation));
  if (paddock_model_page_is_edited (before))
    return;
  model = paddock_opened_model_new (path, id, self->machines);
  paddock_opened_model_load (model);
  page = paddock_model_page_new (model, self->activities, self->machines);
  paddock_model_page_show_view (PADDOCK_MODEL_PAGE (page), paddock_model_page_get_view (before));
  replace_shown (self, page);
}

static void
on_library_changed (PaddockLibraryPage *self, PaddockLibraryIndex *index)
{
  guint before = self->n_models;

  self->n_models = index->n_models;
  if (self->n_models != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MODELS]);
  follow_moved (self, index);
  update_model_page (self);
}

static gboolean
is_opened_reached (PaddockLibraryPage *self)
{
  g_autoptr (GListModel) pages = adw_navigation_view_get_navigation_stack (self->navigation);

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (AdwNavigationPage) reached = g_list_model_get_item (pages, i);

      if (reached == ADW_NAVIGATION_PAGE (self->opened_page))
        return TRUE;
    }
  return FALSE;
}

static void
show_opened (PaddockLibraryPage *self)
{
  if (is_opened_reached (self))
    adw_navigation_view_pop_to_page (self->navigation, ADW_NAVIGATION_PAGE (self->opened_page));
  else
    {
      adw_navigation_view_pop_to_page (self->navigation, self->library_page);
      adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->opened_page));
    }
}

static void
show_opened_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_opened (PADDOCK_LIBRARY_PAGE (widget));
}

static void
show_model (PaddockLibraryPage *self, PaddockOpenedModel *model)
{
  paddock_recent_models_note (paddock_opened_model_get_path (model), NULL);
  if (paddock_library_page_get_shown (self) != model)
    {
      adw_navigation_view_pop_to_page (self->navigation,
                                       is_opened_reached (self) ? ADW_NAVIGATION_PAGE (self->opened_page)
                                                                : self->library_page);
      adw_navigation_view_push (self->navigation, paddock_model_page_new (model, self->activities, self->machines));
    }
  if (self->view != NULL)
    paddock_model_page_show_view (PADDOCK_MODEL_PAGE (adw_navigation_view_get_visible_page (self->navigation)), self->view);
  g_clear_pointer (&self->view, g_free);
}

static void
on_entry_opened (PaddockLibraryPage *self, const char *id)
{
  PaddockLibraryEntry *entry = paddock_library_view_find (self->library_view, id);
  const char *path = entry != NULL ? paddock_library_entry_get_path (entry) : NULL;
  g_autoptr (PaddockOpenedModel) model = NULL;

  if (path != NULL)
    {
      model = paddock_opened_model_new (path, id, self->machines);
      paddock_opened_model_load (model);
      paddock_recent_models_note (path, entry);
      adw_navigation_view_push (self->navigation, paddock_model_page_new (model, self->activities, self->machines));
    }
  else if (entry != NULL)
    adw_navigation_view_push (self->navigation, paddock_offline_page_new (entry));
}

/* Whoever lists models tells which of them fit. */
static void
look_at_computer (PaddockLibraryPage *self)
{
  PaddockThisComputer *computer = paddock_machine_choice_get_computer (self->machines);

  if (paddock_this_computer_get_snapshot (computer) == NULL && paddock_this_computer_get_problem (computer) == NULL)
    paddock_this_computer_scan (computer);
}

static void
take_found (PaddockLibraryPage *self, GPtrArray *found, gboolean limited)
{
  gboolean first = paddock_opened_files_page_count (self->opened_page) == 0;
  PaddockOpenedModel *only = paddock_opened_files_page_take (self->opened_page, found, self->machines);

  look_at_computer (self);
  /* Nothing slides away from a page on which nothing was. */
  adw_navigation_view_set_animate_transitions (self->navigation, !first);
  if (limited)
    paddock_undo_toast_say (GTK_WIDGET (self->navigation), _("There are more files than can be listed; some were left out"));
  if (found->len == 0)
    paddock_undo_toast_say (GTK_WIDGET (self->navigation), _("There are no GGUF files there"));
  else if (found->len == 1)
    show_model (self, only);
  else
    show_opened (self);
  adw_navigation_view_set_animate_transitions (self->navigation, TRUE);
}

static void
on_walked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Walk) walk = user_data;
  PaddockLibraryPage *self = walk->page;
  g_autoptr (GError) error = NULL;
  gboolean limited = FALSE;
  g_autoptr (GPtrArray) found = paddock_file_walk_finish (result, &limited, &error);

  if (self->navigation == NULL)
    return;
  if (found != NULL)
    {
      take_found (self, found, limited);
      paddock_folder_offer_show (self->toasts, paddock_library_view_get_library (self->library_view), walk->paths, found);
    }
  else
    paddock_problem_words_say (GTK_WIDGET (self->navigation), _("The files could not be opened"), error);
  g_clear_pointer (&self->view, g_free);
  self->n_walks--;
  update_stack (self);
}

static void
add_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryPage *self = PADDOCK_LIBRARY_PAGE (widget);

  paddock_folder_adding_ask (paddock_library_view_get_library (self->library_view), GTK_WIDGET (self->navigation));
}

static void
folders_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryPage *self = PADDOCK_LIBRARY_PAGE (widget);

  paddock_lasting_dialog_present (paddock_folders_dialog_new (paddock_library_view_get_library (self->library_view)), widget);
}

static void
storage_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryPage *self = PADDOCK_LIBRARY_PAGE (widget);
  PaddockLibrary *library = paddock_library_view_get_library (self->library_view);

  if (!PADDOCK_IS_STORAGE_PAGE (adw_navigation_view_get_visible_page (self->navigation)))
    adw_navigation_view_push (self->navigation, paddock_storage_page_new (library, self->activities));
}

static void
rescan_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_library_view_look_again (PADDOCK_LIBRARY_PAGE (widget)->library_view);
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_library_view_search (PADDOCK_LIBRARY_PAGE (widget)->library_view, NULL);
}

static void
paddock_library_page_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockLibraryPage *self = PADDOCK_LIBRARY_PAGE (object);

  switch (property)
    {
    case PROP_IMPORTS:
      g_value_set_boolean (value, is_library_shown (self));
      break;
    case PROP_N_MODELS:
      g_value_set_uint (value, self->n_models);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_library_page_dispose (GObject *object)
{
  PaddockLibraryPage *self = PADDOCK_LIBRARY_PAGE (object);

  g_cancellable_cancel (self->walking);
  /* The template would drop its own child, and leave the page with a pointer to where it was. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_LIBRARY_PAGE);
  G_OBJECT_CLASS (paddock_library_page_parent_class)->dispose (object);
}

static void
paddock_library_page_finalize (GObject *object)
{
  PaddockLibraryPage *self = PADDOCK_LIBRARY_PAGE (object);

  g_clear_object (&self->activities);
  g_clear_object (&self->machines);
  g_clear_object (&self->services);
  g_clear_object (&self->walking);
  g_clear_object (&self->waiting);
  g_free (self->view);
  G_OBJECT_CLASS (paddock_library_page_parent_class)->finalize (object);
}

static void
paddock_library_page_class_init (PaddockLibraryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = paddock_library_page_get_property;
  object_class->dispose = paddock_library_page_dispose;
  object_class->finalize = paddock_library_page_finalize;

  /**
   * PaddockLibraryPage:imports:
   *
   * Whether files that come in are to be imported: they are opened while something else than the list is shown.
   */
  properties[PROP_IMPORTS] =
    g_param_spec_boolean ("imports", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PaddockLibraryPage:n-models:
   *
   * How many models the library has.
   */
  properties[PROP_N_MODELS] =
    g_param_spec_uint ("n-models", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (PADDOCK_TYPE_LIBRARY_VIEW);
  g_type_ensure (PADDOCK_TYPE_OPENED_FILES_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/library-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryPage, navigation);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryPage, library_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryPage, opened_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryPage, library_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryPage, opened_button);
  gtk_widget_class_bind_template_callback (widget_class, show_model);
  gtk_widget_class_bind_template_callback (widget_class, on_opened_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_page_changed);
  gtk_widget_class_install_action (widget_class, "library.show-opened", NULL, show_opened_action);
  gtk_widget_class_install_action (widget_class, "library.add-folder", NULL, add_folder_action);
  paddock_import_actions_install (widget_class);
  paddock_selection_actions_install_on_page (widget_class);
  paddock_sharing_actions_install (widget_class);
  paddock_shown_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "library.folders", NULL, folders_action);
  gtk_widget_class_install_action (widget_class, "library.storage", NULL, storage_action);
  gtk_widget_class_install_action (widget_class, "library.rescan", NULL, rescan_action);
  gtk_widget_class_install_action (widget_class, "library.search", NULL, search_action);
}

static void
paddock_library_page_init (PaddockLibraryPage *self)
{
  self->walking = g_cancellable_new ();
  self->waiting = g_list_store_new (G_TYPE_FILE);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_library_page_set_services:
 * @self: the page
 * @library: the person's models
 * @activities: where what takes a while is done
 * @machines: for which computer models are judged
 * @settings: where order and filters are kept
 * @services: the hub, and what is downloaded
 *
 * Must be called once, before anything is opened.
 */
void
paddock_library_page_set_services (PaddockLibraryPage *self, PaddockLibrary *library, PaddockActivityList *activities,
                                   PaddockMachineChoice *machines, GSettings *settings, PaddockServices *services)
{
  g_set_object (&self->services, services);
  g_set_object (&self->machines, machines);
  g_set_object (&self->activities, activities);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_library_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::scanning", G_CALLBACK (update_model_page), self, G_CONNECT_SWAPPED);
  paddock_library_view_set_services (self->library_view, library, activities, machines, settings);
  on_library_changed (self, paddock_library_get_index (library));
}

static void
wait_for_frame (PaddockLibraryPage *self, GListModel *files)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_list_store_append (self->waiting, file);
    }
  update_stack (self);
}

/**
 * paddock_library_page_open:
 * @self: the page
 * @files: (element-type GFile): files and folders; folders are searched for models
 *
 * Opens what it finds: a single model shows its page, several a list of them. What is open already is not opened twice.
 * What comes before the window's first frame is opened after it, so that the window appears at once.
 */
void
paddock_library_page_open (PaddockLibraryPage *self, GListModel *files)
{
  g_auto (GStrv) list = NULL;
  Walk *walk;

  if (!self->begun)
    {
      wait_for_frame (self, files);
      return;
    }
  list = paddock_import_asking_list_paths (files);
  if (g_strv_length (list) < g_list_model_get_n_items (files))
    paddock_undo_toast_say (GTK_WIDGET (self->navigation), _("Only files on this computer can be opened"));
  if (list[0] == NULL)
    return;
  self->n_walks++;
  update_stack (self);
  walk = g_new0 (Walk, 1);
  walk->page = g_object_ref (self);
  walk->paths = g_steal_pointer (&list);
  paddock_file_walk_async ((const char * const *) walk->paths, self->walking, on_walked, walk);
}

/**
 * paddock_library_page_begin:
 * @self: the page
 *
 * Looks at what is on the disk and in the computer, and opens what waits for that.
 */
void
paddock_library_page_begin (PaddockLibraryPage *self)
{
  g_autoptr (GListStore) waiting = g_steal_pointer (&self->waiting);

  self->begun = TRUE;
  self->waiting = g_list_store_new (G_TYPE_FILE);
  look_at_computer (self);
  paddock_library_view_look_again (self->library_view);
  if (g_list_model_get_n_items (G_LIST_MODEL (waiting)) > 0)
    paddock_library_page_open (self, G_LIST_MODEL (waiting));
}

/**
 * paddock_library_page_take:
 * @self: the page
 * @files: (element-type GFile): files and folders that were dropped or pasted
 *
 * Imports them while the library is shown, else opens them.
 */
void
paddock_library_page_take (PaddockLibraryPage *self, GListModel *files)
{
  if (is_library_shown (self))
    paddock_import_actions_begin (self, files);
  else
    paddock_library_page_open (self, files);
}

/**
 * paddock_library_page_search:
 * @self: the page
 * @text: what to look for, as a person would type it
 */
void
paddock_library_page_search (PaddockLibraryPage *self, const char *text)
{
  adw_navigation_view_pop_to_page (self->navigation, self->library_page);
  paddock_library_view_search (self->library_view, text);
}

PaddockLibraryView *
paddock_library_page_get_view (PaddockLibraryPage *self)
{
  return self->library_view;
}

void
paddock_library_page_set_view (PaddockLibraryPage *self, const char *view)
{
  g_set_str (&self->view, view);
}
