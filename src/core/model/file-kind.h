/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-source.h"

G_BEGIN_DECLS

/* What a file is that is called a model and is none. */
typedef enum
{
  PADDOCK_FILE_UNKNOWN,
  PADDOCK_FILE_GGUF,
  PADDOCK_FILE_EMPTY,
  PADDOCK_FILE_ZEROS,                /* space that was set aside and never filled */
  PADDOCK_FILE_UNFINISHED,           /* a download that stopped, by its name or by its missing beginning */
  PADDOCK_FILE_PIECE,                /* of a file that was cut up, by its name */
  PADDOCK_FILE_HTML,
  PADDOCK_FILE_JSON,
  PADDOCK_FILE_LFS_POINTER,
  PADDOCK_FILE_OLD_GGML,             /* GGML, GGMF, GGJT, GGLA, GGSN: before GGUF */
  PADDOCK_FILE_SAFETENSORS,
  PADDOCK_FILE_PYTORCH,
  PADDOCK_FILE_OTHER_MODEL,          /* ONNX, Keras, NumPy ... */
  PADDOCK_FILE_ARCHIVE,
  PADDOCK_FILE_PROGRAM,
  PADDOCK_FILE_TEXT,
  PADDOCK_FILE_N_KINDS
} PaddockFileKind;

/* detail: something to tell about it, never NULL (transfer full) */
PaddockFileKind paddock_file_kind_detect      (PaddockGgufSource *source, char **detail);
/* By the name alone: UNFINISHED, PIECE or UNKNOWN. */
PaddockFileKind paddock_file_kind_detect_name (const char *name, char **detail);

G_END_DECLS
