/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recipe-bytes.h"
#include "recipe-words.h"

G_BEGIN_DECLS

#define TEST_RECIPE_MAX_DIMENSIONS 16

/**
 * TestRecipeTensor:
 *
 * What a tensor statement says of type, dimensions and place.
 */
typedef struct
{
  guint64 dims[TEST_RECIPE_MAX_DIMENSIONS];
  guint64 n_dims;
  guint64 n_dims_written;
  guint64 type_id;
  guint64 offset;
  guint64 place;
  guint64 bytes;
  gboolean has_offset;
  gboolean has_place;
  gboolean has_bytes;
} TestRecipeTensor;

gboolean test_recipe_tensor_parse (TestRecipeTensor *self, TestRecipeWords *words, GError **error);
void     test_recipe_tensor_add   (const TestRecipeTensor *self, TestRecipeBytes *bytes);

G_END_DECLS
