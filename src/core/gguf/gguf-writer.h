/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-value.h"

G_BEGIN_DECLS

/**
 * PaddockGgufWriter:
 *
 * Writes a GGUF file from scratch: first the keys and tensor descriptions, then the tensors' bytes in that order. The
 * file appears under its name only when it is complete.
 */
typedef struct _PaddockGgufWriter PaddockGgufWriter;

PaddockGgufWriter *paddock_gguf_writer_new  (const char *path);
void               paddock_gguf_writer_free (PaddockGgufWriter *self);   /* drops an unfinished file */

gboolean paddock_gguf_writer_add_value  (PaddockGgufWriter *self, const char *key, PaddockGgufValue *value,
                                         GError **error);
gboolean paddock_gguf_writer_add_tensor (PaddockGgufWriter *self, const char *name, guint32 type,
                                         const guint64 *dimensions, guint n_dimensions, GError **error);
gboolean paddock_gguf_writer_begin_data (PaddockGgufWriter *self, GError **error);
/* Appends to the current tensor; the next one begins by itself when this one is full. */
gboolean paddock_gguf_writer_write      (PaddockGgufWriter *self, const guint8 *bytes, gsize length, GError **error);
gboolean paddock_gguf_writer_finish     (PaddockGgufWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufWriter, paddock_gguf_writer_free)

G_END_DECLS
