/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What every fuzzer defines, under the name that libFuzzer and replay.c call. A broken promise aborts. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
