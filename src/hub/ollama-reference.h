/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockOllamaReference:
 *
 * A model in Ollama's registry: written "ollama://name", "ollama://name:tag" or "ollama://owner/name:tag", or as the address of
 * its page on ollama.com.
 */
typedef struct
{
  char *owner; /* "library" where nobody is named */
  char *name;
  char *tag; /* "latest" where none is said */
} PaddockOllamaReference;

/* NULL: the text names nothing there. */
PaddockOllamaReference *
paddock_ollama_reference_parse (const char *text);
void
paddock_ollama_reference_free (PaddockOllamaReference *self);

/* Paths at the registry; digest: 64 digits. */
char *
paddock_ollama_reference_build_manifest (const PaddockOllamaReference *self);
char *
paddock_ollama_reference_build_blob (const PaddockOllamaReference *self, const char *digest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockOllamaReference, paddock_ollama_reference_free)

G_END_DECLS
