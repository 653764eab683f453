/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strict-parser.h"
#include "fuzz-target.h"
#include "hub-account.h"
#include "hub-answer.h"
#include "hub-file.h"
#include "hub-limit.h"
#include "hub-reference.h"
#include "hub-repository.h"
#include "hub-variant.h"
#include "ollama-manifest.h"

#include <string.h>

/* What a server says of repositories and files, and what a person pastes. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (PaddockHubReference) reference = paddock_hub_reference_parse (text, "https://example.org");
  g_autofree char *next = paddock_hub_answer_find_next (text);
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
  g_autoptr (GPtrArray) repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_repository_unref);
  g_autoptr (GPtrArray) variants = NULL;
  g_autoptr (PaddockOllamaReference) other = paddock_ollama_reference_parse (text);
  g_autoptr (PaddockHubAccount) account = NULL;
  g_autoptr (PaddockOllamaManifest) manifest = NULL;

  g_assert_cmpint (paddock_hub_limit_read (text, text, TRUE, 1000), <=, 1000 + 901);
  if (other != NULL)
    g_assert_null (strchr (other->name, '/'));
  if (reference != NULL)
    g_assert_true (paddock_hub_reference_is_id (reference->id));
  if (next != NULL)
    g_assert_cmpint (next[0], ==, '/');
  if (!json_parser_load_from_data (parser, (const char *) data, (gssize) size, NULL))
    return 0;
  paddock_hub_file_read_tree (json_parser_get_root (parser), files);
  paddock_hub_repository_read_list (json_parser_get_root (parser), repositories);
  account = paddock_hub_account_read (json_parser_get_root (parser));
  manifest = paddock_ollama_manifest_read (json_parser_get_root (parser));
  variants = paddock_hub_variant_group (files);
  for (guint i = 0; i < variants->len; i++)
    g_assert_cmpuint (((PaddockHubVariant *) g_ptr_array_index (variants, i))->files->len, >, 0);
  return 0;
}
