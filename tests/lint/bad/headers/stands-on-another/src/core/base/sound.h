/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
size_t paddock_sound_count (void);
