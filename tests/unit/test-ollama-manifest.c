/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ollama-manifest.h"

#include <json-glib/json-glib.h>

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define MEDIA "application/vnd.ollama.image."

static const struct
{
  const char *text, *owner, *name, *tag;
} meant[] = {
  { "ollama://qwen3", "library", "qwen3", "latest" },
  { " ollama://qwen3:8b ", "library", "qwen3", "8b" },
  { "ollama://someone/model:q4_K_M", "someone", "model", "q4_K_M" },
  { "https://ollama.com/library/llama3.2", "library", "llama3.2", "latest" },
  { "https://ollama.com/library/llama3.2:3b-instruct-q8_0/", "library", "llama3.2", "3b-instruct-q8_0" },
  { "https://ollama.com/someone/model?x=y#z", "someone", "model", "latest" },
  { "ollama.com/library/qwen3:8b", "library", "qwen3", "8b" },
  { "registry.ollama.ai/library/qwen3:8b", "library", "qwen3", "8b" },
};

static const char *const senseless[] = {
  "",
  "qwen3:8b",
  "ollama://",
  "ollama://a/b/c",
  "ollama://../x",
  "ollama://a..b",
  "ollama://a:",
  "ollama://a b",
  "ollama://-a",
  "ollama://a:b:c",
  "https://ollama.com/search",
  "https://ollama.com/",
  "https://example.org/library/qwen3",
  "ollama://a%2fb",
};

static void
test_reference (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++)
    {
      g_autoptr (PaddockOllamaReference) reference = paddock_ollama_reference_parse (meant[i].text);

      g_test_message ("%s", meant[i].text);
      g_assert_nonnull (reference);
      g_assert_cmpstr (reference->owner, ==, meant[i].owner);
      g_assert_cmpstr (reference->name, ==, meant[i].name);
      g_assert_cmpstr (reference->tag, ==, meant[i].tag);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    {
      g_autoptr (PaddockOllamaReference) reference = paddock_ollama_reference_parse (senseless[i]);

      g_test_message ("%s", senseless[i]);
      g_assert_null (reference);
    }
}

static void
test_paths (void)
{
  g_autoptr (PaddockOllamaReference) reference = paddock_ollama_reference_parse ("ollama://qwen3:8b");
  g_autofree char *manifest = paddock_ollama_reference_build_manifest (reference);
  g_autofree char *blob = paddock_ollama_reference_build_blob (reference, HEX);

  g_assert_cmpstr (manifest, ==, "/v2/library/qwen3/manifests/8b");
  g_assert_cmpstr (blob, ==, "/v2/library/qwen3/blobs/sha256:" HEX);
}

static PaddockOllamaManifest *
read_text (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return paddock_ollama_manifest_read (node);
}

static void
test_manifest (void)
{
  g_autoptr (PaddockOllamaManifest) manifest
      = read_text ("{\"schemaVersion\":2,\"layers\":["
                   "{\"mediaType\":\"" MEDIA "model\",\"digest\":\"sha256:" HEX "\",\"size\":7},"
                   "{\"mediaType\":\"" MEDIA "projector\",\"digest\":\"sha256:" HEX "\",\"size\":\"large\"},"
                   "{\"mediaType\":\"" MEDIA "params\",\"digest\":\"sha256:" HEX "\"},"
                   "{\"mediaType\":\"text/plain\",\"digest\":\"sha256:" HEX "\",\"size\":1},"
                   "{\"mediaType\":\"" MEDIA "model\",\"digest\":\"md5:" HEX "\"},"
                   "{\"mediaType\":\"" MEDIA "model\",\"digest\":\"sha256:../../x\"},7]}");
  static const PaddockOllamaPart parts[]
      = { PADDOCK_OLLAMA_MODEL, PADDOCK_OLLAMA_PROJECTOR, PADDOCK_OLLAMA_PARAMETERS, PADDOCK_OLLAMA_OTHER };
  static const gint64 sizes[] = { 7, -1, -1, 1 };

  g_assert_cmpuint (manifest->layers->len, ==, G_N_ELEMENTS (parts));
  for (guint i = 0; i < manifest->layers->len; i++)
    {
      const PaddockOllamaLayer *layer = g_ptr_array_index (manifest->layers, i);

      g_assert_cmpint ((int) layer->part, ==, (int) parts[i]);
      g_assert_cmpint (layer->size, ==, sizes[i]);
      g_assert_cmpstr (layer->digest, ==, HEX);
    }
  g_assert_null (read_text ("{\"layers\":[]}"));
  g_assert_null (read_text ("{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}"));
  g_assert_null (read_text ("[]"));
  g_assert_null (paddock_ollama_manifest_read (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ollama-manifest/reference", test_reference);
  g_test_add_func ("/ollama-manifest/paths", test_paths);
  g_test_add_func ("/ollama-manifest/manifest", test_manifest);
  return g_test_run ();
}
