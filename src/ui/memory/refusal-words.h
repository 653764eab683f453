/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"

G_BEGIN_DECLS

/* Why a model cannot be run like that, in the person's language: a sentence that stands by itself. */
char *paddock_refusal_words_dup (const GError *error, const PaddockModelShape *shape, const PaddockMemoryRequest *request);
/* The same of a file about which nobody can say what it needs. */
char *paddock_refusal_words_dup_unknown (const GError *error);

G_END_DECLS
