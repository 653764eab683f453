/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-locator.h"

#include "hardware/hardware-file.h"
#include "hardware/hardware-probe.h"

#define SANDBOX "/.flatpak-info"

static PaddockHardwareEngine *
look_at_chosen (const char *root, const char *chosen)
{
  g_autofree char *here = paddock_hardware_file_build (root, chosen);
  g_autofree char *directory = g_file_test (here, G_FILE_TEST_IS_DIR) ? g_strdup (chosen) : g_path_get_dirname (chosen);

  return paddock_hardware_probe_engine_in (root, directory, chosen);
}

static PaddockHardwareEngine *
look_at_usual_places (const char *root)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();

  paddock_hardware_probe_engine (root, draft);
  return g_steal_pointer (&draft->engine);
}

/* Some have the server here and the other programs there. */
static PaddockHardwareEngine *
look_for_fit_alone (const char *root)
{
  g_autofree char *path = paddock_hardware_root_is_live (root) ? g_find_program_in_path (PADDOCK_ENGINE_FIT_PROGRAM) : NULL;
  g_autofree char *directory = path != NULL ? g_path_get_dirname (path) : NULL;

  return directory != NULL ? paddock_hardware_probe_engine_in (root, directory, "PATH") : NULL;
}

static PaddockEngineBinary *
fail (const PaddockHardwareEngine *engine, const char *chosen, GError **error)
{
  if (engine != NULL)
    g_set_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_NO_FIT,
                 "llama.cpp is installed (%s), but without its program %s", engine->path, PADDOCK_ENGINE_FIT_PROGRAM);
  else if (chosen != NULL)
    g_set_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_MISSING, "there is no llama.cpp at %s", chosen);
  else
    g_set_error_literal (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_MISSING, "llama.cpp is not installed");
  return NULL;
}

/**
 * paddock_engine_locator_find:
 * @root: where the computer's files are
 * @chosen: (nullable): the directory that a person chose; the environment comes before it
 * @error: return location for a #PaddockEngineError
 *
 * What was chosen is the only place that is looked at. Else it is `PATH` and where llama.cpp usually is, and in a sandbox
 * the system outside.
 *
 * Returns: (transfer full) (nullable): the engine
 */
PaddockEngineBinary *
paddock_engine_locator_find (const char *root, const char *chosen, GError **error)
{
  const char *wanted = g_getenv (PADDOCK_ENGINE_VARIABLE);
  g_autoptr (PaddockHardwareEngine) engine = NULL;

  if (wanted == NULL || *wanted == '\0')
    wanted = chosen;
  engine = wanted != NULL ? look_at_chosen (root, wanted) : look_at_usual_places (root);
  if (wanted == NULL && (engine == NULL || engine->fit == NULL))
    {
      g_autoptr (PaddockHardwareEngine) other = look_for_fit_alone (root);

      if (other == NULL && paddock_hardware_file_exists (root, SANDBOX))
        return paddock_engine_binary_new_for_host ();
      if (other != NULL)
        return paddock_engine_binary_new (g_steal_pointer (&other));
    }
  if (engine == NULL || engine->fit == NULL)
    return fail (engine, wanted, error);
  return paddock_engine_binary_new (g_steal_pointer (&engine));
}
