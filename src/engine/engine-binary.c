/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-binary.h"

#include <string.h>

#include "hardware/hardware-note.h"

#define VERSION "version: "

/**
 * paddock_engine_binary_new:
 * @installed: (transfer full): an engine with a fit program
 *
 * Returns: (transfer full): it, to be asked
 */
PaddockEngineBinary *
paddock_engine_binary_new (PaddockHardwareEngine *installed)
{
  PaddockEngineBinary *self = g_new0 (PaddockEngineBinary, 1);

  self->installed = installed;
  return self;
}

/**
 * paddock_engine_binary_new_for_host:
 *
 * Returns: (transfer full): whatever engine the system outside of the sandbox finds
 */
PaddockEngineBinary *
paddock_engine_binary_new_for_host (void)
{
  PaddockEngineBinary *self = paddock_engine_binary_new (paddock_hardware_engine_new (PADDOCK_ENGINE_FIT_PROGRAM));

  self->installed->fit = g_strdup (PADDOCK_ENGINE_FIT_PROGRAM);
  self->installed->source = g_strdup ("flatpak-spawn");
  self->on_host = TRUE;
  return self;
}

/**
 * paddock_engine_binary_copy:
 * @self: an engine
 *
 * Returns: (transfer full): another one that says the same
 */
PaddockEngineBinary *
paddock_engine_binary_copy (const PaddockEngineBinary *self)
{
  PaddockEngineBinary *copy = paddock_engine_binary_new (paddock_hardware_engine_copy (self->installed));

  copy->on_host = self->on_host;
  return copy;
}

/**
 * paddock_engine_binary_free:
 * @self: (transfer full): an engine
 */
void
paddock_engine_binary_free (PaddockEngineBinary *self)
{
  paddock_hardware_engine_free (self->installed);
  g_free (self);
}

/**
 * paddock_engine_binary_build_command:
 * @self: an engine
 * @arguments: (array zero-terminated=1): for its fit program
 *
 * Returns: (transfer full) (array zero-terminated=1): what to execute
 */
char **
paddock_engine_binary_build_command (const PaddockEngineBinary *self, const char *const *arguments)
{
  /* With the last one the program outside ends when this one lets go of it. */
  static const char *const host[] = { "flatpak-spawn", "--host", "--env=GGML_NO_BACKTRACE=1", "--watch-bus", NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (self->on_host)
    g_strv_builder_addv (builder, (const char **) host);
  g_strv_builder_add (builder, self->installed->fit);
  g_strv_builder_addv (builder, (const char **) arguments);
  return g_strv_builder_end (builder);
}

/**
 * paddock_engine_binary_read_version:
 * @self: an engine
 * @text: what its program says of its version
 */
void
paddock_engine_binary_read_version (PaddockEngineBinary *self, const char *text)
{
  const char *at = g_str_has_prefix (text, VERSION) ? text : strstr (text, "\n" VERSION);
  g_autofree char *line = NULL;
  g_autofree char *clean = NULL;

  if (at == NULL)
    return;
  at = strstr (at, VERSION) + strlen (VERSION);
  line = g_strndup (at, strcspn (at, "\n"));
  clean = paddock_hardware_note_clean (line);
  if (clean == NULL)
    return;
  g_set_str (&self->installed->version, clean);
  g_set_str (&self->installed->version_source, self->installed->fit);
}
