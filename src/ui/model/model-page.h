/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "computer/machine-choice.h"
#include "model/opened-model.h"
#include "services.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_MODEL_PAGE (paddock_model_page_get_type ())
G_DECLARE_FINAL_TYPE (PaddockModelPage, paddock_model_page, PADDOCK, MODEL_PAGE, AdwNavigationPage)

AdwNavigationPage  *paddock_model_page_new       (PaddockOpenedModel *model, PaddockActivityList *activities,
                                                  PaddockMachineChoice *machines);
PaddockOpenedModel *paddock_model_page_get_model (PaddockModelPage *self);
void                paddock_model_page_show_view (PaddockModelPage *self, const char *view);
const char         *paddock_model_page_get_view  (PaddockModelPage *self);
/* Whether there are changes of the metadata that are not saved. */
gboolean            paddock_model_page_is_edited (PaddockModelPage *self);
/* Offers the action library.import-shown. */
void                paddock_model_page_set_importable (PaddockModelPage *self, gboolean importable);
/* Tells if the hub, where it is from, has another upload of it. */
void                paddock_model_page_look_for_update (PaddockModelPage *self, PaddockServices *services,
                                                        const PaddockLibraryEntry *entry);

G_END_DECLS
