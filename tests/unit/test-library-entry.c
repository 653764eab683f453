/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-entry.h"

/* As large as entries get in this test: two places, one of them with a file, and something that goes with it. */
static PaddockLibraryEntry *
make (void)
{
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new ("id");
  g_autoptr (PaddockModelFacts) facts = paddock_model_facts_new ("name");
  PaddockLibraryEntry *self = paddock_library_entry_new (record, facts);
  PaddockEntryLocation *own = paddock_entry_location_new ("own", "/m", "/m/a.gguf");
  PaddockEntryLocation *other = paddock_entry_location_new ("folder", NULL, "/n/a.gguf");

  own->online = TRUE;
  g_ptr_array_add (own->files, paddock_library_file_new ("own", "/m", "/m/a.gguf"));
  g_ptr_array_add (self->locations, own);
  g_ptr_array_add (self->locations, other);
  g_ptr_array_add (self->companions, g_strdup ("projector"));
  self->title = "Title";
  self->size = 100;
  self->shards_present = 1;
  return self;
}

static PaddockEntryLocation *
get_location (PaddockLibraryEntry *self, guint position)
{
  return g_ptr_array_index (self->locations, position);
}

static void
differ_state (PaddockLibraryEntry *self)
{
  self->state = PADDOCK_ENTRY_DAMAGED;
}

static void
differ_size (PaddockLibraryEntry *self)
{
  self->size++;
}

static void
differ_duplicate_size (PaddockLibraryEntry *self)
{
  self->duplicate_size++;
}

static void
differ_shards (PaddockLibraryEntry *self)
{
  self->shards++;
}

static void
differ_shards_present (PaddockLibraryEntry *self)
{
  self->shards_present++;
}

static void
differ_title (PaddockLibraryEntry *self)
{
  self->title = "title";
}

static void
differ_no_title (PaddockLibraryEntry *self)
{
  self->title = NULL;
}

static void
differ_facts (PaddockLibraryEntry *self)
{
  g_clear_pointer (&self->facts, paddock_model_facts_unref);
}

static void
differ_record (PaddockLibraryEntry *self)
{
  self->record->favourite = TRUE;
}

static void
differ_id (PaddockLibraryEntry *self)
{
  g_set_str (&self->id, "other");
}

static void
differ_companion (PaddockLibraryEntry *self)
{
  g_ptr_array_remove_index (self->companions, 0);
  g_ptr_array_add (self->companions, g_strdup ("another"));
}

static void
differ_companions (PaddockLibraryEntry *self)
{
  g_ptr_array_add (self->companions, g_strdup ("another"));
}

static void
differ_locations (PaddockLibraryEntry *self)
{
  g_ptr_array_remove_index (self->locations, 1);
}

static void
differ_order (PaddockLibraryEntry *self)
{
  g_ptr_array_add (self->locations, g_ptr_array_steal_index (self->locations, 0));
}

static void
differ_store (PaddockLibraryEntry *self)
{
  get_location (self, 1)->store = "ollama";
}

static void
differ_path (PaddockLibraryEntry *self)
{
  g_set_str (&get_location (self, 1)->path, "/n/b.gguf");
}

static void
differ_root (PaddockLibraryEntry *self)
{
  g_set_str (&get_location (self, 1)->root, "/n");
}

static void
differ_online (PaddockLibraryEntry *self)
{
  get_location (self, 1)->online = TRUE;
}

static void
differ_shared (PaddockLibraryEntry *self)
{
  get_location (self, 1)->shared = TRUE;
}

static void
differ_files (PaddockLibraryEntry *self)
{
  g_ptr_array_set_size (get_location (self, 0)->files, 0);
}

static void
differ_file (PaddockLibraryEntry *self)
{
  ((PaddockLibraryFile *) g_ptr_array_index (get_location (self, 0)->files, 0))->identity.modified++;
}

/* Each difference that a person would see is one. */
static void
test_equal (void)
{
  static void (*const differences[]) (PaddockLibraryEntry *)
      = { differ_state,     differ_size,       differ_duplicate_size, differ_shards, differ_shards_present,
          differ_title,     differ_no_title,   differ_facts,          differ_record, differ_id,
          differ_companion, differ_companions, differ_locations,      differ_order,  differ_store,
          differ_path,      differ_root,       differ_online,         differ_shared, differ_files,
          differ_file };
  g_autoptr (PaddockLibraryEntry) entry = make ();
  g_autoptr (PaddockLibraryEntry) same = make ();

  g_assert_true (paddock_library_entry_equal (entry, entry));
  g_assert_true (paddock_library_entry_equal (entry, same));
  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      g_autoptr (PaddockLibraryEntry) other = make ();

      g_test_message ("%zu", i);
      differences[i](other);
      g_assert_false (paddock_library_entry_equal (entry, other));
      g_assert_false (paddock_library_entry_equal (other, entry));
    }
}

