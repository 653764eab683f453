/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-target.h"
#include "model/model-info.h"

/* What a model is, told from any bytes: every text can be shown, every number is one or is missing. */

static void
check_text (const char *text)
{
  if (text != NULL)
    g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
check_list (char **texts)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    check_text (texts[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "fuzz-8x7B-Q4_K_M.gguf");
  g_autoptr(PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_autoptr(PaddockGgufShards) shards = paddock_gguf_shards_new_for_file (file);
  g_autoptr(PaddockModelInfo) info = paddock_model_info_new (shards);
  const char *texts[] = { info->name, info->basename, info->size_label, info->architecture, info->architecture_name,
                          info->quantization, info->file_type, info->license, info->author, info->organization,
                          info->description, info->repository, info->tokenizer, info->chat_template };
  gint64 numbers[] = { info->parameters, info->active_parameters, info->context_length, info->embedding_length,
                       info->layers, info->heads, info->kv_heads, info->vocabulary, info->experts, info->experts_used };

  g_assert_nonnull (info->name);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_text (texts[i]);
  check_list (info->languages);
  check_list (info->tags);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpint (numbers[i], >=, -1);
  g_assert_true (info->bits_per_weight >= 0);
  g_assert_nonnull (paddock_model_kind_get_id (info->kind));
  g_free (paddock_capabilities_list (info->capabilities));
  return 0;
}
