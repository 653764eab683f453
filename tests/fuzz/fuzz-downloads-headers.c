/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer-headers.h"
#include "fuzz-target.h"

/* What a server says. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *sha256 = paddock_answer_headers_dup_sha256 (text);
  PaddockContentRange range;
  guint64 length;
  gint64 wait = paddock_answer_headers_read_wait (text, NULL, 1000), limit = paddock_answer_headers_read_wait (NULL, text, 0);

  if (sha256 != NULL)
    g_assert_cmpuint (strlen (sha256), ==, 64);
  if (paddock_answer_headers_read_length (text, &length) || paddock_answer_headers_read_unsatisfied (text, &length))
    g_assert_cmpuint (length, <=, G_MAXINT64);
  if (paddock_answer_headers_read_range (text, &range))
    {
      g_assert_cmpuint (range.first, <=, range.last);
      g_assert_true (range.total < 0 || range.last < (guint64) range.total);
    }
  if (paddock_answer_headers_is_strong_tag (text))
    g_assert_cmpint (text[strlen (text) - 1], ==, '"');
  g_assert_true (wait >= -1 && wait <= 24 * 3600 && limit >= -1 && limit <= 24 * 3600 + 1);
  return 0;
}
