/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suspend-guard.h"

#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>

#define LOGIND_NAME "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define LOGIND_INTERFACE "org.freedesktop.login1.Manager"
#define PROGRAM "Paddock"

struct _PaddockSuspendGuard
{
  GObject parent_instance;

  /* Owned */
  char *why;
  GCancellable *cancellable;
  int held; /* open as long as the system shall stay awake; -1 */

  gboolean wanted, asking;
};

G_DEFINE_FINAL_TYPE (PaddockSuspendGuard, paddock_suspend_guard, G_TYPE_OBJECT)

static void
paddock_suspend_guard_dispose (GObject *object)
{
  PaddockSuspendGuard *self = PADDOCK_SUSPEND_GUARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_fd (&self->held, NULL);
  G_OBJECT_CLASS (paddock_suspend_guard_parent_class)->dispose (object);
}

static void
paddock_suspend_guard_finalize (GObject *object)
{
  PaddockSuspendGuard *self = PADDOCK_SUSPEND_GUARD (object);

  g_free (self->why);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (paddock_suspend_guard_parent_class)->finalize (object);
}

static void
paddock_suspend_guard_class_init (PaddockSuspendGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_suspend_guard_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_suspend_guard_finalize;
}

static void
paddock_suspend_guard_init (PaddockSuspendGuard *self)
{
  self->cancellable = g_cancellable_new ();
  self->held = -1;
}

/**
 * paddock_suspend_guard_new:
 * @why: why the computer shall stay awake, for the person
 *
 * Returns: (transfer full): a guard that lets it sleep
 */
PaddockSuspendGuard *
paddock_suspend_guard_new (const char *why)
{
  PaddockSuspendGuard *self = g_object_new (PADDOCK_TYPE_SUSPEND_GUARD, NULL);

  self->why = g_strdup (why);
  return self;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSuspendGuard) self = user_data;
  g_autoptr (GUnixFDList) files = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &files, result, NULL);
  int handle;

  self->asking = FALSE;
  if (answer == NULL || files == NULL || !self->wanted || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_variant_get (answer, "(h)", &handle);
  self->held = g_unix_fd_list_get (files, handle, NULL);
}

static void
on_bus (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSuspendGuard) self = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL || !self->wanted)
    {
      self->asking = FALSE;
      return;
    }
  g_dbus_connection_call_with_unix_fd_list (bus, LOGIND_NAME, LOGIND_PATH, LOGIND_INTERFACE, "Inhibit",
                                            g_variant_new ("(ssss)", "sleep:idle", PROGRAM, self->why, "block"),
                                            G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                            self->cancellable, on_answer, g_object_ref (self));
}

/**
 * paddock_suspend_guard_set_wanted:
 * @self: a guard
 * @wanted: whether the computer shall stay awake
 */
void
paddock_suspend_guard_set_wanted (PaddockSuspendGuard *self, gboolean wanted)
{
  if (self->wanted == wanted)
    return;
  self->wanted = wanted;
  if (!wanted)
    g_clear_fd (&self->held, NULL);
  else if (!self->asking)
    {
      self->asking = TRUE;
      g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus, g_object_ref (self));
    }
}

gboolean
paddock_suspend_guard_is_held (PaddockSuspendGuard *self)
{
  return self->held >= 0;
}
