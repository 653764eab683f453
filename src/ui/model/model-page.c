/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-page.h"

#include "model/broken-view.h"
#include "model/check-activity.h"
#include "model/file-watch.h"
#include "memory/memory-view.h"
#include "model/health-view.h"
#include "model/metadata-view.h"
#include "model/model-overview.h"
#include "model/model-words.h"
#include "model/tensor-view.h"
#include "model/update-banner.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 250              /* a spinner that flashes by only disturbs */
#define TEMPLATE_KEY "tokenizer.chat_template"

enum
{
  VIEW_OVERVIEW,
  VIEW_MEMORY,
  VIEW_TENSORS,
  VIEW_METADATA,
  VIEW_HEALTH,
  N_VIEWS
};

/**
 * PaddockModelPage:
 *
 * One model: overview, memory, tensors, metadata and health. What cannot be read gets a page that says what it is. The file is
 * watched: when it changes it is read again, unless that would lose changes a person has made.
 */
struct _PaddockModelPage
{
  AdwNavigationPage parent_instance;

  /* Owned */
  PaddockOpenedModel *model;
  PaddockFileWatch *watch;
  PaddockActivityList *activities;
  PaddockMachineChoice *machines;

  /* Borrowed: each is made when it is looked at, NULL before */
  PaddockModelOverview *overview;
  PaddockMemoryView *memory_view;
  PaddockTensorView *tensor_view;
  PaddockMetadataView *metadata_view;
  PaddockHealthView *health_view;

  /* Template */
  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  AdwBanner *banner;
  GtkWidget *import_button;
  GtkStack *states;
  AdwViewStack *views;
  AdwToolbarView *toolbar_view;
  GtkWidget *switcher;
  AdwViewSwitcherBar *switcher_bar;
  GtkWidget *spinner;
  PaddockUpdateBanner *update_banner;
  AdwBin *overview_place;
  AdwBin *memory_place;
  AdwBin *tensors_place;
  AdwBin *metadata_place;
  AdwBin *health_place;
  PaddockBrokenView *broken_view;

  PaddockModelSnapshot *unshown[N_VIEWS];   /* owned: what a view gets when it is looked at */
  guint spinner_source;
  gboolean show_broken_content;      /* the person asked to see what can be read */
  gboolean announce;                 /* the next reading was not asked for */
};

G_DEFINE_FINAL_TYPE (PaddockModelPage, paddock_model_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_toast (PaddockModelPage *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (widget);

  adw_banner_set_revealed (self->banner, FALSE);
  paddock_opened_model_load (self->model);
}

static guint
count_changes (PaddockModelPage *self)
{
  return self->metadata_view != NULL ? paddock_metadata_view_get_n_changes (self->metadata_view) : 0;
}

static void
on_file_changed (PaddockModelPage *self)
{
  if (count_changes (self) > 0)
    {
      adw_banner_set_title (self->banner, _("The file has changed on disk. Reading it again drops your changes."));
      adw_banner_set_revealed (self->banner, TRUE);
      return;
    }
  self->announce = TRUE;
  paddock_opened_model_load (self->model);
}

static void
watch_files (PaddockModelPage *self, PaddockModelSnapshot *snapshot)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  guint count = snapshot->shards != NULL ? paddock_gguf_shards_get_count (snapshot->shards) : 0;

  /* Missing parts are watched too: they may be on their way. */
  if (count <= 1)
    g_strv_builder_add (paths, snapshot->path);
  for (guint i = 0; count > 1 && i < count; i++)
    g_strv_builder_add (paths, paddock_gguf_shards_get_shard (snapshot->shards, i)->path);
  list = g_strv_builder_end (paths);
  g_clear_object (&self->watch);
  self->watch = paddock_file_watch_new ((const char * const *) list);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_file_changed), self, G_CONNECT_SWAPPED);
}

static void
set_state (PaddockModelPage *self, const char *name)
{
  gboolean ready = g_str_equal (name, "ready");

  gtk_stack_set_visible_child_name (self->states, name);
  gtk_widget_set_visible (self->switcher, ready);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar), ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "model.verify", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "model.deep-check", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "model.search", ready);
}

static void
on_saved (PaddockModelPage *self)
{
  /* The watch would tell as well, but there is no need to wait for it, nor to be surprised. */
  g_clear_object (&self->watch);
  show_toast (self, _("Changes saved"));
  paddock_opened_model_load (self->model);
}

