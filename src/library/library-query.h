/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/fit.h"
#include "library-index.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_SORT_NAME,
  PADDOCK_SORT_SIZE,
  PADDOCK_SORT_LAST_USED,
  PADDOCK_SORT_ADDED
} PaddockLibrarySort;

/* How an entry fits the chosen machine. */
typedef PaddockFit (*PaddockQueryFit) (const PaddockLibraryEntry *entry, gpointer user_data);

/**
 * PaddockLibraryQuery:
 *
 * What a person wants to see. Each array of strings means "one of these", %NULL or empty: all.
 */
typedef struct
{
  char *text;                        /* words that must all occur */
  char **architectures, **quantizations, **stores, **tags, **capabilities;
  guint states;                      /* bits 1 << PaddockEntryState; 0: all */
  guint kinds;                       /* bits 1 << PaddockModelKind; 0: language models and everything without a kind */
  guint fits;                        /* bits 1 << PaddockFit; 0: all */
  gboolean favourites, duplicates;   /* only these */
  gint64 unused_since;               /* last used or added before this time; 0: all */
  PaddockLibrarySort sort;
  gboolean descending;
} PaddockLibraryQuery;

PaddockLibraryQuery *paddock_library_query_new   (void);
PaddockLibraryQuery *paddock_library_query_copy  (const PaddockLibraryQuery *self);
void                 paddock_library_query_free  (PaddockLibraryQuery *self);
gboolean             paddock_library_query_is_filtered (const PaddockLibraryQuery *self);   /* more than sorted */
/* Entries that it lets through, sorted (transfer container). */
GPtrArray           *paddock_library_query_run   (const PaddockLibraryQuery *self, PaddockLibraryIndex *index,
                                                  PaddockQueryFit fit, gpointer user_data);
/* A saved filter. */
char                *paddock_library_query_to_json   (const PaddockLibraryQuery *self);
PaddockLibraryQuery *paddock_library_query_from_json (const char *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryQuery, paddock_library_query_free)

G_END_DECLS
