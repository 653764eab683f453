/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-error.h"
#include "fuzz-target.h"
#include "part-file.h"

#include <glib/gstdio.h>

/* What lies beside a part: of an older version, cut off, or somebody's joke. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static char *folder;
  g_autoptr (PaddockDownloadRequest) request = NULL;
  g_autoptr (PaddockPartFile) part = NULL;
  g_autofree char *target = NULL, *journal = NULL, *content = NULL;
  PaddockPartValidators validators;

  if (folder == NULL)
    folder = g_dir_make_tmp ("fuzz-journal-XXXXXX", NULL);
  target = g_build_filename (folder, "file", NULL);
  journal = g_build_filename (folder, ".file.part.journal", NULL);
  content = g_build_filename (folder, ".file.part", NULL);
  g_assert_true (g_file_set_contents (journal, (const char *) data, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (content, "0123456789", -1, NULL));
  request = paddock_download_request_new (target);
  paddock_download_request_add_source (request, "https://example.org/file", NULL);
  part = paddock_part_file_open (request, NULL);
  g_assert_nonnull (part);
  if (paddock_part_file_get_begun (part, &validators) && validators.size < 1u << 30)
    {
      g_autoptr (PaddockBlockMap) map = paddock_part_file_make_map (part);
      guint32 checksum;

      g_assert_cmpuint (paddock_block_map_get_done (map), <=, 10);
      paddock_part_file_get_checksum (part, 0, &checksum);
    }
  g_clear_pointer (&part, paddock_part_file_free);
  g_remove (content);
  g_remove (journal);
  return 0;
}
