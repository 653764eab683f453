/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An address of a server of the web, with a path that begins at its root; relative to the base where there is one. Nothing
   of it is decoded. NULL: the text is none. */
GUri *
paddock_web_address_parse (const char *text, GUri *base);

G_END_DECLS
