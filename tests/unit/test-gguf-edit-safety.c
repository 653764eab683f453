/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits that are refused, disturbed or interrupted: the file stays as it was, and the reason is told. */
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "directory.h"
#include "gguf-recipe.h"
#include "surroundings.h"
#include "gguf/gguf-edit-journal.h"
#include "gguf/gguf-editor.h"
#include "gguf/gguf-error.h"

#define HEAD "kv general.architecture str llama\nkv a u8 1\n"
#define TENSORS "tensor token_embd.weight f32 64x40\ndata random\n"

typedef struct
{
  TestDirectory *directory;
  char *path;
  GBytes *content;
  PaddockGgufFile *file;
  PaddockGgufEditor *editor;
} Fixture;

static void
begin (Fixture *self, const char *recipe)
{
  g_autoptr(GError) error = NULL;

  self->directory = test_directory_new ();
  self->content = test_gguf_recipe_build (recipe, &error);
  g_assert_no_error (error);
  self->path = test_directory_write_bytes (self->directory, "model.gguf", self->content);
  self->file = paddock_gguf_file_open (self->path, NULL, &error);
  g_assert_no_error (error);
  self->editor = paddock_gguf_editor_new (self->file);
}

static void
end (Fixture *self)
{
  paddock_gguf_editor_unref (self->editor);
  paddock_gguf_file_unref (self->file);
  test_directory_free (self->directory);
  g_bytes_unref (self->content);
  g_free (self->path);
}

static gboolean
set (Fixture *self, const char *key, const char *text, GError **error)
{
  g_autoptr(PaddockGgufValue) value = paddock_gguf_value_parse (text, NULL, error);

  return value != NULL && paddock_gguf_editor_set (self->editor, key, value, error);
}

static void
assert_refused (Fixture *self, PaddockGgufError code, const char *message)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (paddock_gguf_editor_apply (self->editor, NULL, NULL, NULL, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, (int) code);
  if (strstr (error->message, message) == NULL)
    g_error ("“%s” does not say “%s”", error->message, message);
}

static void
assert_content (Fixture *self, GBytes *wanted)
{
  g_autofree char *found = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &found, &length, NULL));
  g_assert_cmpmem (found, length, g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted));
}

static void
assert_alone (Fixture *self)
{
  g_autoptr(GDir) directory = g_dir_open (test_directory_get_path (self->directory), 0, NULL);

  g_assert_cmpstr (g_dir_read_name (directory), ==, "model.gguf");
  g_assert_cmpstr (g_dir_read_name (directory), ==, NULL);
}

