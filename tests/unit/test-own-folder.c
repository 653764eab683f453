/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/own-folder.h"

static const struct
{
  PaddockOwnFolder folder;
  const char *variable;
  const char *standard;
} folders[] = {
  { PADDOCK_OWN_DATA, "PADDOCK_DATA_DIR", "XDG_DATA_HOME" },
  { PADDOCK_OWN_CONFIG, "PADDOCK_CONFIG_DIR", "XDG_CONFIG_HOME" },
  { PADDOCK_OWN_CACHE, "PADDOCK_CACHE_DIR", "XDG_CACHE_HOME" },
};

/* GLib gives each test directories of its own in these places. */
static void
test_standard (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = NULL;
      g_autofree char *parent = NULL;

      g_unsetenv (folders[i].variable);
      path = paddock_own_folder_dup_path (folders[i].folder);
      parent = g_path_get_dirname (path);
      g_assert_cmpstr (parent, ==,
                       i == 0   ? g_get_user_data_dir ()
                       : i == 1 ? g_get_user_config_dir ()
                                : g_get_user_cache_dir ());
      g_assert_true (g_str_has_suffix (path, "/paddock"));
    }
}

static void
test_given (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = NULL;
      g_autofree char *unset = NULL;

      g_setenv (folders[i].variable, "/somewhere/else", TRUE);
      path = paddock_own_folder_dup_path (folders[i].folder);
      g_assert_cmpstr (path, ==, "/somewhere/else");

      g_setenv (folders[i].variable, "", TRUE);
      unset = paddock_own_folder_dup_path (folders[i].folder);
      g_assert_true (g_str_has_suffix (unset, "/paddock"));
      g_unsetenv (folders[i].variable);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/own-folder/standard", test_standard);
  g_test_add_func ("/own-folder/given", test_given);
  return g_test_run ();
}
