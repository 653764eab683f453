/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-places.h"

/**
 * paddock_store_places_get_variable:
 * @self: places
 * @name: of a variable
 *
 * Returns: (nullable): what it says, if it says anything
 */
const char *
paddock_store_places_get_variable (const PaddockStorePlaces *self, const char *name)
{
  const char *value = g_environ_getenv (self->environment, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static char *
find_place (const PaddockStorePlaces *self, const char *variable, const char *fallback)
{
  const char *value = paddock_store_places_get_variable (self, variable);

  /* The specification has relative paths ignored. */
  return value != NULL && g_path_is_absolute (value) ? g_strdup (value) : g_build_filename (self->home, fallback, NULL);
}

/**
 * paddock_store_places_new_in:
 * @home: (type filename): a home
 * @environment: variables, as of g_get_environ()
 *
 * Returns: (transfer full): the places of whoever lives there
 */
PaddockStorePlaces *
paddock_store_places_new_in (const char *home, char **environment)
{
  PaddockStorePlaces *self = g_new0 (PaddockStorePlaces, 1);
  const char *own;

  self->home = g_strdup (home);
  self->environment = g_strdupv (environment);
  self->data = find_place (self, "XDG_DATA_HOME", ".local/share");
  self->cache = find_place (self, "XDG_CACHE_HOME", ".cache");
  self->config = find_place (self, "XDG_CONFIG_HOME", ".config");
  self->system = g_strdup ("/");
  own = paddock_store_places_get_variable (self, "PADDOCK_DATA_DIR");
  self->own = own != NULL ? g_build_filename (own, "models", NULL)
                          : g_build_filename (self->data, "paddock", "models", NULL);
  return self;
}

/**
 * paddock_store_places_new:
 *
 * Returns: (transfer full): the places of the person who runs the program
 */
PaddockStorePlaces *
paddock_store_places_new (void)
{
  g_auto (GStrv) environment = g_get_environ ();

  return paddock_store_places_new_in (g_get_home_dir (), environment);
}

/**
 * paddock_store_places_copy:
 * @self: places
 *
 * Returns: (transfer full): the same
 */
PaddockStorePlaces *
paddock_store_places_copy (const PaddockStorePlaces *self)
{
  PaddockStorePlaces *copy = g_new0 (PaddockStorePlaces, 1);

  copy->home = g_strdup (self->home);
  copy->data = g_strdup (self->data);
  copy->cache = g_strdup (self->cache);
  copy->config = g_strdup (self->config);
  copy->system = g_strdup (self->system);
  copy->environment = g_strdupv (self->environment);
  copy->own = g_strdup (self->own);
  return copy;
}

/**
 * paddock_store_places_free:
 * @self: (transfer full): places
 */
void
paddock_store_places_free (PaddockStorePlaces *self)
{
  g_free (self->home);
  g_free (self->data);
  g_free (self->cache);
  g_free (self->config);
  g_free (self->system);
  g_strfreev (self->environment);
  g_free (self->own);
  g_free (self);
}
