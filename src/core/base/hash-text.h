/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PADDOCK_SHA256_DIGITS 64

/* Whether it is 64 hexadecimal digits and nothing else, in large or small letters. NULL is none. */
gboolean
paddock_hash_text_is_sha256 (const char *text);
/* The same of how it begins. */
gboolean
paddock_hash_text_begins_with_sha256 (const char *text);

G_END_DECLS
