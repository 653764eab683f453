/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-block.h"

G_BEGIN_DECLS

/* Markdown, as people write it who think of a web page: what can be shown under each other is kept, in its order
   (element-type PaddockCardBlock). What is said to programs before it is left out. text: any bytes. base: what relative
   addresses are relative to. */
GPtrArray *
paddock_card_parser_run (const char *text, gsize length, const char *base);

G_END_DECLS
