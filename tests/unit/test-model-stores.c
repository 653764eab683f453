/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "directory.h"
#include "model-store.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SHA_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define SHA_D "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"

#define MAX_ITEMS 12

/* A file of somebody's home; a text that begins with "-> " makes it a link. "$" is the home, here as in what is expected. */
typedef struct
{
  const char *path, *text;
} Item;

typedef struct
{
  const char *name, *store;
  const char *variable, *value;      /* of the environment */
  Item items[MAX_ITEMS];
  const char *expected;              /* lines, sorted */
} Case;

#define LAYER(kind, digest) "{\"mediaType\": \"application/vnd.ollama.image." kind "\", \"digest\": \"sha256:" digest "\"}"
#define OLLAMA ".ollama/models/"
#define HUB ".cache/huggingface/hub/models--own--m/"

static const Case cases[] = {
  {
    .name = "ollama",
    .store = "ollama",
    .items = {
      { OLLAMA "manifests/registry.ollama.ai/library/llava/7b",
        "{\"layers\": [" LAYER ("model", SHA_A) "," LAYER ("projector", SHA_B) "," LAYER ("template", SHA_D) "]}" },
      { OLLAMA "manifests/hf.co/own/m/Q4_K_M", "{\"layers\": [" LAYER ("model", SHA_C) ", 8, {\"mediaType\": 7}]}" },
      { OLLAMA "manifests/registry.ollama.ai/me/tuned/latest", "{\"layers\": [" LAYER ("model", SHA_A) "]}" },
      { OLLAMA "blobs/sha256-" SHA_A, "" },
      { OLLAMA "blobs/sha256-" SHA_B, "" },
      { OLLAMA "blobs/sha256-" SHA_C, "" },
      { OLLAMA "blobs/sha256-" SHA_D, "" },
      { OLLAMA "blobs/sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "" },
      { OLLAMA "blobs/sha256-" SHA_B "-partial", "" },
      { OLLAMA "blobs/sha256-" SHA_B "-partial-0", "{}" },
    },
    .expected =
      "model $/" OLLAMA "blobs/sha256-" SHA_A " title=llava:7b sha=aaaa\n"
      "model $/" OLLAMA "blobs/sha256-" SHA_C " title=hf.co/own/m:Q4_K_M from=own/m sha=cccc\n"
      "orphan $/" OLLAMA "blobs/sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
      "partial $/" OLLAMA "blobs/sha256-" SHA_B "-partial\n"
      "projector $/" OLLAMA "blobs/sha256-" SHA_B " title=llava:7b sha=bbbb of=$/" OLLAMA "blobs/sha256-" SHA_A "\n",
  },
  {
    /* One manifest that cannot be read might lead to any of the blobs. */
    .name = "ollama-broken",
    .store = "ollama",
    .variable = "OLLAMA_MODELS",
    .value = "$/m",
    .items = {
      { "m/manifests/registry.ollama.ai/library/a/latest", "{ half" },
      { "m/manifests/registry.ollama.ai/library/b/latest",
        "{\"layers\": [" LAYER ("model", "../../../etc/passwd") "," LAYER ("model", SHA_A) "]}" },
      { "m/blobs/sha256-" SHA_A, "" },
      { "m/blobs/sha256-" SHA_B, "" },
    },
    .expected = "model $/m/blobs/sha256-" SHA_A " title=b:latest sha=aaaa\n",
  },
  {
    .name = "hugging-face",
    .store = "huggingface",
    .items = {
      { HUB "blobs/" SHA_A, "" },
      { HUB "blobs/" SHA_B, "" },
      { HUB "blobs/" SHA_C, "" },
      { HUB "blobs/0123456789abcdef0123456789abcdef01234567", "" },
      { HUB "blobs/" SHA_D ".12345678.incomplete", "" },
      { HUB "refs/main", "c1" },
      { HUB "snapshots/c1/m-Q4_0.gguf", "-> ../../blobs/" SHA_A },
      { HUB "snapshots/c1/sub/m-Q8_0.gguf", "-> ../../../blobs/" SHA_B },
      { HUB "snapshots/c1/config.json", "-> ../../blobs/0123456789abcdef0123456789abcdef01234567" },
      { HUB "snapshots/c1/gone.gguf", "-> ../../blobs/" SHA_D },
      { HUB "snapshots/c2/copy.gguf", "" },
      { ".cache/huggingface/hub/datasets--own--d/snapshots/c1/a.gguf", "" },
    },
    .expected =
      "found $/" HUB "snapshots/c1/m-Q4_0.gguf from=own/m path=m-Q4_0.gguf at=c1 sha=aaaa\n"
      "found $/" HUB "snapshots/c1/sub/m-Q8_0.gguf from=own/m path=sub/m-Q8_0.gguf at=c1 sha=bbbb\n"
      "found $/" HUB "snapshots/c2/copy.gguf from=own/m path=copy.gguf at=c2\n"
      "orphan $/" HUB "blobs/" SHA_C "\n"
      "partial $/" HUB "blobs/" SHA_D ".12345678.incomplete\n",
  },
  {
    .name = "hugging-face-variable",
    .store = "huggingface",
    .variable = "HF_HOME",
    .value = "$/hf",
    .items = { { "hf/hub/models--gpt2/snapshots/c/a.gguf", "" } },
    .expected = "found $/hf/hub/models--gpt2/snapshots/c/a.gguf from=gpt2 path=a.gguf at=c\n",
  },
  {
    .name = "llama-cpp-old",
    .store = "llamacpp",
    .items = {
      { ".cache/llama.cpp/own_my_model_f-Q4_0.gguf", "" },
      { ".cache/llama.cpp/manifest=own=my_model=latest.json", "{\"ggufFile\": {\"rfilename\": \"f-Q4_0.gguf\"}}" },
      { ".cache/llama.cpp/other.gguf", "" },
      { ".cache/llama.cpp/other.gguf.json",
        "{\"url\": \"https://huggingface.co/own/o/resolve/main/sub/other.gguf\", \"etag\": \"x\"}" },
      { ".cache/llama.cpp/unknown.gguf", "" },
      { ".cache/llama.cpp/late.gguf.downloadInProgress", "" },
    },
    .expected =
      "found $/.cache/llama.cpp/other.gguf from=own/o path=sub/other.gguf at=main\n"
      "found $/.cache/llama.cpp/own_my_model_f-Q4_0.gguf from=own/my_model\n"
      "found $/.cache/llama.cpp/unknown.gguf\n"
      "partial $/.cache/llama.cpp/late.gguf.downloadInProgress\n",
  },
  {
    .name = "llama-cpp-new",
    .store = "llamacpp",
    .variable = "LLAMA_CACHE",
    .value = "$/l",
    .items = {
      { "l/models--own--m/blobs/" SHA_A, "" },
      { "l/models--own--m/snapshots/c/a.gguf", "-> ../../blobs/" SHA_A },
    },
    .expected = "found $/l/models--own--m/snapshots/c/a.gguf from=own/m path=a.gguf at=c sha=aaaa\n",
  },
  {
    .name = "lm-studio",
    .store = "lmstudio",
    .items = {
      { ".lmstudio-home-pointer", "$/studio\n" },
      { "studio/settings.json", "{\"downloadsFolder\": \"$/drive\"}" },
      { "drive/own/m/a.gguf", "" },
      { "drive/own/m/downloading_b.gguf.part", "" },
      { ".lmstudio/models/own/n/c.gguf", "" },
    },
    .expected =
      "found $/.lmstudio/models/own/n/c.gguf from=own/n path=c.gguf\n"
      "found $/drive/own/m/a.gguf from=own/m path=a.gguf\n"
      "partial $/drive/own/m/downloading_b.gguf.part from=own/m path=downloading_b.gguf.part\n",
  },
  {
    .name = "jan",
    .store = "jan",
    .items = {
      { ".local/share/Jan/settings.json", "{\"data_folder\": \"$/jan\"}" },
      { "jan/llamacpp/models/own/m/model.yml",
        "model_path: llamacpp/models/own/m/model.gguf\nmmproj_path: 'llamacpp/models/own/m/mmproj.gguf'\n"
        "name: \"My model\"\nsize_bytes: 12\n" },
      { "jan/llamacpp/models/own/m/model.gguf", "" },
      { "jan/llamacpp/models/own/m/mmproj.gguf", "" },
      { "jan/llamacpp/models/imported/model.yml", "model_path: $/else/where.gguf\n" },
      { "jan/llamacpp/models/loose.gguf", "" },
      { "else/where.gguf", "" },
    },
    .expected =
      "found $/jan/llamacpp/models/loose.gguf\n"
      "model $/else/where.gguf\n"
      "model $/jan/llamacpp/models/own/m/model.gguf title=My model\n"
      "projector $/jan/llamacpp/models/own/m/mmproj.gguf title=My model of=$/jan/llamacpp/models/own/m/model.gguf\n",
  },
  {
    .name = "gpt4all",
    .store = "gpt4all",
    .items = {
      { ".config/nomic.ai/GPT4All.ini", "[General]\nmodelPath=$/g\n" },
      { "g/a.gguf", "" },
      { "g/incomplete-b.gguf", "" },
      { "g/c.rmodel", "" },
    },
    .expected = "found $/g/a.gguf\npartial $/g/incomplete-b.gguf\n",
  },
  {
    .name = "alpaca",
    .store = "alpaca",
    .items = {
      { ".var/app/com.jeffser.Alpaca/data/.ollama/models/manifests/registry.ollama.ai/library/a/latest",
        "{\"layers\": [" LAYER ("model", SHA_A) "]}" },
      { ".var/app/com.jeffser.Alpaca/data/.ollama/models/blobs/sha256-" SHA_A, "" },
    },
    .expected = "model $/.var/app/com.jeffser.Alpaca/data/.ollama/models/blobs/sha256-" SHA_A " title=a:latest sha=aaaa\n",
  },
  {
    .name = "web-ui",
    .store = "text-generation-webui",
    .items = {
      { "text-generation-webui/user_data/models/own_m/huggingface-metadata.txt",
        "url: https://huggingface.co/own/m\nbranch: main\nsha256sum:\n    " SHA_A "  a.gguf\n" },
      { "text-generation-webui/user_data/models/own_m/a.gguf", "" },
      { "text-generation-webui/user_data/models/b.gguf", "" },
    },
    .expected =
      "found $/text-generation-webui/user_data/models/b.gguf\n"
      "found $/text-generation-webui/user_data/models/own_m/a.gguf from=own/m path=a.gguf at=main sha=aaaa\n",
  },
  {
    .name = "own",
    .store = "own",
    .variable = "PADDOCK_DATA_DIR",
    .value = "$/p",
    .items = { { "p/models/a.gguf", "" }, { "p/models/metadata/a.json", "{}" } },
    .expected = "found $/p/models/a.gguf\n",
  },
};

static char *
expand (const char *text, const char *home)
{
  g_autoptr (GString) expanded = g_string_new (text);

  g_string_replace (expanded, "$", home, 0);
  return g_string_free (g_steal_pointer (&expanded), FALSE);
}

static void
make_item (TestDirectory *directory, const Item *item)
{
  g_autofree char *text = expand (item->text, test_directory_get_path (directory));
  g_autofree char *parent = g_path_get_dirname (item->path);
  g_autofree char *folder = test_directory_make_folder (directory, parent);
  g_autofree char *path = test_directory_build_path (directory, item->path);

  if (g_str_has_prefix (text, "-> "))
    g_assert_cmpint (symlink (text + 3, path), ==, 0);
  else
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
append (GString *text, const char *label, const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, " %s=%s", label, value);
}

static gboolean
take_file (PaddockLibraryFile *taken, gpointer user_data)
{
  static const char *roles[] = { "found", "model", "projector", "adapter", "partial", "orphan" };
  g_autoptr (PaddockLibraryFile) file = taken;
  g_autoptr (GString) line = NULL;

  if (file->role == PADDOCK_FILE_ROLE_DIRECTORY)
    return TRUE;
  line = g_string_new (roles[file->role]);
  g_string_append_printf (line, " %s", file->path);
  append (line, "title", file->title);
  append (line, "from", file->repository);
  append (line, "path", file->repository_path);
  append (line, "at", file->revision);
  if (file->claimed_sha256 != NULL)
    g_string_append_printf (line, " sha=%.4s", file->claimed_sha256);
  append (line, "of", file->belongs_to);
  g_string_append_c (line, '\n');
  g_ptr_array_add (user_data, g_string_free (g_steal_pointer (&line), FALSE));
  return TRUE;
}

static char *
list_all (const PaddockModelStore *store, const PaddockStorePlaces *places)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) all = g_string_new (NULL);

  store->locate (places, roots);
  for (guint i = 0; i < roots->len; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (store->list (g_ptr_array_index (roots, i), take_file, lines, NULL, &error));
      g_assert_no_error (error);
    }
  g_ptr_array_sort_values (lines, (GCompareFunc) strcmp);
  for (guint i = 0; i < lines->len; i++)
    g_string_append (all, g_ptr_array_index (lines, i));
  g_string_replace (all, places->home, "$", 0);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
