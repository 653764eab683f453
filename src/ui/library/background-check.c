/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/background-check.h"

#include "library/library-words.h"
#include "library/power-state.h"
#include "library/sweep-activity.h"

#include <glib/gi18n.h>

struct _PaddockBackgroundCheck
{
  GObject parent_instance;

  /* Owned */
  PaddockLibrary *library;
  GSettings *settings;
  PaddockActivityList *activities;
  PaddockLibraryVerifier *verifier;
  PaddockPowerState *power;          /* NULL: nothing was to be read yet */
  PaddockActivity *activity;         /* NULL: nothing is being read */
  GSimpleAction *pause_action;
  guint delay;                       /* source */

  gboolean present, paused;
  gboolean at_once;                  /* somebody waits for it */
  gboolean yielding;                 /* it is stopped for another reason than that a person stops it */
};

enum { SIGNAL_FOUND, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockBackgroundCheck, paddock_background_check, G_TYPE_OBJECT)

static void update (PaddockBackgroundCheck *self);
static void begin_if_due (PaddockBackgroundCheck *self);

/* When the person asked for all of them to be read: that outlives the program. 0: nobody did. */
static gint64
get_since (PaddockBackgroundCheck *self)
{
  return g_settings_get_int64 (self->settings, "check-all-since");
}

static gboolean
is_settled (PaddockBackgroundCheck *self)
{
  return paddock_library_get_loaded (self->library) && !paddock_library_get_scanning (self->library);
}

/* If there is power for it. */
static gboolean
is_asked_for (PaddockBackgroundCheck *self)
{
  return self->present && !self->paused &&
         (get_since (self) > 0 || g_settings_get_boolean (self->settings, "check-models"));
}

/* What was asked for by hand is done on a battery, too. */
static gboolean
is_wanted (PaddockBackgroundCheck *self)
{
  return is_asked_for (self) &&
         (get_since (self) > 0 || (self->power != NULL && paddock_power_state_is_plentiful (self->power)));
}

static void
set_paused (PaddockBackgroundCheck *self, gboolean paused)
{
  self->paused = paused;
  g_simple_action_set_state (self->pause_action, g_variant_new_boolean (paused));
}

static void
yield (PaddockBackgroundCheck *self)
{
  if (self->activity == NULL)
    return;
  self->yielding = TRUE;
  paddock_activity_stop (self->activity);
}

static void
on_over (PaddockBackgroundCheck *self)
{
  PaddockActivityState state = paddock_activity_get_state (self->activity);
  gboolean stopped = state == PADDOCK_ACTIVITY_STOPPED;

  if (!paddock_activity_is_over (self->activity))
    return;
  g_signal_handlers_disconnect_by_data (self->activity, self);
  g_clear_object (&self->activity);
  /* Whoever stops it does not want it to begin again by itself. */
  if (stopped && !self->yielding)
    set_paused (self, TRUE);
  if (!stopped || !self->yielding)
    g_settings_set_int64 (self->settings, "check-all-since", 0);
  self->yielding = FALSE;
  update (self);
}

static void
begin (PaddockBackgroundCheck *self)
{
  g_autoptr (PaddockActivity) activity = paddock_sweep_activity_new (self->library, self->verifier, get_since (self));

  g_clear_handle_id (&self->delay, g_source_remove);
  self->activity = g_object_ref (activity);
  g_signal_connect_object (activity, "notify::over", G_CALLBACK (on_over), self, G_CONNECT_SWAPPED);
  paddock_activity_list_add (self->activities, activity);
}

static void
on_power (PaddockBackgroundCheck *self)
{
  if (self->activity != NULL)
    update (self);
  else
    begin_if_due (self);
}

/* All models are looked at, which is not for every time that one of them changes. */
static void
begin_if_due (PaddockBackgroundCheck *self)
{
  if (self->activity != NULL || !is_settled (self) || !is_asked_for (self))
    return;
  if (self->power == NULL)
    {
      self->power = paddock_power_state_new ();
      g_signal_connect_object (self->power, "notify::plentiful", G_CALLBACK (on_power), self, G_CONNECT_SWAPPED);
    }
  self->at_once = FALSE;
  if (is_wanted (self) && paddock_library_verifier_is_due (self->verifier, get_since (self)))
    begin (self);
}

static gboolean
on_delay (gpointer user_data)
{
  PaddockBackgroundCheck *self = user_data;

  self->delay = 0;
  begin_if_due (self);
  return G_SOURCE_REMOVE;
}

/* Somebody who has just started the program, or has just copied a model, has better uses for the disk. */
static void
wait_a_while (PaddockBackgroundCheck *self)
{
  guint seconds = g_settings_get_uint (self->settings, "check-delay");

  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = seconds > 0 ? g_timeout_add_seconds_full (G_PRIORITY_LOW, seconds, on_delay, self, NULL)
                            : g_idle_add_full (G_PRIORITY_LOW, on_delay, self, NULL);
}

