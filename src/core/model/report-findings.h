/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/finding-text.h"

G_BEGIN_DECLS

/**
 * PaddockReportFindings:
 *
 * What the checks have to say, as they say it. Of each kind the first twenty are kept and the rest is counted, so that
 * a hostile file cannot make a report larger than itself.
 */
typedef struct _PaddockReportFindings PaddockReportFindings;

#define PADDOCK_REPORT_MAX_OF_A_KIND 20

PaddockReportFindings *paddock_report_findings_new  (void);
void                   paddock_report_findings_free (PaddockReportFindings *self);

/* subject: bytes as they stand in the file, made showable here; NULL if it is the file. length -1: ended by NUL. */
void paddock_report_findings_add   (PaddockReportFindings *self, PaddockFindingText text, gint64 offset,
                                    const char *subject, gssize length);
void paddock_report_findings_add_value (PaddockReportFindings *self, PaddockFindingText text, gint64 offset,
                                        const char *subject, gssize length, const char *format, ...) G_GNUC_PRINTF (6, 7);
/* There were more of this kind than the check itself kept. */
void paddock_report_findings_add_uncounted (PaddockReportFindings *self, PaddockFindingText text, guint64 more);

/* Of another report: as it stands there. */
void paddock_report_findings_add_copy (PaddockReportFindings *self, const PaddockFinding *finding);

gboolean   paddock_report_findings_is_bad (PaddockReportFindings *self);   /* a REJECT is among them */
GPtrArray *paddock_report_findings_steal (PaddockReportFindings *self);   /* (element-type PaddockFinding): worst first */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockReportFindings, paddock_report_findings_free)

G_END_DECLS
