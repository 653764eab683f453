/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"
#include "await.h"
#include "library/power-state.h"

#define UPOWER "org.freedesktop.UPower"
#define UPOWER_PATH "/org/freedesktop/UPower"

static const char interface[] = "<node><interface name='" UPOWER "'>"
                                "<property name='OnBattery' type='b' access='read'/></interface></node>";

/* Somebody on the system's bus who knows of a battery. */
typedef struct
{
  GDBusConnection *connection;
  gboolean on_battery, owned;
  guint registration, name;
} Fixture;

static GVariant *
get_property (GDBusConnection *connection, const char *sender, const char *path, const char *name, const char *property,
              GError **error, gpointer user_data)
{
  return g_variant_new_boolean (((Fixture *) user_data)->on_battery);
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
set_up (Fixture *fixture, gconstpointer on_battery)
{
  static const GDBusInterfaceVTable table = { .get_property = get_property };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autoptr (GError) error = NULL;

  fixture->on_battery = on_battery != NULL;
  fixture->connection =
    g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SYSTEM_BUS_ADDRESS"),
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->registration = g_dbus_connection_register_object (fixture->connection, UPOWER_PATH, info->interfaces[0], &table,
                                                             fixture, NULL, &error);
  g_assert_no_error (error);
  fixture->name = g_bus_own_name_on_connection (fixture->connection, UPOWER, G_BUS_NAME_OWNER_FLAGS_NONE, on_owned, NULL,
                                                fixture, NULL);
  test_await_condition (is_owned, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer on_battery)
{
  g_bus_unown_name (fixture->name);
  g_dbus_connection_unregister_object (fixture->connection, fixture->registration);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
}

static gboolean
is_plentiful (gpointer user_data)
{
  return paddock_power_state_is_plentiful (user_data);
}

static gboolean
is_scarce (gpointer user_data)
{
  return !paddock_power_state_is_plentiful (user_data);
}

static void
tell (Fixture *fixture, gboolean on_battery)
{
  g_auto (GVariantDict) changed = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;

  fixture->on_battery = on_battery;
  g_variant_dict_insert (&changed, "OnBattery", "b", on_battery);
  g_dbus_connection_emit_signal (fixture->connection, NULL, UPOWER_PATH, "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged",
                                 g_variant_new ("(s@a{sv}as)", UPOWER, g_variant_dict_end (&changed), NULL), &error);
  g_assert_no_error (error);
}

/* As long as nobody has answered there is no power to spend; then there is as long as the computer is plugged in. */
static void
test_battery (Fixture *fixture, gconstpointer on_battery)
{
  g_autoptr (PaddockPowerState) state = paddock_power_state_new ();

  g_assert_false (paddock_power_state_is_plentiful (state));
  if (on_battery != NULL)
    tell (fixture, FALSE);
  test_await_condition (is_plentiful, state);
  tell (fixture, TRUE);
  test_await_condition (is_scarce, state);
  tell (fixture, FALSE);
  test_await_condition (is_plentiful, state);
}

/* A computer where nobody knows of batteries has none. */
static void
test_nobody (void)
{
  g_autoptr (PaddockPowerState) state = paddock_power_state_new ();

  test_await_condition (is_plentiful, state);
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
  g_test_add ("/power-state/mains", Fixture, NULL, set_up, test_battery, tear_down);
  g_test_add ("/power-state/battery", Fixture, "on battery", set_up, test_battery, tear_down);
  g_test_add_func ("/power-state/nobody", test_nobody);
  status = g_test_run ();
  g_test_dbus_stop (bus);
  return status;
}