/* The id of a store is the same text in several places. */
static void
test_equal_store (void)
{
  g_autofree char *store = g_strdup ("folder");
  g_autoptr (PaddockLibraryEntry) entry = make ();
  g_autoptr (PaddockLibraryEntry) other = make ();

  get_location (other, 1)->store = store;
  g_assert_true (paddock_library_entry_equal (entry, other));
  /* What a search looks at follows from the rest. */
  other->search_text = g_strdup ("words");
  other->sort_key = g_strdup ("key");
  g_assert_true (paddock_library_entry_equal (entry, other));
}

/* The first place is the best: where that is away, they all are. */
static void
test_path (void)
{
  g_autoptr (PaddockLibraryEntry) entry = make ();

  g_assert_cmpstr (paddock_library_entry_get_path (entry), ==, "/m/a.gguf");
  get_location (entry, 0)->online = FALSE;
  g_assert_null (paddock_library_entry_get_path (entry));
  g_ptr_array_set_size (entry->locations, 0);
  g_assert_null (paddock_library_entry_get_path (entry));
}

static void
test_kind (void)
{
  g_autoptr (PaddockLibraryEntry) entry = make ();

  entry->facts->kind = PADDOCK_MODEL_PROJECTOR;
  g_assert_cmpint ((int) paddock_library_entry_get_kind (entry), ==, (int) PADDOCK_MODEL_PROJECTOR);
  entry->facts->state = PADDOCK_FACTS_UNFINISHED;
  g_assert_cmpint ((int) paddock_library_entry_get_kind (entry), ==, (int) PADDOCK_MODEL_PROJECTOR);
  entry->facts->state = PADDOCK_FACTS_BROKEN;
  g_assert_cmpint ((int) paddock_library_entry_get_kind (entry), ==, (int) PADDOCK_MODEL_LANGUAGE);
  g_clear_pointer (&entry->facts, paddock_model_facts_unref);
  g_assert_cmpint ((int) paddock_library_entry_get_kind (entry), ==, (int) PADDOCK_MODEL_LANGUAGE);
}

/* A new one has nothing but what it was made of, and keeps that. */
static void
test_new (void)
{
  PaddockModelRecord *record = paddock_model_record_new ("id");
  g_autoptr (PaddockLibraryEntry) entry = paddock_library_entry_new (record, NULL);
  g_autoptr (PaddockLibraryEntry) again = paddock_library_entry_ref (entry);

  paddock_model_record_unref (record);
  g_assert_true (again == entry);
  g_assert_cmpstr (entry->id, ==, "id");
  g_assert_cmpstr (entry->record->id, ==, "id");
  g_assert_null (entry->facts);
  g_assert_cmpuint (entry->shards, ==, 1);
  g_assert_cmpuint (entry->locations->len, ==, 0);
  g_assert_cmpuint (entry->companions->len, ==, 0);
}

/* Scripts go by these words. */
static void
test_states (void)
{
  g_assert_cmpstr (paddock_entry_state_get_id (PADDOCK_ENTRY_READY), ==, "ready");
  g_assert_cmpstr (paddock_entry_state_get_id (PADDOCK_ENTRY_INCOMPLETE), ==, "incomplete");
  g_assert_cmpstr (paddock_entry_state_get_id (PADDOCK_ENTRY_UNFINISHED), ==, "unfinished");
  g_assert_cmpstr (paddock_entry_state_get_id (PADDOCK_ENTRY_DAMAGED), ==, "damaged");
  g_assert_cmpstr (paddock_entry_state_get_id (PADDOCK_ENTRY_OFFLINE), ==, "offline");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-entry/new", test_new);
  g_test_add_func ("/library-entry/equal", test_equal);
  g_test_add_func ("/library-entry/equal-store", test_equal_store);
  g_test_add_func ("/library-entry/path", test_path);
  g_test_add_func ("/library-entry/kind", test_kind);
  g_test_add_func ("/library-entry/states", test_states);
  return g_test_run ();
}