/* All views at once would keep the main loop away for too long. */
static void
make_view (PaddockModelPage *self, guint view)
{
  if (view == VIEW_OVERVIEW && self->overview == NULL)
    {
      self->overview = g_object_new (PADDOCK_TYPE_MODEL_OVERVIEW, NULL);
      adw_bin_set_child (self->overview_place, GTK_WIDGET (self->overview));
    }
  else if (view == VIEW_MEMORY && self->memory_view == NULL)
    {
      self->memory_view = g_object_new (PADDOCK_TYPE_MEMORY_VIEW, NULL);
      paddock_memory_view_set_machines (self->memory_view, self->machines);
      adw_bin_set_child (self->memory_place, GTK_WIDGET (self->memory_view));
    }
  else if (view == VIEW_TENSORS && self->tensor_view == NULL)
    {
      self->tensor_view = g_object_new (PADDOCK_TYPE_TENSOR_VIEW, NULL);
      paddock_tensor_view_set_activities (self->tensor_view, self->activities);
      adw_bin_set_child (self->tensors_place, GTK_WIDGET (self->tensor_view));
    }
  else if (view == VIEW_METADATA && self->metadata_view == NULL)
    {
      self->metadata_view = g_object_new (PADDOCK_TYPE_METADATA_VIEW, NULL);
      g_signal_connect_object (self->metadata_view, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
      adw_bin_set_child (self->metadata_place, GTK_WIDGET (self->metadata_view));
    }
  else if (view == VIEW_HEALTH && self->health_view == NULL)
    {
      self->health_view = g_object_new (PADDOCK_TYPE_HEALTH_VIEW, NULL);
      paddock_health_view_set_activities (self->health_view, self->activities);
      adw_bin_set_child (self->health_place, GTK_WIDGET (self->health_view));
    }
}

/* Fills one view with the newest snapshot, unless it shows that already. */
static void
fill_view (PaddockModelPage *self, guint view)
{
  g_autoptr (PaddockModelSnapshot) snapshot = g_steal_pointer (&self->unshown[view]);

  if (snapshot == NULL)
    return;
  make_view (self, view);
  if (view == VIEW_OVERVIEW)
    paddock_model_overview_set_snapshot (self->overview, snapshot);
  else if (view == VIEW_MEMORY)
    paddock_memory_view_show_model (self->memory_view, self->model);
  else if (view == VIEW_TENSORS)
    paddock_tensor_view_set_snapshot (self->tensor_view, snapshot);
  else if (view == VIEW_METADATA)
    paddock_metadata_view_set_file (self->metadata_view, paddock_gguf_shards_get_primary (snapshot->shards));
  else
    paddock_health_view_set_snapshot (self->health_view, snapshot);
}

static void
on_view_changed (PaddockModelPage *self)
{
  static const char * const names[N_VIEWS] = { "overview", "memory", "tensors", "metadata", "health" };
  const char *visible = self->views != NULL ? adw_view_stack_get_visible_child_name (self->views) : NULL;

  for (guint i = 0; i < N_VIEWS; i++)
    if (g_strcmp0 (visible, names[i]) == 0)
      fill_view (self, i);
}

static void
mark_health (PaddockModelPage *self, PaddockModelReport *report)
{
  AdwViewStackPage *page = adw_view_stack_get_page (self->views, GTK_WIDGET (self->health_place));

  adw_view_stack_page_set_needs_attention (page, paddock_model_report_get_verdict (report) == PADDOCK_VERDICT_REJECT);
}

/* A deep check knows more than the reading of the header, whether or not the view that shows it was ever looked at. */
static gboolean
mark_checked (PaddockModelPage *self, PaddockActivity *activity)
{
  PaddockModelSnapshot *snapshot = paddock_opened_model_get_snapshot (self->model);
  PaddockModelReport *report = NULL;

  if (snapshot != NULL && PADDOCK_IS_CHECK_ACTIVITY (activity) &&
      paddock_check_activity_is_of (PADDOCK_CHECK_ACTIVITY (activity), snapshot))
    report = paddock_check_activity_get_report (PADDOCK_CHECK_ACTIVITY (activity));
  if (report != NULL)
    mark_health (self, report);
  return report != NULL;
}

static void
on_activity_ended (PaddockModelPage *self, PaddockActivity *activity)
{
  mark_checked (self, activity);
}

static void
show_mark (PaddockModelPage *self, PaddockModelSnapshot *snapshot)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->activities));
  gboolean found = FALSE;

  mark_health (self, snapshot->report);
  for (guint i = 0; i < count && !found; i++)
    {
      g_autoptr (PaddockActivity) activity = g_list_model_get_item (G_LIST_MODEL (self->activities), i);

      found = mark_checked (self, activity);
    }
}

