/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-matcher.h"

#include <string.h>

#include "record-hashes.h"

#define MAX_SLUG 48

/* From what cannot be to what is surest. */
typedef enum
{
  ANOTHER,                           /* its bytes are others, or it is somewhere else */
  OTHER_BYTES_HERE,                  /* its bytes were others in the same place: they were changed */
  POSSIBLE,
  SAME_PLACE,
  SAME_BYTES,
  SAME_BYTES_HERE,
} Likeness;

struct _PaddockRecordMatcher
{
  /* Owned */
  GHashTable *by_fingerprint;        /* char * -> GPtrArray of PaddockModelRecord */
  GHashTable *by_path;               /* char * -> PaddockModelRecord */
  GHashTable *by_id;
  GHashTable *taken;                 /* ids */
  GHashTable *present;               /* fingerprints of the models that are there */
  GHashTable *alike;                 /* those of them that several have */
  GHashTable *places;                /* path -> fingerprint, of models that share it with others */
  GHashTable *settled;               /* PaddockModelGroup -> PaddockModelRecord, of the same models */
  GHashTable *roots;                 /* path -> PaddockScannedRoot */
  GHashTable *used;                  /* paths of roots with files */
  GPtrArray *fresh;                  /* PaddockModelRecord made for new models */

  /* Borrowed */
  const PaddockIndexInput *input;
};

static int
compare_age (gconstpointer a, gconstpointer b)
{
  const PaddockModelRecord *first = a, *second = b;

  if (first->added_at != second->added_at)
    return first->added_at < second->added_at ? -1 : 1;
  return strcmp (first->id, second->id);
}

static void
add_record (PaddockRecordMatcher *self, PaddockModelRecord *record)
{
  GPtrArray *same;

  g_hash_table_insert (self->by_id, record->id, record);
  for (guint i = 0; i < record->locations->len; i++)
    g_hash_table_insert (self->by_path, ((PaddockRecordedLocation *) g_ptr_array_index (record->locations, i))->path, record);
  if (record->fingerprint == NULL)
    return;
  same = g_hash_table_lookup (self->by_fingerprint, record->fingerprint);
  if (same == NULL)
    {
      same = g_ptr_array_new ();
      g_hash_table_insert (self->by_fingerprint, record->fingerprint, same);
    }
  g_ptr_array_add (same, record);
  if (same->len > 1)
    g_ptr_array_sort_values (same, compare_age);
}

static void
add_roots (PaddockRecordMatcher *self)
{
  for (guint i = 0; i < self->input->files->len; i++)
    g_hash_table_add (self->used, ((PaddockLibraryFile *) g_ptr_array_index (self->input->files, i))->root);
  for (guint i = 0; i < self->input->roots->len; i++)
    {
      PaddockScannedRoot *root = g_ptr_array_index (self->input->roots, i);

      g_hash_table_insert (self->roots, root->path, root);
    }
}

/* Whether another model that is there has its fingerprint. */
static gboolean
is_alike (PaddockRecordMatcher *self, const PaddockModelGroup *group)
{
  return g_hash_table_size (self->alike) > 0 && g_hash_table_contains (self->alike, group->fingerprint);
}

static gboolean
is_in_group (const PaddockModelGroup *group, const char *path)
{
  for (guint i = 0; i < group->copies->len; i++)
    if (g_str_equal (((PaddockModelCopy *) g_ptr_array_index (group->copies, i))->path, path))
      return TRUE;
  return FALSE;
}

/* How sure it is that a record is of a model with the same header, and of as many bytes. */
static Likeness
compare (PaddockRecordMatcher *self, const PaddockModelGroup *group, const PaddockModelRecord *record)
{
  gboolean here = FALSE, elsewhere = FALSE, same, other;
  PaddockRecordedHash known;

  for (guint i = 0; i < record->locations->len; i++)
    {
      const char *path = ((PaddockRecordedLocation *) g_ptr_array_index (record->locations, i))->path;

      here = here || is_in_group (group, path);
      elsewhere = elsewhere || (g_hash_table_size (self->places) > 0 &&
                                g_strcmp0 (g_hash_table_lookup (self->places, path), group->fingerprint) == 0);
    }
  paddock_record_hashes_get (record, 0, &known);
  same = group->sha256 != NULL &&
         (g_strcmp0 (group->sha256, known.sha256) == 0 || g_strcmp0 (group->sha256, known.expected_sha256) == 0);
  other = group->sha256 != NULL && !same && (known.sha256 != NULL || known.expected_sha256 != NULL);
  if (same)
    return here ? SAME_BYTES_HERE : SAME_BYTES;
  if (here)
    return other ? OTHER_BYTES_HERE : SAME_PLACE;
  return other || elsewhere ? ANOTHER : POSSIBLE;
}

