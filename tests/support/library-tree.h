/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestLibraryTree:
 *
 * What to fill a folder with: tiny GGUF files that differ in what they say of themselves, by a seed, so that two trees of
 * the same one are the same byte for byte. Of every hundred files four are shards of sets of two, four are projectors, two
 * are second names, two links, two copies, and two downloads that are not done.
 */
typedef struct
{
  guint n_files;
  guint n_folders;
  guint seed;
} TestLibraryTree;

/* How many files got their own header, and how many names there are. */
typedef struct
{
  guint n_names, n_partial, n_links;
  guint n_headers;                   /* inodes that hold a header of a model */
} TestLibraryCensus;

gboolean test_library_tree_write (const TestLibraryTree *self, const char *folder, TestLibraryCensus *census, GError **error);

G_END_DECLS
