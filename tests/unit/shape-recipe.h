/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"

G_BEGIN_DECLS

/* The shape of the model that a recipe makes; NULL and an error of the estimate if it has none. */
PaddockModelShape *test_shape_try_recipe (const char *recipe, GError **error);
/* Of a recipe that has one. */
PaddockModelShape *test_shape_of_recipe  (const char *recipe);
/* Of a file that has one. */
PaddockModelShape *test_shape_of_path    (const char *path);

G_END_DECLS
