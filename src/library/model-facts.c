/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-facts.h"

#include <string.h>

#include "base/running-digest.h"
#include "gguf/gguf-shards.h"
#include "model/file-name.h"

/* No model has more parts; a count beyond it is nonsense. */
#define MAX_SHARDS 100000
#define FINGERPRINT_DIGITS 32

/**
 * paddock_model_facts_new:
 * @name: (nullable): what to call it
 *
 * Returns: (transfer full): facts of which only that is known
 */
PaddockModelFacts *
paddock_model_facts_new (const char *name)
{
  PaddockModelFacts *self = g_atomic_rc_box_new0 (PaddockModelFacts);

  self->name = name != NULL ? g_strdup (name) : NULL;
  self->parameters = self->context_length = self->embedding_length = self->layers = -1;
  self->shards = 1;
  return self;
}

/* The sibling that a name says it is; FALSE where it says nothing sound. */
static gboolean
find_shard_by_name (const PaddockFileName *name, guint *shard, guint *shards)
{
  if (name->shard == 0 || name->shard > name->shards || name->shards < 2 || name->shards > MAX_SHARDS)
    return FALSE;
  *shard = name->shard - 1;
  *shards = name->shards;
  return TRUE;
}

static void
find_shard (PaddockModelFacts *self, PaddockGgufFile *file, const PaddockFileName *name)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  guint64 index, count;

  if (paddock_gguf_metadata_get_uint (metadata, "split.count", &count) && count > 1 && count <= MAX_SHARDS &&
      paddock_gguf_metadata_get_uint (metadata, "split.no", &index) && index < count)
    {
      self->shard = (guint) index;
      self->shards = (guint) count;
    }
  else
    find_shard_by_name (name, &self->shard, &self->shards);
}

/* How long the file has to be; what cannot be computed needs no room. */
static guint64
find_needed_size (PaddockGgufFile *file)
{
  guint64 start = paddock_gguf_file_get_data_offset (file);
  guint64 needed = paddock_gguf_file_get_header_end (file);

  for (guint i = 0; i < paddock_gguf_file_get_n_tensors (file); i++)
    {
      const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (file, i);
      guint64 end;

      if (tensor->sized && g_uint64_checked_add (&end, start, tensor->offset) &&
          g_uint64_checked_add (&end, end, tensor->bytes))
        needed = MAX (needed, end);
    }
  return needed;
}

static void
set_unfinished (PaddockModelFacts *self, char *problem)
{
  if (self->state == PADDOCK_FACTS_WHOLE)
    {
      self->state = PADDOCK_FACTS_UNFINISHED;
      self->problem = g_steal_pointer (&problem);
    }
  g_free (problem);
}

static void
judge_size (PaddockModelFacts *self, PaddockGgufFile *file)
{
  guint64 size = paddock_gguf_file_get_size (file);
  guint64 needed = find_needed_size (file);

  if (needed > size)
    set_unfinished (self, g_strdup_printf ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " bytes are there", size, needed));
}

static void
judge_name (PaddockModelFacts *self, const char *path)
{
  g_autofree char *detail = NULL;

  if (paddock_file_kind_detect_name (path, &detail) == PADDOCK_FILE_UNFINISHED)
    set_unfinished (self, g_strdup_printf ("“%s” at the end of its name is that of a download under way", detail));
}

static void
set_fingerprint (PaddockModelFacts *self, PaddockGgufFile *file)
{
  gsize length;
  const guint8 *bytes = paddock_gguf_source_get_prefix (paddock_gguf_file_get_source (file), &length);
  guint64 size = GUINT64_TO_LE (paddock_gguf_file_get_size (file));
  g_autofree char *digest = NULL;

  length = (gsize) MIN (length, paddock_gguf_file_get_header_end (file));
  digest = paddock_running_digest_sha256_bytes (bytes, length, (const guint8 *) &size, sizeof size);
  memcpy (self->fingerprint, digest, FINGERPRINT_DIGITS);
}

/* A projector's own width fits nothing: what counts is that of the model that it feeds. */
static gint64
find_projected_length (const PaddockGgufMetadata *metadata)
{
  static const char *const keys[] = { "clip.vision.projection_dim", "clip.audio.projection_dim", "clip.projection_dim" };
  guint64 length;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (paddock_gguf_metadata_get_uint (metadata, keys[i], &length) && length > 0 && length <= G_MAXINT32)
      return (gint64) length;
  return -1;
}

static void
take_info (PaddockModelFacts *self, PaddockModelInfo *info, const PaddockGgufMetadata *metadata)
{
  self->kind = info->kind;
  self->capabilities = info->capabilities;
  self->name = g_utf8_make_valid (info->name, -1);   /* that of the file, maybe: bytes */
  self->architecture = g_steal_pointer (&info->architecture);
  self->architecture_name = g_steal_pointer (&info->architecture_name);
  self->quantization = g_steal_pointer (&info->quantization);
  self->size_label = g_steal_pointer (&info->size_label);
  self->base_name = g_steal_pointer (&info->basename);
  self->license = g_steal_pointer (&info->license);
  self->repository = g_steal_pointer (&info->repository);
  self->parameters = info->parameters;
  self->context_length = info->context_length;
  self->embedding_length = info->kind == PADDOCK_MODEL_PROJECTOR ? find_projected_length (metadata) : info->embedding_length;
  self->layers = info->layers;
  self->tensor_bytes = info->tensor_bytes;
}

