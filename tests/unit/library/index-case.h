/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index-builder.h"

G_BEGIN_DECLS

#define TEST_INDEX_NOW 1800000000
#define TEST_INDEX_FILESYSTEM G_GUINT64_CONSTANT (0xfedcba9876543210)
#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SHA_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

/* A library that grows by lines: files and roots, and the records that were left by the index before. */
typedef struct
{
  GPtrArray *files, *roots, *records, *changed, *gone;
  PaddockLibraryIndex *index;
} TestIndex;

#define TEST_INDEX_ADD(path, function) g_test_add (path, TestIndex, NULL, test_index_set_up, function, test_index_tear_down)

void                 test_index_set_up    (TestIndex *fixture, gconstpointer data);
void                 test_index_tear_down (TestIndex *fixture, gconstpointer data);
void                 test_index_add_root  (TestIndex *fixture, const char *path, PaddockRootState state);
/* Of a thousand bytes, whose header is called after its name; what it is may be changed until the next build. */
PaddockLibraryFile  *test_index_add_file  (TestIndex *fixture, const char *root, const char *path, guint64 inode,
                                           const char *fingerprint);
char                *test_index_make_fingerprint (char letter);
/* Takes over what was written, as the store of records would. */
PaddockLibraryIndex *test_index_build     (TestIndex *fixture);
PaddockLibraryEntry *test_index_get       (TestIndex *fixture, guint position);

G_END_DECLS
