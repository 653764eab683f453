/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"
#include "gguf/gguf-value.h"

G_BEGIN_DECLS

/* What must not be done to a file, each with its reason. value is NULL when the key is to be removed. */
gboolean paddock_gguf_edit_rules_check_change (PaddockGgufFile *file, const char *key, const PaddockGgufValue *value,
                                               GError **error);
gboolean paddock_gguf_edit_rules_check_file   (PaddockGgufFile *file, GError **error);

G_END_DECLS
