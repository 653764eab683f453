/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "machine-tree.h"

typedef struct
{
  const char *machine;
  const char *path;                  /* NULL: there is none */
  const char *bench;
  const char *version;
  const char *version_source;
  const char *backends;
} Expected;

static const Expected engines[] = {
  { "amd-discrete", "/usr/bin/llama-server", "/usr/bin/llama-bench", "8681+dfsg-2", "/var/lib/dpkg/status",
    "cpu hip vulkan" },
  { "two-nvidia", "/usr/local/bin/llama-server", NULL, "0.0.6910", "/usr/local/lib/pkgconfig/llama.pc", "cpu cuda" },
  { "intel-arc", "/usr/bin/llama-bench", "/usr/bin/llama-bench", "b6910-1",
    "/var/lib/pacman/local/llama.cpp-vulkan-b6910-1/desc", "cpu vulkan" },
  { "virtual", NULL, NULL, NULL, NULL, NULL },
  /* A directory of that name is no program. */
  { "lying-sysfs", NULL, NULL, NULL, NULL, NULL },
};

static char *
join (GPtrArray *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < words->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (words, i));
  list = g_strv_builder_end (builder);
  return g_strjoinv (" ", list);
}

static void
test_machine (gconstpointer data)
{
  const Expected *expected = data;
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = test_machine_tree_unpack (directory, expected->machine);
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autofree char *backends = NULL;

  paddock_hardware_probe_engine (root, draft);
  g_assert_cmpint (draft->engine != NULL, ==, expected->path != NULL);
  if (draft->engine == NULL)
    return;
  backends = join (draft->engine->backends);
  g_assert_cmpstr (draft->engine->path, ==, expected->path);
  g_assert_cmpstr (draft->engine->bench, ==, expected->bench);
  g_assert_cmpstr (draft->engine->version, ==, expected->version);
  g_assert_cmpstr (draft->engine->version_source, ==, expected->version_source);
  g_assert_cmpstr (backends, ==, expected->backends);
  g_assert_nonnull (draft->engine->source);
}

/* What is only known to the package manager, and was removed, has no version. */
static void
test_removed_package (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autoptr (GError) error = NULL;

  test_machine_tree_write (test_directory_get_path (directory),
                           "/usr/bin/llama-server: a program\n"
                           "/var/lib/dpkg/status:\n"
                           "  Package: llama.cpp-tools\n"
                           "  Status: deinstall ok config-files\n"
                           "  Version: 1\\n\n"
                           "  Package: other\n"
                           "  Status: install ok installed\n"
                           "  Version: 2\n",
                           &error);
  g_assert_no_error (error);
  paddock_hardware_probe_engine (test_directory_get_path (directory), draft);
  g_assert_nonnull (draft->engine);
  g_assert_null (draft->engine->version);
  g_assert_cmpuint (draft->engine->backends->len, ==, 0);
}

static void
test_copy (void)
{
  g_autoptr (PaddockHardwareEngine) engine = paddock_hardware_engine_new ("/bin/llama-server");
  g_autoptr (PaddockHardwareEngine) copy = NULL;

  paddock_hardware_engine_add_backend (engine, "cpu");
  paddock_hardware_engine_add_backend (engine, "cuda");
  paddock_hardware_engine_add_backend (engine, "cpu");
  engine->version = g_strdup ("7");
  engine->fit = g_strdup ("/bin/llama-fit-params");
  copy = paddock_hardware_engine_copy (engine);
  g_assert_cmpstr (copy->path, ==, "/bin/llama-server");
  g_assert_cmpstr (copy->version, ==, "7");
  g_assert_cmpstr (copy->fit, ==, "/bin/llama-fit-params");
  g_assert_cmpuint (copy->backends->len, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (engines); i++)
    {
      g_autofree char *path = g_strconcat ("/hardware-engine/machine/", engines[i].machine, NULL);

      g_test_add_data_func (path, &engines[i], test_machine);
    }
  g_test_add_func ("/hardware-engine/removed-package", test_removed_package);
  g_test_add_func ("/hardware-engine/copy", test_copy);
  return g_test_run ();
}
