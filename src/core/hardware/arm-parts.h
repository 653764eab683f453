/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names behind the numbers by which ARM processors tell who made them. NULL: nobody here knows. */
const char *paddock_arm_parts_get_core_name (guint implementer, guint part);
/* Of a whole chip, by one of the words that the device tree is compatible with: "apple,t8103". */
const char *paddock_arm_parts_get_chip_name (const char *compatible);

G_END_DECLS
