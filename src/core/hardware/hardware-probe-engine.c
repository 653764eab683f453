/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "hardware/hardware-file.h"

#include <stdlib.h>
#include <string.h>

#define SERVER "llama-server"
#define BENCH "llama-bench"
#define FIT "llama-fit-params"
#define BACKEND_PREFIX "libggml-"
#define DPKG "/var/lib/dpkg/status"
#define PACMAN "/var/lib/pacman/local"

/* Where another computer's programs are, and here in addition to PATH. */
static const char *const places[] = {
  "/usr/local/bin", "/usr/bin", "/bin", "/opt/llama.cpp/bin", "/opt/llama.cpp", "/opt/llama.cpp/build/bin",
  "/home/linuxbrew/.linuxbrew/bin",
};
static const char *const home_places[] = { ".local/bin", "llama.cpp/build/bin", "llama.cpp/bin" };

static gboolean
is_program (const char *root, const char *path)
{
  g_autofree char *here = paddock_hardware_file_build (root, path);

  /* A tree that stands for another computer need not carry its permissions. */
  return g_file_test (here, G_FILE_TEST_IS_REGULAR) &&
         (!paddock_hardware_root_is_live (root) || g_file_test (here, G_FILE_TEST_IS_EXECUTABLE));
}

static char *
find_program (const char *root, const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  return is_program (root, path) ? g_steal_pointer (&path) : NULL;
}

/* The directory that it really lies in: where packages have links, the libraries lie beside what they point to. */
static char *
find_directory (const char *root, const char *path)
{
  g_autofree char *real = paddock_hardware_root_is_live (root) ? realpath (path, NULL) : NULL;

  return g_path_get_dirname (real != NULL ? real : path);
}

/* "libggml-cpu-haswell.so" is one of "cpu", and the base is none. */
static void
add_backends (const char *root, const char *directory, PaddockHardwareEngine *engine)
{
  g_auto (GStrv) names = paddock_hardware_file_list (root, directory, BACKEND_PREFIX);

  for (char **name = names; *name != NULL; name++)
    {
      const char *word = *name + strlen (BACKEND_PREFIX);
      g_autofree char *backend = g_strndup (word, strcspn (word, "-."));
      g_autofree char *clean = paddock_hardware_note_clean (backend);

      if (strstr (word, ".so") != NULL && clean != NULL && !g_str_equal (clean, "base"))
        paddock_hardware_engine_add_backend (engine, clean);
    }
}

/* Beside the program, or in the library directories of its prefix, down to where Debian keeps them. */
static void
find_backends (const char *root, const char *directory, PaddockHardwareEngine *engine)
{
  g_autofree char *prefix = g_path_get_dirname (directory);
  g_autofree char *lib = g_build_filename (prefix, "lib", NULL);
  g_autofree char *lib64 = g_build_filename (prefix, "lib64", NULL);
  g_autofree char *own = g_build_filename (lib, "ggml", NULL);
  g_auto (GStrv) tuples = paddock_hardware_file_list (root, lib, "");

  add_backends (root, directory, engine);
  add_backends (root, lib, engine);
  add_backends (root, lib64, engine);
  add_backends (root, own, engine);
  for (char **tuple = tuples; *tuple != NULL; tuple++)
    {
      g_autofree char *one = g_build_filename (lib, *tuple, NULL);
      g_autofree char *ggml = g_build_filename (one, "ggml", NULL);
      g_auto (GStrv) sets = NULL;

      if (!g_str_has_suffix (*tuple, "-linux-gnu"))
        continue;
      add_backends (root, one, engine);
      add_backends (root, ggml, engine);
      sets = paddock_hardware_file_list (root, ggml, "backends");
      for (char **set = sets; *set != NULL; set++)
        {
          g_autofree char *folder = g_build_filename (ggml, *set, NULL);

          add_backends (root, folder, engine);
        }
    }
}

static void
set_version (PaddockHardwareEngine *engine, const char *version, const char *source)
{
  engine->version = paddock_hardware_note_clean (version);
  if (engine->version != NULL)
    engine->version_source = g_strdup (source);
}

/* The value of a field up to the end of its line, within a paragraph that ends with an empty line. */
static char *
find_field (const char *paragraph, const char *field)
{
  const char *end = strstr (paragraph, "\n\n");
  const char *at = strstr (paragraph, field);

  if (at == NULL || (end != NULL && at > end))
    return NULL;
  at += strlen (field);
  return g_strstrip (g_strndup (at, strcspn (at, "\n")));
}

