/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a piece of Markdown with nothing in it but characters: the markup of a label. text: valid UTF-8. base: what relative
   addresses are relative to. */
char *
paddock_card_inline_render (const char *text, gsize length, const char *base);
/* As it is. */
char *
paddock_card_inline_escape (const char *text, gsize length);

G_END_DECLS
