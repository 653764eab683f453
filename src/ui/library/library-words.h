/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-entry.h"

G_BEGIN_DECLS

/* The words for what an entry of the library is: everything comes back ready to be shown, escaped and translated. */

char       *paddock_library_words_dup_title   (const PaddockLibraryEntry *entry);
char       *paddock_library_words_dup_summary (const PaddockLibraryEntry *entry);   /* without its size and place */
char       *paddock_library_words_dup_size    (const PaddockLibraryEntry *entry);
char       *paddock_library_words_dup_tags    (const PaddockLibraryEntry *entry);   /* "" for none */
char       *paddock_library_words_dup_state   (const PaddockLibraryEntry *entry);   /* NULL: it is ready */
char       *paddock_library_words_dup_reason  (const PaddockLibraryEntry *entry);   /* of its state, a sentence or two */
const char *paddock_library_words_get_state_title (PaddockEntryState state);
const char *paddock_library_words_get_style   (const PaddockLibraryEntry *entry);   /* of its state: a style class */
char       *paddock_library_words_dup_store   (const char *id, const char *root);   /* root: of a folder, or NULL */
char       *paddock_library_words_dup_places  (const PaddockLibraryEntry *entry);   /* its stores, in a word or two */
char       *paddock_library_words_dup_paths   (const PaddockLibraryEntry *entry);   /* all its places, one a line */
/* That it, or only a copy of it, is not what it should be. */
char       *paddock_library_words_dup_mismatch (const char *title, gboolean copy);
char       *paddock_library_words_dup_label   (const PaddockLibraryEntry *entry);   /* the whole row in one line */
/* What a list shows: so many models, so large, of how many; total: NULL for all that there are. */
char       *paddock_library_words_dup_status  (guint count, const guint *total, guint64 size);
/* Above the list: what it is, or how many of its models a person has selected. */
char       *paddock_library_words_dup_heading (gboolean selecting, guint count);

G_END_DECLS