/* The likest one that nobody has taken; of those, the oldest. */
static PaddockModelRecord *
find_by_weights (PaddockRecordMatcher *self, const PaddockModelGroup *group, Likeness *likeness)
{
  GPtrArray *same = *group->fingerprint != '\0' ? g_hash_table_lookup (self->by_fingerprint, group->fingerprint) : NULL;
  PaddockModelRecord *found = NULL;

  *likeness = ANOTHER;
  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      PaddockModelRecord *record = g_ptr_array_index (same, i);
      Likeness now = g_hash_table_contains (self->taken, record->id) ? ANOTHER : compare (self, group, record);

      if (now <= *likeness)
        continue;
      *likeness = now;
      found = record;
    }
  return found;
}

/* Models with the same header and of as many bytes, whose bytes are known to differ: the surest ones have the first choice,
   so that what a person wrote of one does not come to stand beside another. */
static void
settle_alike (PaddockRecordMatcher *self, GPtrArray *groups)
{
  g_autoptr (GPtrArray) alike = g_ptr_array_new ();

  for (guint i = 0; i < groups->len; i++)
    {
      PaddockModelGroup *group = g_ptr_array_index (groups, i);

      if (*group->fingerprint == '\0' || !is_alike (self, group))
        continue;
      g_ptr_array_add (alike, group);
      for (guint j = 0; j < group->copies->len; j++)
        g_hash_table_insert (self->places, (gpointer) ((PaddockModelCopy *) g_ptr_array_index (group->copies, j))->path,
                             (gpointer) group->fingerprint);
    }
  for (Likeness wanted = SAME_BYTES_HERE; wanted > ANOTHER; wanted--)
    for (guint i = 0; i < alike->len; i++)
      {
        PaddockModelGroup *group = g_ptr_array_index (alike, i);
        Likeness likeness = ANOTHER;
        PaddockModelRecord *record
            = g_hash_table_contains (self->settled, group) ? NULL : find_by_weights (self, group, &likeness);

        if (likeness != wanted)
          continue;
        g_hash_table_insert (self->settled, group, record);
        g_hash_table_add (self->taken, record->id);
      }
}

PaddockRecordMatcher *
paddock_record_matcher_new (const PaddockIndexInput *input, GPtrArray *groups)
{
  PaddockRecordMatcher *self = g_new0 (PaddockRecordMatcher, 1);

  self->input = input;
  self->by_fingerprint =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->taken = g_hash_table_new (g_str_hash, g_str_equal);
  self->present = g_hash_table_new (g_str_hash, g_str_equal);
  self->alike = g_hash_table_new (g_str_hash, g_str_equal);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->settled = g_hash_table_new (NULL, NULL);
  self->roots = g_hash_table_new (g_str_hash, g_str_equal);
  self->used = g_hash_table_new (g_str_hash, g_str_equal);
  self->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_record_unref);
  add_roots (self);
  for (guint i = 0; i < input->records->len; i++)
    add_record (self, g_ptr_array_index (input->records, i));
  for (guint i = 0; i < groups->len; i++)
    {
      char *fingerprint = (char *) ((PaddockModelGroup *) g_ptr_array_index (groups, i))->fingerprint;

      if (!g_hash_table_add (self->present, fingerprint))
        g_hash_table_add (self->alike, fingerprint);
    }
  if (g_hash_table_size (self->alike) > 0)
    settle_alike (self, groups);
  return self;
}