static void
test_rules (void)
{
  static const struct
  {
    const char *key;
    const char *value;
    PaddockGgufError code;
    const char *message;
  } cases[] = {
    { "general.alignment", "u32:64", PADDOCK_GGUF_ERROR_KEY, "all tensors would have to move" },
    { "split.count", "u16:2", PADDOCK_GGUF_ERROR_KEY, "would not fit together" },
    { "paddock.pad", "str:", PADDOCK_GGUF_ERROR_KEY, "keeps room" },
    { "", "1", PADDOCK_GGUF_ERROR_KEY, "empty" },
    { "two words", "1", PADDOCK_GGUF_ERROR_KEY, "cannot be a key" },
    { "ümlaut", "1", PADDOCK_GGUF_ERROR_KEY, "cannot be a key" },
    { "general.architecture", "u32:1", PADDOCK_GGUF_ERROR_VALUE, "must be of type str" },
    { "general.architecture", "str:", PADDOCK_GGUF_ERROR_VALUE, "must not be empty" },
    { "general.file_type", "str:Q4_K_M", PADDOCK_GGUF_ERROR_VALUE, "must be of type u32" },
    { "tokenizer.ggml.tokens", "[i32]:[1]", PADDOCK_GGUF_ERROR_VALUE, "array of type str" },
  };
  g_autofree char *long_key = g_strnfill (PADDOCK_GGUF_MAX_NAME, 'k');
  g_autoptr(GError) error = NULL;
  Fixture fixture;

  begin (&fixture, HEAD TENSORS);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (set (&fixture, cases[i].key, cases[i].value, &error));
      g_assert_error (error, PADDOCK_GGUF_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].message));
      g_clear_error (&error);
    }
  g_assert_false (set (&fixture, long_key, "1", &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (paddock_gguf_editor_remove (fixture.editor, "general.architecture", &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (paddock_gguf_editor_remove (fixture.editor, "absent", &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, fixture.path));
  g_assert_cmpuint (paddock_gguf_editor_get_n_changes (fixture.editor), ==, 0);
  end (&fixture);
}

static void
assert_file_refused (const char *recipe, PaddockGgufError code)
{
  g_autoptr(GError) error = NULL;
  Fixture fixture;

  begin (&fixture, recipe);
  g_assert_true (set (&fixture, "b", "str:some value that finds no room in the padding", &error));
  assert_refused (&fixture, code, "");
  assert_content (&fixture, fixture.content);
  assert_alone (&fixture);
  end (&fixture);
}

static void
test_broken_files (void)
{
  assert_file_refused (HEAD "kv a u8 2\n" TENSORS, PADDOCK_GGUF_ERROR_KEY);
  assert_file_refused (HEAD TENSORS TENSORS, PADDOCK_GGUF_ERROR_LAYOUT);
  assert_file_refused (HEAD TENSORS "cut -500\n", PADDOCK_GGUF_ERROR_LAYOUT);
  assert_file_refused (HEAD "tensor t f32 4 offset=1000000000000 at=0\n", PADDOCK_GGUF_ERROR_LAYOUT);
}

/* Somebody else wrote, shortened or replaced the file after it was opened. */
static void
test_changed (void)
{
  static const char *const values[] = { "u8:2", "str:this one does not fit the padding and needs a new file" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint how = 0; how < 3; how++)
      {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) now = NULL;
        Fixture fixture;

        begin (&fixture, HEAD TENSORS);
        g_assert_true (set (&fixture, "a", values[i], &error));
        if (how == 0)
          now = test_gguf_recipe_build (HEAD "kv b u8 1\n" TENSORS, &error);
        else if (how == 1)
          now = g_bytes_new_from_bytes (fixture.content, 0, g_bytes_get_size (fixture.content) - 1);
        else
          now = g_bytes_ref (fixture.content);
        /* A rename for the last one, a write into the file for the others. */
        g_assert_true (g_file_set_contents_full (fixture.path, g_bytes_get_data (now, NULL), (gssize) g_bytes_get_size (now),
                                                 how == 2 ? G_FILE_SET_CONTENTS_CONSISTENT : G_FILE_SET_CONTENTS_NONE, 0644,
                                                 &error));
        assert_refused (&fixture, PADDOCK_GGUF_ERROR_CHANGED, fixture.path);
        assert_content (&fixture, now);
        assert_alone (&fixture);
        end (&fixture);
      }
}

static void
test_edited_by_another (void)
{
  static const char *const values[] = { "u8:2", "str:this one does not fit the padding and needs a new file" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(GError) error = NULL;
      Fixture fixture;
      int fd;

      begin (&fixture, HEAD TENSORS);
      fd = open (fixture.path, O_RDONLY | O_CLOEXEC);
      g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
      g_assert_true (set (&fixture, "a", values[i], &error));
      assert_refused (&fixture, PADDOCK_GGUF_ERROR_CHANGED, "being edited");
      close (fd);
      g_assert_true (paddock_gguf_editor_apply (fixture.editor, NULL, NULL, NULL, &error));
      g_assert_no_error (error);
      end (&fixture);
    }
}

static void
test_no_permission (void)
{
  g_autoptr(GError) error = NULL;
  Fixture fixture;

  begin (&fixture, HEAD TENSORS);
  g_assert_true (set (&fixture, "a", "u8:2", &error));
  g_assert_cmpint (chmod (fixture.path, 0400), ==, 0);
  assert_refused (&fixture, PADDOCK_GGUF_ERROR_PERMISSION, fixture.path);
  g_assert_true (set (&fixture, "a", "str:this one does not fit the padding and needs a new file", &error));
  assert_refused (&fixture, PADDOCK_GGUF_ERROR_PERMISSION, fixture.path);
  g_assert_cmpint (chmod (fixture.path, 0600), ==, 0);
  g_assert_cmpint (chmod (test_directory_get_path (fixture.directory), 0500), ==, 0);
  assert_refused (&fixture, PADDOCK_GGUF_ERROR_PERMISSION, fixture.path);
  assert_content (&fixture, fixture.content);
  /* What is changed in place needs nothing of the folder. */
  g_assert_true (set (&fixture, "a", "u8:2", &error));
  g_assert_true (paddock_gguf_editor_apply (fixture.editor, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  end (&fixture);
}

static void
test_output_folder (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;
  Fixture fixture;

  begin (&fixture, HEAD TENSORS);
  output = test_directory_build_path (fixture.directory, "absent/output.gguf");
  g_assert_true (set (&fixture, "a", "u8:2", &error));
  g_assert_false (paddock_gguf_editor_apply (fixture.editor, output, NULL, NULL, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "absent/output.gguf"));
  g_clear_error (&error);
  g_assert_false (paddock_gguf_editor_apply (fixture.editor, test_directory_get_path (fixture.directory), NULL, NULL, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_REGULAR);
  assert_alone (&fixture);
  end (&fixture);
}

/* The system's own limit, which would kill the program if nobody asked for an error. */
static void
test_size_limit (void)
{
  struct rlimit before, limit;
  g_autoptr(GError) error = NULL;
  Fixture fixture;

  begin (&fixture, HEAD TENSORS);
  g_assert_true (set (&fixture, "a", "str:this one does not fit the padding and needs a new file", &error));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = g_bytes_get_size (fixture.content) / 2;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_refused (&fixture, PADDOCK_GGUF_ERROR_NO_SPACE, "model.gguf");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  assert_content (&fixture, fixture.content);
  assert_alone (&fixture);
  end (&fixture);
}

static void
test_async (void)
{
  g_autoptr(TestAwait) await = test_await_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) wanted = test_gguf_recipe_build ("kv general.architecture str llama\nkv a u8 2\n" TENSORS, &error);
  Fixture fixture;

  begin (&fixture, HEAD TENSORS);
  g_cancellable_cancel (cancellable);
  g_assert_true (set (&fixture, "a", "u8:2", &error));
  paddock_gguf_editor_apply_async (fixture.editor, NULL, NULL, NULL, cancellable, test_await_callback, await);
  g_assert_false (paddock_gguf_editor_apply_finish (test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_content (&fixture, fixture.content);
  /* The changes of this moment count. */
  paddock_gguf_editor_apply_async (fixture.editor, NULL, NULL, NULL, NULL, test_await_callback, await);
  paddock_gguf_editor_revert (fixture.editor, NULL);
  g_assert_true (paddock_gguf_editor_apply_finish (test_await_result (await), &error));
  g_assert_no_error (error);
  assert_content (&fixture, wanted);
  end (&fixture);
}

static void
overwrite (const char *path, gsize offset, const guint8 *bytes, gsize length)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (pwrite (fd, bytes, length, (off_t) offset), ==, (ssize_t) length);
  close (fd);
}

/* What is found after the power failed, and what it becomes. */
static void
test_recover (void)
{
  guint8 before[4000], after[4000], other[4000];
  const struct
  {
    const guint8 *head;
    gsize head_length;
    const guint8 *tail;
    const guint8 *wanted;
  } cases[] = {
    { before, 0, before, before },         /* nothing written yet */
    { after, 4000, after, after },         /* all of it */
    { after, 1436, before, before },       /* torn between two sectors */
    { before, 1436, after, before },
    { after, 3484, before, before },
    { other, 4000, other, other },         /* somebody else wrote since */
  };

  memset (before, 1, sizeof before);
  memset (after, 2, sizeof after);
  memset (other, 3, sizeof other);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(PaddockGgufEditJournal) journal = NULL;
      g_autofree char *found = NULL;
      gsize length;
      Fixture fixture;

      begin (&fixture, HEAD TENSORS);
      overwrite (fixture.path, 100, before, sizeof before);
      journal = paddock_gguf_edit_journal_begin (fixture.path, g_bytes_get_size (fixture.content), 100, sizeof before, before,
                                                 after, &error);
      g_assert_no_error (error);
      overwrite (fixture.path, 100, cases[i].tail, sizeof before);
      overwrite (fixture.path, 100, cases[i].head, cases[i].head_length);
      /* Opening the file is enough. */
      if (i % 2 == 0)
        g_assert_true (paddock_gguf_editor_recover (fixture.path, &error));
      else
        paddock_gguf_source_unref (paddock_gguf_source_new_for_path (fixture.path, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (fixture.path, &found, &length, NULL));
      g_assert_cmpmem (found + 100, sizeof before, cases[i].wanted, sizeof before);
      assert_alone (&fixture);
      end (&fixture);
    }
}

/* A journal that is not whole, or of another file, does nothing. */
static void
test_bad_journal (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(PaddockGgufEditJournal) journal = NULL;
      guint8 before[600] = { 1 }, after[600] = { 2 };
      Fixture fixture;

      begin (&fixture, HEAD TENSORS);
      journal = paddock_gguf_edit_journal_begin (fixture.path, g_bytes_get_size (fixture.content) + (i == 0 ? 1 : 0), 10,
                                                 sizeof before, before, after, &error);
      g_assert_no_error (error);
      if (i == 1)
        g_assert_cmpint (truncate (journal->path, 700), ==, 0);
      if (i == 2)
        overwrite (journal->path, 100, after, 50);
      g_assert_true (paddock_gguf_editor_recover (fixture.path, &error));
      assert_content (&fixture, fixture.content);
      assert_alone (&fixture);
      end (&fixture);
    }
  {
    g_autoptr(GError) error = NULL;

    g_assert_true (paddock_gguf_editor_recover ("/nowhere/at all.gguf", &error));
  }
}

int
main (int argc, char **argv)
{
  test_surroundings_obey_permissions ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-edit-safety/rules", test_rules);
  g_test_add_func ("/gguf-edit-safety/broken-files", test_broken_files);
  g_test_add_func ("/gguf-edit-safety/changed", test_changed);
  g_test_add_func ("/gguf-edit-safety/edited-by-another", test_edited_by_another);
  g_test_add_func ("/gguf-edit-safety/no-permission", test_no_permission);
  g_test_add_func ("/gguf-edit-safety/output-folder", test_output_folder);
  g_test_add_func ("/gguf-edit-safety/size-limit", test_size_limit);
  g_test_add_func ("/gguf-edit-safety/async", test_async);
  g_test_add_func ("/gguf-edit-safety/recover", test_recover);
  g_test_add_func ("/gguf-edit-safety/bad-journal", test_bad_journal);
  return g_test_run ();
}
