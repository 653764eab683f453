/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-record.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_ENTRY_READY,
  PADDOCK_ENTRY_INCOMPLETE,          /* shards are missing */
  PADDOCK_ENTRY_UNFINISHED,          /* its file is shorter than it says */
  PADDOCK_ENTRY_DAMAGED,             /* its header cannot be read, or its hash is not the published one */
  PADDOCK_ENTRY_OFFLINE              /* remembered, and nowhere to be found: an unplugged drive */
} PaddockEntryState;

/* One place where all of the model is, or as much of it as there is. */
typedef struct
{
  const char *store;                 /* id */
  char *root;
  GPtrArray *files;                  /* PaddockLibraryFile: the shards that are there, in order; empty: offline */
  char *path;                        /* of the first */
  gboolean online;
  gboolean shared;                   /* its bytes are those of an earlier location: a link, or a second name */
  gboolean differs;                  /* somebody read it, and it has other bytes than were published, or than the first */
} PaddockEntryLocation;

PaddockEntryLocation *paddock_entry_location_new (const char *store, const char *root, const char *path);

/**
 * PaddockLibraryEntry:
 *
 * A model of the library, wherever its files are: immutable and counted. Another look at the disk makes another one,
 * unless nothing changed.
 */
typedef struct
{
  char *id;                          /* that of its record */
  PaddockEntryState state;
  PaddockModelRecord *record;
  PaddockModelFacts *facts;          /* of the first shard; NULL while offline */
  GPtrArray *locations;              /* PaddockEntryLocation, the best first: online, own, folders, others */
  guint64 size;                      /* of one whole copy */
  guint64 duplicate_size;            /* of the further copies: what is stored more than once */
  guint64 differing_size;            /* of those that have other bytes */
  guint shards, shards_present;
  GPtrArray *companions;             /* char *: ids of projectors and adapters that go with it */

  const char *title;                 /* nickname, else the store's title, else the name: borrowed from the others */
  char *search_text;                 /* all that a search looks at, case folded */
  char *sort_key;                    /* of the title, as the locale sorts */
} PaddockLibraryEntry;

PaddockLibraryEntry *paddock_library_entry_new      (PaddockModelRecord *record, PaddockModelFacts *facts);
PaddockLibraryEntry *paddock_library_entry_ref      (PaddockLibraryEntry *self);
void                 paddock_library_entry_unref    (PaddockLibraryEntry *self);
gboolean             paddock_library_entry_equal    (const PaddockLibraryEntry *a, const PaddockLibraryEntry *b);
/* The path to open, hash or hand over; NULL while offline. */
const char          *paddock_library_entry_get_path (const PaddockLibraryEntry *self);
PaddockModelKind     paddock_library_entry_get_kind (const PaddockLibraryEntry *self);
/* What all its copies take on the disk, as far as they are there. */
guint64              paddock_library_entry_measure  (const PaddockLibraryEntry *self);
/* A further copy that has other bytes than the model should have, while nothing is wrong with the first; NULL: none. */
const PaddockEntryLocation *paddock_library_entry_find_differing (const PaddockLibraryEntry *self);
/* As bits (1 << PaddockEntryState): its own, and that of such a copy. */
guint                paddock_library_entry_get_states (const PaddockLibraryEntry *self);
const char          *paddock_entry_state_get_id     (PaddockEntryState state);   /* "ready" ... */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryEntry, paddock_library_entry_unref)

G_END_DECLS