void
paddock_record_matcher_free (PaddockRecordMatcher *self)
{
  g_hash_table_unref (self->by_fingerprint);
  g_hash_table_unref (self->by_path);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->present);
  g_hash_table_unref (self->alike);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->settled);
  g_hash_table_unref (self->roots);
  g_hash_table_unref (self->used);
  g_ptr_array_unref (self->fresh);
  g_free (self);
}

gboolean
paddock_record_matcher_is_known (PaddockRecordMatcher *self, const PaddockRecordedLocation *location)
{
  return location->root != NULL && g_hash_table_contains (self->roots, location->root);
}

static const PaddockScannedRoot *
find_root (PaddockRecordMatcher *self, const char *path)
{
  return path != NULL ? g_hash_table_lookup (self->roots, path) : NULL;
}

/* A drive that is not there may leave its folder behind, which is empty then, and on another file system. On the same one
   somebody emptied it. */
gboolean
paddock_record_matcher_is_away (PaddockRecordMatcher *self, const PaddockRecordedLocation *location)
{
  const PaddockScannedRoot *root = find_root (self, location->root);

  if (root == NULL || root->state != PADDOCK_ROOT_LISTED)
    return root != NULL;
  return !g_hash_table_contains (self->used, root->path) &&
         (root->filesystem == 0 || root->filesystem != location->filesystem);
}

/* A file that was edited has another header under the same name; its record goes along, unless the weights it was made
   for are still somewhere. */
static PaddockModelRecord *
find_by_path (PaddockRecordMatcher *self, const PaddockModelGroup *group)
{
  for (guint i = 0; i < group->copies->len; i++)
    {
      const PaddockModelCopy *copy = g_ptr_array_index (group->copies, i);
      PaddockModelRecord *record = g_hash_table_lookup (self->by_path, copy->path);

      if (record != NULL && !g_hash_table_contains (self->taken, record->id) &&
          (record->fingerprint == NULL || !g_hash_table_contains (self->present, record->fingerprint)))
        return record;
    }
  return NULL;
}