/* Each view is made and filled when it is looked at. */
static void
show_content (PaddockModelPage *self, PaddockModelSnapshot *snapshot)
{
  for (guint i = 0; i < N_VIEWS; i++)
    {
      g_clear_pointer (&self->unshown[i], paddock_model_snapshot_unref);
      self->unshown[i] = paddock_model_snapshot_ref (snapshot);
    }
  /* Its changes are to a file that is no longer there. */
  if (count_changes (self) > 0)
    fill_view (self, VIEW_METADATA);
  on_view_changed (self);
  show_mark (self, snapshot);
  set_state (self, "ready");
}

static void
show_snapshot (PaddockModelPage *self)
{
  PaddockModelSnapshot *snapshot = paddock_opened_model_get_snapshot (self->model);
  g_autofree char *title = NULL;
  g_autofree char *file_name = NULL;

  if (snapshot == NULL)
    return;
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_widget_set_visible (self->spinner, FALSE);
  adw_banner_set_revealed (self->banner, FALSE);
  title = paddock_model_words_dup_title (snapshot);
  file_name = paddock_model_words_dup_file_name (snapshot->path);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, g_str_equal (title, file_name) ? "" : file_name);
  if (!paddock_model_snapshot_is_broken (snapshot) ||
      (self->show_broken_content && paddock_model_snapshot_has_content (snapshot)))
    show_content (self, snapshot);
  else
    {
      paddock_broken_view_set_snapshot (self->broken_view, snapshot);
      set_state (self, "broken");
    }
  watch_files (self, snapshot);
  if (self->announce)
    show_toast (self, _("The file changed on disk and was read again"));
  self->announce = FALSE;
}

static void
show_spinner (gpointer user_data)
{
  PaddockModelPage *self = user_data;

  self->spinner_source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
}

static void
show_broken_content (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (widget);

  self->show_broken_content = TRUE;
  show_snapshot (self);
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockModelPage) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    show_toast (self, _("The folder could not be shown"));
}

static void
show_in_files (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (widget);
  g_autoptr (GFile) file = g_file_new_for_path (paddock_opened_model_get_path (self->model));
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_launcher_open_containing_folder (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                                            on_launched, g_object_ref (self));
}

static void
copy_path (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (widget);
  g_autofree char *display = g_filename_display_name (paddock_opened_model_get_path (self->model));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), display);
  show_toast (self, _("Path copied"));
}

static void
copy_command (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (parameter, NULL));
  show_toast (PADDOCK_MODEL_PAGE (widget), _("Command copied"));
}

static void
show_health (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_view_stack_set_visible_child_name (PADDOCK_MODEL_PAGE (widget)->views, "health");
}

static void
verify (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (widget);

  show_health (widget, NULL, NULL);
  fill_view (self, VIEW_HEALTH);
  paddock_health_view_verify (self->health_view);
}

static void
deep_check (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (widget);

  show_health (widget, NULL, NULL);
  fill_view (self, VIEW_HEALTH);
  paddock_health_view_check (self->health_view);
}

static void
show_template (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (widget);

  fill_view (self, VIEW_METADATA);
  paddock_metadata_view_open_key (self->metadata_view, TEMPLATE_KEY);
}

static void
start_search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (widget);

  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "tensors") == 0)
    {
      paddock_tensor_view_start_search (self->tensor_view);
      return;
    }
  adw_view_stack_set_visible_child_name (self->views, "metadata");
  fill_view (self, VIEW_METADATA);
  paddock_metadata_view_start_search (self->metadata_view);
}

