/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/download-actions.h"

#include "downloads/address-adding.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

struct _PaddockDownloadActions
{
  GObject parent_instance;

  /* Owned */
  PaddockDownloadQueue *queue;
  GSimpleActionGroup *group;
  /* Borrowed */
  GtkWidget *near;
};

enum
{
  HIDDEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockDownloadActions, paddock_download_actions, G_TYPE_OBJECT)

static PaddockDownload *
find (PaddockDownloadActions *self, GVariant *target)
{
  return paddock_download_queue_find (self->queue, g_variant_get_bytestring (target));
}

static PaddockDownload *
find_child (PaddockDownloadActions *self, GVariant *parameter)
{
  g_autoptr (GVariant) target = g_variant_get_child_value (parameter, 0);

  return find (self, target);
}

static void
on_pause (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownloadActions *self = user_data;
  PaddockDownload *download = find (self, parameter);

  if (download != NULL)
    paddock_download_queue_pause (self->queue, download);
}

static void
on_resume (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownloadActions *self = user_data;
  PaddockDownload *download = find (self, parameter);

  if (download != NULL)
    paddock_download_queue_resume (self->queue, download);
}

static void
on_start_over (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownloadActions *self = user_data;
  PaddockDownload *download = find (self, parameter);

  if (download != NULL)
    paddock_download_queue_start_over (self->queue, download);
}

static void
on_add_mirror (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownloadActions *self = user_data;
  PaddockDownload *download = find (self, parameter);

  if (download != NULL)
    paddock_address_adding_ask_mirror (self->near, self->queue, download);
}

/* What was cancelled, for as long as that can be taken back. */
typedef struct
{
  PaddockDownloadActions *actions;
  PaddockDownload *download;
  gboolean paused;
} Cancelled;

static void
free_cancelled (gpointer data)
{
  Cancelled *cancelled = data;
  PaddockDownloadQueue *queue = cancelled->actions->queue;

  if (paddock_download_get_state (cancelled->download) == PADDOCK_DOWNLOAD_CANCELLED &&
      paddock_download_queue_find (queue, paddock_download_get_target (cancelled->download)) == cancelled->download)
    paddock_download_queue_discard (queue, cancelled->download);
  g_object_unref (cancelled->download);
  g_object_unref (cancelled->actions);
  g_free (cancelled);
}

static void
on_undo (Cancelled *cancelled)
{
  PaddockDownloadQueue *queue = cancelled->actions->queue;

  if (paddock_download_get_state (cancelled->download) != PADDOCK_DOWNLOAD_CANCELLED)
    return;
  paddock_download_queue_resume (queue, cancelled->download);
  if (cancelled->paused)
    paddock_download_queue_pause (queue, cancelled->download);
  g_signal_emit (cancelled->actions, signals[HIDDEN], 0);
}

void
paddock_download_actions_cancel (PaddockDownloadActions *self, PaddockDownload *download)
{
  Cancelled *cancelled;
  g_autofree char *text = NULL;

  if (paddock_download_get_state (download) == PADDOCK_DOWNLOAD_DONE)
    {
      paddock_download_queue_discard (self->queue, download);
      return;
    }
  cancelled = g_new0 (Cancelled, 1);
  cancelled->actions = g_object_ref (self);
  cancelled->download = g_object_ref (download);
  cancelled->paused = paddock_download_get_state (download) == PADDOCK_DOWNLOAD_PAUSED;
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_("“%s” cancelled"), paddock_download_get_title (download));
  paddock_download_queue_cancel (self->queue, download);
  g_signal_emit (self, signals[HIDDEN], 0);
  paddock_undo_toast_show (self->near, text, G_CALLBACK (on_undo), cancelled, free_cancelled);
}

static void
on_cancel (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownload *download = find (user_data, parameter);

  if (download != NULL)
    paddock_download_actions_cancel (user_data, download);
}

static void
on_copy (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownloadActions *self = user_data;
  PaddockDownload *download = find (self, parameter);

  if (download == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->near), paddock_download_get_origin (download)->text);
  paddock_undo_toast_say (self->near, _("Address copied"));
}

static void
on_show (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownloadActions *self = user_data;
  PaddockDownload *download = find (self, parameter);

  if (download != NULL)
    gtk_widget_activate_action (self->near, "app.show-model", "(^ays)", paddock_download_get_target (download), "");
}

/* To where the next one is that is shown, over those that are not. */
void
paddock_download_actions_move (PaddockDownloadActions *self, PaddockDownload *download, int by)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (self->queue));
  gint64 position = (gint64) paddock_download_queue_get_position (download) + by;

  while (position > 0 && position < (gint64) length - 1 && ABS (by) == 1)
    {
      g_autoptr (PaddockDownload) there = g_list_model_get_item (G_LIST_MODEL (self->queue), (guint) position);

      if (paddock_download_get_state (there) != PADDOCK_DOWNLOAD_CANCELLED)
        break;
      position += by;
    }
  paddock_download_queue_move (self->queue, download, (guint) CLAMP (position, 0, (gint64) length - 1));
}

static void
on_move (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownload *download = find_child (user_data, parameter);
  int by;

  g_variant_get_child (parameter, 1, "i", &by);
  if (download != NULL)
    paddock_download_actions_move (user_data, download, by);
}

