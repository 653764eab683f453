/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-stamp.h"

typedef struct
{
  char *path;
  guint64 size;
  PaddockGgufIdentity identity;      /* all zero if it is not known */
} StampedFile;

struct _PaddockModelStamp
{
  GArray *files;                     /* StampedFile */
};

static void
clear_file (gpointer file)
{
  g_free (((StampedFile *) file)->path);
}

static gboolean
is_same_identity (const PaddockGgufIdentity *one, const PaddockGgufIdentity *other)
{
  return one->device == other->device && one->inode == other->inode && one->size == other->size &&
         one->modified_ns == other->modified_ns && one->changed_ns == other->changed_ns;
}

/**
 * paddock_model_stamp_new:
 * @snapshot: a model
 *
 * Returns: (transfer full): the stamp of its files
 */
PaddockModelStamp *
paddock_model_stamp_new (PaddockModelSnapshot *snapshot)
{
  PaddockModelStamp *self = g_new0 (PaddockModelStamp, 1);
  guint count = snapshot->shards != NULL ? paddock_gguf_shards_get_count (snapshot->shards) : 0;

  self->files = g_array_new (FALSE, TRUE, sizeof (StampedFile));
  g_array_set_clear_func (self->files, clear_file);
  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (snapshot->shards, i);
      const PaddockGgufIdentity *identity;
      StampedFile file = { 0 };

      if (shard->file == NULL)
        continue;
      identity = paddock_gguf_source_get_identity (paddock_gguf_file_get_source (shard->file));
      file.path = g_strdup (shard->path);
      file.size = paddock_gguf_file_get_size (shard->file);
      if (identity != NULL)
        file.identity = *identity;
      g_array_append_val (self->files, file);
    }
  return self;
}

void
paddock_model_stamp_free (PaddockModelStamp *self)
{
  g_array_unref (self->files);
  g_free (self);
}

/**
 * paddock_model_stamp_is_of:
 * @self: the stamp
 * @snapshot: a model
 *
 * Returns: whether the model has the very files, unchanged
 */
gboolean
paddock_model_stamp_is_of (PaddockModelStamp *self, PaddockModelSnapshot *snapshot)
{
  g_autoptr (PaddockModelStamp) other = paddock_model_stamp_new (snapshot);

  if (self->files->len != other->files->len)
    return FALSE;
  for (guint i = 0; i < self->files->len; i++)
    {
      const StampedFile *one = &g_array_index (self->files, StampedFile, i);
      const StampedFile *two = &g_array_index (other->files, StampedFile, i);

      if (!g_str_equal (one->path, two->path) || !is_same_identity (&one->identity, &two->identity))
        return FALSE;
    }
  return TRUE;
}

guint
paddock_model_stamp_get_n_files (PaddockModelStamp *self)
{
  return self->files->len;
}

const char *
paddock_model_stamp_get_path (PaddockModelStamp *self, guint file)
{
  return g_array_index (self->files, StampedFile, file).path;
}

guint64
paddock_model_stamp_get_size (PaddockModelStamp *self, guint file)
{
  return g_array_index (self->files, StampedFile, file).size;
}

guint64
paddock_model_stamp_get_total (PaddockModelStamp *self)
{
  guint64 total = 0;

  for (guint i = 0; i < self->files->len; i++)
    total += paddock_model_stamp_get_size (self, i);
  return total;
}
