/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/socket.h>

#include "app/search-provider.h"
#include "assert-finalize.h"
#include "await.h"
#include "directory.h"

#define PATH "/io/github/paddockapp/Paddock"
#define INTERFACE "org.gnome.Shell.SearchProvider2"

/* A library with two models, and the desktop at the other end of a wire. */
typedef struct
{
  TestDirectory *directory;
  PaddockStorePlaces *places;
  PaddockLibrary *library;
  PaddockSearchProvider *provider;
  GDBusConnection *connection, *desktop;
  char *heard;                       /* what the last signal said */
} Fixture;

static GDBusConnection *
connect_end (int fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, &error);
  g_autoptr (GSocketConnection) stream = g_socket_connection_factory_create_connection (socket);
  GDBusConnection *connection =
    g_dbus_connection_new_sync (G_IO_STREAM (stream), NULL, G_DBUS_CONNECTION_FLAGS_NONE, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
hear (Fixture *fixture, const char *text)
{
  g_set_str (&fixture->heard, text);
}

static void
write_model (Fixture *fixture, const char *name, const char *title, const char *size)
{
  g_autofree char *recipe = g_strdup_printf ("kv general.architecture str \"llama\"\n"
                                             "kv general.name str \"%s\"\n"
                                             "kv general.size_label str \"%s\"\n"
                                             "tensor output_norm.weight f32 64\n",
                                             title, size);
  g_autofree char *path = g_build_filename (".local/share/paddock/models", name, NULL);

  g_free (test_directory_write_recipe (fixture->directory, path, recipe));
}

static void
export (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  paddock_search_provider_export (fixture->provider, fixture->connection, PATH, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) environment = g_new0 (char *, 1);
  int ends[2];

  fixture->directory = test_directory_new ();
  g_free (test_directory_make_folder (fixture->directory, ".local/share/paddock/models"));
  write_model (fixture, "small.gguf", "Small Llama", "1B");
  write_model (fixture, "large.gguf", "Large Llama", "70B");
  fixture->places = paddock_store_places_new_in (test_directory_get_path (fixture->directory), environment);
  g_set_str (&fixture->places->system, test_directory_get_path (fixture->directory));
  fixture->library = paddock_library_new (fixture->places);
  fixture->provider = paddock_search_provider_new (fixture->library);
  g_signal_connect_swapped (fixture->provider, "opened", G_CALLBACK (hear), fixture);
  g_signal_connect_swapped (fixture->provider, "searched", G_CALLBACK (hear), fixture);

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  fixture->connection = connect_end (ends[0]);
  fixture->desktop = connect_end (ends[1]);
  export (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  paddock_search_provider_unexport (fixture->provider, fixture->connection);
  test_assert_finalize (fixture->provider);
  g_dbus_connection_close_sync (fixture->desktop, NULL, NULL);
  g_object_unref (fixture->desktop);
  g_object_unref (fixture->connection);
  test_assert_finalize (fixture->library);
  paddock_store_places_free (fixture->places);
  test_directory_free (fixture->directory);
  g_free (fixture->heard);
}

static void
start (Fixture *fixture)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  paddock_library_start_async (fixture->library, FALSE, NULL, test_await_callback, await);
  g_assert_true (paddock_library_start_finish (fixture->library, test_await_result (await), &error));
  g_assert_no_error (error);
}

static void
call (Fixture *fixture, TestAwait *await, const char *method, GVariant *parameters)
{
  g_dbus_connection_call (fixture->desktop, NULL, PATH "/SearchProvider", INTERFACE, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, test_await_callback, await);
}

static GVariant *
finish (Fixture *fixture, TestAwait *await)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (fixture->desktop, test_await_result (await), &error);

  g_assert_no_error (error);
  return answer;
}

static GVariant *
ask (Fixture *fixture, const char *method, GVariant *parameters)
{
  g_autoptr (TestAwait) await = test_await_new ();

  call (fixture, await, method, parameters);
  return finish (fixture, await);
}

