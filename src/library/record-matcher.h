/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index-builder.h"
#include "model-group.h"

G_BEGIN_DECLS

/**
 * PaddockRecordMatcher:
 *
 * Finds each model's record, and brings it up to date.
 */
typedef struct _PaddockRecordMatcher PaddockRecordMatcher;

PaddockRecordMatcher *paddock_record_matcher_new  (const PaddockIndexInput *input, GPtrArray *groups);
void                  paddock_record_matcher_free (PaddockRecordMatcher *self);

/* The record of a model as it should be (transfer full), which is another one if it has to be written. */
PaddockModelRecord   *paddock_record_matcher_take (PaddockRecordMatcher *self, const PaddockModelGroup *group, GPtrArray *changed);
/* Records that no model took (transfer container: borrowed PaddockModelRecord) */
GPtrArray            *paddock_record_matcher_get_rest (PaddockRecordMatcher *self);

/* Whether a place is away, and what was there may come back. */
gboolean              paddock_record_matcher_is_away  (PaddockRecordMatcher *self, const PaddockRecordedLocation *location);
gboolean              paddock_record_matcher_is_known (PaddockRecordMatcher *self, const PaddockRecordedLocation *location);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRecordMatcher, paddock_record_matcher_free)

G_END_DECLS
