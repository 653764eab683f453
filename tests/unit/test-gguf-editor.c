/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-editor.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "directory.h"
#include "gguf-recipe.h"
#include "gguf/gguf-error.h"
#include "gguf/gguf-header-bytes.h"

#define LARGE (G_GUINT64_CONSTANT (128) << 20)

#define TENSORS                                                                                                        \
  "tensor token_embd.weight f32 3x2\ndata fill 17\n"                                                                   \
  "tensor blk.0.ffn_up.weight q4_0 32x2\ndata fill 34\n"

typedef struct
{
  TestDirectory *directory;
  char *path;
  PaddockGgufFile *file;
  PaddockGgufEditor *editor;
} Fixture;

static void
open_file (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->editor, paddock_gguf_editor_unref);
  g_clear_pointer (&self->file, paddock_gguf_file_unref);
  self->file = paddock_gguf_file_open (self->path, NULL, &error);
  g_assert_no_error (error);
  self->editor = paddock_gguf_editor_new (self->file);
}

static void
begin (Fixture *self, const char *recipe)
{
  *self = (Fixture) { .directory = test_directory_new () };
  self->path = test_directory_write_recipe (self->directory, "model.gguf", recipe);
  open_file (self);
}

static void
end (Fixture *self)
{
  g_clear_pointer (&self->editor, paddock_gguf_editor_unref);
  g_clear_pointer (&self->file, paddock_gguf_file_unref);
  g_clear_pointer (&self->directory, test_directory_free);
  g_clear_pointer (&self->path, g_free);
}

static void
set (Fixture *self, const char *key, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufValue) value = paddock_gguf_value_parse (text, NULL, &error);

  g_assert_no_error (error);
  paddock_gguf_editor_set (self->editor, key, value, &error);
  g_assert_no_error (error);
}

static void
drop (Fixture *self, const char *key)
{
  g_autoptr(GError) error = NULL;

  paddock_gguf_editor_remove (self->editor, key, &error);
  g_assert_no_error (error);
}

static PaddockGgufEditPlan
apply (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  PaddockGgufEditPlan plan;

  paddock_gguf_editor_plan (self->editor, &plan, &error);
  g_assert_no_error (error);
  paddock_gguf_editor_apply (self->editor, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return plan;
}

static void
assert_content (const char *path, const char *recipe)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) wanted = test_gguf_recipe_build (recipe, &error);
  g_autofree char *found = NULL;
  gsize length;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &found, &length, NULL));
  g_assert_cmpmem (found, length, g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted));
}

static guint64
get_inode (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  return status.st_ino;
}

static void
assert_alone (Fixture *self)
{
  g_autoptr(GDir) directory = g_dir_open (test_directory_get_path (self->directory), 0, NULL);

  g_assert_cmpstr (g_dir_read_name (directory), ==, "model.gguf");
  g_assert_cmpstr (g_dir_read_name (directory), ==, NULL);
}

/* The new file is, byte for byte, the one that would have been written with the changed metadata. */
static void
assert_edit (const char *head, const char *before, const char *after)
{
  g_autofree char *recipe = g_strconcat (head, before, TENSORS, NULL);
  g_autofree char *wanted = g_strconcat (g_str_has_prefix (head, "version 1") ? "" : head, after, TENSORS, NULL);
  g_auto (GStrv) changes = NULL;
  Fixture fixture;

  begin (&fixture, recipe);
  set (&fixture, "general.name", "str:A new and much longer name");
  set (&fixture, "llama.block_count", "u32:7");
  set (&fixture, "general.tags", "[str]:[\"a\", \"\"]");
  drop (&fixture, "llama.context_length");
  drop (&fixture, "last");
  g_assert_cmpuint (paddock_gguf_editor_get_n_changes (fixture.editor), ==, 5);
  apply (&fixture);
  assert_content (fixture.path, wanted);
  assert_alone (&fixture);
  end (&fixture);
}

#define BEFORE                                                                                                         \
  "kv general.architecture str llama\nkv general.name str Old\nkv llama.context_length u32 4096\n"                     \
  "kv odd arr arr (i32 1 -2) (str x)\nkv llama.block_count u32 2\nkv doubled f64 0.1\nkv last bool true\n"
#define AFTER                                                                                                          \
  "kv general.architecture str llama\nkv general.name str \"A new and much longer name\"\n"                            \
  "kv odd arr arr (i32 1 -2) (str x)\nkv llama.block_count u32 7\nkv doubled f64 0.1\n"                                \
  "kv general.tags arr str a \"\"\n"

