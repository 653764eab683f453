/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ollama-manifest.h"

#include <string.h>

#include "hub-error.h"
#include "hub-json.h"

#define MEDIA "application/vnd.ollama.image."
#define ALGORITHM "sha256:"
#define SHA256_DIGITS 64

static void
free_layer (gpointer data)
{
  PaddockOllamaLayer *layer = data;

  g_free (layer->digest);
  g_free (layer);
}

/**
 * paddock_ollama_manifest_free:
 * @self: (transfer full): a manifest
 */
void
paddock_ollama_manifest_free (PaddockOllamaManifest *self)
{
  g_ptr_array_unref (self->layers);
  g_free (self);
}

static PaddockOllamaPart
find_part (const char *media)
{
  static const char *const parts[] = { "model", "projector", "adapter", "template", "params", "system", "license" };

  if (media == NULL || !g_str_has_prefix (media, MEDIA))
    return PADDOCK_OLLAMA_OTHER;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (media + strlen (MEDIA), parts[i]))
      return (PaddockOllamaPart) i;
  return PADDOCK_OLLAMA_OTHER;
}

static void
read_layer (PaddockOllamaManifest *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *digest = object != NULL ? paddock_hub_json_get_string (object, "digest") : NULL;
  const char *hex = digest != NULL && g_str_has_prefix (digest, ALGORITHM) ? digest + strlen (ALGORITHM) : NULL;
  PaddockOllamaLayer *layer;

  /* It becomes a part of an address. */
  if (hex == NULL || strlen (hex) != SHA256_DIGITS || strspn (hex, "0123456789abcdef") != SHA256_DIGITS)
    return;
  layer = g_new0 (PaddockOllamaLayer, 1);
  layer->part = find_part (paddock_hub_json_get_string (object, "mediaType"));
  layer->digest = g_strdup (hex);
  layer->size = paddock_hub_json_get_number (object, "size");
  g_ptr_array_add (self->layers, layer);
}

/**
 * paddock_ollama_manifest_read:
 * @root: (nullable): what the registry said
 *
 * Returns: (transfer full) (nullable): the manifest
 */
PaddockOllamaManifest *
paddock_ollama_manifest_read (JsonNode *root)
{
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray *layers = object != NULL ? paddock_hub_json_get_array (object, "layers") : NULL;
  g_autoptr (PaddockOllamaManifest) self = g_new0 (PaddockOllamaManifest, 1);

  self->layers = g_ptr_array_new_with_free_func (free_layer);
  for (guint i = 0; layers != NULL && i < json_array_get_length (layers); i++)
    read_layer (self, json_array_get_element (layers, i));
  for (guint i = 0; i < self->layers->len; i++)
    if (((PaddockOllamaLayer *) g_ptr_array_index (self->layers, i))->part == PADDOCK_OLLAMA_MODEL)
      return g_steal_pointer (&self);
  return NULL;
}

/**
 * paddock_ollama_manifest_open_registry:
 * @error: return location for %PADDOCK_HUB_ERROR
 *
 * Returns: (transfer full) (nullable): a session with the registry
 */
PaddockHubSession *
paddock_ollama_manifest_open_registry (GError **error)
{
  const char *given = g_getenv ("PADDOCK_OLLAMA_REGISTRY");

  return paddock_hub_session_new (given != NULL && *given != '\0' ? given : PADDOCK_OLLAMA_REGISTRY, NULL, error);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (PaddockHubAnswer) answer = paddock_hub_session_ask_finish (PADDOCK_HUB_SESSION (source), result, &error);
  PaddockOllamaManifest *manifest = answer != NULL ? paddock_ollama_manifest_read (answer->root) : NULL;

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (manifest == NULL)
    g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "%s: there is no model in it", answer->url);
  else
    g_task_return_pointer (task, manifest, (GDestroyNotify) paddock_ollama_manifest_free);
}

/**
 * paddock_ollama_manifest_load_async:
 * @registry: a session with the registry
 * @reference: a model
 * @cancellable: (nullable): to stop
 * @callback: called with its manifest
 * @user_data: for @callback
 */
void
paddock_ollama_manifest_load_async (PaddockHubSession *registry,
                                    const PaddockOllamaReference *reference,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (registry, cancellable, callback, user_data);
  g_autofree char *path = paddock_ollama_reference_build_manifest (reference);

  g_task_set_source_tag (task, paddock_ollama_manifest_load_async);
  g_task_set_static_name (task, "ollama manifest");
  paddock_hub_session_ask_async (registry, path, cancellable, on_answer, g_steal_pointer (&task));
}

/**
 * paddock_ollama_manifest_load_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the manifest
 */
PaddockOllamaManifest *
paddock_ollama_manifest_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
