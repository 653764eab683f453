/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card-inline.h"
#include "card-parser.h"

#include <string.h>

#define BASE "https://hub.example.org/acme/tiny/blob/main/"

static const struct
{
  const char *text, *markup;
} lines[] = {
  { "plain", "plain" },
  { "a < b & c > \"d\"", "a &lt; b &amp; c &gt; &quot;d&quot;" },
  { "**bold** and *italic* and ***both***", "<b>bold</b> and <i>italic</i> and <b><i>both</i></b>" },
  { "__bold__ and _italic_", "<b>bold</b> and <i>italic</i>" },
  { "snake_case_name and 2*3*4", "snake_case_name and 2<i>3</i>4" },
  { "2 * 3 * 4", "2 * 3 * 4" },
  { "**not closed", "**not closed" },
  { "*not **closed*", "<i>not **closed</i>" },
  { "**a *b* c**", "<b>a <i>b</i> c</b>" },
  { "~~gone~~ ~kept~", "<s>gone</s> ~kept~" },
  { "`a*b*<c>` ``x ` y``", "<tt>a*b*&lt;c&gt;</tt> <tt>x ` y</tt>" },
  { "`not closed", "`not closed" },
  { "\\*kept\\* \\a", "*kept* \\a" },
  { "[words](https://example.org/x?a=1&b=2)", "<a href=\"https://example.org/x?a=1&amp;b=2\">words</a>" },
  { "[**words**](<https://example.org> \"title\")", "<a href=\"https://example.org/\"><b>words</b></a>" },
  { "[file](LICENSE)", "<a href=\"https://hub.example.org/acme/tiny/blob/main/LICENSE\">file</a>" },
  { "[page](/acme/other)", "<a href=\"https://hub.example.org/acme/other\">page</a>" },
  { "[here](#part)", "here" },
  { "[bad](javascript:alert(1))", "bad" },
  { "[bad](file:///etc/passwd)", "bad" },
  { "[words][name] [ ] [x]", "words [ ] [x]" },
  { "![a picture](x.png) [![badge](b.svg)](https://example.org)", "a picture <a href=\"https://example.org/\">badge</a>" },
  { "see https://example.org/a_b_c.", "see <a href=\"https://example.org/a_b_c\">https://example.org/a_b_c</a>." },
  { "<https://example.org>", "<a href=\"https://example.org/\">https://example.org</a>" },
  { "[https://example.org](https://example.com)", "<a href=\"https://example.com/\">https://example.org</a>" },
  { "[bad](https://example;org) <https://example;org>", "bad https://example;org" },
  { "xhttp://example.org http://", "xhttp://example.org http://" },
  { "<b>b</b> <em>i</em> <u>u</u> a<br/>b", "<b>b</b> <i>i</i> u a\nb" },
  { "<a href=\"https://example.org\">words</a> <a name=x>other</a>", "<a href=\"https://example.org/\">words</a> other" },
  { "<img src=\"x\" alt=\"a < b\"> <b>open", "a &lt; b open" },
  { "&amp; &lt;b&gt; &#65; &#0; &unknown;", "&amp; &lt;b&gt; A &amp;#0; &amp;unknown;" },
  { "a \xe2\x80\xae b \x01 c", "a  b  c" },
};

static void
test_inline (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *markup = paddock_card_inline_render (lines[i].text, strlen (lines[i].text), BASE);

      g_test_message ("%s", lines[i].text);
      g_assert_cmpstr (markup, ==, lines[i].markup);
    }
}

/* Each block as a line: its kind, its level or number, what it says. */
static char *
describe (const char *text)
{
  static const char *const kinds[] = { "h", "p", "-", "code", ">", "table", "rule" };
  g_autoptr (GPtrArray) blocks = paddock_card_parser_run (text, strlen (text), BASE);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const PaddockCardBlock *block = g_ptr_array_index (blocks, i);

      g_string_append (all, kinds[block->kind]);
      if (block->level > 0)
        g_string_append_printf (all, "%u", block->level);
      if (block->number > 0)
        g_string_append_printf (all, "#%u", block->number);
      if (block->markup != NULL)
        g_string_append_printf (all, " %s", block->markup);
      for (guint row = 0; block->rows != NULL && row < block->rows->len; row++)
        {
          g_autofree char *cells = g_strjoinv ("|", g_ptr_array_index (block->rows, row));

          g_string_append_printf (all, " (%s)", cells);
        }
      g_string_append_c (all, '\n');
    }
  return g_string_free (all, FALSE);
}

static const struct
{
  const char *text, *blocks;
} texts[] = {
  { "", "" },
  { "---\nlicense: mit\n---\n# Title\n", "h1 Title\n" },
  { "\xef\xbb\xbf---\r\nlicense: mit\r\n---\r\nwords\r\n", "p words\n" },
  { "---\nnever closed\n", "rule\np never closed\n" },
  { "# One #\n## Two ##x\n####### seven\n#none\n#\n", "h1 One\nh2 Two ##x\np ####### seven #none\n" },
  { "One\n===\nTwo\n---\nthree\n\n---\n", "h1 One\nh2 Two\np three\nrule\n" },
  { "one\ntwo  \nthree\\\nfour\n\nfive", "p one two\nthree\nfour\np five\n" },
  { "- a\n- b\n  more\n  - c\n    - d\n- e\n", "-1 a\n-1 b more\n-2 c\n-3 d\n-1 e\n" },
  { "1. a\n2) b\n\ntext\n\n* c\n", "-1#1 a\n-1#2 b\np text\n-1 c\n" },
  { "- [ ] task\n", "-1 [ ] task\n" },
  { "```c\nint *a;\n  <b>\n```\nafter", "code int *a;\n  &lt;b&gt;\np after\n" },
  { "~~~\na\n```\nb\n", "code a\n```\nb\n" },
  { "```\n```\n", "" },
  { "    code\n\n    more\ntext", "code code\n\nmore\np text\n" },
  { "> one\n> two\n>\n>> three\nlazy\n", ">1 one two\n>2 three lazy\n" },
  { "> [!NOTE]\n> words\n", ">1 words\n" },
  { "| a | b |\n|---|:-:|\n| **c** | d \\| e |\n| f |\nend\n", "table (a|b) (<b>c</b>|d | e) (f|)\np end\n" },
  { "a | b\n- | -\nc | d\n", "table (a|b) (c|d)\n" },
  { "a | b\n", "p a | b\n" },
  { "<div align=\"center\">\n<h1>Title</h1>\n<p>words</p>\n</div>\n", "h1 Title\np words\n" },
  { "<!-- not\nseen -->\nseen\n<style>\nx\n</style>\n", "p seen\n" },
  { "[name]: https://example.org\nwords\n", "p words\n" },
  { "***\n* * *\n", "rule\nrule\n" },
};

static void
test_blocks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *blocks = describe (texts[i].text);

      g_test_message ("%s", texts[i].text);
      g_assert_cmpstr (blocks, ==, texts[i].blocks);
    }
}

/* What would take for ever does not. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "**[", "*a ", "[[[", "`` ` ", "<a ", "> ", "| - |\n", "&#", "_a*", "- - ", "![](" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) blocks = NULL;

      while (text->len < 500000)
        g_string_append (text, pieces[i]);
      blocks = paddock_card_parser_run (text->str, text->len, BASE);
      g_assert_cmpuint (blocks->len, <=, 5000);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/card-parser/inline", test_inline);
  g_test_add_func ("/card-parser/blocks", test_blocks);
  g_test_add_func ("/card-parser/hostile", test_hostile);
  return g_test_run ();
}
