/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-error.h"
#include "record-hashes.h"
#include "record-json.h"

static void
set_stars (PaddockModelRecord *record, int number)
{
  g_autoptr (JsonNode) node = json_node_init_int (json_node_alloc (), number);

  paddock_model_record_set_other (record, "stars", node);
}

static PaddockModelRecord *
make_full (void)
{
  const char *tags[] = { " b ", "a", "b", "", NULL };
  PaddockModelRecord *record = paddock_model_record_new ("qwen-1");

  record->name = g_strdup ("Qwen");
  record->nickname = g_strdup ("the quick one");
  record->notes = g_strdup ("for code\nand “prose”");
  record->favourite = TRUE;
  record->projector = g_strdup ("");
  record->added_at = 1700000000;
  record->size = G_GUINT64_CONSTANT (5000000000);
  record->parameters = 7000000000;
  record->sha256 = g_strnfill (64, 'a');
  record->sha256_of = (PaddockFileIdentity){ G_MAXUINT64, 1, 2, -5 };
  paddock_record_hashes_set_expected (record, 4, "ab");
  paddock_record_hashes_set_computed (record, 2, "cd", &(PaddockFileIdentity){ 3, G_MAXUINT64, 4, -1 });
  paddock_record_hashes_set_copy (record, 2, "ef", &(PaddockFileIdentity){ 5, 6, 4, -2 });
  paddock_model_record_set_tags (record, tags);
  paddock_model_record_set_metadata (record, "from", "Ada");
  g_ptr_array_add (record->locations, paddock_recorded_location_new ("/m/\xff.gguf", "folder", "/m", 12));
  g_ptr_array_add (record->locations, paddock_recorded_location_new ("/n/a.gguf", NULL, NULL, 0));
  ((PaddockRecordedLocation *) g_ptr_array_index (record->locations, 0))->filesystem = G_MAXUINT64 - 1;
  set_stars (record, 5);
  return record;
}

static void
test_equality (void)
{
  g_autoptr (PaddockModelRecord) record = make_full ();
  g_autoptr (PaddockModelRecord) copy = paddock_model_record_copy (record);

  g_assert_cmpuint (g_strv_length (record->tags), ==, 2);
  g_assert_cmpstr (record->tags[0], ==, "a");
  g_assert_cmpstr (record->tags[1], ==, "b");
  g_assert_true (paddock_model_record_equal (record, copy));
  set_stars (copy, 4);
  g_assert_false (paddock_model_record_equal (record, copy));
  set_stars (copy, 5);
  g_assert_true (paddock_model_record_equal (record, copy));
  copy->last_used = 1;
  g_assert_false (paddock_model_record_equal (record, copy));
  copy->last_used = 0;
  paddock_record_hashes_set_expected (copy, 4, "cb");
  g_assert_false (paddock_model_record_equal (record, copy));
  paddock_record_hashes_set_expected (copy, 4, "ab");
  g_assert_true (paddock_model_record_equal (record, copy));
  ((PaddockRecordedLocation *) g_ptr_array_index (copy->locations, 1))->filesystem = 7;
  g_assert_false (paddock_model_record_equal (record, copy));
  ((PaddockRecordedLocation *) g_ptr_array_index (copy->locations, 1))->filesystem = 0;
  paddock_model_record_set_metadata (copy, "from", "Eve");
  g_assert_false (paddock_model_record_equal (record, copy));
}

static void
test_personal (void)
{
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new ("a");
  g_autoptr (PaddockModelRecord) full = make_full ();

  record->size = 7;
  record->added_at = 8;
  g_assert_false (paddock_model_record_is_personal (record));
  record->pinned = TRUE;
  g_assert_true (paddock_model_record_is_personal (record));
  g_assert_true (paddock_model_record_is_personal (full));
}

static void
test_json (void)
{
  g_autoptr (PaddockModelRecord) record = make_full ();
  g_autoptr (JsonNode) node = paddock_record_json_write (record);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) again = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockModelRecord) read = paddock_record_json_read ("qwen-1", again, &error);

  g_assert_no_error (error);
  g_assert_true (paddock_model_record_equal (record, read));
}

static PaddockModelRecord *
read_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return paddock_record_json_read ("x", node, error);
}

