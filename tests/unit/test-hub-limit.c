/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-limit.h"

/* 21 September 2026, 14:13:20 */
#define NOW 1790000000
#define LONGEST 900
#define USUAL 30

/* wait: how long from now on; 0: not at all. */
static const struct
{
  const char *limit, *retry_after;
  gboolean is_refusal;
  gint64 wait;
} cases[] = {
  /* An answer, which tells how many more there may be: only where that is none, and for how long is said. */
  { NULL, NULL, FALSE, 0 },
  { "", NULL, FALSE, 0 },
  { "\"api\";r=499;t=295", NULL, FALSE, 0 },
  { "\"api\";r=1;t=295", NULL, FALSE, 0 },
  { "\"api\";r=0;t=10", NULL, FALSE, 11 },
  { "\"api\";r=0;t=0", NULL, FALSE, 1 },
  { "\"api\";t=10;r=0", NULL, FALSE, 11 },
  { "\"api\";r=0;t=899", NULL, FALSE, 900 },
  { "\"api\";r=0;t=99999999999999999999999", NULL, FALSE, LONGEST + 1 },
  { "\"api\";r=0", NULL, FALSE, 0 },
  { "\"api\";t=10", NULL, FALSE, 0 },
  { "\"api\";r=;t=", NULL, FALSE, 0 },
  { "\"api\";r=-0;t=10", NULL, FALSE, 0 },
  { "\"api\";r=0;t=-10", NULL, FALSE, 0 },
  { "\"api\";r=0;t= 10", NULL, FALSE, 0 },
  { "\"api\";r=99999999999999999999999;t=10", NULL, FALSE, 0 },
  { ";r=", NULL, FALSE, 0 },
  /* Whoever got an answer does not have to wait. */
  { NULL, "7", FALSE, 0 },
  { "\"api\";r=1;t=295", "7", FALSE, 0 },
  /* A refusal: for as long as it says, or else for a while. */
  { NULL, NULL, TRUE, USUAL },
  { "\"api\";r=0;t=10", NULL, TRUE, 11 },
  { "\"api\";r=0;t=10", "7", TRUE, 11 },
  { "\"api\";r=3;t=10", "7", TRUE, 7 },
  { "\"api\";r=3;t=10", NULL, TRUE, USUAL },
  { NULL, "7", TRUE, 7 },
  { NULL, "0", TRUE, 0 },
  { NULL, "901", TRUE, LONGEST },
  { NULL, "9223372036854775807", TRUE, LONGEST },
  { NULL, "99999999999999999999999", TRUE, USUAL },
  { NULL, "-7", TRUE, USUAL },
  { NULL, "+7", TRUE, USUAL },
  { NULL, "", TRUE, USUAL },
  { NULL, "soon", TRUE, USUAL },
  { NULL, "7 apples", TRUE, USUAL },
  { NULL, "\xff\xfe", TRUE, USUAL },
  { NULL, "Mon, 21 Sep 2026 14:13:50 GMT", TRUE, 30 },
  { NULL, "Mon, 21 Sep 2026 14:13:00 GMT", TRUE, 0 },
  { NULL, "Tue, 21 Sep 2066 14:13:00 GMT", TRUE, LONGEST },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 until = paddock_hub_limit_read (cases[i].limit, cases[i].retry_after, cases[i].is_refusal, NOW);

      g_test_message ("%s, %s", cases[i].limit, cases[i].retry_after);
      g_assert_cmpint (until, ==, cases[i].wait > 0 ? NOW + cases[i].wait : 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-limit/read", test_read);
  return g_test_run ();
}
