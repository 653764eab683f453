/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-copy.h"

G_BEGIN_DECLS

/**
 * PaddockModelGroup:
 *
 * All copies of the same weights.
 */
typedef struct
{
  GPtrArray *copies;                 /* borrowed PaddockModelCopy: the best first */
  const char *fingerprint;           /* borrowed; "": its header cannot be read */
  const char *sha256;                /* borrowed; NULL: nobody knows */
} PaddockModelGroup;

/* (transfer container: PaddockModelGroup), in the order of their first paths. */
GPtrArray *paddock_model_groups_collect (GPtrArray *copies);
void       paddock_model_group_free     (PaddockModelGroup *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelGroup, paddock_model_group_free)

G_END_DECLS
