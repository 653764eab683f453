/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recipe-bytes.h"
#include "recipe-words.h"

G_BEGIN_DECLS

gboolean test_recipe_add_string (TestRecipeBytes *bytes, TestRecipeWords *words, const char *wanted, GError **error);
gboolean test_recipe_add_value  (TestRecipeBytes *bytes, TestRecipeWords *words, GError **error);
gboolean test_recipe_add_blob   (TestRecipeBytes *bytes, TestRecipeWords *words, guint64 room, GError **error);

G_END_DECLS
