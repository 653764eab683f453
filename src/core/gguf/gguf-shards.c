/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-shards.h"

#include <string.h>

/* "-00001-of-00003.gguf" */
#define SUFFIX_LENGTH 20
/* More files than any model was ever cut into; a name that claims more is only a name. */
#define MAX_SHARDS 1024

struct _PaddockGgufShards
{
  gatomicrefcount references;

  /* Owned */
  GPtrArray *shards;                 /* of PaddockGgufShard */
  PaddockGgufFile *opened;
};

static void
shard_free (PaddockGgufShard *shard)
{
  g_clear_pointer (&shard->file, paddock_gguf_file_unref);
  g_clear_error (&shard->problem);
  g_free (shard->path);
  g_free (shard);
}

static gboolean
parse_digits (const char *text, guint *number)
{
  *number = 0;
  for (guint i = 0; i < 5; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + (guint) (text[i] - '0');
    }
  return TRUE;
}

/**
 * paddock_gguf_shards_parse_name:
 * @name: (type filename): a path or a file's name
 * @prefix: (out) (optional) (transfer full): what stands before the numbers
 * @index: (out) (optional): which shard, from 0
 * @count: (out) (optional): of how many
 *
 * Returns: whether the name is that of a shard: PREFIX-00001-of-00003.gguf
 */
gboolean
paddock_gguf_shards_parse_name (const char *name, char **prefix, guint *index, guint *count)
{
  gsize length = strlen (name);
  const char *suffix = name + length - SUFFIX_LENGTH;
  guint number, total;

  if (length < SUFFIX_LENGTH || suffix[0] != '-' || !parse_digits (suffix + 1, &number)
      || strncmp (suffix + 6, "-of-", 4) != 0 || !parse_digits (suffix + 10, &total)
      || g_ascii_strcasecmp (suffix + 15, ".gguf") != 0 || number < 1 || number > total)
    return FALSE;

  if (prefix != NULL)
    *prefix = g_strndup (name, length - SUFFIX_LENGTH);
  if (index != NULL)
    *index = number - 1;
  if (count != NULL)
    *count = total;
  return TRUE;
}

static PaddockGgufShards *
shards_new (PaddockGgufFile *opened)
{
  PaddockGgufShards *self = g_new0 (PaddockGgufShards, 1);

  g_atomic_ref_count_init (&self->references);
  self->shards = g_ptr_array_new_with_free_func ((GDestroyNotify) shard_free);
  self->opened = paddock_gguf_file_ref (opened);
  return self;
}

static void
add_shard (PaddockGgufShards *self, const char *path, PaddockGgufFile *file, GError *problem)
{
  PaddockGgufShard *shard = g_new0 (PaddockGgufShard, 1);

  shard->path = g_strdup (path);
  shard->index = self->shards->len;
  shard->file = file;
  shard->problem = problem;
  g_ptr_array_add (self->shards, shard);
}

static gboolean
says_it_is_split (PaddockGgufFile *file)
{
  guint64 count;

  return paddock_gguf_metadata_get_uint (paddock_gguf_file_get_metadata (file), "split.count", &count) && count > 1;
}

static void
add_siblings (PaddockGgufShards *self, const char *prefix, guint index, guint count, GCancellable *cancellable)
{
  const char *path = paddock_gguf_file_get_path (self->opened);
  /* The opened one is called what it is called, the others follow it, its capitals too. */
  const char *extension = path + strlen (path) - 5;

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *sibling = g_strdup_printf ("%s-%05u-of-%05u%s", prefix, i + 1, count, extension);
      g_autoptr (GError) problem = NULL;
      PaddockGgufFile *file = i == index ? paddock_gguf_file_ref (self->opened)
                                         : paddock_gguf_file_open (sibling, cancellable, &problem);

      add_shard (self, sibling, file, g_steal_pointer (&problem));
    }
}

/**
 * paddock_gguf_shards_open:
 * @path: (type filename): a file, any shard of a split model
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Opens a file, and its siblings where it is split. That some of them are missing is no error.
 *
 * Returns: (transfer full) (nullable): the model, or %NULL with @error set when @path itself cannot be read
 */
