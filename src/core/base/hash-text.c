/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hash-text.h"

#include <string.h>

/**
 * paddock_hash_text_begins_with_sha256:
 * @text: what may be more than a hash
 *
 * Returns: whether 64 hexadecimal digits come first, and no further one
 */
gboolean
paddock_hash_text_begins_with_sha256 (const char *text)
{
  return strspn (text, "0123456789abcdefABCDEF") == PADDOCK_SHA256_DIGITS;
}

/**
 * paddock_hash_text_is_sha256:
 * @text: (nullable): what may be a hash
 *
 * Returns: whether it can be one
 */
gboolean
paddock_hash_text_is_sha256 (const char *text)
{
  return text != NULL && paddock_hash_text_begins_with_sha256 (text) && text[PADDOCK_SHA256_DIGITS] == '\0';
}
