/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-facts.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "directory.h"

#define MODEL                                                                                                          \
  "kv general.architecture str llama\nkv general.name str \"A Model\"\nkv general.license str mit\n"                   \
  "kv llama.context_length u32 4096\nkv llama.block_count u32 2\nkv llama.embedding_length u32 64\n"                   \
  "tensor blk.0.ffn_up.weight f16 64x32\ntensor blk.1.ffn_up.weight f16 64x32\n"

static PaddockModelFacts *
read_recipe (TestDirectory *directory, const char *name, const char *recipe)
{
  g_autofree char *path = test_directory_write_recipe (directory, name, recipe);

  return paddock_model_facts_read (path, NULL);
}

static void
test_whole (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockModelFacts) facts = read_recipe (directory, "file.gguf", MODEL);

  g_assert_cmpint (facts->state, ==, PADDOCK_FACTS_WHOLE);
  g_assert_null (facts->problem);
  g_assert_cmpint (facts->file_kind, ==, PADDOCK_FILE_GGUF);
  g_assert_cmpint (facts->kind, ==, PADDOCK_MODEL_LANGUAGE);
  g_assert_cmpstr (facts->name, ==, "A Model");
  g_assert_cmpstr (facts->architecture, ==, "llama");
  g_assert_cmpstr (facts->license, ==, "mit");
  g_assert_cmpstr (facts->quantization, ==, "F16");
  g_assert_cmpint (facts->context_length, ==, 4096);
  g_assert_cmpint (facts->layers, ==, 2);
  g_assert_cmpint (facts->embedding_length, ==, 64);
  g_assert_cmpint (facts->parameters, ==, 4096);
  g_assert_cmpuint (facts->tensor_bytes, ==, 8192);
  g_assert_cmpuint (facts->shard, ==, 0);
  g_assert_cmpuint (facts->shards, ==, 1);
  g_assert_cmpuint (strlen (facts->fingerprint), ==, 32);
  g_assert_false (facts->unread);
}

/* The same header and the same length are the same model; a byte more in either is another one. */
static void
test_fingerprint (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockModelFacts) one = read_recipe (directory, "one.gguf", MODEL);
  g_autoptr (PaddockModelFacts) same = read_recipe (directory, "same.gguf", MODEL "data fill 7\n");
  g_autoptr (PaddockModelFacts) longer = read_recipe (directory, "longer.gguf", MODEL "append hex 00\n");
  g_autoptr (PaddockModelFacts) other = read_recipe (directory, "other.gguf", "kv x.y u8 1\n" MODEL);

  g_assert_cmpstr (one->fingerprint, ==, same->fingerprint);
  g_assert_cmpstr (one->fingerprint, !=, longer->fingerprint);
  g_assert_cmpstr (one->fingerprint, !=, other->fingerprint);
}

static void
test_unfinished (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockModelFacts) weights = read_recipe (directory, "weights.gguf", MODEL "cut -1\n");
  g_autoptr (PaddockModelFacts) header = read_recipe (directory, "my-header-Q4_K_M.gguf", MODEL "cut 60\n");
  g_autoptr (PaddockModelFacts) named = read_recipe (directory, "named.gguf.part", MODEL);
  g_autoptr (PaddockModelFacts) empty = read_recipe (directory, "empty.gguf", MODEL "cut 0\n");
  g_autofree char *zeros = test_directory_write_recipe (directory, "zeros.gguf", "header none\ngrow 100000\n");
  g_autoptr (PaddockModelFacts) reserved = paddock_model_facts_read (zeros, NULL);

  g_assert_cmpint (weights->state, ==, PADDOCK_FACTS_UNFINISHED);
  g_assert_cmpstr (weights->name, ==, "A Model");
  g_assert_nonnull (strstr (weights->problem, "bytes are there"));
  g_assert_cmpint (header->state, ==, PADDOCK_FACTS_UNFINISHED);
  g_assert_cmpstr (header->fingerprint, ==, "");
  g_assert_cmpstr (header->quantization, ==, "Q4_K_M");
  g_assert_nonnull (header->problem);
  g_assert_cmpint (named->state, ==, PADDOCK_FACTS_UNFINISHED);
  g_assert_nonnull (strstr (named->problem, ".part"));
  g_assert_cmpint (empty->state, ==, PADDOCK_FACTS_UNFINISHED);
  g_assert_cmpint (empty->file_kind, ==, PADDOCK_FILE_EMPTY);
  g_assert_cmpint (reserved->state, ==, PADDOCK_FACTS_UNFINISHED);
  g_assert_cmpint (reserved->file_kind, ==, PADDOCK_FILE_ZEROS);
}

