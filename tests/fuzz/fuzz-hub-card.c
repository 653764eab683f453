/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card-parser.h"
#include "fuzz-target.h"

#include <string.h>

/* A parser of markup that believes nothing. */
static void
judge (const char *markup)
{
  g_autofree char *document = g_strdup_printf ("<markup>%s</markup>", markup);
  const GMarkupParser parser = { NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, document, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, NULL));
}

/* What somebody wrote about a model: whatever it is, labels can show what comes of it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) blocks = paddock_card_parser_run ((const char *) data, size, "https://example.org/a/b/blob/main/");

  for (guint i = 0; i < blocks->len; i++)
    {
      const PaddockCardBlock *block = g_ptr_array_index (blocks, i);

      if (block->markup != NULL)
        judge (block->markup);
      for (guint row = 0; block->rows != NULL && row < block->rows->len; row++)
        for (char **cell = g_ptr_array_index (block->rows, row); *cell != NULL; cell++)
          judge (*cell);
    }
  return 0;
}
