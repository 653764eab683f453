/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writing with errors of PADDOCK_GGUF_ERROR; path is for the message. Not a byte is missing when they return TRUE. */
gboolean paddock_gguf_output_write_at (int fd, guint64 offset, const guint8 *bytes, gsize length, const char *path,
                                       GError **error);

/* Turns an error of the system, if it is one, into ours with the same message. A cancellation stays what it is. */
void     paddock_gguf_output_take_error (GError **error);

/* While a limit of the file size is exceeded a program is killed, unless the thread says that it asks for errors. */
gboolean paddock_gguf_output_hold_limit_signal    (void);   /* whether it has to be released */
void     paddock_gguf_output_release_limit_signal (gboolean held);

G_END_DECLS
