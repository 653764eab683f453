/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"
#include "model/number-finding.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_VERDICT_ACCEPT,            /* nothing to say */
  PADDOCK_VERDICT_WARN,              /* can be read, but something is not as it should be */
  PADDOCK_VERDICT_REJECT             /* must not be used */
} PaddockVerdict;

typedef enum
{
  PADDOCK_FINDING_FORMAT,            /* the container */
  PADDOCK_FINDING_ARCHITECTURE,      /* what the model says of its build */
  PADDOCK_FINDING_TENSORS,           /* where and how the weights lie */
  PADDOCK_FINDING_METADATA           /* keys and values */
} PaddockFindingArea;

/**
 * PaddockFinding:
 *
 * One thing that the report has to say. Strings are valid UTF-8 with control characters made visible.
 */
typedef struct
{
  const char *code;                  /* static and stable: "truncated-header", "overlapping-tensors" */
  PaddockFindingArea area;
  PaddockVerdict severity;           /* WARN or REJECT */
  gint64 offset;                     /* in the file, -1 if it has no place */
  char *subject;                     /* the key, tensor or shard; NULL if it is the file */
  char *message;                     /* a translated sentence for a person */
  const char *remedy;                /* what to do, translated; NULL if nothing helps */
} PaddockFinding;

/**
 * PaddockModelReport:
 *
 * The judgement on one file (with its shards), made without reading the tensors' numbers. Reference counted, immutable.
 */
typedef struct _PaddockModelReport PaddockModelReport;

/* Never fails: a file that cannot even be opened gets a report that says so. */
PaddockModelReport *paddock_model_report_new_for_path   (const char *path, GCancellable *cancellable);
PaddockModelReport *paddock_model_report_new_for_shards (PaddockGgufShards *shards, GCancellable *cancellable);
/* The same report, but of the numbers it says what somebody found who read them all. */
PaddockModelReport *paddock_model_report_new_with_numbers (PaddockModelReport *report, const PaddockNumberFinding *findings,
                                                           guint n_findings);
PaddockModelReport *paddock_model_report_ref            (PaddockModelReport *self);
void                paddock_model_report_unref          (PaddockModelReport *self);

PaddockVerdict        paddock_model_report_get_verdict     (PaddockModelReport *self);
/* no REJECT there */
gboolean              paddock_model_report_is_valid_in     (PaddockModelReport *self, PaddockFindingArea area);
guint                 paddock_model_report_get_n_findings  (PaddockModelReport *self);
/* worst first */
const PaddockFinding *paddock_model_report_get_finding     (PaddockModelReport *self, guint position);
const char           *paddock_model_report_get_path        (PaddockModelReport *self);
const char           *paddock_model_report_get_architecture (PaddockModelReport *self);   /* NULL if unknown */
gint64                paddock_model_report_get_version     (PaddockModelReport *self);   /* -1 if unknown */
gint64                paddock_model_report_get_n_tensors   (PaddockModelReport *self);   /* -1 if unknown */
/* What was opened, as far as it could be: NULL when nothing could. */
PaddockGgufShards    *paddock_model_report_get_shards      (PaddockModelReport *self);

const char *paddock_verdict_get_id (PaddockVerdict verdict);   /* "accept", "warn", "reject" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelReport, paddock_model_report_unref)

G_END_DECLS
