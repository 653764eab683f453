/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-cache.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/atomic-file.h"
#include "base/own-folder.h"

/* A file is this, the digest of what follows, and the program. */
#define MAGIC "PADDOCL1"
#define MAGIC_LENGTH 8
#define DIGEST_LENGTH 32
#define MAX_BYTES (64 << 20)

static void
get_digest (const guint8 *bytes, gsize length, guint8 digest[DIGEST_LENGTH])
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = DIGEST_LENGTH;

  g_checksum_update (checksum, bytes, (gssize) length);
  g_checksum_get_digest (checksum, digest, &size);
}

static char *
get_folder (void)
{
  g_autofree char *cache = paddock_own_folder_dup_path (PADDOCK_OWN_CACHE);

  return g_build_filename (cache, "opencl", NULL);
}

static char *
get_path (const char *key)
{
  g_autofree char *folder = get_folder ();

  return g_build_filename (folder, key, NULL);
}

/**
 * paddock_opencl_cache_make_key:
 * @parts: (array zero-terminated=1): all that the program depends on
 *
 * Returns: (transfer full): its name in the cache
 */
char *
paddock_opencl_cache_make_key (const char *const *parts)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  /* With its zero each part ends where it ends: "ab", "c" is not "a", "bc". */
  for (; *parts != NULL; parts++)
    g_checksum_update (checksum, (const guchar *) *parts, (gssize) strlen (*parts) + 1);
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * paddock_opencl_cache_load:
 * @key: the name of a program
 *
 * Returns: (transfer full) (nullable): the program
 */
GBytes *
paddock_opencl_cache_load (const char *key)
{
  g_autofree char *path = get_path (key);
  g_autoptr(GBytes) file = NULL;
  guint8 digest[DIGEST_LENGTH];
  char *content = NULL;
  const guint8 *bytes;
  GStatBuf status;
  gsize length;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_BYTES
      || !g_file_get_contents (path, &content, &length, NULL))
    return NULL;
  file = g_bytes_new_take (content, length);
  bytes = g_bytes_get_data (file, NULL);
  if (length <= MAGIC_LENGTH + DIGEST_LENGTH || memcmp (bytes, MAGIC, MAGIC_LENGTH) != 0)
    return NULL;
  get_digest (bytes + MAGIC_LENGTH + DIGEST_LENGTH, length - MAGIC_LENGTH - DIGEST_LENGTH, digest);
  if (memcmp (bytes + MAGIC_LENGTH, digest, DIGEST_LENGTH) != 0)
    return NULL;
  return g_bytes_new_from_bytes (file, MAGIC_LENGTH + DIGEST_LENGTH, length - MAGIC_LENGTH - DIGEST_LENGTH);
}

/**
 * paddock_opencl_cache_store:
 * @key: the name of a program
 * @binary: the program
 *
 * Keeps it, where that is possible.
 */
void
paddock_opencl_cache_store (const char *key, GBytes *binary)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *path = get_path (key);
  g_autoptr(PaddockAtomicFile) file = NULL;
  guint8 digest[DIGEST_LENGTH];
  gsize length;
  const guint8 *bytes = g_bytes_get_data (binary, &length);

  if (length > MAX_BYTES - MAGIC_LENGTH - DIGEST_LENGTH || g_mkdir_with_parents (folder, 0700) != 0)
    return;
  file = paddock_atomic_file_new (path, NULL);
  get_digest (bytes, length, digest);
  if (file != NULL && paddock_atomic_file_write (file, (const guint8 *) MAGIC, MAGIC_LENGTH, NULL)
      && paddock_atomic_file_write (file, digest, DIGEST_LENGTH, NULL)
      && paddock_atomic_file_write (file, bytes, length, NULL))
    paddock_atomic_file_commit (file, NULL);
}
