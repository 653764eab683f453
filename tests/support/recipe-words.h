/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One word of a recipe line. A quoted word may hold any byte, NUL too. */
typedef struct
{
  char *text;
  gsize length;
  gboolean quoted;
} TestRecipeWord;

/**
 * TestRecipeWords:
 *
 * A line of a recipe, cut into words, and a position in it. While a statement or a value is repeated, `{}` in a word
 * stands for the number of the repetition.
 */
typedef struct _TestRecipeWords TestRecipeWords;

TestRecipeWords *test_recipe_words_new  (const char *line, GError **error);
void             test_recipe_words_free (TestRecipeWords *self);

gboolean              test_recipe_words_at_end (TestRecipeWords *self);
const TestRecipeWord *test_recipe_words_next   (TestRecipeWords *self, const char *wanted, GError **error);
gboolean              test_recipe_words_take   (TestRecipeWords *self, const char *word);

gboolean test_recipe_words_next_number (TestRecipeWords *self, const char *wanted, guint64 *value, GError **error);
gboolean test_recipe_words_next_option (TestRecipeWords *self, const char *name, gboolean *given, guint64 *value,
                                        GError **error);

guint test_recipe_words_get_position (TestRecipeWords *self);
void  test_recipe_words_set_position (TestRecipeWords *self, guint position);
void  test_recipe_words_repeat       (TestRecipeWords *self, guint64 number);
void  test_recipe_words_end_repeat   (TestRecipeWords *self);

/* Decimal or 0x; a negative number becomes its two's complement. */
gboolean test_recipe_parse_number (const char *text, guint64 *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestRecipeWords, test_recipe_words_free)

G_END_DECLS