static void
read_sound (PaddockModelFacts *self, PaddockGgufFile *file, const PaddockFileName *name)
{
  g_autoptr (PaddockGgufShards) alone = paddock_gguf_shards_new_for_file (file);
  g_autoptr (PaddockModelInfo) info = paddock_model_info_new (alone);

  take_info (self, info, paddock_gguf_file_get_metadata (file));
  self->file_kind = PADDOCK_FILE_GGUF;
  find_shard (self, file, name);
  /* A set may begin with a file that holds everything but tensors. */
  if (self->shards > 1 && self->kind == PADDOCK_MODEL_VOCABULARY)
    self->kind = PADDOCK_MODEL_LANGUAGE;
  judge_size (self, file);
  set_fingerprint (self, file);
}

/* Whether what is there can be the beginning of a model: a header that tells of more than the file holds is far more often
   cut off than wrong. */
static gboolean
may_be_continued (PaddockFileKind kind, const GError *failure)
{
  if (kind != PADDOCK_FILE_GGUF)
    return kind == PADDOCK_FILE_EMPTY || kind == PADDOCK_FILE_ZEROS || kind == PADDOCK_FILE_UNFINISHED;
  return g_error_matches (failure, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_TRUNCATED) ||
         g_error_matches (failure, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_COUNT) ||
         g_error_matches (failure, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_LENGTH);
}

static void
read_broken (PaddockModelFacts *self, PaddockGgufFile *file, const PaddockFileName *name)
{
  const GError *failure = paddock_gguf_file_get_failure (file);
  g_autofree char *detail = NULL;

  self->file_kind = paddock_file_kind_detect (paddock_gguf_file_get_source (file), &detail);
  self->state = may_be_continued (self->file_kind, failure) ? PADDOCK_FACTS_UNFINISHED : PADDOCK_FACTS_BROKEN;
  self->unread = g_error_matches (failure, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_IO) ||
                 g_error_matches (failure, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED);
  self->problem = g_utf8_make_valid (failure->message, -1);
  self->kind = name->kind;
  self->quantization = g_strdup (name->quantization);
  find_shard (self, file, name);
}

/* The title of a file's name, which is bytes. */
static char *
dup_title (const PaddockFileName *name)
{
  return g_utf8_make_valid (name->title, -1);
}

/**
 * paddock_model_facts_read:
 * @path: (type filename): a file
 * @cancellable: (nullable): to stop it
 *
 * Reads what a file says of itself.
 *
 * Returns: (transfer full): the facts
 */
PaddockModelFacts *
paddock_model_facts_read (const char *path, GCancellable *cancellable)
{
  PaddockModelFacts *self = paddock_model_facts_new (NULL);
  g_autoptr (PaddockFileName) name = paddock_file_name_parse (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_path (path, &error);
  g_autoptr (PaddockGgufFile) file = source != NULL ? paddock_gguf_file_scan (source, cancellable) : NULL;

  if (file == NULL)
    {
      self->state = PADDOCK_FACTS_BROKEN;
      self->unread = TRUE;
      self->problem = g_utf8_make_valid (error->message, -1);
      self->kind = name->kind;
      find_shard_by_name (name, &self->shard, &self->shards);
    }
  else if (paddock_gguf_file_get_failure (file) != NULL)
    read_broken (self, file, name);
  else
    read_sound (self, file, name);
  judge_name (self, path);
  if (self->name == NULL)
    self->name = dup_title (name);
  return self;
}

static PaddockModelFacts *
copy_without_name (const PaddockModelFacts *self)
{
  PaddockModelFacts *copy = paddock_model_facts_new (NULL);

  *copy = *self;
  copy->name = NULL;
  copy->architecture = g_strdup (self->architecture);
  copy->architecture_name = g_strdup (self->architecture_name);
  copy->quantization = g_strdup (self->quantization);
  copy->size_label = g_strdup (self->size_label);
  copy->base_name = g_strdup (self->base_name);
  copy->license = g_strdup (self->license);
  copy->repository = g_strdup (self->repository);
  copy->problem = g_strdup (self->problem);
  return copy;
}

/**
 * paddock_model_facts_rename:
 * @self: the facts
 * @from: (type filename): under which path they were read
 * @to: (type filename): another path of the same file
 *
 * Returns: (transfer full): what reading it under the other path would have told of its name
 */
PaddockModelFacts *
paddock_model_facts_rename (PaddockModelFacts *self, const char *from, const char *to)
{
  g_autoptr (PaddockFileName) before = NULL, after = NULL;
  g_autofree char *old_title = NULL;
  PaddockModelFacts *renamed;

  /* Most other names of a file differ in their folders only. */
  if (g_str_equal (strrchr (from, '/') != NULL ? strrchr (from, '/') + 1 : from,
                   strrchr (to, '/') != NULL ? strrchr (to, '/') + 1 : to))
    return paddock_model_facts_ref (self);
  before = paddock_file_name_parse (from);
  old_title = dup_title (before);
  if (!g_str_equal (self->name, old_title))
    return paddock_model_facts_ref (self);
  after = paddock_file_name_parse (to);
  renamed = copy_without_name (self);
  renamed->name = dup_title (after);
  return renamed;
}

/**
 * paddock_model_facts_ref:
 * @self: the facts
 *
 * Returns: (transfer full): @self
 */
PaddockModelFacts *
paddock_model_facts_ref (PaddockModelFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_facts (gpointer data)
{
  PaddockModelFacts *self = data;

  g_free (self->name);
  g_free (self->architecture);
  g_free (self->architecture_name);
  g_free (self->quantization);
  g_free (self->size_label);
  g_free (self->base_name);
  g_free (self->license);
  g_free (self->repository);
  g_free (self->problem);
}

/**
 * paddock_model_facts_unref:
 * @self: (transfer full): the facts
 */
void
paddock_model_facts_unref (PaddockModelFacts *self)
{
  g_atomic_rc_box_release_full (self, clear_facts);
}