PaddockGgufShards *
paddock_gguf_shards_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_open (path, cancellable, error);
  g_autoptr (PaddockGgufShards) self = NULL;

  if (file == NULL)
    return NULL;

  self = paddock_gguf_shards_new_for_path_of (file, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * paddock_gguf_shards_new_for_path_of:
 * @file: a file that was opened by its path
 * @cancellable: (nullable): a cancellable
 *
 * Finds the siblings of a file that is open already.
 *
 * Returns: (transfer full): the model
 */
PaddockGgufShards *
paddock_gguf_shards_new_for_path_of (PaddockGgufFile *file, GCancellable *cancellable)
{
  PaddockGgufShards *self = shards_new (file);
  const char *path = paddock_gguf_file_get_path (file);
  g_autofree char *prefix = NULL;
  guint index, count;

  /* A store that names files by their hash has siblings too, but nobody can tell them from the name. */
  if (says_it_is_split (file) && paddock_gguf_shards_parse_name (path, &prefix, &index, &count) && count <= MAX_SHARDS)
    add_siblings (self, prefix, index, count, cancellable);
  else
    add_shard (self, path, paddock_gguf_file_ref (file), NULL);
  return self;
}

/**
 * paddock_gguf_shards_new_for_file:
 * @file: a file
 *
 * Returns: (transfer full): that file alone, whatever it says of siblings
 */
PaddockGgufShards *
paddock_gguf_shards_new_for_file (PaddockGgufFile *file)
{
  PaddockGgufShards *self = shards_new (file);

  add_shard (self, paddock_gguf_file_get_path (file), paddock_gguf_file_ref (file), NULL);
  return self;
}

/**
 * paddock_gguf_shards_new_for_files:
 * @files: (array length=n_files): files
 * @n_files: how many, at least one
 *
 * Returns: (transfer full): the model that they are together
 */
PaddockGgufShards *
paddock_gguf_shards_new_for_files (PaddockGgufFile *const *files, guint n_files)
{
  PaddockGgufShards *self = shards_new (files[0]);

  for (guint i = 0; i < n_files; i++)
    add_shard (self, paddock_gguf_file_get_path (files[i]), paddock_gguf_file_ref (files[i]), NULL);
  return self;
}

/**
 * paddock_gguf_shards_ref:
 * @self: a model
 *
 * Returns: (transfer full): @self
 */
PaddockGgufShards *
paddock_gguf_shards_ref (PaddockGgufShards *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * paddock_gguf_shards_unref:
 * @self: (transfer full): a model
 */
void
paddock_gguf_shards_unref (PaddockGgufShards *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_ptr_array_unref (self->shards);
  paddock_gguf_file_unref (self->opened);
  g_free (self);
}

/**
 * paddock_gguf_shards_get_count:
 * @self: a model
 *
 * Returns: how many files belong to it, missing ones too
 */
guint
paddock_gguf_shards_get_count (PaddockGgufShards *self)
{
  return self->shards->len;
}

/**
 * paddock_gguf_shards_get_n_present:
 * @self: a model
 *
 * Returns: how many of its files could be read
 */
guint
paddock_gguf_shards_get_n_present (PaddockGgufShards *self)
{
  guint present = 0;

  for (guint i = 0; i < self->shards->len; i++)
    present += paddock_gguf_shards_get_shard (self, i)->file != NULL;
  return present;
}

/**
 * paddock_gguf_shards_get_shard:
 * @self: a model
 * @position: less than the count
 *
 * Returns: (transfer none): that file of it
 */
const PaddockGgufShard *
paddock_gguf_shards_get_shard (PaddockGgufShards *self, guint position)
{
  return g_ptr_array_index (self->shards, position);
}

/**
 * paddock_gguf_shards_get_primary:
 * @self: a model
 *
 * Returns: (transfer none): the file that holds the metadata, as far as it is there
 */
PaddockGgufFile *
paddock_gguf_shards_get_primary (PaddockGgufShards *self)
{
  const PaddockGgufShard *first = paddock_gguf_shards_get_shard (self, 0);

  return first->file != NULL ? first->file : self->opened;
}

/**
 * paddock_gguf_shards_get_opened:
 * @self: a model
 *
 * Returns: (transfer none): the file that was asked for
 */
PaddockGgufFile *
paddock_gguf_shards_get_opened (PaddockGgufShards *self)
{
  return self->opened;
}

/**
 * paddock_gguf_shards_get_size:
 * @self: a model
 *
 * Returns: the bytes of all its files that are there
 */
guint64
paddock_gguf_shards_get_size (PaddockGgufShards *self)
{
  guint64 size = 0;

  for (guint i = 0; i < self->shards->len; i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (self, i);

      if (shard->file != NULL)
        size += paddock_gguf_file_get_size (shard->file);
    }
  return size;
}

/**
 * paddock_gguf_shards_get_n_tensors:
 * @self: a model
 *
 * Returns: how many tensors its files describe together
 */
guint
paddock_gguf_shards_get_n_tensors (PaddockGgufShards *self)
{
  guint count = 0;

  for (guint i = 0; i < self->shards->len; i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (self, i);

      if (shard->file != NULL)
        count += paddock_gguf_file_get_n_tensors (shard->file);
    }
  return count;
}

/**
 * paddock_gguf_shards_get_tensor:
 * @self: a model
 * @position: less than the number of tensors
 * @shard: (out): which file it lies in
 *
 * Returns: (transfer none): the tensor
 */
const PaddockGgufTensor *
paddock_gguf_shards_get_tensor (PaddockGgufShards *self, guint position, guint *shard)
{
  for (*shard = 0; *shard < self->shards->len; (*shard)++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (self, *shard)->file;
      guint count = file != NULL ? paddock_gguf_file_get_n_tensors (file) : 0;

      if (position < count)
        return paddock_gguf_file_get_tensor (file, position);
      position -= count;
    }
  g_return_val_if_reached (NULL);
}
