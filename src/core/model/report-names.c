/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/report-check.h"
#include "model/text-flags.h"

#define MAX_KEY_LENGTH 65535
#define MAX_TENSOR_NAME 63
/* Names that deceive are rare: the rest of a file full of them is as bad as the first. */
#define MAX_NUL_NAMES 65536

/* A list of names, keys or tensors, seen the same way. */
typedef struct
{
  PaddockReportCheck *check;
  gboolean of_tensors;
  guint count;
} NameList;

static const char *
get_name (const NameList *list, guint position, gsize *length)
{
  const PaddockGgufMetadata *metadata = list->check->metadata;

  if (list->of_tensors)
    return paddock_gguf_file_get_tensor_name_bytes (list->check->file,
                                                    paddock_gguf_file_get_tensor (list->check->file, position), length);
  return paddock_gguf_metadata_get_key_bytes (metadata, paddock_gguf_metadata_get_entry (metadata, position), length);
}

static gint64
get_offset (const NameList *list, guint position)
{
  if (list->of_tensors)
    return (gint64) paddock_gguf_file_get_tensor (list->check->file, position)->name_offset;
  return (gint64) paddock_gguf_metadata_get_entry (list->check->metadata, position)->key_offset;
}

static gboolean
exists (const NameList *list, const char *name)
{
  return list->of_tensors ? paddock_gguf_file_find_tensor (list->check->file, name) != NULL
                          : paddock_gguf_metadata_find (list->check->metadata, name) != NULL;
}

static int
compare_until_nul (const void *a, const void *b, void *data)
{
  const NameList *list = data;
  gsize first_length, second_length;
  const char *first = get_name (list, *(const guint *) a, &first_length);
  const char *second = get_name (list, *(const guint *) b, &second_length);

  return strncmp (first, second, MIN (first_length, second_length));
}

/* Programs in C read a name up to its NUL. Then it may be the name of something else. */
static gboolean
is_reserved (const char *key)
{
  return g_str_equal (key, "general.alignment") || g_str_equal (key, "general.architecture")
         || g_str_has_prefix (key, "split.");
}

static void
report_shadow (const NameList *list, guint position)
{
  gsize length;
  const char *name = get_name (list, position, &length);
  g_autofree char *seen = g_strndup (name, length);

  if (list->of_tensors)
    paddock_report_findings_add (list->check->findings, PADDOCK_SAYS_DUPLICATE_TENSOR, get_offset (list, position), name,
                                 (gssize) length);
  else
    paddock_report_findings_add_value (list->check->findings, PADDOCK_SAYS_SHADOWED_KEY, get_offset (list, position), name,
                                       (gssize) length, "%s", seen);
}

/* positions: of names that contain a NUL */
static void
check_shadows (NameList *list, GArray *positions)
{
  for (guint i = 0; i < positions->len; i++)
    {
      guint position = g_array_index (positions, guint, i);
      gsize length;
      const char *name = get_name (list, position, &length);
      g_autofree char *seen = g_strndup (name, length);

      if (exists (list, seen) || (!list->of_tensors && is_reserved (seen)))
        report_shadow (list, position);
    }
  g_sort_array (positions->data, positions->len, sizeof (guint), compare_until_nul, list);
  for (guint i = 1; i < positions->len; i++)
    if (compare_until_nul (&g_array_index (positions, guint, i - 1), &g_array_index (positions, guint, i), list) == 0)
      report_shadow (list, g_array_index (positions, guint, i));
}

static gboolean
has_key_style (const char *key, gsize length)
{
  gboolean at_start = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      char c = key[i];

      if (c == '.' ? at_start : !(g_ascii_islower (c) || g_ascii_isdigit (c) || c == '_' || c == '-'))
        return FALSE;
      at_start = c == '.';
    }
  return !at_start;
}