static void
on_priority (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownloadActions *self = user_data;
  PaddockDownload *download = find_child (self, parameter);
  guint priority;

  g_variant_get_child (parameter, 1, "u", &priority);
  if (download != NULL && priority <= PADDOCK_DOWNLOAD_HIGH)
    paddock_download_queue_set_priority (self->queue, download, priority);
}

static void
on_limit_one (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter, gpointer user_data)
{
  PaddockDownloadActions *self = user_data;
  PaddockDownload *download = find_child (self, parameter);
  guint64 limit;

  g_variant_get_child (parameter, 1, "t", &limit);
  if (download != NULL)
    paddock_download_queue_set_download_limit (self->queue, download, limit);
}

static void
on_pause_all (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer user_data)
{
  paddock_download_queue_pause_all (((PaddockDownloadActions *) user_data)->queue);
}

static void
on_resume_all (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer user_data)
{
  paddock_download_queue_resume_all (((PaddockDownloadActions *) user_data)->queue);
}

static void
on_clear_finished (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer user_data)
{
  paddock_download_queue_clear_finished (((PaddockDownloadActions *) user_data)->queue);
}

static void
on_limit (GSimpleAction *action G_GNUC_UNUSED, GVariant *limit, gpointer user_data)
{
  paddock_download_queue_set_limit (((PaddockDownloadActions *) user_data)->queue, g_variant_get_uint64 (limit));
}

static void
on_concurrency (GSimpleAction *action G_GNUC_UNUSED, GVariant *count, gpointer user_data)
{
  paddock_download_queue_set_concurrency (((PaddockDownloadActions *) user_data)->queue, g_variant_get_uint32 (count));
}

static void
on_metered (GSimpleAction *action G_GNUC_UNUSED, GVariant *allowed, gpointer user_data)
{
  paddock_download_queue_set_metered (((PaddockDownloadActions *) user_data)->queue, g_variant_get_boolean (allowed));
}

/* What the queue says of itself. */
static void
set_states (PaddockDownloadActions *self)
{
  GActionMap *map = G_ACTION_MAP (self->group);
  guint64 limit;
  guint concurrency;
  gboolean metered;

  g_object_get (self->queue, "limit", &limit, "concurrency", &concurrency, "metered", &metered, NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "limit")), g_variant_new_uint64 (limit));
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "concurrency")), g_variant_new_uint32 (concurrency));
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "metered")), g_variant_new_boolean (metered));
}

static void
paddock_download_actions_dispose (GObject *object)
{
  PaddockDownloadActions *self = PADDOCK_DOWNLOAD_ACTIONS (object);

  g_clear_object (&self->group);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (paddock_download_actions_parent_class)->dispose (object);
}

static void
paddock_download_actions_class_init (PaddockDownloadActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_download_actions_dispose;
  signals[HIDDEN]
      = g_signal_new ("hidden", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
paddock_download_actions_init (PaddockDownloadActions *self)
{
  static const GActionEntry entries[] = {
    { .name = "pause", .activate = on_pause, .parameter_type = "ay" },
    { .name = "resume", .activate = on_resume, .parameter_type = "ay" },
    { .name = "add-mirror", .activate = on_add_mirror, .parameter_type = "ay" },
    { .name = "start-over", .activate = on_start_over, .parameter_type = "ay" },
    { .name = "cancel", .activate = on_cancel, .parameter_type = "ay" },
    { .name = "copy", .activate = on_copy, .parameter_type = "ay" },
    { .name = "show", .activate = on_show, .parameter_type = "ay" },
    { .name = "move", .activate = on_move, .parameter_type = "(ayi)" },
    { .name = "priority", .activate = on_priority, .parameter_type = "(ayu)" },
    { .name = "limit-one", .activate = on_limit_one, .parameter_type = "(ayt)" },
    { .name = "pause-all", .activate = on_pause_all },
    { .name = "resume-all", .activate = on_resume_all },
    { .name = "clear-finished", .activate = on_clear_finished },
    { .name = "limit", .state = "uint64 0", .parameter_type = "t", .change_state = on_limit },
    { .name = "concurrency", .state = "uint32 2", .parameter_type = "u", .change_state = on_concurrency },
    { .name = "metered", .state = "false", .change_state = on_metered },
  };

  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}

/**
 * paddock_download_actions_new:
 * @queue: the downloads
 * @near: a widget that outlives the actions
 *
 * Returns: (transfer full): the actions
 */
PaddockDownloadActions *
paddock_download_actions_new (PaddockDownloadQueue *queue, GtkWidget *near)
{
  PaddockDownloadActions *self = g_object_new (PADDOCK_TYPE_DOWNLOAD_ACTIONS, NULL);

  self->queue = g_object_ref (queue);
  self->near = near;
  g_signal_connect_object (queue, "notify::limit", G_CALLBACK (set_states), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "notify::concurrency", G_CALLBACK (set_states), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "notify::metered", G_CALLBACK (set_states), self, G_CONNECT_SWAPPED);
  set_states (self);
  return self;
}

GActionGroup *
paddock_download_actions_get_group (PaddockDownloadActions *self)
{
  return G_ACTION_GROUP (self->group);
}
