/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-repository.h"

#include <string.h>

#include "hub-json.h"
#include "hub-reference.h"

#define LICENSE "license:"
#define BASE "base_model:"

/**
 * paddock_hub_repository_ref:
 * @self: a repository
 *
 * Returns: (transfer full): @self
 */
PaddockHubRepository *
paddock_hub_repository_ref (PaddockHubRepository *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_repository (gpointer data)
{
  PaddockHubRepository *self = data;

  g_free (self->id);
  g_free (self->author);
  g_free (self->sha);
  g_free (self->task);
  g_free (self->license);
  g_free (self->architecture);
  g_strfreev (self->tags);
  g_strfreev (self->base_models);
}

/**
 * paddock_hub_repository_unref:
 * @self: (transfer full): a repository
 */
void
paddock_hub_repository_unref (PaddockHubRepository *self)
{
  g_atomic_rc_box_release_full (self, clear_repository);
}

/* False, or how: the member is of two kinds. */
static PaddockHubGate
read_gate (JsonObject *object)
{
  const char *gate = paddock_hub_json_get_string (object, "gated");

  if (gate == NULL)
    return paddock_hub_json_get_boolean (object, "gated") ? PADDOCK_HUB_GATED_MANUAL : PADDOCK_HUB_OPEN;
  return g_str_equal (gate, "auto") ? PADDOCK_HUB_GATED_AUTOMATIC : PADDOCK_HUB_GATED_MANUAL;
}

/* What the tags hold, in a list that would be costly to have whole. */
static void
read_tags (PaddockHubRepository *self)
{
  g_autoptr (GStrvBuilder) bases = g_strv_builder_new ();

  for (guint i = 0; self->tags[i] != NULL; i++)
    {
      const char *tag = self->tags[i];

      if (self->license == NULL && g_str_has_prefix (tag, LICENSE) && tag[strlen (LICENSE)] != '\0')
        self->license = g_strdup (tag + strlen (LICENSE));
      /* With a relation, each is there once more. */
      else if (g_str_has_prefix (tag, BASE) && paddock_hub_reference_is_id (tag + strlen (BASE)))
        g_strv_builder_add (bases, tag + strlen (BASE));
    }
  self->base_models = g_strv_builder_end (bases);
}

static void
read_model (PaddockHubRepository *self, JsonObject *model)
{
  self->parameters = model != NULL ? paddock_hub_json_get_number (model, "total") : -1;
  self->context_length = model != NULL ? paddock_hub_json_get_number (model, "context_length") : -1;
  self->architecture = model != NULL ? g_strdup (paddock_hub_json_get_string (model, "architecture")) : NULL;
}

/**
 * paddock_hub_repository_read:
 * @node: (nullable): what the hub said
 *
 * Returns: (transfer full) (nullable): the repository
 */
PaddockHubRepository *
paddock_hub_repository_read (JsonNode *node)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? paddock_hub_json_get_string (object, "id") : NULL;
  PaddockHubRepository *self;

  if (id == NULL || !paddock_hub_reference_is_id (id))
    return NULL;
  self = g_atomic_rc_box_new0 (PaddockHubRepository);
  self->id = g_strdup (id);
  self->author = g_strndup (id, (gsize) (strchr (id, '/') - id));
  self->sha = g_strdup (paddock_hub_json_get_string (object, "sha"));
  self->task = g_strdup (paddock_hub_json_get_string (object, "pipeline_tag"));
  self->tags = paddock_hub_json_dup_strings (paddock_hub_json_get_array (object, "tags"));
  self->downloads = paddock_hub_json_get_number (object, "downloads");
  self->likes = paddock_hub_json_get_number (object, "likes");
  self->modified = paddock_hub_json_get_time (object, "lastModified");
  self->created = paddock_hub_json_get_time (object, "createdAt");
  self->gate = read_gate (object);
  self->is_private = paddock_hub_json_get_boolean (object, "private");
  self->is_disabled = paddock_hub_json_get_boolean (object, "disabled");
  read_tags (self);
  read_model (self, paddock_hub_json_get_object (object, "gguf"));
  return self;
}

/**
 * paddock_hub_repository_read_list:
 * @root: (nullable): what the hub said
 * @repositories: (element-type PaddockHubRepository): gets what it found
 *
 * Returns: whether it is a page of a search
 */
gboolean
paddock_hub_repository_read_list (JsonNode *root, GPtrArray *repositories)
{
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      PaddockHubRepository *repository = paddock_hub_repository_read (json_array_get_element (array, i));

      if (repository != NULL)
        g_ptr_array_add (repositories, repository);
    }
  return array != NULL;
}
