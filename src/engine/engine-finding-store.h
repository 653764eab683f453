/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine-finding.h"

G_BEGIN_DECLS

/*
 * Findings are kept as JSON among the person's data, so that they can be sent to somebody who may mend the estimate.
 * What stands there stays, also what another version of this program wrote and this one does not know.
 */

/* Adds it at the end, unless the same was found before. */
gboolean   paddock_engine_finding_store_add    (const PaddockEngineFinding *finding, GError **error);
/* (element-type PaddockEngineFinding): the oldest first; what cannot be understood is left out. */
GPtrArray *paddock_engine_finding_store_load   (GError **error);
/* All of it as one JSON document. */
char      *paddock_engine_finding_store_export (GError **error);

G_END_DECLS
