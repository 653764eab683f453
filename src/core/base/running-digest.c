/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/running-digest.h"

#include <gcrypt.h>

#define SHA256_BYTES 32

struct _PaddockRunningDigest
{
  gcry_md_hd_t handle;
  int algorithm;
};

static void
init_gcrypt (void)
{
  static gsize initialized = 0;

  if (!g_once_init_enter (&initialized))
    return;
  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    {
      gcry_check_version (NULL);
      /* Nothing here is secret. */
      gcry_control (GCRYCTL_DISABLE_SECMEM, 0);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
  g_once_init_leave (&initialized, 1);
}

/**
 * paddock_running_digest_new:
 * @kind: which one
 *
 * Returns: (transfer full): a digest of nothing yet
 */
PaddockRunningDigest *
paddock_running_digest_new (PaddockDigestKind kind)
{
  PaddockRunningDigest *self = g_new0 (PaddockRunningDigest, 1);

  init_gcrypt ();
  self->algorithm = kind == PADDOCK_DIGEST_SHA256 ? GCRY_MD_SHA256 : GCRY_MD_CRC32;
  /* Where only approved algorithms are allowed, the begin of a better one serves as well. */
  if (gcry_md_test_algo (self->algorithm) != 0)
    self->algorithm = GCRY_MD_SHA256;
  gcry_md_open (&self->handle, self->algorithm, 0);
  return self;
}

/**
 * paddock_running_digest_free:
 * @self: (transfer full): a digest
 */
void
paddock_running_digest_free (PaddockRunningDigest *self)
{
  gcry_md_close (self->handle);
  g_free (self);
}

void
paddock_running_digest_add (PaddockRunningDigest *self, const guint8 *bytes, gsize length)
{
  gcry_md_write (self->handle, bytes, length);
}

void
paddock_running_digest_reset (PaddockRunningDigest *self)
{
  gcry_md_reset (self->handle);
}

static char *
format_hex (const guint8 *digest, guint length)
{
  static const char digits[] = "0123456789abcdef";
  char *hex = g_malloc (2 * length + 1);

  for (guint i = 0; i < length; i++)
    {
      hex[2 * i] = digits[digest[i] >> 4];
      hex[2 * i + 1] = digits[digest[i] & 15];
    }
  hex[2 * length] = '\0';
  return hex;
}

/**
 * paddock_running_digest_finish_hex:
 * @self: a digest
 *
 * Returns: (transfer full): it, in lower-case hexadecimal digits
 */
char *
paddock_running_digest_finish_hex (PaddockRunningDigest *self)
{
  char *hex = format_hex (gcry_md_read (self->handle, self->algorithm), gcry_md_get_algo_dlen (self->algorithm));

  gcry_md_reset (self->handle);
  return hex;
}

guint32
paddock_running_digest_finish_crc32 (PaddockRunningDigest *self)
{
  const guint8 *digest = gcry_md_read (self->handle, self->algorithm);
  guint32 crc = (guint32) digest[0] << 24 | (guint32) digest[1] << 16 | (guint32) digest[2] << 8 | digest[3];

  gcry_md_reset (self->handle);
  return crc;
}

/**
 * paddock_running_digest_sha256_bytes:
 * @first: (array length=first_length): bytes
 * @first_length: how many
 * @second: (array length=second_length): what follows them
 * @second_length: how many
 *
 * Returns: (transfer full): sixty-four lower-case hexadecimal digits
 */
char *
paddock_running_digest_sha256_bytes (const guint8 *first, gsize first_length, const guint8 *second, gsize second_length)
{
  const gcry_buffer_t buffers[] = {
    { .data = (void *) first, .len = first_length },
    { .data = (void *) second, .len = second_length },
  };
  guint8 digest[SHA256_BYTES] = { 0 };

  init_gcrypt ();
  gcry_md_hash_buffers (GCRY_MD_SHA256, 0, digest, buffers, G_N_ELEMENTS (buffers));
  return format_hex (digest, SHA256_BYTES);
}
