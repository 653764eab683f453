/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-locator.h"

#include "directory.h"
#include "machine-tree.h"

/* Another computer's tree, so that nothing of this one is found. */
static char *
make_tree (TestDirectory *directory, const char *text)
{
  g_autoptr (GError) error = NULL;

  test_machine_tree_write (test_directory_get_path (directory), text, &error);
  g_assert_no_error (error);
  return g_strdup (test_directory_get_path (directory));
}

static PaddockEngineBinary *
find (const char *root, const char *chosen)
{
  g_autoptr (GError) error = NULL;
  PaddockEngineBinary *binary = paddock_engine_locator_find (root, chosen, &error);

  g_assert_no_error (error);
  return binary;
}

static void
refuse (const char *root, const char *chosen, PaddockEngineError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (paddock_engine_locator_find (root, chosen, &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, (int) code);
}

static void
test_usual_place (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = make_tree (directory, "/usr/bin/llama-server: a program\n/usr/bin/llama-fit-params: a program\n");
  g_autoptr (PaddockEngineBinary) binary = find (root, NULL);

  g_assert_cmpstr (binary->installed->path, ==, "/usr/bin/llama-server");
  g_assert_cmpstr (binary->installed->fit, ==, "/usr/bin/llama-fit-params");
  g_assert_false (binary->on_host);
}

static void
test_chosen (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = make_tree (directory, "/usr/bin/llama-fit-params: a program\n/mine/llama-fit-params: a program\n");
  g_autoptr (PaddockEngineBinary) folder = find (root, "/mine");
  g_autoptr (PaddockEngineBinary) program = find (root, "/mine/llama-fit-params");

  g_assert_cmpstr (folder->installed->fit, ==, "/mine/llama-fit-params");
  g_assert_cmpstr (program->installed->fit, ==, "/mine/llama-fit-params");
  refuse (root, "/other", PADDOCK_ENGINE_ERROR_MISSING);
}

static void
test_environment (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = make_tree (directory, "/one/llama-fit-params: a program\n/two/llama-fit-params: a program\n");
  g_autoptr (PaddockEngineBinary) binary = NULL;

  g_setenv (PADDOCK_ENGINE_VARIABLE, "/two", TRUE);
  binary = find (root, "/one");
  g_unsetenv (PADDOCK_ENGINE_VARIABLE);
  g_assert_cmpstr (binary->installed->fit, ==, "/two/llama-fit-params");
}

static void
test_missing (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = make_tree (directory, "/usr/bin/other: a program\n");

  refuse (root, NULL, PADDOCK_ENGINE_ERROR_MISSING);
}

static void
test_without_fit (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = make_tree (directory, "/usr/bin/llama-server: a program\n");

  refuse (root, NULL, PADDOCK_ENGINE_ERROR_NO_FIT);
}

static void
test_sandbox (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = make_tree (directory, "/.flatpak-info: [Application]\n");
  g_autoptr (PaddockEngineBinary) binary = find (root, NULL);
  g_autoptr (PaddockEngineBinary) copy = paddock_engine_binary_copy (binary);
  const char *const arguments[] = { "--version", NULL };
  g_auto (GStrv) command = paddock_engine_binary_build_command (copy, arguments);
  g_autofree char *line = g_strjoinv (" ", command);

  g_assert_true (copy->on_host);
  g_assert_cmpstr (line, ==, "flatpak-spawn --host --env=GGML_NO_BACKTRACE=1 --watch-bus llama-fit-params --version");
}

static void
check_version (const char *text, const char *expected)
{
  g_autoptr (PaddockEngineBinary) binary = paddock_engine_binary_new_for_host ();

  g_set_str (&binary->installed->version, "the package's");
  paddock_engine_binary_read_version (binary, text);
  g_assert_cmpstr (binary->installed->version, ==, expected);
}

static void
test_version (void)
{
  check_version ("version: 0.7.0 (build 11669, commit Debian)\nbuilt with GNU 16.2.0 for Linux x86_64\n",
                 "0.7.0 (build 11669, commit Debian)");
  check_version ("ggml_cuda_init: found 5 CUDA devices:\nversion: 7414 (ui)\n", "7414 (ui)");
  check_version ("my version: 1\n", "the package's");
  check_version ("version: \n", "the package's");
  check_version ("", "the package's");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_unsetenv (PADDOCK_ENGINE_VARIABLE);
  g_test_add_func ("/engine-locator/usual-place", test_usual_place);
  g_test_add_func ("/engine-locator/chosen", test_chosen);
  g_test_add_func ("/engine-locator/environment", test_environment);
  g_test_add_func ("/engine-locator/missing", test_missing);
  g_test_add_func ("/engine-locator/without-fit", test_without_fit);
  g_test_add_func ("/engine-locator/sandbox", test_sandbox);
  g_test_add_func ("/engine-binary/version", test_version);
  return g_test_run ();
}
