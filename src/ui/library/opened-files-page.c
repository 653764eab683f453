/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/opened-files-page.h"

#include "model/found-file.h"
#include "model/opened-row.h"
#include "widgets/late-child.h"

struct _PaddockOpenedFilesPage
{
  AdwNavigationPage parent_instance;

  /* Owned */
  GListStore *models;                /* PaddockOpenedModel */
  GHashTable *by_identity;           /* borrowed from the models */

  /* Template */
  PaddockLateChild *place;

  gboolean shown;                    /* at least once: there is a list */
};

enum
{
  OPEN,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockOpenedFilesPage, paddock_opened_files_page, ADW_TYPE_NAVIGATION_PAGE)

static void
on_models_changed (PaddockOpenedFilesPage *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated (PaddockOpenedFilesPage *self, guint position)
{
  g_autoptr (PaddockOpenedModel) model = g_list_model_get_item (G_LIST_MODEL (self->models), position);

  if (model != NULL)
    g_signal_emit (self, signals[OPEN], 0, model);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockOpenedFilesPage *self = PADDOCK_OPENED_FILES_PAGE (widget);
  PaddockOpenedModel *model = g_hash_table_lookup (self->by_identity, g_variant_get_string (parameter, NULL));
  guint position;

  if (model == NULL || !g_list_store_find (self->models, model, &position))
    return;
  g_hash_table_remove (self->by_identity, paddock_opened_model_get_identity (model));
  g_list_store_remove (self->models, position);
}

static void
remove_all_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockOpenedFilesPage *self = PADDOCK_OPENED_FILES_PAGE (widget);

  g_hash_table_remove_all (self->by_identity);
  g_list_store_remove_all (self->models);
}

static void
paddock_opened_files_page_showing (AdwNavigationPage *page)
{
  PaddockOpenedFilesPage *self = PADDOCK_OPENED_FILES_PAGE (page);

  if (!self->shown)
    {
      gtk_no_selection_set_model (paddock_late_child_get_object (self->place, "selection"), G_LIST_MODEL (self->models));
      g_signal_connect_object (paddock_late_child_get_object (self->place, "list"), "activate", G_CALLBACK (on_activated), self,
                               G_CONNECT_SWAPPED);
    }
  self->shown = TRUE;
  ADW_NAVIGATION_PAGE_CLASS (paddock_opened_files_page_parent_class)->showing (page);
}

static void
paddock_opened_files_page_dispose (GObject *object)
{
  /* The template would drop its own child, and leave the page with a pointer to where it was. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_OPENED_FILES_PAGE);
  G_OBJECT_CLASS (paddock_opened_files_page_parent_class)->dispose (object);
}

static void
paddock_opened_files_page_finalize (GObject *object)
{
  PaddockOpenedFilesPage *self = PADDOCK_OPENED_FILES_PAGE (object);

  g_clear_pointer (&self->by_identity, g_hash_table_unref);
  g_clear_object (&self->models);
  G_OBJECT_CLASS (paddock_opened_files_page_parent_class)->finalize (object);
}

static void
paddock_opened_files_page_class_init (PaddockOpenedFilesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = paddock_opened_files_page_dispose;
  object_class->finalize = paddock_opened_files_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->showing = paddock_opened_files_page_showing;

  /**
   * PaddockOpenedFilesPage::open:
   * @model: one of them
   *
   * The person wants to see it.
   */
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, PADDOCK_TYPE_OPENED_MODEL);
  /**
   * PaddockOpenedFilesPage::changed:
   *
   * There are more or fewer of them.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (PADDOCK_TYPE_LATE_CHILD);
  g_type_ensure (PADDOCK_TYPE_OPENED_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/opened-files-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockOpenedFilesPage, place);
  gtk_widget_class_install_action (widget_class, "files.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "files.remove-all", NULL, remove_all_action);
}

static void
paddock_opened_files_page_init (PaddockOpenedFilesPage *self)
{
  self->models = g_list_store_new (PADDOCK_TYPE_OPENED_MODEL);
  self->by_identity = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->models, "items-changed", G_CALLBACK (on_models_changed), self, G_CONNECT_SWAPPED);
}

/* The model that @file stands for: one that is open already, or a new one. */
static PaddockOpenedModel *
add_model (PaddockOpenedFilesPage *self, const PaddockFoundFile *file, PaddockMachineChoice *machines, GPtrArray *added)
{
  PaddockOpenedModel *model = g_hash_table_lookup (self->by_identity, file->identity);

  if (model != NULL)
    return model;
  model = paddock_opened_model_new (file->path, file->identity, machines);
  g_ptr_array_add (added, model);
  g_hash_table_insert (self->by_identity, (gpointer) paddock_opened_model_get_identity (model), model);
  return model;
}

/**
 * paddock_opened_files_page_take:
 * @self: the page
 * @found: (element-type PaddockFoundFile): models
 * @machines: for which computer they are judged
 *
 * Returns: (transfer none) (nullable): the last one of them
 */
PaddockOpenedModel *
paddock_opened_files_page_take (PaddockOpenedFilesPage *self, GPtrArray *found, PaddockMachineChoice *machines)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  PaddockOpenedModel *last = NULL;

  for (guint i = 0; i < found->len; i++)
    last = add_model (self, g_ptr_array_index (found, i), machines, added);
  if (added->len > 0)
    g_list_store_splice (self->models, paddock_opened_files_page_count (self), 0, added->pdata, added->len);
  for (guint i = 0; i < added->len; i++)
    paddock_opened_model_load (g_ptr_array_index (added, i));
  return last;
}

/**
 * paddock_opened_files_page_count:
 * @self: the page
 *
 * Returns: how many there are
 */
guint
paddock_opened_files_page_count (PaddockOpenedFilesPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->models));
}
