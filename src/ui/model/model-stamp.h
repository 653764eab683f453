/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-snapshot.h"

G_BEGIN_DECLS

/**
 * PaddockModelStamp:
 *
 * Which files of a model there were and when they were changed last, to tell whether what was found out about them
 * still holds.
 */
typedef struct _PaddockModelStamp PaddockModelStamp;

PaddockModelStamp *paddock_model_stamp_new   (PaddockModelSnapshot *snapshot);
void               paddock_model_stamp_free  (PaddockModelStamp *self);
gboolean           paddock_model_stamp_is_of (PaddockModelStamp *self, PaddockModelSnapshot *snapshot);
guint              paddock_model_stamp_get_n_files (PaddockModelStamp *self);   /* that are there */
const char        *paddock_model_stamp_get_path    (PaddockModelStamp *self, guint file);
guint64            paddock_model_stamp_get_size    (PaddockModelStamp *self, guint file);
guint64            paddock_model_stamp_get_total   (PaddockModelStamp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelStamp, paddock_model_stamp_free)

G_END_DECLS
