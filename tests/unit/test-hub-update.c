/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-file.h"
#include "hub-update.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define COMMIT "5bb9fc53add422c252f7351a8e28c438cb98ea21"

static PaddockHubListing *
make_listing (void)
{
  static const struct
  {
    const char *path, *sha256;
    gint64 size;
  } files[] = { { "a.gguf", SHA_A, 10 },
                { "sub/b.gguf", SHA_B, 20 },
                { "x/c.gguf", SHA_A, 5 },
                { "y/c.gguf", SHA_B, 5 },
                { "masked.gguf", NULL, 30 } };
  g_autoptr (JsonNode) node
      = json_from_string ("{\"id\":\"acme/new-GGUF\",\"sha\":\"" COMMIT "\",\"lastModified\":\"2026-08-01T10:11:12.000Z\"}", NULL);
  PaddockHubListing *listing = g_new0 (PaddockHubListing, 1);

  listing->repository = paddock_hub_repository_read (node);
  listing->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_ptr_array_add (listing->files, paddock_hub_file_new (files[i].path, files[i].size, files[i].sha256));
  return listing;
}

static const struct
{
  const char *path, *sha256;
  gint64 size;
  const char *revision;
  PaddockHubUpdateState state;
} cases[] = {
  { "a.gguf", SHA_A, 10, NULL, PADDOCK_HUB_UPDATE_SAME },         { "a.gguf", SHA_B, 10, NULL, PADDOCK_HUB_UPDATE_CHANGED },
  { "a.gguf", SHA_B, 10, "main", PADDOCK_HUB_UPDATE_CHANGED },    { "a.gguf", NULL, 10, NULL, PADDOCK_HUB_UPDATE_UNKNOWN },
  { "a.gguf", NULL, 11, NULL, PADDOCK_HUB_UPDATE_CHANGED },       { "a.gguf", NULL, 10, COMMIT, PADDOCK_HUB_UPDATE_SAME },
  { "masked.gguf", SHA_A, 30, NULL, PADDOCK_HUB_UPDATE_UNKNOWN }, { "sub/b.gguf", SHA_B, -1, NULL, PADDOCK_HUB_UPDATE_SAME },
  { "b.gguf", SHA_B, 20, NULL, PADDOCK_HUB_UPDATE_SAME },         { "other/b.gguf", SHA_B, 20, NULL, PADDOCK_HUB_UPDATE_GONE },
  { "c.gguf", SHA_B, 5, NULL, PADDOCK_HUB_UPDATE_GONE },          { "none.gguf", SHA_B, 5, NULL, PADDOCK_HUB_UPDATE_GONE },
};

static void
test_one (void)
{
  g_autoptr (PaddockHubListing) listing = make_listing ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PaddockHubOrigin) origin = paddock_hub_origin_new ("id", "acme/old-GGUF", cases[i].revision);
      g_autoptr (PaddockHubUpdate) update = NULL;

      g_ptr_array_add (origin->files, paddock_hub_file_new (cases[i].path, cases[i].size, cases[i].sha256));
      update = paddock_hub_update_compare (origin, listing);
      g_test_message ("%s", cases[i].path);
      g_assert_cmpint ((int) update->state, ==, (int) cases[i].state);
      g_assert_cmpstr (update->repository, ==, "acme/new-GGUF");
      g_assert_cmpstr (update->commit, ==, COMMIT);
      g_assert_cmpint (update->modified, ==, 1785579072);
      g_assert_cmpint (update->size, ==, cases[i].size);
      g_assert_cmpuint (update->changed->len, ==, cases[i].state == PADDOCK_HUB_UPDATE_CHANGED);
    }
}

/* Of a set, all files count. */
static void
test_set (void)
{
  g_autoptr (PaddockHubListing) listing = make_listing ();
  g_autoptr (PaddockHubOrigin) origin = paddock_hub_origin_new ("id", "acme/old-GGUF", NULL);
  g_autoptr (PaddockHubUpdate) nothing = paddock_hub_update_compare (origin, listing);
  g_autoptr (PaddockHubUpdate) changed = NULL;
  g_autoptr (PaddockHubUpdate) gone = NULL;

  g_assert_cmpint ((int) nothing->state, ==, (int) PADDOCK_HUB_UPDATE_UNKNOWN);
  g_ptr_array_add (origin->files, paddock_hub_file_new ("a.gguf", 10, SHA_A));
  g_ptr_array_add (origin->files, paddock_hub_file_new ("sub/b.gguf", 19, SHA_A));
  changed = paddock_hub_update_compare (origin, listing);
  g_assert_cmpint ((int) changed->state, ==, (int) PADDOCK_HUB_UPDATE_CHANGED);
  g_assert_cmpint (changed->size, ==, 29);
  g_assert_cmpint (changed->new_size, ==, 30);
  g_assert_cmpuint (changed->changed->len, ==, 1);
  g_assert_cmpstr (((PaddockHubFile *) g_ptr_array_index (changed->changed, 0))->sha256, ==, SHA_B);
  g_ptr_array_add (origin->files, paddock_hub_file_new ("none.gguf", 1, NULL));
  gone = paddock_hub_update_compare (origin, listing);
  g_assert_cmpint ((int) gone->state, ==, (int) PADDOCK_HUB_UPDATE_GONE);
  g_assert_cmpint (gone->new_size, ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-update/one", test_one);
  g_test_add_func ("/hub-update/set", test_set);
  return g_test_run ();
}