static void
test_content (void)
{
  assert_edit ("", BEFORE, AFTER);
  assert_edit ("version 2\n", BEFORE, AFTER);
  assert_edit ("version 1\n", BEFORE, AFTER);
  assert_edit ("endian big\n", BEFORE, AFTER);
  assert_edit ("kv general.alignment u32 4096\n", BEFORE, AFTER);
  assert_edit ("kv general.alignment u32 1\n", BEFORE, AFTER);
}

/* What fits is changed where it stands: the same file, and no other byte of it. */
static void
test_in_place (void)
{
  Fixture fixture;
  guint64 inode;

  begin (&fixture, "kv general.architecture str llama\nkv general.name str Old\nkv llama.block_count u32 2\n" TENSORS);
  inode = get_inode (fixture.path);
  set (&fixture, "general.name", "str:New");
  set (&fixture, "llama.block_count", "u32:70000");
  g_assert_cmpint (apply (&fixture).method, ==, PADDOCK_GGUF_EDIT_IN_PLACE);
  g_assert_cmpuint (get_inode (fixture.path), ==, inode);
  assert_content (fixture.path,
                  "kv general.architecture str llama\nkv general.name str New\nkv llama.block_count u32 70000\n" TENSORS);
  assert_alone (&fixture);
  end (&fixture);
}

/* Within the padding before the tensors a header may grow and shrink. */
static void
test_in_padding (void)
{
  Fixture fixture;
  guint64 inode;

  begin (&fixture, "kv general.architecture str llama\nkv general.name str Name\n" TENSORS);
  inode = get_inode (fixture.path);
  for (guint length = 1; length < 40; length++)
    {
      g_autofree char *name = g_strnfill (length, 'n');
      g_autofree char *text = g_strconcat ("str:", name, NULL);
      g_autofree char *wanted = g_strdup_printf ("kv general.architecture str llama\nkv general.name str %s\n" TENSORS, name);
      guint64 data_offset = paddock_gguf_file_get_data_offset (fixture.file);
      PaddockGgufEditPlan plan;

      set (&fixture, "general.name", text);
      plan = apply (&fixture);
      assert_content (fixture.path, wanted);
      open_file (&fixture);
      g_assert_cmpint (plan.method, ==, paddock_gguf_file_get_data_offset (fixture.file) == data_offset
                                          ? PADDOCK_GGUF_EDIT_IN_PLACE : PADDOCK_GGUF_EDIT_NEW_FILE);
      g_assert_cmpuint (plan.header_after, ==, paddock_gguf_file_get_data_offset (fixture.file));
      g_assert_cmpint (get_inode (fixture.path) == inode, ==, plan.method == PADDOCK_GGUF_EDIT_IN_PLACE);
      inode = get_inode (fixture.path);
    }
  end (&fixture);
}

static void
begin_large (Fixture *self, const char *more)
{
  g_autofree char *recipe = g_strconcat ("kv general.architecture str llama\nkv tokenizer.chat_template str old\n", more,
                                         "tensor blk.0.ffn_up.weight f32 16777216x2 bytes=4096\ndata random\n", NULL);

  begin (self, recipe);
  g_assert_cmpint (truncate (self->path, (off_t) (paddock_gguf_file_get_data_offset (self->file) + LARGE)), ==, 0);
  open_file (self);
}

static void
read_data (Fixture *self, guint8 data[4096])
{
  g_autoptr(GError) error = NULL;
  PaddockGgufSource *source = paddock_gguf_file_get_source (self->file);

  g_assert_cmpuint (paddock_gguf_file_get_size (self->file) - paddock_gguf_file_get_data_offset (self->file), ==, LARGE);
  paddock_gguf_source_read (source, paddock_gguf_file_get_data_offset (self->file), data, 4096, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_value (Fixture *self, const char *key, const char *wanted)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (self->file);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, key);
  g_autofree char *found = entry != NULL ? paddock_gguf_metadata_format (metadata, entry, 1000) : NULL;

  g_assert_cmpstr (found, ==, wanted);
}

