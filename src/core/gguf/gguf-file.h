/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-error.h"
#include "gguf/gguf-metadata.h"
#include "gguf/gguf-source.h"
#include "quant/quant-type.h"

G_BEGIN_DECLS

/**
 * PaddockGgufTensor:
 *
 * What the header says of one tensor. @elements and @bytes are 0 with @sized unset when they cannot be computed
 * (an unknown type, a product that overflows, a row that is not whole blocks).
 */
typedef struct
{
  guint64 info_offset;               /* of this description in the file */
  guint64 name_offset;
  guint32 name_length;
  guint32 type;                      /* as it stands in the file */
  guint64 dimensions[PADDOCK_GGUF_MAX_DIMENSIONS];   /* fastest first; 1 beyond n_dimensions */
  guint32 n_dimensions;
  gboolean sized;
  guint64 offset;                    /* from the start of the tensor data */
  guint64 elements;
  guint64 bytes;
} PaddockGgufTensor;

/**
 * PaddockGgufFile:
 *
 * The parsed header of one GGUF file. Reference counted and immutable: it may be handed between threads. It is lenient:
 * what can be read safely and without guessing is read, and core/model judges it.
 */
typedef struct _PaddockGgufFile PaddockGgufFile;

PaddockGgufFile *paddock_gguf_file_open            (const char *path, GCancellable *cancellable, GError **error);
PaddockGgufFile *paddock_gguf_file_new_for_source  (PaddockGgufSource *source, GCancellable *cancellable,
                                                    GError **error);
/* Never fails: a header that breaks off is kept as far as it goes, with the reason in get_failure(). */
PaddockGgufFile *paddock_gguf_file_scan            (PaddockGgufSource *source, GCancellable *cancellable);
PaddockGgufFile *paddock_gguf_file_ref             (PaddockGgufFile *self);
void             paddock_gguf_file_unref           (PaddockGgufFile *self);

const GError              *paddock_gguf_file_get_failure     (PaddockGgufFile *self);   /* NULL: the header is whole */
PaddockGgufSource         *paddock_gguf_file_get_source      (PaddockGgufFile *self);
const char                *paddock_gguf_file_get_path        (PaddockGgufFile *self);   /* the source's name */
guint64                    paddock_gguf_file_get_size        (PaddockGgufFile *self);
guint32                    paddock_gguf_file_get_version     (PaddockGgufFile *self);
PaddockGgufByteOrder       paddock_gguf_file_get_byte_order  (PaddockGgufFile *self);
guint64                    paddock_gguf_file_get_alignment   (PaddockGgufFile *self);
guint64                    paddock_gguf_file_get_declared_entries (PaddockGgufFile *self);
guint64                    paddock_gguf_file_get_declared_tensors (PaddockGgufFile *self);
/* the first tensor description */
guint64                    paddock_gguf_file_get_metadata_end (PaddockGgufFile *self);
/* the first byte after the descriptions */
guint64                    paddock_gguf_file_get_header_end  (PaddockGgufFile *self);
guint64                    paddock_gguf_file_get_data_offset (PaddockGgufFile *self);   /* header_end, aligned */
PaddockQuantDialect        paddock_gguf_file_get_dialect     (PaddockGgufFile *self);
const PaddockGgufMetadata *paddock_gguf_file_get_metadata    (PaddockGgufFile *self);

guint                      paddock_gguf_file_get_n_tensors   (PaddockGgufFile *self);
const PaddockGgufTensor   *paddock_gguf_file_get_tensor      (PaddockGgufFile *self, guint position);
const PaddockGgufTensor   *paddock_gguf_file_find_tensor     (PaddockGgufFile *self, const char *name);
const char                *paddock_gguf_file_get_tensor_name_bytes (PaddockGgufFile *self,
                                                                    const PaddockGgufTensor *tensor, gsize *length);
/* The first tensor whose name stood before, NULL if all differ. */
const PaddockGgufTensor   *paddock_gguf_file_find_duplicate_tensor (PaddockGgufFile *self);
char                      *paddock_gguf_file_dup_tensor_name (PaddockGgufFile *self, const PaddockGgufTensor *tensor);
/* NULL: unknown */
const PaddockQuantType    *paddock_gguf_file_get_tensor_type (PaddockGgufFile *self, const PaddockGgufTensor *tensor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufFile, paddock_gguf_file_unref)

G_END_DECLS
