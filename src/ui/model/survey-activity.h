/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"
#include "loading/tensor-survey.h"
#include "model/model-snapshot.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_SURVEY_ACTIVITY (paddock_survey_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSurveyActivity, paddock_survey_activity, PADDOCK, SURVEY_ACTIVITY, PaddockActivity)

PaddockActivity     *paddock_survey_activity_new        (PaddockModelSnapshot *snapshot);
gboolean             paddock_survey_activity_is_of      (PaddockSurveyActivity *self, PaddockModelSnapshot *snapshot);
PaddockTensorSurvey *paddock_survey_activity_get_survey (PaddockSurveyActivity *self);   /* NULL: not at its end */

G_END_DECLS
