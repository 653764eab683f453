/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

/* Long division, because logarithms round. */
size_t
paddock_units_digits (unsigned long number)
{
  size_t digits = 1;

  for (; number > 9; number /= 10)
    digits++;
  return digits;
}