/* What a later version adds, or a person got wrong, is still there after it was read and written. */
static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockModelRecord) record =
    read_text ("{\"version\": 1, \"tags\": 7, \"favourite\": \"yes\", \"size\": -1, \"rating\": {\"a\": [1, null]},"
               " \"metadata\": {\"a\": 1}, \"locations\": [3, {\"path\": \"relative\"}, {\"path\": \"/a\"}]}",
               &error);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_assert_no_error (error);
  g_assert_false (record->favourite);
  g_assert_cmpuint (record->size, ==, 0);
  g_assert_cmpuint (record->locations->len, ==, 1);
  node = paddock_record_json_write (record);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "favourite"), ==, "yes");
  g_assert_cmpint (json_object_get_int_member (object, "size"), ==, -1);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "metadata"), "a"), ==, 1);
  g_assert_true (json_object_has_member (json_object_get_object_member (object, "rating"), "a"));
}

#define SHARD "{\"shard\": 2, \"sha256\": \"aa\", \"sha256_at\": 7, \"sha256_of\": {\"inode\": 9}, \"crc\": [1]}"

/* Of a set, each file's hash; what a later version adds to one survives, and what makes no sense is left alone. */
static void
test_shards (void)
{
  static const char *senseless[] = {
    "7", "[" SHARD ", 7]", "[" SHARD "," SHARD "]", "[{\"shard\": 1}]", "[{\"shard\": \"2\"}]", "[{\"shard\": 65536}]",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockModelRecord) record = read_text ("{\"version\": 1, \"shards\": [" SHARD "]}", &error);
  g_autoptr (PaddockModelRecord) copy = paddock_model_record_copy (record);
  g_autoptr (JsonNode) node = paddock_record_json_write (copy);
  JsonArray *shards = json_object_get_array_member (json_node_get_object (node), "shards");
  JsonObject *shard = json_array_get_object_element (shards, 0);
  PaddockRecordedHash hash;

  g_assert_no_error (error);
  paddock_record_hashes_get (record, 1, &hash);
  g_assert_cmpstr (hash.sha256, ==, "aa");
  g_assert_cmpint (hash.sha256_at, ==, 7);
  g_assert_cmpuint (hash.sha256_of.inode, ==, 9);
  g_assert_cmpint (json_object_get_int_member (shard, "shard"), ==, 2);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (shard, "crc"), 0), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"version\": 1, \"shards\": %s}", senseless[i]);
      g_autoptr (PaddockModelRecord) odd = read_text (text, NULL);
      g_autoptr (JsonNode) written = paddock_record_json_write (odd);
      g_autoptr (JsonNode) before = json_from_string (text, NULL);

      g_assert_cmpuint (odd->shards->len, ==, 0);
      g_assert_true (json_node_equal (json_object_get_member (json_node_get_object (written), "shards"),
                                      json_object_get_member (json_node_get_object (before), "shards")));
    }
}

/* What was known of the file that was used before, and of all others, is still known. */
static void
test_copies (void)
{
  static const PaddockFileIdentity own = { 1, 1, 9, 1 }, other = { 1, 2, 9, 1 }, written = { 1, 2, 9, 2 }, third = { 2, 1, 9, 1 };
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new ("a");
  PaddockRecordedHash hash;

  paddock_record_hashes_set_expected (record, 0, "published");
  paddock_record_hashes_set_computed (record, 0, "own", &own);
  paddock_record_hashes_set_copy (record, 0, "other", &other);
  paddock_record_hashes_set_copy (record, 0, "third", &third);
  paddock_record_hashes_get_of (record, 0, &other, &hash);
  g_assert_cmpstr (hash.sha256, ==, "other");
  g_assert_cmpstr (hash.expected_sha256, ==, "published");
  g_assert_true (paddock_file_identity_equal (&hash.sha256_of, &other));
  g_assert_cmpstr (record->sha256, ==, "own");
  paddock_record_hashes_get_of (record, 1, &other, &hash);
  g_assert_null (hash.sha256);

  /* Somebody wrote to it: the same file, another hash. */
  paddock_record_hashes_set_copy (record, 0, "written", &written);
  g_assert_cmpuint (record->copies->len, ==, 2);
  g_assert_null (paddock_record_hashes_find (record, &other));
  g_assert_cmpstr (paddock_record_hashes_find (record, &written), ==, "written");

  /* It is the one that is used from now on. */
  paddock_record_hashes_set_computed (record, 0, "written", &written);
  g_assert_cmpuint (record->copies->len, ==, 2);
  g_assert_cmpstr (record->sha256, ==, "written");
  g_assert_cmpstr (paddock_record_hashes_find (record, &own), ==, "own");
  g_assert_cmpstr (paddock_record_hashes_find (record, &third), ==, "third");
  paddock_record_hashes_set_copy (record, 0, "again", &written);
  g_assert_cmpstr (record->sha256, ==, "again");
  g_assert_cmpuint (record->copies->len, ==, 2);

  for (guint i = 0; i < PADDOCK_RECORDED_HASH_MAX_COPIES; i++)
    paddock_record_hashes_set_copy (record, 0, "many", &(PaddockFileIdentity){ 3, i, 9, 1 });
  g_assert_cmpuint (record->copies->len, ==, PADDOCK_RECORDED_HASH_MAX_COPIES);
  g_assert_null (paddock_record_hashes_find (record, &third));
}

