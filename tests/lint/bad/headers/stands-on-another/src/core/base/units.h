/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

size_t paddock_units_count (void);
