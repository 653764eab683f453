/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/template-scan.h"

typedef struct
{
  const char *source;
  gboolean is_dangerous;
  gboolean is_broken;
} Case;

static const Case cases[] = {
  { "plain", FALSE, FALSE },
  { "{{ bos_token }}{% for m in messages %}{{ m['content'] | trim }}{% endfor %}", FALSE, FALSE },
  { "{%- if a -%}x{%- elif b -%}y{%- else -%}z{%- endif -%}", FALSE, FALSE },
  { "{%- macro f(x) %}{{ x }}{%- endmacro %}{{ f({'a': {'b': 1}}) }}", FALSE, FALSE },
  { "{{ {\"a\": {\"b\": 1}} }}", FALSE, FALSE },
  { "{{ '%}' }}{{ \"}}\" }}{{ '\\'}}' }}", FALSE, FALSE },
  { "{# a {% if comment #}", FALSE, FALSE },
  { "{% raw %}{% if {{ {% endraw %}", FALSE, FALSE },
  { "{% generation %}x{% endgeneration %}{% set x %}y{% endset %}", FALSE, FALSE },
  { "call open('x') and __class__ in the text", FALSE, FALSE },
  { "{{ messages[0].retrieval(1) }}{{ strftime_now('%d %b %Y') }}{{ raise_exception('no') }}", FALSE, FALSE },
  { "{% for i in range(100) %}{% endfor %}", FALSE, FALSE },

  { "{{ ''.__class__.__mro__[1].__subclasses__() }}", TRUE, FALSE },
  { "{{ self.__init__.__globals__.__builtins__ }}", TRUE, FALSE },
  { "{{ cycler.__init__ }}", TRUE, FALSE },
  { "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}", TRUE, FALSE },
  { "{% if lipsum %}{% endif %}", TRUE, FALSE },
  { "{% include '/etc/passwd' %}", TRUE, FALSE },
  { "{% for i in range(999999999) %}x{% endfor %}", TRUE, FALSE },
  { "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}", TRUE, FALSE },
  { "{{ config.items() }}", TRUE, FALSE },
  { "{{ 'a' * 10000000 }}", TRUE, FALSE },
  { "{{ range(10**9) }}", TRUE, FALSE },

  { "", FALSE, TRUE },
  { " \n", FALSE, TRUE },
  { "{% for m in messages %}x", FALSE, TRUE },
  { "{% if a %}x{% endfor %}", FALSE, TRUE },
  { "x{% endif %}", FALSE, TRUE },
  { "{{ a ", FALSE, TRUE },
  { "{% if a", FALSE, TRUE },
  { "{# a", FALSE, TRUE },
  { "{{ 'a }}", FALSE, TRUE },
  { "{{ }}", FALSE, TRUE },
  { "{% %}", FALSE, TRUE },
  { "{% unknown x %}", FALSE, TRUE },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *danger = paddock_template_scan_find_danger (cases[i].source);
      g_autofree char *fault = paddock_template_scan_find_fault (cases[i].source);

      if ((danger != NULL) == cases[i].is_dangerous && (fault != NULL) == cases[i].is_broken)
        continue;
      g_test_message ("%s: danger %s, fault %s", cases[i].source, danger, fault);
      g_test_fail ();
    }
}

/* As deep as a text can be nested, and deeper. */
static void
test_deep (void)
{
  GString *source = g_string_new (NULL);
  g_autofree char *fault = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (source, "{% if a %}{{ {");
  fault = paddock_template_scan_find_fault (source->str);
  g_assert_nonnull (fault);
  g_assert_null (paddock_template_scan_find_danger (source->str));
  g_string_free (source, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/template-scan/cases", test_cases);
  g_test_add_func ("/template-scan/deep", test_deep);
  return g_test_run ();
}
