/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whose word for a server is taken: that of the authorities in the file that SSL_CERT_FILE names, or else of those that the
   system trusts. To be called before each connection, from any thread. FALSE: that file cannot be read. */
gboolean
paddock_web_trust_set_up (GUri *uri, GError **error);

G_END_DECLS
