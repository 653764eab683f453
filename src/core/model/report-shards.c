/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report-check.h"

#include <string.h>

static const struct
{
  const char *key;
  PaddockGgufType type;
} split_keys[] = {
  { "split.no", PADDOCK_GGUF_UINT16 },
  { "split.count", PADDOCK_GGUF_UINT16 },
  { "split.tensors.count", PADDOCK_GGUF_INT32 },
};

static char *
dup_base_name (const char *path)
{
  return g_path_get_basename (path);
}

static void
check_keys (PaddockReportCheck *check, PaddockGgufFile *file)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);

  for (guint i = 0; i < G_N_ELEMENTS (split_keys); i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, split_keys[i].key);

      if (entry != NULL && entry->type != split_keys[i].type)
        paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_KEYS, (gint64) entry->value_offset,
                                           split_keys[i].key, -1, "%s ≠ %s",
                                           paddock_gguf_type_get_name ((PaddockGgufType) entry->type),
                                           paddock_gguf_type_get_name (split_keys[i].type));
    }
}

/* What a file says of its place in the set, beside what its name says. */
static void
check_place (PaddockReportCheck *check, PaddockGgufFile *file, guint index, guint count)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  g_autofree char *name = dup_base_name (paddock_gguf_file_get_path (file));
  guint64 said;

  if (!paddock_gguf_metadata_get_uint (metadata, "split.no", &said))
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_KEYS, -1, "split.no", -1, "= ? (%s)", name);
  else if (said != index)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_NUMBER, -1, name, -1,
                                       "%u ≠ %" G_GUINT64_FORMAT " (%s)", index, said, name);
  if (!paddock_gguf_metadata_get_uint (metadata, "split.count", &said))
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_KEYS, -1, "split.count", -1, "= ? (%s)", name);
  else if (said != count)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_COUNT, -1, name, -1,
                                       "%u ≠ %" G_GUINT64_FORMAT " (%s)", count, said, name);
}

static void
check_problem (PaddockReportCheck *check, const PaddockGgufShard *shard)
{
  g_autofree char *name = dup_base_name (shard->path);

  if (g_error_matches (shard->problem, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_FOUND))
    paddock_report_findings_add (check->findings, PADDOCK_SAYS_MISSING_SHARD, -1, name, -1);
  else
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_BAD_SHARD, -1, name, -1, "%s",
                                       shard->problem != NULL ? shard->problem->message : name);
}

/* The same name in two files: which of them counts depends on the program. */
static void
check_duplicates (PaddockReportCheck *check)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint count = paddock_gguf_shards_get_count (check->shards);

  for (guint i = 0; i < count; i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (check->shards, i)->file;
      guint n_tensors = file != NULL ? paddock_gguf_file_get_n_tensors (file) : 0;

      if (g_cancellable_is_cancelled (check->cancellable))
        return;
      for (guint j = 0; j < MIN (n_tensors, 65536); j++)
        {
          char *name = paddock_gguf_file_dup_tensor_name (file, paddock_gguf_file_get_tensor (file, j));
          gpointer other;

          if (g_hash_table_lookup_extended (seen, name, NULL, &other) && GPOINTER_TO_UINT (other) != i)
            paddock_report_findings_add (check->findings, PADDOCK_SAYS_DUPLICATE_TENSOR, -1, name, -1);
          g_hash_table_insert (seen, name, GUINT_TO_POINTER (i));
        }
    }
}

/* Later shards hold tensors only. One that repeats the model's keys must be of the same model. */
static void
check_belonging (PaddockReportCheck *check, PaddockGgufFile *file)
{
  static const char *const keys[] = { "general.architecture", "general.name", "split.tensors.count" };
  g_autofree char *name = dup_base_name (paddock_gguf_file_get_path (file));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
      const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, keys[i]);
      const PaddockGgufEntry *first = paddock_gguf_metadata_find (check->metadata, keys[i]);
      g_autofree char *value = entry != NULL ? paddock_gguf_metadata_format (metadata, entry, 80) : NULL;
      g_autofree char *first_value = first != NULL ? paddock_gguf_metadata_format (check->metadata, first, 80) : NULL;

      if (value != NULL && g_strcmp0 (value, first_value) != 0)
        paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_FOREIGN_SHARD, -1, name, -1, "%s: %s ≠ %s", keys[i],
                                           value, first_value != NULL ? first_value : "?");
    }
}

static void
check_total (PaddockReportCheck *check)
{
  gint64 announced;
  guint total = paddock_gguf_shards_get_n_tensors (check->shards);

  if (paddock_gguf_shards_get_n_present (check->shards) == paddock_gguf_shards_get_count (check->shards)
      && paddock_gguf_metadata_get_int (check->metadata, "split.tensors.count", &announced) && announced != (gint64) total)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_TENSORS, -1, NULL, 0,
                                       "%u ≠ %" G_GINT64_FORMAT, total, announced);
}

/* One file alone, which may be a part all the same. */
static void
check_single (PaddockReportCheck *check)
{
  guint64 number = 0, count = 1;
  gboolean has_number = paddock_gguf_metadata_get_uint (check->metadata, "split.no", &number);
  gboolean has_count = paddock_gguf_metadata_get_uint (check->metadata, "split.count", &count);
  guint named_count;
  gint64 announced;

  check_keys (check, check->file);
  if (paddock_gguf_metadata_get_int (check->metadata, "split.tensors.count", &announced) && announced < 0)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_TENSORS, -1, NULL, 0, "%" G_GINT64_FORMAT, announced);
  if (has_count && count > 1)
    {
      paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_NAME, -1, NULL, 0,
                                         "%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT, number + 1, count);
      if (!has_number)
        paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_KEYS, -1, "split.no", -1, "= ?");
    }
  if (has_number && number >= MAX (count, 1))
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_NUMBER, -1, NULL, 0,
                                       "%" G_GUINT64_FORMAT " ≥ %" G_GUINT64_FORMAT, number, count);
  if (paddock_gguf_shards_parse_name (paddock_gguf_file_get_path (check->file), NULL, NULL, &named_count) && named_count > 1
      && (!has_count || count <= 1))
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_SHARD_COUNT, -1, NULL, 0,
                                       "%u ≠ %" G_GUINT64_FORMAT, named_count, has_count ? count : 1);
}

void
paddock_report_check_shards (PaddockReportCheck *check)
{
  guint count = paddock_gguf_shards_get_count (check->shards);

  if (count == 1)
    {
      check_single (check);
      return;
    }
  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (check->shards, i);

      if (shard->file == NULL)
        {
          check_problem (check, shard);
          continue;
        }
      check_keys (check, shard->file);
      check_place (check, shard->file, shard->index, count);
      if (i > 0)
        check_belonging (check, shard->file);
    }
  check_duplicates (check);
  check_total (check);
}
