/* SPDX-License-Identifier: GPL-3.0-or-later */
static void
read_it (void)
{ goto out;
  g_error ("x");
  g_assert_nonnull (0);
  abort ();
  json_parser_new_immutable ();
}
