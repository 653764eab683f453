/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"
#include "model/report-findings.h"

G_BEGIN_DECLS

/* Says why a file could not be opened, or its header not be read: file is NULL in the first case. */
void paddock_report_failure_add (PaddockReportFindings *findings, const char *path, PaddockGgufFile *file, const GError *error);

G_END_DECLS
