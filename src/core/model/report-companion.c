/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/report-check.h"

/* What belongs to a model without being one: adapters and projectors. */

/* Sizes that a projector divides by. */
static const char *const divisors[] = {
  "clip.vision.image_size", "clip.vision.patch_size", "clip.vision.embedding_length", "clip.vision.block_count",
  "clip.vision.attention.head_count", "clip.audio.embedding_length", "clip.audio.block_count", "clip.audio.num_mel_bins",
  "clip.audio.attention.head_count",
};

/* Counts of keys that follow, which programs walk. */
static const char *const counts[] = { "general.base_model.count", "general.dataset.count" };
#define MAX_COUNT 256
#define MAX_SIZE (1u << 20)

static void
check_number (PaddockReportCheck *check, const char *key, guint64 minimum, guint64 maximum)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, key);
  guint64 value;
  g_autofree char *shown = NULL;

  if (entry == NULL || (paddock_gguf_metadata_read_uint (check->metadata, entry, &value) && value >= minimum && value <= maximum))
    return;
  shown = paddock_gguf_metadata_format (check->metadata, entry, 40);
  paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_PARAMETER_RANGE, (gint64) entry->value_offset, key, -1, "%s",
                                     shown);
}

/* Each .lora_a has its .lora_b. */
static void
check_pairs (PaddockReportCheck *check)
{
  guint count = paddock_gguf_file_get_n_tensors (check->file);

  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (check->file, i);
      g_autofree char *name = paddock_gguf_file_dup_tensor_name (check->file, tensor);
      gsize length = strlen (name);

      if (!g_str_has_suffix (name, ".lora_a") && !g_str_has_suffix (name, ".lora_b"))
        continue;
      name[length - 1] = name[length - 1] == 'a' ? 'b' : 'a';
      if (paddock_gguf_file_find_tensor (check->file, name) == NULL)
        paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_MISSING_TENSOR, (gint64) tensor->info_offset, name, -1,
                                           "LoRA");
    }
}

static void
check_adapter (PaddockReportCheck *check)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, "adapter.lora.alpha");
  double alpha;

  if (entry != NULL
      && (entry->type != PADDOCK_GGUF_FLOAT32 || !paddock_gguf_metadata_read_double (check->metadata, entry, &alpha)
          || !isfinite (alpha)))
    {
      g_autofree char *shown = paddock_gguf_metadata_format (check->metadata, entry, 40);

      paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_PARAMETER_RANGE, (gint64) entry->value_offset,
                                         "adapter.lora.alpha", -1, "%s", shown);
    }
  check_pairs (check);
}

void
paddock_report_check_companion (PaddockReportCheck *check)
{
  if (paddock_gguf_metadata_find (check->metadata, "adapter.type") != NULL)
    check_adapter (check);
  for (guint i = 0; i < G_N_ELEMENTS (divisors); i++)
    check_number (check, divisors[i], 1, MAX_SIZE);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    check_number (check, counts[i], 0, MAX_COUNT);
}
