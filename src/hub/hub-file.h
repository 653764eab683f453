/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A file of a repository. */
typedef struct
{
  char *path;   /* in the repository */
  gint64 size;  /* -1: unknown */
  char *sha256; /* NULL: the hub does not tell, or only those who may have the file */
} PaddockHubFile;

PaddockHubFile *
paddock_hub_file_new (const char *path, gint64 size, const char *sha256);
void
paddock_hub_file_free (PaddockHubFile *self);

/* Of one page of a repository's tree: its files are appended (element-type PaddockHubFile). FALSE: it is no such page. */
gboolean
paddock_hub_file_read_tree (JsonNode *root, GPtrArray *files);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubFile, paddock_hub_file_free)

G_END_DECLS
