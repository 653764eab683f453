/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-query.h"

G_BEGIN_DECLS

/* What the library can be filtered by, in the order in which a person is asked. */
typedef enum
{
  PADDOCK_FILTER_ONLY,               /* "favourites", "duplicates" */
  PADDOCK_FILTER_FIT,
  PADDOCK_FILTER_STORE,
  PADDOCK_FILTER_STATE,
  PADDOCK_FILTER_TAG,
  PADDOCK_FILTER_TASK,
  PADDOCK_FILTER_ARCHITECTURE,
  PADDOCK_FILTER_QUANTIZATION,
  PADDOCK_FILTER_KIND,
  PADDOCK_FILTER_N_FIELDS
} PaddockFilterField;

/* One value of one of them. */
typedef struct
{
  PaddockFilterField field;
  char *value;
  guint count;                       /* of models that have it; 0: nobody counted */
} PaddockFilterChoice;

/* The values that some model has, the most frequent ones first (transfer container: PaddockFilterChoice). */
GPtrArray  *paddock_filter_choices_list   (PaddockLibraryIndex *index, PaddockFilterField field);
/* Those that a query asks for, of all fields. */
GPtrArray  *paddock_filter_choices_chosen (const PaddockLibraryQuery *query);
gboolean    paddock_filter_choices_is_on  (const PaddockLibraryQuery *query, PaddockFilterField field, const char *value);
void        paddock_filter_choices_set    (PaddockLibraryQuery *query, PaddockFilterField field, const char *value,
                                           gboolean on);
void        paddock_filter_choices_clear  (PaddockLibraryQuery *query);   /* all but the text and the order */
const char *paddock_filter_choices_get_title (PaddockFilterField field);
char       *paddock_filter_choices_dup_label (PaddockFilterField field, const char *value);

G_END_DECLS
