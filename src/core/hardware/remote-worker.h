/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-device.h"

G_BEGIN_DECLS

/* The port of llama.cpp's program for lending a computer's devices to another one. */
#define PADDOCK_REMOTE_WORKER_PORT 50052

/*
 * A device of another computer, lent through the network; of its memory only the person knows. The address is HOST,
 * HOST:PORT or [ADDRESS]:PORT. Nothing is asked: the computer need not be there.
 */
PaddockHardwareDevice *paddock_remote_worker_new (const char *address, guint64 total, guint64 free, GError **error);

/* "host:50052"; NULL: it is no address. */
char *paddock_remote_worker_normalize (const char *address);

G_END_DECLS
