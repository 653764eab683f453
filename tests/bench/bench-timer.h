/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Seconds on a clock that never goes back. */
double bench_timer_now        (void);
/* The middle one; sorts in place. */
double bench_timer_median     (double *samples, gsize n);
/* One line for run-bench.py: a name and a number. */
void   bench_timer_print      (const char *name, double value);
/* Bytes of this process that no file backs. */
gint64 bench_timer_anonymous_memory (void);

G_END_DECLS
