/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void paddock_io_error_set_from_errno (GError **error, int saved_errno, const char *doing, const char *path);

G_END_DECLS