static void
paddock_model_page_dispose (GObject *object)
{
  PaddockModelPage *self = PADDOCK_MODEL_PAGE (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_object (&self->watch);
  if (self->activities != NULL)
    g_signal_handlers_disconnect_by_data (self->activities, self);
  for (guint i = 0; i < N_VIEWS; i++)
    g_clear_pointer (&self->unshown[i], paddock_model_snapshot_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_MODEL_PAGE);
  g_clear_object (&self->activities);
  g_clear_object (&self->machines);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (paddock_model_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, banner);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, import_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, states);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, views);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, overview_place);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, update_banner);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, memory_place);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, tensors_place);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, metadata_place);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, health_place);
  gtk_widget_class_bind_template_child (widget_class, PaddockModelPage, broken_view);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "model.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "model.show-content", NULL, show_broken_content);
  gtk_widget_class_install_action (widget_class, "model.show-in-files", NULL, show_in_files);
  gtk_widget_class_install_action (widget_class, "model.copy-path", NULL, copy_path);
  gtk_widget_class_install_action (widget_class, "model.copy-command", "s", copy_command);
  gtk_widget_class_install_action (widget_class, "model.show-health", NULL, show_health);
  gtk_widget_class_install_action (widget_class, "model.verify", NULL, verify);
  gtk_widget_class_install_action (widget_class, "model.deep-check", NULL, deep_check);
  gtk_widget_class_install_action (widget_class, "model.show-template", NULL, show_template);
  gtk_widget_class_install_action (widget_class, "model.search", NULL, start_search);
}

static void
paddock_model_page_class_init (PaddockModelPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_model_page_dispose;
  g_type_ensure (PADDOCK_TYPE_BROKEN_VIEW);
  g_type_ensure (PADDOCK_TYPE_UPDATE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/model-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  install_actions (widget_class);
}

static void
paddock_model_page_init (PaddockModelPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_model_page_new:
 * @model: a model, read or not
 * @activities: where what takes a while is done
 * @machines: for which computer it is judged
 *
 * Returns: (transfer full): its page
 */
AdwNavigationPage *
paddock_model_page_new (PaddockOpenedModel *model, PaddockActivityList *activities, PaddockMachineChoice *machines)
{
  PaddockModelPage *self = g_object_new (PADDOCK_TYPE_MODEL_PAGE, NULL);
  g_autofree char *name = paddock_model_words_dup_file_name (paddock_opened_model_get_path (model));

  self->model = g_object_ref (model);
  self->activities = g_object_ref (activities);
  self->machines = g_object_ref (machines);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
  adw_window_title_set_title (self->window_title, name);
  g_signal_connect_object (model, "changed", G_CALLBACK (show_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (activities, "ended", G_CALLBACK (on_activity_ended), self, G_CONNECT_SWAPPED);
  set_state (self, "loading");
  if (paddock_opened_model_get_snapshot (model) != NULL)
    show_snapshot (self);
  else
    self->spinner_source = g_timeout_add_once (PATIENCE_MS, show_spinner, self);
  return ADW_NAVIGATION_PAGE (self);
}

/**
 * paddock_model_page_get_model:
 * @self: the page
 *
 * Returns: (transfer none): the model it shows
 */
PaddockOpenedModel *
paddock_model_page_get_model (PaddockModelPage *self)
{
  return self->model;
}

/**
 * paddock_model_page_show_view:
 * @self: the page
 * @view: the name of one of its views; another name changes nothing
 *
 * Shows that view, now or when the model has been read.
 */
void
paddock_model_page_show_view (PaddockModelPage *self, const char *view)
{
  if (adw_view_stack_get_child_by_name (self->views, view) != NULL)
    adw_view_stack_set_visible_child_name (self->views, view);
}

const char *
paddock_model_page_get_view (PaddockModelPage *self)
{
  return adw_view_stack_get_visible_child_name (self->views);
}

gboolean
paddock_model_page_is_edited (PaddockModelPage *self)
{
  return count_changes (self) > 0;
}

/**
 * paddock_model_page_set_importable:
 * @self: the page
 * @importable: whether the library could have the model and does not
 */
void
paddock_model_page_set_importable (PaddockModelPage *self, gboolean importable)
{
  gtk_widget_set_visible (self->import_button, importable);
}

/**
 * paddock_model_page_look_for_update:
 * @self: the page
 * @services: the hub, the library and the downloads
 * @entry: the model, as the library knows it
 */
void
paddock_model_page_look_for_update (PaddockModelPage *self, PaddockServices *services, const PaddockLibraryEntry *entry)
{
  paddock_update_banner_look (self->update_banner, services, entry);
}
