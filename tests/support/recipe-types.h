/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The format's numbers once more, written down apart from the product's, so that a slip in one of them shows. */
typedef struct
{
  const char *name;
  guint32 id;
  guint width;             /* 0 for strings and arrays */
} TestRecipeType;

#define TEST_RECIPE_STRING 8
#define TEST_RECIPE_ARRAY 9

typedef struct
{
  const char *name;
  guint32 id;
  guint block;
  guint bytes;
} TestRecipeTensorType;

const TestRecipeType       *test_recipe_type_lookup        (const char *name);
const TestRecipeTensorType *test_recipe_tensor_type_lookup (const char *name);

G_END_DECLS
