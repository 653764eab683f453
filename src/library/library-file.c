/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-file.h"

#include <string.h>

#include "gguf/gguf-shards.h"
#include "record-hashes.h"

/**
 * paddock_library_file_new:
 * @store: id of a store, which lives forever
 * @root: where the store is
 * @path: the file's
 *
 * Returns: (transfer full): a file of which only that is known
 */
PaddockLibraryFile *
paddock_library_file_new (const char *store, const char *root, const char *path)
{
  PaddockLibraryFile *self = g_atomic_rc_box_new0 (PaddockLibraryFile);

  self->store = store;
  self->root = g_strdup (root);
  self->path = g_strdup (path);
  return self;
}

static void
clear_file (gpointer data)
{
  PaddockLibraryFile *self = data;

  g_free (self->path);
  g_free (self->target);
  g_free (self->root);
  g_clear_pointer (&self->facts, paddock_model_facts_unref);
  g_free (self->title);
  g_free (self->repository);
  g_free (self->repository_path);
  g_free (self->revision);
  g_free (self->claimed_sha256);
  g_free (self->belongs_to);
}

/**
 * paddock_library_file_ref:
 * @self: a file
 *
 * Returns: (transfer full): @self
 */
PaddockLibraryFile *
paddock_library_file_ref (PaddockLibraryFile *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * paddock_library_file_unref:
 * @self: (transfer full): a file
 */
void
paddock_library_file_unref (PaddockLibraryFile *self)
{
  g_atomic_rc_box_release_full (self, clear_file);
}

/**
 * paddock_library_file_get_real_path:
 * @self: a file
 *
 * Returns: where the bytes are
 */
const char *
paddock_library_file_get_real_path (const PaddockLibraryFile *self)
{
  return self->target != NULL ? self->target : self->path;
}

/**
 * paddock_library_file_get_shard:
 * @self: a file
 *
 * Returns: its place in the set that it is called after, else 0
 */
guint
paddock_library_file_get_shard (const PaddockLibraryFile *self)
{
  const char *name = strrchr (self->path, '/');
  guint index = 0, count = 1;

  return paddock_gguf_shards_parse_name (name != NULL ? name + 1 : self->path, NULL, &index, &count) &&
             index < MIN (count, PADDOCK_RECORDED_HASH_MAX_SHARD)
           ? index
           : 0;
}

/**
 * paddock_library_file_equal:
 * @a: a file
 * @b: another
 *
 * Returns: whether nothing that is known of them differs
 */
gboolean
paddock_library_file_equal (const PaddockLibraryFile *a, const PaddockLibraryFile *b)
{
  /* Facts follow from the identity, except that a name can say that a file is not done. */
  return a == b ||
         (g_strcmp0 (a->path, b->path) == 0 && g_strcmp0 (a->target, b->target) == 0 &&
          g_strcmp0 (a->root, b->root) == 0 && g_strcmp0 (a->store, b->store) == 0 && a->role == b->role &&
          paddock_file_identity_equal (&a->identity, &b->identity) && g_strcmp0 (a->title, b->title) == 0 &&
          g_strcmp0 (a->repository, b->repository) == 0 &&
          g_strcmp0 (a->repository_path, b->repository_path) == 0 && g_strcmp0 (a->revision, b->revision) == 0 &&
          g_strcmp0 (a->claimed_sha256, b->claimed_sha256) == 0 && g_strcmp0 (a->belongs_to, b->belongs_to) == 0);
}