/* A large file gets room the first time, and keeps its place and its tensors after that, whatever is changed. */
static void
test_large (void)
{
  static const char *const templates[] = { "str:longer than before", "str:", "str:{{ messages }} {{ tools }}" };
  guint8 before[4096], after[4096];
  PaddockGgufEditPlan plan;
  Fixture fixture;
  struct stat status;
  guint64 offset;

  begin_large (&fixture, "");
  read_data (&fixture, before);
  offset = paddock_gguf_file_get_data_offset (fixture.file);
  set (&fixture, "tokenizer.chat_template", "str:this is a template that does not fit the few bytes of padding");
  plan = apply (&fixture);
  g_assert_cmpint (plan.method, ==, PADDOCK_GGUF_EDIT_NEW_FILE);
  open_file (&fixture);
  read_data (&fixture, after);
  g_assert_cmpmem (before, sizeof before, after, sizeof after);
  g_assert_cmpuint (paddock_gguf_file_get_data_offset (fixture.file) % 4096, ==, offset % 4096);
  g_assert_cmpuint (plan.header_after, ==, paddock_gguf_file_get_data_offset (fixture.file));
  /* What was a hole is one still. */
  g_assert_cmpint (stat (fixture.path, &status), ==, 0);
  g_assert_cmpint (status.st_blocks, <, 1024);

  offset = paddock_gguf_file_get_data_offset (fixture.file);
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      guint64 inode = get_inode (fixture.path);

      set (&fixture, "tokenizer.chat_template", templates[i]);
      if (i == 1)
        set (&fixture, "general.tags", "[str]:[\"added\"]");
      if (i == 2)
        drop (&fixture, "general.tags");
      plan = apply (&fixture);
      open_file (&fixture);
      read_data (&fixture, after);
      g_assert_cmpint (plan.method, ==, PADDOCK_GGUF_EDIT_IN_PLACE);
      g_assert_cmpuint (get_inode (fixture.path), ==, inode);
      g_assert_cmpuint (paddock_gguf_file_get_data_offset (fixture.file), ==, offset);
      g_assert_cmpmem (before, sizeof before, after, sizeof after);
      assert_value (&fixture, "tokenizer.chat_template", strchr (templates[i], ':') + 1);
      assert_value (&fixture, "general.tags", i == 1 ? "[\"added\"]" : NULL);
    }
  assert_alone (&fixture);
  end (&fixture);
}

/* Many blocks in place, through the journal: other names of the file would keep the old one otherwise. */
static void
test_hard_link (void)
{
  g_autofree char *words = g_strnfill (20000, 'w');
  g_autofree char *more = g_strdup_printf ("kv words str %s\n", words);
  g_autofree char *other = NULL;
  PaddockGgufEditPlan plan;
  Fixture fixture;

  begin_large (&fixture, more);
  other = test_directory_build_path (fixture.directory, "other.gguf");
  set (&fixture, "tokenizer.chat_template", "str:this is a template that does not fit the few bytes of padding");
  apply (&fixture);
  open_file (&fixture);
  g_assert_cmpint (link (fixture.path, other), ==, 0);
  open_file (&fixture);
  set (&fixture, "tokenizer.chat_template", "str:short");
  plan = apply (&fixture);
  g_assert_cmpint (plan.method, ==, PADDOCK_GGUF_EDIT_IN_PLACE);
  g_assert_cmpuint (plan.hard_links, ==, 1);
  g_assert_cmpuint (get_inode (other), ==, get_inode (fixture.path));
  open_file (&fixture);
  assert_value (&fixture, "tokenizer.chat_template", "short");
  g_assert_cmpint (unlink (other), ==, 0);
  assert_alone (&fixture);
  end (&fixture);
}

