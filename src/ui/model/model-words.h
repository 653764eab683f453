/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-snapshot.h"

G_BEGIN_DECLS

/* The words for what a model is: everything comes back ready to be shown, escaped and translated. */

char       *paddock_model_words_dup_file_name  (const char *path);
char       *paddock_model_words_dup_title      (PaddockModelSnapshot *snapshot);
char       *paddock_model_words_dup_summary    (PaddockModelSnapshot *snapshot);
const char *paddock_model_words_get_kind       (PaddockModelKind kind);                /* NULL for an ordinary model */
const char *paddock_model_words_get_capability (PaddockCapabilities one);
const char *paddock_model_words_get_verdict    (PaddockVerdict verdict);               /* one word or two */
const char *paddock_model_words_get_verdict_title       (PaddockVerdict verdict);      /* a sentence */
const char *paddock_model_words_get_verdict_description (PaddockVerdict verdict);
const char *paddock_model_words_get_verdict_icon        (PaddockVerdict verdict);
const char *paddock_model_words_get_verdict_style       (PaddockVerdict verdict);      /* a style class */
const char *paddock_model_words_get_problem_title       (const char *finding_code);    /* of a broken file */

G_END_DECLS
