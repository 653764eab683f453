/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockGgufSource:
 *
 * The bytes of a GGUF file: a mapped file, memory, anything that can read a range, or the first bytes of a file that is
 * somewhere else.
 * Reference counted, thread safe once the header is parsed.
 *
 * A header is read from the front, so a source keeps a *prefix* in memory that grows while the parser asks for more.
 * After that it does not move. Bytes of a mapped file that has shrunk read as zero and mark the source as changed:
 * nobody dies of SIGBUS.
 */
typedef struct _PaddockGgufSource PaddockGgufSource;

/**
 * PaddockGgufReadFunc:
 * @buffer: (out caller-allocates) (array length=length): where the bytes go
 *
 * Fills @buffer with exactly @length bytes from @offset on. Called from the parser's thread.
 */
typedef gboolean (*PaddockGgufReadFunc) (gpointer user_data, guint64 offset, guint8 *buffer, gsize length,
                                         GCancellable *cancellable, GError **error);

typedef struct
{
  guint64 device;
  guint64 inode;
  guint64 size;
  gint64 modified_ns;
  gint64 changed_ns;
} PaddockGgufIdentity;

PaddockGgufSource *paddock_gguf_source_new_for_path   (const char *path, GError **error);
PaddockGgufSource *paddock_gguf_source_new_for_bytes  (GBytes *bytes, const char *name);
/* Of a file of that size only the first bytes are here. Whoever wants others gets %G_IO_ERROR_WOULD_BLOCK. */
PaddockGgufSource *paddock_gguf_source_new_for_head   (GBytes *head, guint64 size, const char *name);
PaddockGgufSource *paddock_gguf_source_new_for_reader (guint64              size,
                                                       const char          *name,
                                                       PaddockGgufReadFunc  read,
                                                       gpointer             user_data,
                                                       GDestroyNotify       destroy);
PaddockGgufSource *paddock_gguf_source_ref            (PaddockGgufSource *self);
void               paddock_gguf_source_unref          (PaddockGgufSource *self);

/* the path, or a name for people */
const char                *paddock_gguf_source_get_name     (PaddockGgufSource *self);
guint64                    paddock_gguf_source_get_size     (PaddockGgufSource *self);
const PaddockGgufIdentity *paddock_gguf_source_get_identity (PaddockGgufSource *self);   /* NULL if it is not a file */
int                        paddock_gguf_source_get_fd       (PaddockGgufSource *self);   /* -1 if it is not a file */

const guint8 *paddock_gguf_source_get_prefix    (PaddockGgufSource *self, gsize *length);
gboolean      paddock_gguf_source_extend_prefix (PaddockGgufSource *self, guint64 wanted, GCancellable *cancellable,
                                                 GError **error);
/* The header is read: from now on the prefix stays where it is, so that threads may share it. */
void          paddock_gguf_source_freeze        (PaddockGgufSource *self);
gboolean      paddock_gguf_source_read          (PaddockGgufSource *self, guint64 offset, guint8 *buffer, gsize length,
                                                 GCancellable *cancellable, GError **error);
gboolean      paddock_gguf_source_check         (PaddockGgufSource *self, GError **error);   /* still the same file? */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufSource, paddock_gguf_source_unref)

G_END_DECLS
