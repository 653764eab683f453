/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a program of llama.cpp failed, out of what it said on standard error; NULL: it did not say. Fit to be shown. */
char *paddock_engine_log_find_reason (const char *text);

G_END_DECLS
