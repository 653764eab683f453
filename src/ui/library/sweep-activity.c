/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/sweep-activity.h"

#include "activity/activity-words.h"
#include "base/units.h"
#include "library/library-words.h"

#include <glib/gi18n.h>

#define MAX_NAMED 3                  /* models in the words at the end */
#define MESSAGE_CHARS 200

struct _PaddockSweepActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockLibraryVerifier *verifier;
  GPtrArray *findings;               /* char *: what is wrong with which model */

  gint64 since;
};

G_DEFINE_FINAL_TYPE (PaddockSweepActivity, paddock_sweep_activity, PADDOCK_TYPE_ACTIVITY)

static char *
dup_title (PaddockSweepActivity *self, const char *id)
{
  PaddockLibraryEntry *entry = paddock_library_index_find (paddock_library_get_index (self->library), id);

  return entry != NULL ? paddock_library_words_dup_title (entry) : g_strdup (id);
}

static void
on_mismatch (PaddockSweepActivity *self, const char *id, gboolean copy)
{
  g_autofree char *title = dup_title (self, id);

  g_ptr_array_add (self->findings, paddock_library_words_dup_mismatch (title, copy));
}

static void
on_unreadable (PaddockSweepActivity *self, const char *id, const char *message)
{
  g_autofree char *title = dup_title (self, id);
  g_autofree char *shown = paddock_units_escape (message, -1, MESSAGE_CHARS);

  /* Translators: a model, and what the system says */
  g_ptr_array_add (self->findings, g_strdup_printf (_("“%s” could not be read: %s"), title, shown));
}

static void
on_progress (PaddockSweepActivity *self)
{
  guint64 done, total;

  paddock_library_verifier_get_bytes (self->verifier, &done, &total);
  paddock_activity_report (PADDOCK_ACTIVITY (self), done, total);
}

static char *
dup_findings (PaddockSweepActivity *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint more = self->findings->len > MAX_NAMED ? self->findings->len - MAX_NAMED : 0;

  for (guint i = 0; i < self->findings->len - more; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (char *) g_ptr_array_index (self->findings, i));
  if (more > 0)
    g_string_append_printf (text, ngettext ("\nand %u other", "\nand %u others", more), more);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
on_running_changed (PaddockSweepActivity *self)
{
  PaddockActivity *activity = PADDOCK_ACTIVITY (self);
  guint n_done = paddock_library_verifier_get_n_done (self->verifier);
  guint n_total = paddock_library_verifier_get_n_total (self->verifier);
  gboolean running;
  g_autofree char *text = NULL;

  g_object_get (self->verifier, "running", &running, NULL);
  if (running || paddock_activity_get_state (activity) != PADDOCK_ACTIVITY_RUNNING)
    return;
  g_signal_handlers_disconnect_by_data (self->verifier, self);
  if (n_done < n_total)
    {
      text = g_strdup_printf (ngettext ("Paused: %u of %u model was checked", "Paused: %u of %u models were checked", n_total),
                              n_done, n_total);
      paddock_activity_end (activity, PADDOCK_ACTIVITY_STOPPED, text);
    }
  else if (self->findings->len > 0)
    {
      text = dup_findings (self);
      paddock_activity_end (activity, PADDOCK_ACTIVITY_FAILED, text);
    }
  else
    {
      text = g_strdup_printf (ngettext ("%u model was read; nothing is wrong with it",
                                        "%u models were read; nothing is wrong with them", n_total),
                              n_total);
      paddock_activity_end (activity, PADDOCK_ACTIVITY_DONE, text);
    }
}

static char *
paddock_sweep_activity_dup_progress (PaddockActivity *activity)
{
  PaddockSweepActivity *self = PADDOCK_SWEEP_ACTIVITY (activity);
  guint n_total = paddock_library_verifier_get_n_total (self->verifier);
  guint n_now = MIN (paddock_library_verifier_get_n_done (self->verifier) + 1, n_total);
  g_autofree char *bytes =
    paddock_activity_words_dup_progress (paddock_activity_get_done (activity), paddock_activity_get_total (activity),
                                         paddock_activity_get_rate (activity));
  g_autofree char *models =
    g_strdup_printf (ngettext ("Checking models: %u of %u", "Checking models: %u of %u", n_total), n_now, n_total);

  return g_strdup_printf ("%s\n%s", models, bytes);
}

static void
on_cancelled (PaddockSweepActivity *self)
{
  paddock_library_verifier_stop (self->verifier);
}

static void
paddock_sweep_activity_start (PaddockActivity *activity)
{
  PaddockSweepActivity *self = PADDOCK_SWEEP_ACTIVITY (activity);

  g_signal_connect_object (self->verifier, "mismatch", G_CALLBACK (on_mismatch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->verifier, "unreadable", G_CALLBACK (on_unreadable), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->verifier, "progress", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->verifier, "notify::n-done", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (paddock_activity_get_cancellable (activity), "cancelled", G_CALLBACK (on_cancelled), self,
                           G_CONNECT_SWAPPED);
  paddock_library_verifier_start (self->verifier, self->since);
  g_signal_connect_object (self->verifier, "notify::running", G_CALLBACK (on_running_changed), self, G_CONNECT_SWAPPED);
  on_running_changed (self);
}

static void
paddock_sweep_activity_finalize (GObject *object)
{
  PaddockSweepActivity *self = PADDOCK_SWEEP_ACTIVITY (object);

  g_clear_object (&self->library);
  g_clear_object (&self->verifier);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_sweep_activity_parent_class)->finalize (object);
}

static void
paddock_sweep_activity_class_init (PaddockSweepActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_sweep_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_sweep_activity_start;
  PADDOCK_ACTIVITY_CLASS (klass)->dup_progress = paddock_sweep_activity_dup_progress;
  PADDOCK_ACTIVITY_CLASS (klass)->background = TRUE;
}

static void
paddock_sweep_activity_init (PaddockSweepActivity *self)
{
  self->findings = g_ptr_array_new_with_free_func (g_free);
}

/**
 * paddock_sweep_activity_new:
 * @library: the library
 * @verifier: reads its models; nothing is under way
 * @since: before when a hash was computed that does not count
 *
 * Returns: (transfer full): the check, not begun
 */
PaddockActivity *
paddock_sweep_activity_new (PaddockLibrary *library, PaddockLibraryVerifier *verifier, gint64 since)
{
  PaddockSweepActivity *self = g_object_new (PADDOCK_TYPE_SWEEP_ACTIVITY,
                                             "title", since > 0 ? _("All Models") : _("New Models"),
                                             "subtitle", _("Check in the Background"),
                                             NULL);

  self->library = g_object_ref (library);
  self->verifier = g_object_ref (verifier);
  self->since = since;
  return PADDOCK_ACTIVITY (self);
}
