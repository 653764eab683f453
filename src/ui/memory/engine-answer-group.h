/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-snapshot.h"

#include <adwaita.h>

#include "estimate/memory-request.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_ENGINE_ANSWER_GROUP (paddock_engine_answer_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockEngineAnswerGroup, paddock_engine_answer_group, PADDOCK, ENGINE_ANSWER_GROUP,
                      AdwPreferencesGroup)

/* What it is to be asked about; an answer to another question is no longer shown. */
void paddock_engine_answer_group_set_question (PaddockEngineAnswerGroup *self, PaddockModelSnapshot *snapshot,
                                               PaddockModelShape *shape, const PaddockMemoryRequest *request);
/* Memory that is free on this computer now; 0: nobody knows. */
void paddock_engine_answer_group_set_available (PaddockEngineAnswerGroup *self, guint64 available);

G_END_DECLS
