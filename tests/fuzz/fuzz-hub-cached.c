/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-target.h"
#include "hub-cached.h"

/* What lies in the cache, after anything happened to it. What is taken for whole can be kept again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PaddockHubCached) cached = paddock_hub_cached_unpack (bytes, "/key");
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (PaddockHubCached) again = NULL;

  if (cached == NULL)
    return 0;
  packed = paddock_hub_cached_pack (cached, "/key");
  again = paddock_hub_cached_unpack (packed, "/key");
  g_assert_nonnull (again);
  g_assert_true (g_bytes_equal (cached->body, again->body));
  g_assert_cmpstr (cached->tag, ==, again->tag);
  return 0;
}
