/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"
#include "gguf/gguf-metadata-private.h"

G_BEGIN_DECLS

/* For the parser, which fills it. */
struct _PaddockGgufFile
{
  gatomicrefcount references;

  /* Owned */
  PaddockGgufSource *source;
  PaddockGgufMetadata metadata;
  GArray *tensors;                   /* of PaddockGgufTensor */
  PaddockGgufNameIndex *tensor_index;
  GError *failure;

  guint32 version;
  PaddockGgufByteOrder byte_order;
  PaddockQuantDialect dialect;
  guint64 alignment;
  guint64 declared_entries;
  guint64 declared_tensors;
  guint64 metadata_end;
  guint64 header_end;
  guint64 data_offset;
};

/* Fills the file from its source; what goes wrong is left in file->failure. */
void paddock_gguf_parser_run (PaddockGgufFile *file, GCancellable *cancellable);

G_END_DECLS
