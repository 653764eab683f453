/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/this-computer.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_WORKER_GROUP (paddock_worker_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockWorkerGroup, paddock_worker_group, PADDOCK, WORKER_GROUP, AdwPreferencesGroup)

AdwPreferencesGroup *paddock_worker_group_new (PaddockThisComputer *computer);

G_END_DECLS
