/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

int
main (void)
{
  return printf (_("Hello\n")) < 0;
}