static void
update (PaddockBackgroundCheck *self)
{
  gboolean may_begin = self->activity == NULL && is_settled (self) && is_asked_for (self);

  if (self->activity != NULL && !is_wanted (self))
    yield (self);
  if (may_begin && self->at_once)
    begin_if_due (self);
  else if (may_begin)
    wait_a_while (self);
  else
    g_clear_handle_id (&self->delay, g_source_remove);
}

static char *
dup_title (PaddockBackgroundCheck *self, const char *id)
{
  PaddockLibraryEntry *entry = paddock_library_index_find (paddock_library_get_index (self->library), id);

  return entry != NULL ? paddock_library_words_dup_title (entry) : g_strdup (id);
}

static void
on_mismatch (PaddockBackgroundCheck *self, const char *id, gboolean copy)
{
  g_autofree char *title = dup_title (self, id);
  g_autofree char *text = paddock_library_words_dup_mismatch (title, copy);

  g_signal_emit (self, signals[SIGNAL_FOUND], 0, id, text);
}

static void
on_unreadable (PaddockBackgroundCheck *self, const char *id)
{
  g_autofree char *title = dup_title (self, id);
  g_autofree char *text = g_strdup_printf (_("“%s” could not be read"), title);

  g_signal_emit (self, signals[SIGNAL_FOUND], 0, id, text);
}

static void
verify_all (PaddockBackgroundCheck *self)
{
  g_settings_set_int64 (self->settings, "check-all-since", g_get_real_time () / G_USEC_PER_SEC + 1);
  paddock_library_verifier_retry (self->verifier);
  set_paused (self, FALSE);
  self->at_once = TRUE;
  /* What goes on is begun anew, with all of them. */
  yield (self);
  update (self);
}

static void
toggle_pause (PaddockBackgroundCheck *self)
{
  set_paused (self, !self->paused);
  self->at_once = !self->paused;
  update (self);
}

/**
 * paddock_background_check_add_actions:
 * @self: a check
 * @map: gets the actions
 */
void
paddock_background_check_add_actions (PaddockBackgroundCheck *self, GActionMap *map)
{
  g_autoptr (GSimpleAction) all = g_simple_action_new ("verify-all", NULL);

  g_signal_connect_object (all, "activate", G_CALLBACK (verify_all), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (map, G_ACTION (all));
  g_action_map_add_action (map, G_ACTION (self->pause_action));
}

void
paddock_background_check_set_present (PaddockBackgroundCheck *self, gboolean present)
{
  self->present = present;
  update (self);
}

static void
paddock_background_check_dispose (GObject *object)
{
  PaddockBackgroundCheck *self = PADDOCK_BACKGROUND_CHECK (object);

  g_clear_handle_id (&self->delay, g_source_remove);
  if (self->activity != NULL)
    g_signal_handlers_disconnect_by_data (self->activity, self);
  g_clear_object (&self->activity);
  g_clear_object (&self->power);
  g_clear_object (&self->verifier);
  g_clear_object (&self->pause_action);
  g_clear_object (&self->activities);
  g_clear_object (&self->settings);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (paddock_background_check_parent_class)->dispose (object);
}

static void
paddock_background_check_class_init (PaddockBackgroundCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_background_check_dispose;

  /**
   * PaddockBackgroundCheck::found:
   * @self: a check
   * @id: of a model
   * @text: what is wrong with it
   */
  signals[SIGNAL_FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
paddock_background_check_init (PaddockBackgroundCheck *self)
{
  self->pause_action = g_simple_action_new_stateful ("pause-checking", NULL, g_variant_new_boolean (FALSE));
  g_signal_connect_object (self->pause_action, "activate", G_CALLBACK (toggle_pause), self, G_CONNECT_SWAPPED);
}

/**
 * paddock_background_check_new:
 * @library: the person's models
 * @settings: whether it is wanted
 * @activities: where it is shown
 *
 * Returns: (transfer full): a check that waits for a window
 */
PaddockBackgroundCheck *
paddock_background_check_new (PaddockLibrary *library, GSettings *settings, PaddockActivityList *activities)
{
  PaddockBackgroundCheck *self = g_object_new (PADDOCK_TYPE_BACKGROUND_CHECK, NULL);

  self->library = g_object_ref (library);
  self->settings = g_object_ref (settings);
  self->activities = g_object_ref (activities);
  self->verifier = paddock_library_verifier_new (library);
  g_signal_connect_object (self->verifier, "mismatch", G_CALLBACK (on_mismatch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->verifier, "unreadable", G_CALLBACK (on_unreadable), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::scanning", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::check-models", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}
