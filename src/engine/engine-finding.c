/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-finding.h"

#include <string.h>

#define ID_LENGTH 16

/* Its arguments begin with the model's path, which is nobody else's business. */
#define PATH_WORDS 2

/**
 * paddock_engine_finding_new_empty:
 *
 * Returns: (transfer full): a finding to be filled in
 */
PaddockEngineFinding *
paddock_engine_finding_new_empty (void)
{
  return g_new0 (PaddockEngineFinding, 1);
}

/**
 * paddock_engine_finding_free:
 * @self: (transfer full): a finding
 */
void
paddock_engine_finding_free (PaddockEngineFinding *self)
{
  g_free (self->id);
  g_free (self->model);
  g_free (self->identity);
  g_free (self->version);
  g_strfreev (self->question);
  g_free (self);
}

static void
add_text (GChecksum *checksum, const char *text)
{
  /* With its end, so that two texts are never the same as two others. */
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text) + 1);
}

static void
add_number (GChecksum *checksum, guint64 number)
{
  const guint64 little = GUINT64_TO_LE (number);

  g_checksum_update (checksum, (const guchar *) &little, sizeof little);
}

/**
 * paddock_engine_finding_identify:
 * @model: a model
 *
 * Names, types and dimensions decide about memory; the values of the weights do not.
 *
 * Returns: (transfer full): what its findings are known by
 */
char *
paddock_engine_finding_identify (PaddockGgufShards *model)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < paddock_gguf_shards_get_n_tensors (model); i++)
    {
      guint shard;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (model, i, &shard);
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (model, shard)->file;
      g_autofree char *name = paddock_gguf_file_dup_tensor_name (file, tensor);

      add_text (checksum, name != NULL ? name : "");
      add_number (checksum, tensor->type);
      for (guint d = 0; d < PADDOCK_GGUF_MAX_DIMENSIONS; d++)
        add_number (checksum, tensor->dimensions[d]);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
make_id (const PaddockEngineFinding *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add_text (checksum, self->identity);
  add_text (checksum, self->version != NULL ? self->version : "");
  for (char **word = self->question; *word != NULL; word++)
    add_text (checksum, *word);
  return g_strndup (g_checksum_get_string (checksum), ID_LENGTH);
}

/* Of each device the engine cuts off what is no whole unit: so much may be hidden. */
static gint64
compare (guint64 ours, guint64 theirs, guint n_devices)
{
  const guint64 hidden = (guint64) n_devices * PADDOCK_ENGINE_FIT_UNIT;

  return ours >= theirs && ours - theirs < hidden ? 0 : (gint64) (theirs - ours);
}

static void
set_numbers (PaddockEngineFinding *self, const PaddockMemoryEstimate *ours, const PaddockEngineFit *theirs)
{
  const PaddockEngineFitDevice sum = paddock_engine_fit_sum (theirs);
  const guint n = theirs->devices->len;

  self->ours.weights = ours->bytes[PADDOCK_MEMORY_WEIGHTS];
  self->ours.cache = ours->bytes[PADDOCK_MEMORY_CACHE] + ours->bytes[PADDOCK_MEMORY_STATE];
  self->ours.compute = ours->bytes[PADDOCK_MEMORY_COMPUTE];
  self->theirs = (PaddockEngineNumbers) { sum.weights, sum.cache, sum.compute };
  self->weights = compare (self->ours.weights, sum.weights, n);
  self->cache = compare (self->ours.cache, sum.cache, n);
  self->compute = compare (self->ours.compute, sum.compute, n);
}

static char *
name_model (PaddockGgufShards *model)
{
  g_autofree char *name = g_path_get_basename (paddock_gguf_shards_get_shard (model, 0)->path);

  return g_utf8_make_valid (name, -1);
}

/**
 * paddock_engine_finding_new:
 * @model: the model
 * @ours: what it needs as we compute it, for an aligned request
 * @theirs: what the engine said of the same request
 *
 * Returns: (transfer full): how they differ, if they do
 */
PaddockEngineFinding *
paddock_engine_finding_new (PaddockGgufShards *model, const PaddockMemoryEstimate *ours, const PaddockEngineFit *theirs)
{
  PaddockEngineFinding *self = paddock_engine_finding_new_empty ();
  const guint n_words = theirs->question != NULL ? g_strv_length (theirs->question) : 0;

  self->model = name_model (model);
  self->identity = paddock_engine_finding_identify (model);
  self->size = paddock_gguf_shards_get_size (model);
  self->version = theirs->binary != NULL ? g_strdup (theirs->binary->installed->version) : NULL;
  self->question = n_words > PATH_WORDS ? g_strdupv (theirs->question + PATH_WORDS) : g_new0 (char *, 1);
  self->found_at = g_get_real_time () / G_USEC_PER_SEC;
  self->id = make_id (self);
  set_numbers (self, ours, theirs);
  return self;
}

/**
 * paddock_engine_finding_differs:
 * @self: a finding
 *
 * Returns: whether there is anything to be found
 */
gboolean
paddock_engine_finding_differs (const PaddockEngineFinding *self)
{
  return self->weights != 0 || self->cache != 0 || self->compute != 0;
}