/* From its name, so that a person finds the file among others; the fingerprint makes it the same on every computer. */
static char *
make_id (PaddockRecordMatcher *self, const PaddockModelGroup *group)
{
  const PaddockModelCopy *copy = g_ptr_array_index (group->copies, 0);
  g_autofree char *text =
    g_strjoin ("-", copy->facts->name, copy->facts->quantization != NULL ? copy->facts->quantization : "", NULL);
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  g_autoptr (GString) slug = g_string_new (NULL);
  g_autofree char *id = NULL;

  for (const char *at = ascii; *at != '\0' && slug->len < MAX_SLUG; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (slug, g_ascii_tolower (*at));
    else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  if (slug->len > 0 && slug->str[slug->len - 1] != '-')
    g_string_append_c (slug, '-');
  g_string_append_printf (slug, "%.6s", *group->fingerprint != '\0' ? group->fingerprint : "broken");
  id = g_strdup (slug->str);
  for (guint i = 2; g_hash_table_contains (self->by_id, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", slug->str, i);
    }
  return g_steal_pointer (&id);
}

static PaddockModelRecord *
begin_record (PaddockRecordMatcher *self, const PaddockModelGroup *group)
{
  const PaddockModelCopy *copy = g_ptr_array_index (group->copies, 0);
  const PaddockLibraryFile *file = g_ptr_array_index (copy->files, 0);
  g_autofree char *id = make_id (self, group);
  PaddockModelRecord *record = paddock_model_record_new (id);

  /* It came when its file was written, not when somebody looked. */
  record->added_at = MIN (self->input->now, file->identity.modified / G_GINT64_CONSTANT (1000000000));
  g_ptr_array_add (self->fresh, record);
  g_hash_table_insert (self->by_id, record->id, record);
  return record;
}

static const PaddockRecordedLocation *
find_location (const PaddockModelRecord *record, const char *path)
{
  for (guint i = 0; i < record->locations->len; i++)
    {
      const PaddockRecordedLocation *location = g_ptr_array_index (record->locations, i);

      if (g_str_equal (location->path, path))
        return location;
    }
  return NULL;
}

/* Of where the model is now. */
static PaddockRecordedLocation *
record_location (PaddockRecordMatcher *self, const PaddockModelCopy *copy, const PaddockRecordedLocation *known)
{
  const PaddockScannedRoot *root = find_root (self, copy->root);
  PaddockRecordedLocation *location = paddock_recorded_location_new (copy->path, copy->store, copy->root,
                                                                     known != NULL ? known->seen_at : self->input->now);

  location->filesystem = root != NULL && root->filesystem != 0 ? root->filesystem : known != NULL ? known->filesystem : 0;
  return location;
}

static void
update_locations (PaddockRecordMatcher *self, PaddockModelRecord *record, const PaddockModelRecord *before,
                  const PaddockModelGroup *group)
{
  g_ptr_array_set_size (record->locations, 0);
  for (guint i = 0; i < group->copies->len; i++)
    {
      const PaddockModelCopy *copy = g_ptr_array_index (group->copies, i);

      g_ptr_array_add (record->locations, record_location (self, copy, find_location (before, copy->path)));
    }
  for (guint i = 0; i < before->locations->len; i++)
    {
      const PaddockRecordedLocation *location = g_ptr_array_index (before->locations, i);

      if (!is_in_group (group, location->path) &&
          (self->input->partial || paddock_record_matcher_is_away (self, location)))
        g_ptr_array_add (record->locations, paddock_recorded_location_copy (location));
    }
}

static void
update_expected (PaddockModelRecord *record, const PaddockModelCopy *copy)
{
  for (guint i = 0; i < copy->files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (copy->files, i);
      guint shard = paddock_library_file_get_shard (file);
      PaddockRecordedHash known;

      if (file->claimed_sha256 == NULL)
        continue;
      paddock_record_hashes_get (record, shard, &known);
      if (known.expected_sha256 == NULL)
        paddock_record_hashes_set_expected (record, shard, file->claimed_sha256);
    }
}

static void
update_origin (PaddockModelRecord *record, const PaddockModelGroup *group)
{
  for (guint i = 0; i < group->copies->len; i++)
    {
      const PaddockModelCopy *copy = g_ptr_array_index (group->copies, i);
      const PaddockLibraryFile *file = g_ptr_array_index (copy->files, 0);

      update_expected (record, copy);
      if (record->source_url == NULL && file->repository != NULL)
        record->source_url = g_strconcat ("https://huggingface.co/", file->repository, NULL);
      if (record->revision == NULL && file->revision != NULL)
        record->revision = g_strdup (file->revision);
    }
}

static void
update_facts (PaddockModelRecord *record, const PaddockModelGroup *group)
{
  const PaddockModelCopy *copy = g_ptr_array_index (group->copies, 0);
  const PaddockModelFacts *facts = copy->facts;

  /* What was known of a file stays known when it can no longer be read. */
  if (facts->state == PADDOCK_FACTS_BROKEN && record->name != NULL)
    return;
  g_set_str (&record->name, facts->name);
  if (*group->fingerprint != '\0' && g_strcmp0 (record->fingerprint, group->fingerprint) != 0)
    {
      /* Another file than the one that its source published. */
      if (record->fingerprint != NULL)
        paddock_record_hashes_take_expected (record, NULL);
      g_set_str (&record->fingerprint, group->fingerprint);
    }
  g_set_str (&record->architecture, facts->architecture);
  g_set_str (&record->quantization, facts->quantization);
  if (facts->license != NULL)
    g_set_str (&record->license, facts->license);
  record->parameters = facts->parameters > 0 ? facts->parameters : -1;
  record->size = copy->size;
}

static gboolean
has_facts (const PaddockModelRecord *record, const PaddockModelGroup *group)
{
  const PaddockModelCopy *copy = g_ptr_array_index (group->copies, 0);
  const PaddockModelFacts *facts = copy->facts;

  if (facts->state == PADDOCK_FACTS_BROKEN && record->name != NULL)
    return TRUE;
  return g_strcmp0 (record->name, facts->name) == 0 &&
         (*group->fingerprint == '\0' || g_strcmp0 (record->fingerprint, group->fingerprint) == 0) &&
         g_strcmp0 (record->architecture, facts->architecture) == 0 &&
         g_strcmp0 (record->quantization, facts->quantization) == 0 &&
         (facts->license == NULL || g_strcmp0 (record->license, facts->license) == 0) &&
         record->parameters == (facts->parameters > 0 ? facts->parameters : -1) && record->size == copy->size;
}

static gboolean
has_expected (const PaddockModelRecord *record, const PaddockModelCopy *copy)
{
  for (guint i = 0; i < copy->files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (copy->files, i);
      PaddockRecordedHash known;

      if (file->claimed_sha256 == NULL)
        continue;
      paddock_record_hashes_get (record, paddock_library_file_get_shard (file), &known);
      if (known.expected_sha256 == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_origin (const PaddockModelRecord *record, const PaddockModelGroup *group)
{
  for (guint i = 0; i < group->copies->len; i++)
    {
      const PaddockModelCopy *copy = g_ptr_array_index (group->copies, i);
      const PaddockLibraryFile *file = g_ptr_array_index (copy->files, 0);

      if ((record->source_url == NULL && file->repository != NULL) || (record->revision == NULL && file->revision != NULL) ||
          !has_expected (record, copy))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_location (PaddockRecordMatcher *self, const PaddockRecordedLocation *location, const PaddockModelCopy *copy)
{
  const PaddockScannedRoot *root = find_root (self, copy->root);

  return g_str_equal (location->path, copy->path) && g_strcmp0 (location->store, copy->store) == 0 &&
         g_strcmp0 (location->root, copy->root) == 0 &&
         (root == NULL || root->filesystem == 0 || root->filesystem == location->filesystem);
}

/* The places of the group, in its order, and after them only those that are away. */
static gboolean
has_locations (PaddockRecordMatcher *self, const PaddockModelRecord *record, const PaddockModelGroup *group)
{
  if (record->locations->len < group->copies->len)
    return FALSE;
  for (guint i = 0; i < record->locations->len; i++)
    {
      const PaddockRecordedLocation *location = g_ptr_array_index (record->locations, i);
      const PaddockModelCopy *copy = i < group->copies->len ? g_ptr_array_index (group->copies, i) : NULL;

      if (copy != NULL && !is_location (self, location, copy))
        return FALSE;
      if (copy == NULL && (is_in_group (group, location->path) ||
                           (!self->input->partial && !paddock_record_matcher_is_away (self, location))))
        return FALSE;
    }
  return TRUE;
}

PaddockModelRecord *
paddock_record_matcher_take (PaddockRecordMatcher *self, const PaddockModelGroup *group, GPtrArray *changed)
{
  PaddockModelRecord *record = g_hash_table_lookup (self->settled, group);
  g_autoptr (PaddockModelRecord) updated = NULL;
  Likeness likeness;
  gboolean fresh;

  if (record == NULL && !is_alike (self, group))
    record = find_by_weights (self, group, &likeness);
  if (record == NULL)
    record = find_by_path (self, group);
  fresh = record == NULL;
  if (fresh)
    record = begin_record (self, group);
  g_hash_table_add (self->taken, record->id);
  if (record->version > PADDOCK_MODEL_RECORD_VERSION)
    return paddock_model_record_ref (record);
  /* Mostly nothing has changed, and to see that costs less than to make a copy. */
  if (!fresh && has_facts (record, group) && has_origin (record, group) && has_locations (self, record, group))
    return paddock_model_record_ref (record);
  updated = paddock_model_record_copy (record);
  update_facts (updated, group);
  update_origin (updated, group);
  update_locations (self, updated, record, group);
  if (!fresh && paddock_model_record_equal (record, updated))
    return paddock_model_record_ref (record);
  if (changed != NULL)
    g_ptr_array_add (changed, paddock_model_record_ref (updated));
  return g_steal_pointer (&updated);
}

GPtrArray *
paddock_record_matcher_get_rest (PaddockRecordMatcher *self)
{
  GPtrArray *rest = g_ptr_array_new ();

  for (guint i = 0; i < self->input->records->len; i++)
    {
      PaddockModelRecord *record = g_ptr_array_index (self->input->records, i);

      if (!g_hash_table_contains (self->taken, record->id))
        g_ptr_array_add (rest, record);
    }
  return rest;
}
