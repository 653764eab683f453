/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockCacheStrings:
 *
 * Strings one after the other, each once, told by where they begin: for writing a cache, and for reading one that nobody
 * vouches for. 0 is %NULL.
 */
typedef struct
{
  GByteArray *written;               /* NULL while reading */
  GHashTable *places;
  const char *bytes;                 /* borrowed; while reading */
  gsize length;
} PaddockCacheStrings;

void     paddock_cache_strings_init_write (PaddockCacheStrings *self);
/* FALSE: those are none. */
gboolean paddock_cache_strings_init_read  (PaddockCacheStrings *self, const char *bytes, gsize length);
void     paddock_cache_strings_clear      (PaddockCacheStrings *self);

/* G_MAXUINT32: there are too many. Bytes as they are, or text, which is made valid where it is not. */
guint32  paddock_cache_strings_put_bytes  (PaddockCacheStrings *self, const char *bytes);
guint32  paddock_cache_strings_put_text   (PaddockCacheStrings *self, const char *text);
/* FALSE: there is none at that place. Bytes as they are, or text, which has to be valid (transfer full). */
gboolean paddock_cache_strings_dup_bytes  (const PaddockCacheStrings *self, guint32 place, char **bytes);
gboolean paddock_cache_strings_dup_text   (const PaddockCacheStrings *self, guint32 place, char **text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PaddockCacheStrings, paddock_cache_strings_clear)

G_END_DECLS
