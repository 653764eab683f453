/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-editor.h"

G_BEGIN_DECLS

/**
 * PaddockEditRequest:
 *
 * One change as the person asked for it: `--set KEY=VALUE`, `--set KEY=@FILE` or `--remove KEY`.
 */
typedef struct _PaddockEditRequest PaddockEditRequest;

PaddockEditRequest *paddock_edit_request_new     (gboolean remove, const char *argument, GError **error);
void                paddock_edit_request_free    (PaddockEditRequest *self);
const char         *paddock_edit_request_get_key (PaddockEditRequest *self);

/* The status to exit with: done, wrong usage (the value cannot be one) or no (the editor refuses it). */
int                 paddock_edit_request_add_to  (PaddockEditRequest *self, PaddockGgufEditor *editor, GError **error);

G_END_DECLS
