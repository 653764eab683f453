/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* How many digits a number has. */
size_t paddock_units_digits (unsigned long number);
