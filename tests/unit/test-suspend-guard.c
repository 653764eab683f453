/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"
#include "await.h"
#include "suspend-guard.h"

#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"

static const char interface[] = "<node><interface name='" LOGIND ".Manager'><method name='Inhibit'>"
                                "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
                                "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
                                "<arg type='h' direction='out'/></method></interface></node>";

/* Somebody on the system's bus who can keep it awake: as long as the other end of a pipe is open. */
typedef struct
{
  GDBusConnection *connection;
  int end; /* -1: nobody has asked */
  guint asked, registration, name;
  guint watch; /* of that end; 0: none */
  gboolean owned, let_go;
  char *why;
} Fixture;

/* Nobody has the other end any more: there is nothing to come. */
static gboolean
on_let_go (int end, GIOCondition condition, gpointer user_data)
{
  Fixture *fixture = user_data;
  char byte;

  g_assert_cmpint (read (end, &byte, 1), ==, 0);
  fixture->let_go = TRUE;
  fixture->watch = 0;
  return G_SOURCE_REMOVE;
}

static void
answer (GDBusConnection *connection,
        const char *sender,
        const char *path,
        const char *name,
        const char *method,
        GVariant *parameters,
        GDBusMethodInvocation *invocation,
        gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  g_autoptr (GError) error = NULL;
  int ends[2], handle;

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, &error));
  g_unix_set_fd_nonblocking (ends[0], TRUE, NULL);
  handle = g_unix_fd_list_append (files, ends[1], &error);
  g_assert_no_error (error);
  close (ends[1]);
  g_clear_handle_id (&fixture->watch, g_source_remove);
  g_clear_fd (&fixture->end, NULL);
  fixture->end = ends[0];
  fixture->watch = g_unix_fd_add (fixture->end, G_IO_IN | G_IO_HUP, on_let_go, fixture);
  fixture->let_go = FALSE;
  fixture->asked++;
  g_free (fixture->why);
  g_variant_get_child (parameters, 2, "s", &fixture->why);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", handle), files);
}

static void
on_owned (GDBusConnection *connection, const char *name, gpointer user_data)
{
  ((Fixture *) user_data)->owned = TRUE;
}

static gboolean
is_owned (gpointer user_data)
{
  return ((Fixture *) user_data)->owned;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const GDBusInterfaceVTable table = { .method_call = answer };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autoptr (GError) error = NULL;

  fixture->end = -1;
  fixture->connection = g_dbus_connection_new_for_address_sync (
      g_getenv ("DBUS_SYSTEM_BUS_ADDRESS"),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->registration = g_dbus_connection_register_object (fixture->connection, LOGIND_PATH, info->interfaces[0], &table,
                                                             fixture, NULL, &error);
  g_assert_no_error (error);
  fixture->name = g_bus_own_name_on_connection (fixture->connection, LOGIND, G_BUS_NAME_OWNER_FLAGS_NONE, on_owned, NULL,
                                                fixture, NULL);
  test_await_condition (is_owned, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_bus_unown_name (fixture->name);
  g_dbus_connection_unregister_object (fixture->connection, fixture->registration);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_clear_handle_id (&fixture->watch, g_source_remove);
  g_clear_fd (&fixture->end, NULL);
  g_free (fixture->why);
}

static gboolean
is_held (gpointer guard)
{
  return paddock_suspend_guard_is_held (guard);
}

static gboolean
is_let_go (gpointer user_data)
{
  return ((Fixture *) user_data)->let_go;
}

static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockSuspendGuard) guard = paddock_suspend_guard_new ("Models are on their way");

  g_assert_false (paddock_suspend_guard_is_held (guard));
  paddock_suspend_guard_set_wanted (guard, TRUE);
  test_await_condition (is_held, guard);
  g_assert_cmpstr (fixture->why, ==, "Models are on their way");
  g_assert_false (is_let_go (fixture));
  paddock_suspend_guard_set_wanted (guard, FALSE);
  g_assert_false (paddock_suspend_guard_is_held (guard));
  test_await_condition (is_let_go, fixture);
  paddock_suspend_guard_set_wanted (guard, TRUE);
  test_await_condition (is_held, guard);
  g_assert_cmpuint (fixture->asked, ==, 2);
  test_assert_finalize (g_steal_pointer (&guard));
  test_await_condition (is_let_go, fixture);
}

/* Who changes their mind before there is an answer does not keep the computer awake. */
static void
test_mind_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockSuspendGuard) guard = paddock_suspend_guard_new ("why not");

  paddock_suspend_guard_set_wanted (guard, TRUE);
  paddock_suspend_guard_set_wanted (guard, FALSE);
  paddock_suspend_guard_set_wanted (guard, TRUE);
  test_await_condition (is_held, guard);
  g_assert_cmpuint (fixture->asked, ==, 1);
}

static void
test_nobody (void)
{
  g_autoptr (PaddockSuspendGuard) guard = paddock_suspend_guard_new ("nobody hears it");

  paddock_suspend_guard_set_wanted (guard, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    g_assert_false (paddock_suspend_guard_is_held (guard));
  paddock_suspend_guard_set_wanted (guard, FALSE);
  g_assert_false (paddock_suspend_guard_is_held (guard));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) system = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  system = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_assert_nonnull (system);
  g_dbus_connection_set_exit_on_close (system, FALSE);
  g_test_add ("/suspend-guard/held", Fixture, NULL, set_up, test_held, tear_down);
  g_test_add ("/suspend-guard/mind-changed", Fixture, NULL, set_up, test_mind_changed, tear_down);
  g_test_add_func ("/suspend-guard/nobody", test_nobody);
  status = g_test_run ();
  g_test_dbus_stop (bus);
  return status;
}
