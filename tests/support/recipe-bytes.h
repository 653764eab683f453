/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestRecipeBytes:
 *
 * Bytes that grow at their end, with numbers in either byte order.
 */
typedef struct
{
  GByteArray *bytes;
  gboolean big_endian;
  gboolean narrow;         /* counts and lengths are 32 bits wide, as in version 1 */
} TestRecipeBytes;

/* More than this is a mistake in a recipe, not a file for a test. */
#define TEST_RECIPE_MAX_BYTES (G_GUINT64_CONSTANT (1) << 30)

void test_recipe_bytes_init  (TestRecipeBytes *self);
void test_recipe_bytes_clear (TestRecipeBytes *self);

void     test_recipe_bytes_add        (TestRecipeBytes *self, const void *bytes, gsize length);
void     test_recipe_bytes_add_number (TestRecipeBytes *self, guint64 value, guint width);
void     test_recipe_bytes_add_count  (TestRecipeBytes *self, guint64 count);
void     test_recipe_bytes_add_string (TestRecipeBytes *self, const char *text, gsize length, guint64 claimed_length);
gboolean test_recipe_bytes_resize     (TestRecipeBytes *self, guint64 length, GError **error);   /* zeros at the end */
gboolean test_recipe_bytes_place      (TestRecipeBytes *self, guint64 offset, GByteArray *bytes, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestRecipeBytes, test_recipe_bytes_clear)

G_END_DECLS
