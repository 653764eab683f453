/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/report-check.h"
#include "model/template-scan.h"

/* The longest templates with tools have some tens of kilobytes. */
#define MAX_TEMPLATE_BYTES (256u << 10)
#define MAX_SCANNED_BYTES (4u << 20)

static void
check_source (PaddockReportCheck *check, const PaddockGgufEntry *entry, const char *text, gsize length)
{
  gsize key_length;
  const char *key = paddock_gguf_metadata_get_key_bytes (check->metadata, entry, &key_length);
  gint64 offset = (gint64) entry->value_offset;
  g_autofree char *source = g_strndup (text, MIN (length, MAX_SCANNED_BYTES));
  const char *danger = paddock_template_scan_find_danger (source);
  g_autofree char *fault = length <= MAX_SCANNED_BYTES ? paddock_template_scan_find_fault (source) : NULL;

  if (length > MAX_TEMPLATE_BYTES)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_TEMPLATE_LONG, offset, key, (gssize) key_length,
                                       "%" G_GSIZE_FORMAT, length);
  if (danger != NULL)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_TEMPLATE_UNSAFE, offset, key, (gssize) key_length, "%s",
                                       danger);
  if (fault != NULL)
    paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_TEMPLATE_BROKEN, offset, key, (gssize) key_length, "%s",
                                       fault);
}

static void
check_entry (PaddockReportCheck *check, const PaddockGgufEntry *entry)
{
  gsize length;
  const char *text;

  if (entry->type != PADDOCK_GGUF_STRING)
    {
      text = paddock_gguf_metadata_get_key_bytes (check->metadata, entry, &length);
      paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_TEMPLATE_TYPE, (gint64) entry->value_offset, text,
                                         (gssize) length, "%s", paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
      return;
    }
  text = paddock_gguf_metadata_get_string_bytes (check->metadata, entry, &length);
  if (text != NULL)
    check_source (check, entry, text, length);
}

void
paddock_report_check_template (PaddockReportCheck *check)
{
  static const char prefix[] = "tokenizer.chat_template";
  guint count = paddock_gguf_metadata_get_count (check->metadata);

  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (check->metadata, i);
      gsize length;
      const char *key = paddock_gguf_metadata_get_key_bytes (check->metadata, entry, &length);

      /* tokenizer.chat_template and tokenizer.chat_template.{name}; chat_templates lists the names. */
      if (length >= strlen (prefix) && memcmp (key, prefix, strlen (prefix)) == 0
          && (length == strlen (prefix) || key[strlen (prefix)] == '.'))
        check_entry (check, entry);
      if (i % 1024 == 0 && g_cancellable_is_cancelled (check->cancellable))
        return;
    }
}
