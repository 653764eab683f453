/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"
#include "model/report-findings.h"

G_BEGIN_DECLS

/**
 * PaddockReportCheck:
 *
 * What every check of the report works on. All fields are borrowed. @file is the shard that is looked at; checks of the
 * whole model take it for the one that holds the metadata.
 */
typedef struct
{
  PaddockReportFindings *findings;
  PaddockGgufShards *shards;
  PaddockGgufFile *file;
  const PaddockGgufMetadata *metadata;
  char *architecture;                /* general.architecture, NULL if absent or not a text */
  GCancellable *cancellable;
} PaddockReportCheck;

/* Each of these looks at one thing and adds what it finds. Of one file: */
void paddock_report_check_container (PaddockReportCheck *check);   /* version, byte order, alignment, counts */
void paddock_report_check_names     (PaddockReportCheck *check);   /* keys and names of tensors */
void paddock_report_check_values    (PaddockReportCheck *check);   /* texts, booleans, types of known keys */
void paddock_report_check_layout    (PaddockReportCheck *check);   /* where the tensors lie */
void paddock_report_check_tensors   (PaddockReportCheck *check);   /* their types and shapes, one by one */
void paddock_report_check_samples   (PaddockReportCheck *check);   /* a few of their numbers */
/* Of the model: */
void paddock_report_check_shards       (PaddockReportCheck *check);
void paddock_report_check_architecture (PaddockReportCheck *check);   /* hyper-parameters */
void paddock_report_check_companion    (PaddockReportCheck *check);   /* adapters, projectors */
void paddock_report_check_parts        (PaddockReportCheck *check);   /* tensors beside hyper-parameters */
void paddock_report_check_quantization (PaddockReportCheck *check);
void paddock_report_check_tokenizer    (PaddockReportCheck *check);
void paddock_report_check_template     (PaddockReportCheck *check);

/* The value of {architecture}.suffix. */
const PaddockGgufEntry *paddock_report_check_find     (PaddockReportCheck *check, const char *suffix);
gboolean                paddock_report_check_get_uint (PaddockReportCheck *check, const char *suffix, guint64 *value);
/* Something that is run by itself: neither an adapter nor a projector nor a table of importances. */
gboolean                paddock_report_check_is_model (PaddockReportCheck *check);

G_END_DECLS
