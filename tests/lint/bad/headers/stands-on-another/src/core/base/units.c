/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "base/units.h"