test_store (gconstpointer data)
{
  const Case *wanted = data;
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *home = test_directory_get_path (directory);
  g_autofree char *value = wanted->value != NULL ? expand (wanted->value, home) : NULL;
  char **environment = g_new0 (char *, 1);
  g_autoptr (PaddockStorePlaces) places = NULL;
  g_autofree char *system = test_directory_make_folder (directory, "system");
  g_autofree char *listed = NULL;

  for (gsize i = 0; i < MAX_ITEMS && wanted->items[i].path != NULL; i++)
    make_item (directory, &wanted->items[i]);
  if (value != NULL)
    environment = g_environ_setenv (environment, wanted->variable, value, TRUE);
  places = paddock_store_places_new_in (home, environment);
  g_set_str (&places->system, system);
  listed = list_all (paddock_model_store_find (wanted->store), places);
  g_assert_cmpstr (listed, ==, wanted->expected);
  g_strfreev (environment);
}

/* A folder that a person set up and that is away is told as such; one that is merely usual and missing is none. */
static void
test_missing (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *home = test_directory_get_path (directory);
  g_autofree char *drive = test_directory_build_path (directory, "drive");
  char **environment = g_environ_setenv (g_new0 (char *, 1), "OLLAMA_MODELS", drive, TRUE);
  g_autoptr (PaddockStorePlaces) places = paddock_store_places_new_in (home, environment);
  const PaddockModelStore *store = paddock_model_store_find ("ollama");
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_set_str (&places->system, drive);
  store->locate (places, roots);
  g_assert_cmpuint (roots->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (roots, 0), ==, drive);
  g_assert_false (store->list (drive, take_file, lines, NULL, &error));
  g_assert_nonnull (error);
  g_strfreev (environment);
}

static void
test_table (void)
{
  const PaddockModelStore *const *stores = paddock_model_store_all ();

  for (gsize i = 0; stores[i] != NULL; i++)
    {
      g_assert_true (paddock_model_store_find (stores[i]->id) == stores[i]);
      g_assert_nonnull (stores[i]->locate);
      g_assert_nonnull (stores[i]->list);
    }
  g_assert_null (paddock_model_store_find ("nobody"));
  g_assert_null (paddock_model_store_find (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/model-stores/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_store);
    }
  g_test_add_func ("/model-stores/missing", test_missing);
  g_test_add_func ("/model-stores/table", test_table);
  return g_test_run ();
}
