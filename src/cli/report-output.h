/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json-writer.h"
#include "model/model-report.h"

G_BEGIN_DECLS

/* Whether a model is sound, as `validate` says it. */

/* Members of an object that is open. */
void
paddock_report_output_add (PaddockJsonWriter *writer, PaddockModelReport *report);
const char *
paddock_report_output_describe (PaddockModelReport *report);
/* One finding after the other. */
void
paddock_report_output_print (PaddockModelReport *report);

G_END_DECLS
