/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-session.h"
#include "ollama-reference.h"

G_BEGIN_DECLS

#define PADDOCK_OLLAMA_REGISTRY "https://registry.ollama.ai"

typedef enum
{
  PADDOCK_OLLAMA_MODEL,
  PADDOCK_OLLAMA_PROJECTOR,
  PADDOCK_OLLAMA_ADAPTER,
  PADDOCK_OLLAMA_TEMPLATE,
  PADDOCK_OLLAMA_PARAMETERS,
  PADDOCK_OLLAMA_SYSTEM, /* what the model is told first */
  PADDOCK_OLLAMA_LICENSE,
  PADDOCK_OLLAMA_OTHER
} PaddockOllamaPart;

typedef struct
{
  PaddockOllamaPart part;
  char *digest; /* SHA-256, 64 digits */
  gint64 size;  /* -1: unknown */
} PaddockOllamaLayer;

/**
 * PaddockOllamaManifest:
 *
 * What a model in Ollama's registry consists of.
 */
typedef struct
{
  GPtrArray *layers; /* PaddockOllamaLayer */
} PaddockOllamaManifest;

void
paddock_ollama_manifest_free (PaddockOllamaManifest *self);
/* NULL: it is none, or has no model in it. */
PaddockOllamaManifest *
paddock_ollama_manifest_read (JsonNode *root);

/* With the registry, or the one that PADDOCK_OLLAMA_REGISTRY names: nobody's token goes there. */
PaddockHubSession *
paddock_ollama_manifest_open_registry (GError **error);
void
paddock_ollama_manifest_load_async (PaddockHubSession *registry,
                                    const PaddockOllamaReference *reference,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
PaddockOllamaManifest *
paddock_ollama_manifest_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockOllamaManifest, paddock_ollama_manifest_free)

G_END_DECLS
