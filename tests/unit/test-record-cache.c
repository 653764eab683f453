/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory.h"
#include "record-cache.h"
#include "record-fields.h"
#include "record-hashes.h"

typedef struct
{
  TestDirectory *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (test_directory_get_path (fixture->directory), "cache", "records", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_directory_free (fixture->directory);
  g_free (fixture->path);
}

/* Every member has a value of its own, so that none can stand in for another one. */
static PaddockModelRecord *
make_full (const char *id)
{
  const char *tags[] = { "a", "b", NULL };
  PaddockModelRecord *record = paddock_model_record_new (id);
  PaddockRecordedHash *hash = paddock_recorded_hash_new (7);
  g_autoptr (JsonNode) other = json_from_string ("{\"stars\": [5]}", NULL);
  gsize n;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);

  for (gsize i = 0; i < n; i++)
    if (fields[i].type == PADDOCK_FIELD_STRING)
      *paddock_record_field_string (&fields[i], record) = g_strdup (i % 5 == 1 ? "" : fields[i].name);
    else if (fields[i].type == PADDOCK_FIELD_FLAG)
      *paddock_record_field_flag (&fields[i], record) = i % 2 == 0;
    else
      *paddock_record_field_number (&fields[i], record) = (gint64) i + G_GINT64_CONSTANT (7000000000);
  record->sha256_of = (PaddockFileIdentity){ G_MAXUINT64, 1, 2, -5 };
  hash->others = json_object_ref (json_node_get_object (other));
  paddock_record_hashes_add (record, hash);
  paddock_record_hashes_set_expected (record, 4, "ab");
  paddock_record_hashes_set_computed (record, 2, "cd", &(PaddockFileIdentity){ 3, G_MAXUINT64, 4, -1 });
  paddock_record_hashes_set_copy (record, 0, "ef", &(PaddockFileIdentity){ 5, 6, 4, -2 });
  paddock_model_record_set_tags (record, tags);
  paddock_model_record_set_metadata (record, "from", "Ada");
  paddock_model_record_set_metadata (record, "to", "");
  paddock_model_record_set_other (record, "votes", other);
  g_ptr_array_add (record->locations, paddock_recorded_location_new ("/m/\xff.gguf", "folder", "/m", 12));
  g_ptr_array_add (record->locations, paddock_recorded_location_new ("/n/a.gguf", NULL, NULL, 0));
  ((PaddockRecordedLocation *) g_ptr_array_index (record->locations, 0))->filesystem = G_MAXUINT64 - 1;
  return record;
}

static void
add (GPtrArray *all, PaddockModelRecord *taken, guint64 inode)
{
  PaddockRecordRead *read = paddock_record_read_new ();

  read->record = taken;
  read->identity = (PaddockFileIdentity){ 1, inode, 3, -4 };
  g_ptr_array_add (all, read);
}

static GPtrArray *
make_all (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_record_read_free);

  add (all, make_full ("first"), 10);
  add (all, paddock_model_record_new ("plain"), 11);
  add (all, make_full ("last"), 12);
  return all;
}

static void
test_round (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = make_all ();
  g_autoptr (GPtrArray) again = NULL;

  paddock_record_cache_write (fixture->path, all);
  again = paddock_record_cache_read (fixture->path);
  g_assert_cmpuint (again->len, ==, all->len);
  for (guint i = 0; i < all->len; i++)
    {
      const PaddockRecordRead *before = g_ptr_array_index (all, i), *after = g_ptr_array_index (again, i);

      g_assert_true (paddock_model_record_equal (before->record, after->record));
      g_assert_true (paddock_file_identity_equal (&before->identity, &after->identity));
    }
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = paddock_record_cache_read (fixture->path);

  g_assert_cmpuint (none->len, ==, 0);
}

/* Bytes that nobody vouches for: any answer will do, but there must be one. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = make_all ();
  g_autofree char *bytes = NULL;
  gsize length;
  guint n_read = 0;

  paddock_record_cache_write (fixture->path, all);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *changed = g_memdup2 (bytes, length);
      gsize kept = i % 4 == 0 ? (gsize) g_test_rand_int_range (0, (gint32) length) : length;
      g_autoptr (GPtrArray) again = NULL;

      changed[g_test_rand_int_range (0, (gint32) length)] = (char) g_test_rand_int ();
      g_assert_true (g_file_set_contents_full (fixture->path, changed, (gssize) kept, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      again = paddock_record_cache_read (fixture->path);
      n_read += again->len;
    }
  g_assert_cmpuint (n_read, >, 0);
}

#define ADD(name, test) g_test_add ("/record-cache/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("round", test_round);
  ADD ("missing", test_missing);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