static void
check_key (NameList *list, guint position, const char *key, gsize length, PaddockTextFlags flags)
{
  PaddockReportFindings *findings = list->check->findings;
  gint64 offset = get_offset (list, position);

  if (length == 0)
    paddock_report_findings_add (findings, PADDOCK_SAYS_EMPTY_KEY, offset, NULL, 0);
  else if (flags & PADDOCK_TEXT_NUL)
    paddock_report_findings_add (findings, PADDOCK_SAYS_KEY_NUL, offset, key, (gssize) length);
  else if (flags != 0)
    paddock_report_findings_add (findings, PADDOCK_SAYS_KEY_TEXT, offset, key, (gssize) length);
  else if (!has_key_style (key, length))
    paddock_report_findings_add (findings, PADDOCK_SAYS_KEY_STYLE, offset, key, (gssize) length);
  if (length > MAX_KEY_LENGTH)
    paddock_report_findings_add_value (findings, PADDOCK_SAYS_LONG_KEY, offset, key, (gssize) length,
                                       "%" G_GSIZE_FORMAT, length);
}

static void
check_tensor_name (NameList *list, guint position, const char *name, gsize length, PaddockTextFlags flags)
{
  PaddockReportFindings *findings = list->check->findings;
  gint64 offset = get_offset (list, position);

  if (length == 0)
    paddock_report_findings_add (findings, PADDOCK_SAYS_TENSOR_NO_NAME, offset, NULL, 0);
  else if (flags & PADDOCK_TEXT_NUL)
    paddock_report_findings_add (findings, PADDOCK_SAYS_TENSOR_NUL, offset, name, (gssize) length);
  else if (flags != 0)
    paddock_report_findings_add (findings, PADDOCK_SAYS_TENSOR_TEXT, offset, name, (gssize) length);
  else if (paddock_text_flags_scan_syntax (name, length) != 0)
    paddock_report_findings_add (findings, PADDOCK_SAYS_TENSOR_TEXT, offset, name, (gssize) length);
  if (length > MAX_TENSOR_NAME)
    paddock_report_findings_add_value (findings, PADDOCK_SAYS_LONG_TENSOR_NAME, offset, name, (gssize) length,
                                       "%" G_GSIZE_FORMAT, length);
}

static void
check_list (NameList *list)
{
  g_autoptr (GArray) with_nul = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < list->count; i++)
    {
      gsize length;
      const char *name = get_name (list, i, &length);
      PaddockTextFlags flags = paddock_text_flags_scan (name, length);

      if ((flags & PADDOCK_TEXT_NUL) && with_nul->len < MAX_NUL_NAMES)
        g_array_append_val (with_nul, i);
      if (list->of_tensors)
        check_tensor_name (list, i, name, length, flags);
      else
        check_key (list, i, name, length, flags);
    }
  if (with_nul->len > 0)
    check_shadows (list, with_nul);
}

static void
check_duplicates (PaddockReportCheck *check)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find_first_duplicate (check->metadata);
  const PaddockGgufTensor *tensor = paddock_gguf_file_find_duplicate_tensor (check->file);
  gsize length;
  const char *name;

  if (entry != NULL)
    {
      name = paddock_gguf_metadata_get_key_bytes (check->metadata, entry, &length);
      paddock_report_findings_add (check->findings, PADDOCK_SAYS_DUPLICATE_KEY, (gint64) entry->key_offset, name,
                                   (gssize) length);
    }
  if (tensor != NULL)
    {
      name = paddock_gguf_file_get_tensor_name_bytes (check->file, tensor, &length);
      paddock_report_findings_add (check->findings, PADDOCK_SAYS_DUPLICATE_TENSOR, (gint64) tensor->name_offset, name,
                                   (gssize) length);
    }
}

void
paddock_report_check_names (PaddockReportCheck *check)
{
  NameList keys = { check, FALSE, paddock_gguf_metadata_get_count (check->metadata) };
  NameList tensors = { check, TRUE, paddock_gguf_file_get_n_tensors (check->file) };

  check_duplicates (check);
  check_list (&keys);
  check_list (&tensors);
}