static void
test_symbolic_link (void)
{
  g_autofree char *link_path = NULL;
  g_autofree char *real = NULL;
  Fixture fixture;

  begin (&fixture, "kv general.architecture str llama\n" TENSORS);
  link_path = test_directory_build_path (fixture.directory, "link.gguf");
  g_assert_cmpint (symlink ("model.gguf", link_path), ==, 0);
  g_assert_cmpint (chmod (fixture.path, 0640), ==, 0);
  real = g_steal_pointer (&fixture.path);
  fixture.path = g_strdup (link_path);
  open_file (&fixture);
  set (&fixture, "general.name", "A name that needs a new file");
  g_assert_cmpint (apply (&fixture).method, ==, PADDOCK_GGUF_EDIT_NEW_FILE);
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  assert_content (real, "kv general.architecture str llama\nkv general.name str \"A name that needs a new file\"\n" TENSORS);
  {
    struct stat status;

    g_assert_cmpint (stat (real, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  }
  end (&fixture);
}

/* Files that hold nothing but metadata, padded or not. */
static void
test_without_tensors (void)
{
  Fixture fixture;

  begin (&fixture, "kv general.architecture str llama\nkv a u8 1\npadding none\n");
  set (&fixture, "general.name", "Name");
  apply (&fixture);
  assert_content (fixture.path, "kv general.architecture str llama\nkv a u8 1\nkv general.name str Name\npadding none\n");
  open_file (&fixture);
  set (&fixture, "a", "u8:2");
  g_assert_cmpint (apply (&fixture).method, ==, PADDOCK_GGUF_EDIT_IN_PLACE);
  open_file (&fixture);
  drop (&fixture, "a");
  apply (&fixture);
  assert_content (fixture.path, "kv general.architecture str llama\nkv general.name str Name\npadding none\n");
  end (&fixture);
}

static void
test_output (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;
  Fixture fixture;

  begin (&fixture, "kv general.architecture str llama\nkv a u8 1\n" TENSORS);
  output = test_directory_build_path (fixture.directory, "output.gguf");
  set (&fixture, "a", "u8:2");
  g_assert_false (paddock_gguf_editor_apply (fixture.editor, fixture.path, NULL, NULL, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_PERMISSION);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (output, "what was there", -1, NULL));
  paddock_gguf_editor_apply (fixture.editor, output, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_content (fixture.path, "kv general.architecture str llama\nkv a u8 1\n" TENSORS);
  assert_content (output, "kv general.architecture str llama\nkv a u8 2\n" TENSORS);
  end (&fixture);
}

static void
test_in_memory (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) before = test_gguf_recipe_build ("kv general.architecture str llama\n" TENSORS, &error);
  g_autoptr(GBytes) wanted = test_gguf_recipe_build ("kv general.architecture str llama\nkv a u8 2\n" TENSORS, &error);
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (before, "memory");
  g_autoptr(PaddockGgufFile) file = paddock_gguf_file_new_for_source (source, NULL, &error);
  g_autoptr(PaddockGgufEditor) editor = paddock_gguf_editor_new (file);
  g_autoptr(PaddockGgufValue) value = paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT8, 2, NULL);
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *output = test_directory_build_path (directory, "output.gguf");
  g_autoptr(GBytes) after = NULL;

  g_assert_true (paddock_gguf_editor_set (editor, "a", value, &error));
  after = paddock_gguf_editor_build_bytes (editor, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (after, wanted));
  paddock_gguf_editor_apply (editor, output, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_content (output, "kv general.architecture str llama\nkv a u8 2\n" TENSORS);
  g_assert_false (paddock_gguf_editor_apply (editor, NULL, NULL, NULL, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_REGULAR);
}

static void
test_changes (void)
{
  const PaddockGgufChange *change;
  g_autoptr(GError) error = NULL;
  PaddockGgufEditPlan plan;
  Fixture fixture;

  begin (&fixture, "kv general.architecture str llama\nkv a u8 1\n" TENSORS);
  set (&fixture, "a", "u8:2");
  set (&fixture, "b", "u8:3");
  set (&fixture, "a", "u16:2");
  g_assert_cmpuint (paddock_gguf_editor_get_n_changes (fixture.editor), ==, 2);
  change = paddock_gguf_editor_get_change (fixture.editor, 0);
  g_assert_cmpint (change->kind, ==, PADDOCK_GGUF_CHANGE_REPLACE);
  g_assert_cmpint (paddock_gguf_value_get_type_id (change->after), ==, PADDOCK_GGUF_UINT16);
  g_assert_cmpint (paddock_gguf_value_get_type_id (change->before), ==, PADDOCK_GGUF_UINT8);
  g_assert_cmpint (paddock_gguf_editor_get_change (fixture.editor, 1)->kind, ==, PADDOCK_GGUF_CHANGE_ADD);
  g_assert_null (paddock_gguf_editor_get_change (fixture.editor, 1)->before);
  drop (&fixture, "a");
  g_assert_cmpint (paddock_gguf_editor_get_change (fixture.editor, 0)->kind, ==, PADDOCK_GGUF_CHANGE_REMOVE);
  /* Taking away what was added, and setting what was, leave nothing to do. */
  drop (&fixture, "b");
  set (&fixture, "a", "u8:1");
  g_assert_cmpuint (paddock_gguf_editor_get_n_changes (fixture.editor), ==, 0);
  g_assert_true (paddock_gguf_editor_plan (fixture.editor, &plan, &error));
  g_assert_cmpint (plan.method, ==, PADDOCK_GGUF_EDIT_NOTHING);
  g_assert_cmpuint (plan.header_after, ==, plan.header_before);
  g_assert_true (paddock_gguf_editor_apply (fixture.editor, NULL, NULL, NULL, &error));
  set (&fixture, "b", "u8:3");
  paddock_gguf_editor_revert (fixture.editor, NULL);
  g_assert_cmpuint (paddock_gguf_editor_get_n_changes (fixture.editor), ==, 0);
  end (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-editor/changes", test_changes);
  g_test_add_func ("/gguf-editor/content", test_content);
  g_test_add_func ("/gguf-editor/in-place", test_in_place);
  g_test_add_func ("/gguf-editor/in-padding", test_in_padding);
  g_test_add_func ("/gguf-editor/large", test_large);
  g_test_add_func ("/gguf-editor/hard-link", test_hard_link);
  g_test_add_func ("/gguf-editor/symbolic-link", test_symbolic_link);
  g_test_add_func ("/gguf-editor/without-tensors", test_without_tensors);
  g_test_add_func ("/gguf-editor/output", test_output);
  g_test_add_func ("/gguf-editor/in-memory", test_in_memory);
  return g_test_run ();
}