static void
test_broken (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *page = test_directory_write (directory, "page.gguf", "<!DOCTYPE html><html></html>");
  g_autofree char *pipe = test_directory_build_path (directory, "pipe.gguf");
  g_autofree char *missing = test_directory_build_path (directory, "missing-00002-of-00003.gguf");
  g_autoptr (PaddockModelFacts) html = paddock_model_facts_read (page, NULL);
  g_autoptr (PaddockModelFacts) gone = paddock_model_facts_read (missing, NULL);
  g_autoptr (PaddockModelFacts) folder = paddock_model_facts_read (test_directory_get_path (directory), NULL);
  g_autoptr (PaddockModelFacts) endless = NULL;

  g_assert_cmpint (html->state, ==, PADDOCK_FACTS_BROKEN);
  g_assert_cmpint (html->file_kind, ==, PADDOCK_FILE_HTML);
  g_assert_false (html->unread);
  g_assert_cmpstr (html->name, ==, "page");
  g_assert_cmpint (gone->state, ==, PADDOCK_FACTS_BROKEN);
  g_assert_true (gone->unread);
  g_assert_nonnull (gone->problem);
  g_assert_cmpuint (gone->shard, ==, 1);
  g_assert_cmpuint (gone->shards, ==, 3);
  g_assert_cmpint (folder->state, ==, PADDOCK_FACTS_BROKEN);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  endless = paddock_model_facts_read (pipe, NULL);
  g_assert_cmpint (endless->state, ==, PADDOCK_FACTS_BROKEN);
}

/* A file's own word goes before its name, and no sibling is asked. */
static void
test_shards (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockModelFacts) said =
    read_recipe (directory, "a-00001-of-00009.gguf", "kv split.no u16 2\nkv split.count u16 3\ntensor x f32 8\n");
  g_autoptr (PaddockModelFacts) named = read_recipe (directory, "b-00002-of-00004.gguf", MODEL);
  g_autoptr (PaddockModelFacts) nonsense =
    read_recipe (directory, "c.gguf", "kv split.no u16 3\nkv split.count u16 3\ntensor x f32 8\n");
  g_autoptr (PaddockModelFacts) first = read_recipe (
    directory, "d-00001-of-00002.gguf",
    "kv general.architecture str llama\nkv split.no u16 0\nkv split.count u16 2\nkv tokenizer.ggml.tokens arr str a b\n");

  g_assert_cmpuint (said->shard, ==, 2);
  g_assert_cmpuint (said->shards, ==, 3);
  g_assert_cmpuint (named->shard, ==, 1);
  g_assert_cmpuint (named->shards, ==, 4);
  g_assert_cmpuint (nonsense->shards, ==, 1);
  g_assert_cmpint (first->kind, ==, PADDOCK_MODEL_LANGUAGE);
}

static void
test_projector (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockModelFacts) facts = read_recipe (
    directory, "mmproj.gguf",
    "kv general.architecture str clip\nkv general.basename str Seer\nkv clip.vision.projection_dim u32 4096\n"
    "kv clip.vision.embedding_length u32 1152\nkv clip.vision.block_count u32 27\ntensor v.a f32 8\n");

  g_assert_cmpint (facts->kind, ==, PADDOCK_MODEL_PROJECTOR);
  g_assert_cmpint (facts->embedding_length, ==, 4096);
  g_assert_cmpstr (facts->base_name, ==, "Seer");
}

static void
test_odd_name (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockModelFacts) facts = read_recipe (directory, "\xff\xfe.gguf", "tensor x f32 8\n");

  g_assert_cmpint (facts->state, ==, PADDOCK_FACTS_WHOLE);
  g_assert_true (g_utf8_validate (facts->name, -1, NULL));
}

static void
test_rename (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockModelFacts) silent = read_recipe (directory, "old.gguf", "tensor x f32 8\n");
  g_autoptr (PaddockModelFacts) telling = read_recipe (directory, "old2.gguf", MODEL);
  g_autoptr (PaddockModelFacts) renamed = paddock_model_facts_rename (silent, "/a/old.gguf", "/b/new.gguf");
  g_autoptr (PaddockModelFacts) moved = paddock_model_facts_rename (silent, "/a/old.gguf", "/b/old.gguf");
  g_autoptr (PaddockModelFacts) itself = paddock_model_facts_rename (telling, "/a/old2.gguf", "/b/new.gguf");

  g_assert_cmpstr (silent->name, ==, "old");
  g_assert_cmpstr (renamed->name, ==, "new");
  g_assert_cmpstr (renamed->fingerprint, ==, silent->fingerprint);
  g_assert_true (moved == silent);
  g_assert_true (itself == telling);
}

static void
test_cancelled (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "a.gguf", MODEL);
  g_autoptr (PaddockModelFacts) facts = NULL;

  g_cancellable_cancel (cancellable);
  facts = paddock_model_facts_read (path, cancellable);
  g_assert_cmpint (facts->state, ==, PADDOCK_FACTS_BROKEN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model-facts/whole", test_whole);
  g_test_add_func ("/model-facts/fingerprint", test_fingerprint);
  g_test_add_func ("/model-facts/unfinished", test_unfinished);
  g_test_add_func ("/model-facts/broken", test_broken);
  g_test_add_func ("/model-facts/shards", test_shards);
  g_test_add_func ("/model-facts/projector", test_projector);
  g_test_add_func ("/model-facts/odd-name", test_odd_name);
  g_test_add_func ("/model-facts/rename", test_rename);
  g_test_add_func ("/model-facts/cancelled", test_cancelled);
  return g_test_run ();
}