/* What is left of a package that was removed keeps its version too. */
static void
read_dpkg_version (const char *root, PaddockHardwareEngine *engine)
{
  static const char *const packages[] = { "llama.cpp-tools", "llama.cpp" };
  g_autofree char *text = paddock_hardware_file_read (root, DPKG);

  for (gsize i = 0; text != NULL && engine->version == NULL && i < G_N_ELEMENTS (packages); i++)
    {
      g_autofree char *line = g_strdup_printf ("Package: %s\n", packages[i]);
      const char *paragraph = strstr (text, line);
      g_autofree char *version = paragraph != NULL ? find_field (paragraph, "\nVersion:") : NULL;
      g_autofree char *status = paragraph != NULL ? find_field (paragraph, "\nStatus:") : NULL;

      if (version != NULL && g_strcmp0 (status, "install ok installed") == 0)
        set_version (engine, version, DPKG);
    }
}

static void
read_pacman_version (const char *root, PaddockHardwareEngine *engine)
{
  g_auto (GStrv) packages = paddock_hardware_file_list (root, PACMAN, "llama.cpp");

  for (char **package = packages; *package != NULL && engine->version == NULL; package++)
    {
      g_autofree char *path = g_build_filename (PACMAN, *package, "desc", NULL);
      g_autofree char *text = paddock_hardware_file_read (root, path);
      const char *at = text != NULL ? strstr (text, "%VERSION%\n") : NULL;

      if (at != NULL)
        {
          g_autofree char *version = g_strndup (at + strlen ("%VERSION%\n"), strcspn (at + strlen ("%VERSION%\n"), "\n"));

          set_version (engine, version, path);
        }
    }
}

/* What an installation of llama.cpp leaves for programs that link to it. */
static void
read_library_version (const char *root, const char *directory, PaddockHardwareEngine *engine)
{
  g_autofree char *prefix = g_path_get_dirname (directory);
  g_autofree char *path = g_build_filename (prefix, "lib", "pkgconfig", "llama.pc", NULL);
  g_autofree char *text = paddock_hardware_file_read (root, path);
  g_autofree char *version = text != NULL ? find_field (text, "\nVersion:") : NULL;

  if (version != NULL)
    set_version (engine, version, path);
}

static void
find_version (const char *root, const char *directory, PaddockHardwareEngine *engine)
{
  /* Packages install to these, and what lies elsewhere is none of theirs. */
  if (g_str_equal (directory, "/usr/bin") || g_str_equal (directory, "/bin"))
    {
      read_dpkg_version (root, engine);
      if (engine->version == NULL)
        read_pacman_version (root, engine);
    }
  if (engine->version == NULL)
    read_library_version (root, directory, engine);
}

/**
 * paddock_hardware_probe_engine_in:
 * @root: where the computer's files are
 * @directory: a directory of it
 * @source: what is told as the place where it was found
 *
 * Returns: (transfer full) (nullable): the engine whose programs are in that directory
 */
PaddockHardwareEngine *
paddock_hardware_probe_engine_in (const char *root, const char *directory, const char *source)
{
  g_autofree char *server = find_program (root, directory, SERVER);
  g_autofree char *bench = find_program (root, directory, BENCH);
  g_autofree char *fit = find_program (root, directory, FIT);
  g_autofree char *real = NULL;
  const char *first = server != NULL ? server : bench != NULL ? bench : fit;
  PaddockHardwareEngine *engine;

  if (first == NULL)
    return NULL;
  engine = paddock_hardware_engine_new (first);
  real = find_directory (root, first);
  engine->bench = g_steal_pointer (&bench);
  engine->fit = g_steal_pointer (&fit);
  engine->source = g_strdup (source);
  find_backends (root, real, engine);
  find_version (root, real, engine);
  return engine;
}

/* FALSE: none of its programs is in that directory. */
static gboolean
look_in (const char *root, const char *directory, const char *source, PaddockHardwareDraft *draft)
{
  draft->engine = paddock_hardware_probe_engine_in (root, directory, source);
  return draft->engine != NULL;
}

static gboolean
look_in_path (const char *root, PaddockHardwareDraft *draft)
{
  const char *path = paddock_hardware_root_is_live (root) ? g_getenv ("PATH") : NULL;
  g_auto (GStrv) directories = g_strsplit (path != NULL ? path : "", ":", -1);

  for (char **directory = directories; *directory != NULL; directory++)
    if (g_path_is_absolute (*directory) && look_in (root, *directory, "PATH", draft))
      return TRUE;
  return FALSE;
}

void
paddock_hardware_probe_engine (const char *root, PaddockHardwareDraft *draft)
{
  gboolean live = paddock_hardware_root_is_live (root);

  if (look_in_path (root, draft))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (look_in (root, places[i], places[i], draft))
      return;
  for (gsize i = 0; live && i < G_N_ELEMENTS (home_places); i++)
    {
      g_autofree char *place = g_build_filename (g_get_home_dir (), home_places[i], NULL);

      if (look_in (root, place, place, draft))
        return;
    }
}
