/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who a person is on the hub, as they told it to this or another of its programs: HF_TOKEN, HUGGING_FACE_HUB_TOKEN, or the
   file that the hub's own tools write. NULL: nowhere, or they want it not to be sent by itself. */
char *
paddock_hub_token_find (void);
/* Without blanks around it; NULL: it can be none. */
char *
paddock_hub_token_clean (const char *text);

G_END_DECLS
