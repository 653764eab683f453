/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/text-direction.h"

#include <gtk/gtk.h>

static void
test_left_to_right (void)
{
  g_autofree char *part = paddock_text_direction_isolate (g_strdup ("929 (5.67 %)"));
  g_autofree char *line = paddock_text_direction_lead (g_strdup ("1 MB read"));

  g_assert_cmpstr (part, ==, "929 (5.67 %)");
  g_assert_cmpstr (line, ==, "1 MB read");
}

static void
test_right_to_left (void)
{
  g_autofree char *part = NULL;
  g_autofree char *line = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  part = paddock_text_direction_isolate (g_strdup ("929 (5.67 %)"));
  line = paddock_text_direction_lead (g_strdup ("1 MB read"));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);

  /* The part begins with U+2068 and ends with U+2069, the line begins with U+200F. */
  g_assert_cmpstr (part, ==, "\xe2\x81\xa8" "929 (5.67 %)" "\xe2\x81\xa9");
  g_assert_cmpstr (line, ==, "\xe2\x80\x8f" "1 MB read");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/text-direction/left-to-right", test_left_to_right);
  g_test_add_func ("/text-direction/right-to-left", test_right_to_left);
  return g_test_run ();
}
