/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-variant.h"

G_BEGIN_DECLS

/* The projectors among the variants of a repository, the one that most people are served with best first
   (element-type PaddockHubVariant, borrowed). */
GPtrArray *paddock_companion_choice_list (GPtrArray *variants);

G_END_DECLS
