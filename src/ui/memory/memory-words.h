/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory/memory-outlook.h"
#include "model/model-info.h"

G_BEGIN_DECLS

/* One sentence about how it fits, with the numbers. */
char       *paddock_memory_words_dup_verdict (const PaddockMemoryOutlook *outlook);
/* "29 of 49 layers on the graphics processor"; NULL: there is none. */
char       *paddock_memory_words_dup_layers  (const PaddockMemoryOutlook *outlook);
/* What a device is called beside its bar. */
char       *paddock_memory_words_dup_device  (const PaddockMemoryOutlookDevice *device);

const char *paddock_memory_words_get_kind    (PaddockMemoryKind kind);
/* Where a number comes from, and by how much it may be off. */
char       *paddock_memory_words_dup_basis   (PaddockMemoryBasis basis, double band);
/* Why a file of this kind is not run by itself; NULL: it is. */
const char *paddock_memory_words_get_other_kind (PaddockModelKind kind);

G_END_DECLS