/* What is not understood stays as it is. */
static void
test_senseless_copies (void)
{
  static const char *const senseless[] = {
    "7", "[7]", "[{}]", "[{\"shard\": 1}]", "[{\"shard\": 0, \"sha256\": \"ab\"}]", "[{\"sha256\": \"ab\"}]",
    "[{\"shard\": 1, \"sha256\": \"ab\"}, {\"shard\": 1, \"sha256\": 7}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"version\": 1, \"copies\": %s}", senseless[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (PaddockModelRecord) record = read_text (text, &error);
      g_autoptr (JsonNode) before = json_from_string (text, NULL);
      g_autoptr (JsonNode) after = paddock_record_json_write (record);

      g_assert_no_error (error);
      g_assert_cmpuint (record->copies->len, ==, 0);
      g_assert_true (json_node_equal (json_object_get_member (json_node_get_object (before), "copies"),
                                      json_object_get_member (json_node_get_object (after), "copies")));
    }
}

static void
test_hashes (void)
{
  const PaddockFileIdentity identity = { 1, 2, 3, 4 }, other = { 1, 2, 3, 5 };
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new ("a");
  g_autoptr (PaddockModelRecord) from = paddock_model_record_new ("a");
  PaddockRecordedHash hash;

  paddock_record_hashes_set_computed (from, 0, "first", &other);
  paddock_record_hashes_set_expected (from, 1, "expected");
  paddock_record_hashes_set_computed (from, 1, "second", &identity);
  g_assert_cmpstr (paddock_record_hashes_find (from, &identity), ==, "second");
  g_assert_cmpstr (paddock_record_hashes_find (from, &other), ==, "first");
  paddock_record_hashes_set_computed (record, 1, "here", &other);
  paddock_record_hashes_merge (record, from);
  paddock_record_hashes_get (record, 1, &hash);
  g_assert_cmpstr (hash.sha256, ==, "here");
  g_assert_cmpstr (hash.expected_sha256, ==, "expected");
  g_assert_cmpstr (record->sha256, ==, "first");
  g_assert_null (paddock_record_hashes_find (record, &identity));
  paddock_record_hashes_take_expected (record, NULL);
  paddock_record_hashes_get (record, 1, &hash);
  g_assert_null (hash.expected_sha256);
  g_assert_cmpstr (hash.sha256, ==, "here");
  g_assert_false (paddock_record_hashes_add (record, paddock_recorded_hash_new (1)));
  /* Of what nobody has said anything, nothing is written. */
  paddock_record_hashes_set_expected (record, 7, NULL);
  g_assert_cmpuint (record->shards->len, ==, 1);
}

static void
test_no_record (void)
{
  static const char *texts[] = { "[]", "7", "{}", "{\"version\": 0}", "{\"version\": \"1\"}", "{\"version\": 99999999999}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (texts[i], &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model-record/equality", test_equality);
  g_test_add_func ("/model-record/personal", test_personal);
  g_test_add_func ("/model-record/json", test_json);
  g_test_add_func ("/model-record/unknown", test_unknown);
  g_test_add_func ("/model-record/shards", test_shards);
  g_test_add_func ("/model-record/hashes", test_hashes);
  g_test_add_func ("/model-record/copies", test_copies);
  g_test_add_func ("/model-record/senseless-copies", test_senseless_copies);
  g_test_add_func ("/model-record/no-record", test_no_record);
  return g_test_run ();
}