static char **
get_found (GVariant *answer)
{
  char **found;

  g_variant_get (answer, "(^as)", &found);
  return found;
}

static char **
search (Fixture *fixture, const char *words)
{
  g_auto (GStrv) terms = g_strsplit (words, " ", -1);
  g_autoptr (GVariant) answer = ask (fixture, "GetInitialResultSet", g_variant_new ("(^as)", terms));

  return get_found (answer);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) both = NULL;
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) none = NULL;
  g_auto (GStrv) narrowed = NULL;
  g_autoptr (GVariant) answer = NULL;
  const char *terms[] = { "llama", "sma", NULL };

  start (fixture);
  both = search (fixture, "LLAMA");
  one = search (fixture, "llama large");
  none = search (fixture, "nothing");
  g_assert_cmpuint (g_strv_length (both), ==, 2);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  answer = ask (fixture, "GetSubsearchResultSet", g_variant_new ("(^as^as)", one, terms));
  narrowed = get_found (answer);
  g_assert_cmpuint (g_strv_length (narrowed), ==, 0);
}

/* The desktop may be quicker than the disk. */
static void
test_before_start (Fixture *fixture, gconstpointer data)
{
  const char *terms[] = { "small", NULL };
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GVariant) answer = NULL;
  g_auto (GStrv) found = NULL;

  start (fixture);
  paddock_search_provider_unexport (fixture->provider, fixture->connection);
  test_assert_finalize (g_steal_pointer (&fixture->provider));
  g_object_unref (fixture->library);
  fixture->library = paddock_library_new (fixture->places);
  fixture->provider = paddock_search_provider_new (fixture->library);
  export (fixture);

  call (fixture, await, "GetInitialResultSet", g_variant_new ("(^as)", terms));
  answer = finish (fixture, await);
  found = get_found (answer);
  g_assert_cmpuint (g_strv_length (found), ==, 1);
}

static void
test_metas (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) found = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) metas = NULL;
  g_autoptr (GVariant) meta = NULL;
  g_autoptr (GVariant) icon = NULL;
  const char *ids[] = { NULL, "gone-since", NULL };
  const char *name, *description, *id;

  start (fixture);
  found = search (fixture, "large");
  ids[0] = found[0];
  answer = ask (fixture, "GetResultMetas", g_variant_new ("(^as)", ids));
  metas = g_variant_get_child_value (answer, 0);
  g_assert_cmpuint (g_variant_n_children (metas), ==, 1);
  meta = g_variant_get_child_value (metas, 0);
  g_assert_true (g_variant_lookup (meta, "id", "&s", &id));
  g_assert_true (g_variant_lookup (meta, "name", "&s", &name));
  g_assert_true (g_variant_lookup (meta, "description", "&s", &description));
  g_assert_cmpstr (id, ==, found[0]);
  g_assert_cmpstr (name, ==, "Large Llama");
  g_assert_true (g_str_has_prefix (description, "70B · "));
  icon = g_variant_lookup_value (meta, "icon", NULL);
  g_assert_nonnull (icon);
}

static void
test_signals (Fixture *fixture, gconstpointer data)
{
  const char *terms[] = { "large", "llama", NULL };
  g_autoptr (GVariant) opened = ask (fixture, "ActivateResult", g_variant_new ("(s^asu)", "some-id", terms, 7u));

  g_assert_cmpstr (fixture->heard, ==, "some-id");
  g_clear_pointer (&opened, g_variant_unref);
  opened = ask (fixture, "LaunchSearch", g_variant_new ("(^asu)", terms, 7u));
  g_assert_cmpstr (fixture->heard, ==, "large llama");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/search-provider/search", test_search },
    { "/search-provider/before-start", test_before_start },
    { "/search-provider/metas", test_metas },
    { "/search-provider/signals", test_signals },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
