/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_METADATA_VIEW (paddock_metadata_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMetadataView, paddock_metadata_view, PADDOCK, METADATA_VIEW, AdwBin)

void  paddock_metadata_view_set_file          (PaddockMetadataView *self, PaddockGgufFile *file);
guint paddock_metadata_view_get_n_changes     (PaddockMetadataView *self);
void  paddock_metadata_view_open_key          (PaddockMetadataView *self, const char *key);
void  paddock_metadata_view_start_search      (PaddockMetadataView *self);

G_END_DECLS
