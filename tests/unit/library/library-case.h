/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory.h"
#include "library-index.h"

G_BEGIN_DECLS

/* A small whole model, as a recipe; of another name and other weights where the name is another one. */
char                *test_library_make_recipe (const char *name);
/* What is in some folders: "own:PATH", "folder:PATH", "ollama:PATH" ...; records: NULL, or what the person said. */
PaddockLibraryIndex *test_library_look        (GPtrArray *records, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* The entry of a path, which has to be there. */
PaddockLibraryEntry *test_library_find        (PaddockLibraryIndex *index, const char *path);
/* A hash over all below a folder: names, kinds, permissions, link targets and bytes. Hidden things count. */
char                *test_library_hash_tree   (const char *folder);

G_END_DECLS
