/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report-check.h"

/* The layouts of the blocks have not changed since. */
#define CURRENT_VERSION 2
/* llama.cpp sets this bit where it guesses. */
#define GUESSED (1u << 10)
#define ALL_F32 0
#define SMALLEST_BLOCK 32

typedef struct
{
  guint64 with_main_type;
  guint64 could_have_it;             /* matrices with rows of whole blocks of that type */
  guint64 could_be_quantized;        /* matrices with rows of whole blocks of the smallest kind */
  guint64 quantized;
} TypeCount;

static void
count_types (PaddockReportCheck *check, const PaddockQuantType *main_type, TypeCount *count)
{
  guint total = paddock_gguf_shards_get_count (check->shards);

  for (guint i = 0; i < total; i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (check->shards, i)->file;
      guint n_tensors = file != NULL ? paddock_gguf_file_get_n_tensors (file) : 0;

      for (guint j = 0; j < n_tensors; j++)
        {
          const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (file, j);
          const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (file, tensor);

          count->with_main_type += tensor->type == main_type->id;
          if (tensor->n_dimensions < 2)
            continue;
          count->quantized += type == NULL || type->quantized;
          count->could_be_quantized += tensor->dimensions[0] % SMALLEST_BLOCK == 0;
          count->could_have_it += main_type->block > 0 && tensor->dimensions[0] % main_type->block == 0;
        }
    }
}

/*
 * Mixes hold other types too, and rows that are not whole blocks fall back to another one. But of the type that a mix
 * has its name from there is at least one tensor, where there could be one.
 */
static void
check_claim (PaddockReportCheck *check, const PaddockGgufEntry *entry, const PaddockQuantFileType *claim)
{
  const PaddockQuantType *main_type = paddock_quant_type_lookup (claim->main_type, paddock_gguf_file_get_dialect (check->file));
  TypeCount count = { 0 };

  if (main_type == NULL)
    return;
  count_types (check, main_type, &count);
  if ((count.could_have_it > 0 && count.with_main_type == 0)
      || (main_type->quantized && count.could_be_quantized > 0 && count.quantized == 0)
      || (claim->id == ALL_F32 && count.quantized > 0))
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_FILE_TYPE, (gint64) entry->value_offset,
                                       "general.file_type", -1, "%s, 0 × %s", claim->name, main_type->name);
}

static void
check_file_type (PaddockReportCheck *check)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, "general.file_type");
  const PaddockQuantFileType *claim;
  guint64 id;

  if (entry == NULL || !paddock_gguf_metadata_read_uint (check->metadata, entry, &id))
    return;
  claim = id <= G_MAXUINT32 ? paddock_quant_file_type_lookup ((guint32) id & ~GUESSED,
                                                              paddock_gguf_file_get_dialect (check->file))
                            : NULL;
  if (claim == NULL)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_FILE_TYPE, (gint64) entry->value_offset,
                                       "general.file_type", -1, "%" G_GUINT64_FORMAT " (?)", id);
  else if (claim->main_type != G_MAXUINT32)
    check_claim (check, entry, claim);
}

static void
check_version (PaddockReportCheck *check)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, "general.quantization_version");
  guint64 version;

  if (entry != NULL && paddock_gguf_metadata_read_uint (check->metadata, entry, &version) && version != CURRENT_VERSION)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_QUANTIZATION_VERSION, (gint64) entry->value_offset,
                                       "general.quantization_version", -1, "%" G_GUINT64_FORMAT, version);
}

void
paddock_report_check_quantization (PaddockReportCheck *check)
{
  check_file_type (check);
  check_version (check);
}
