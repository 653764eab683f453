/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "fuzz-target.h"
#include "gguf/gguf-editor.h"
#include "gguf/gguf-header-bytes.h"

#define MAX_CHARS 80

/*
 * Edits whatever can be parsed. The input begins with SCRIPT bytes that say what to change; the rest is the file.
 * Afterwards the tensors must be the same bytes and all other keys the same values, or the file must be untouched.
 */
#define SCRIPT 13
#define CHANGES 4
#define ELSEWHERE 0x80    /* in the script's first byte: write another file */

typedef struct
{
  char *directory;
  char *path;
  char *output;
} Place;

static Place place;

static void
remove_place (void)
{
  g_unlink (place.path);
  g_unlink (place.output);
  g_rmdir (place.directory);
  g_free (place.path);
  g_free (place.output);
  g_free (place.directory);
}

/* Files in memory, where the system has a place for them. */
static void
make_place (void)
{
  if (place.directory != NULL)
    return;
  place.directory = g_strdup (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm/paddock-fuzz-XXXXXX"
                                                                          : "/tmp/paddock-fuzz-XXXXXX");
  g_assert_nonnull (g_mkdtemp (place.directory));
  place.path = g_build_filename (place.directory, "model.gguf", NULL);
  place.output = g_build_filename (place.directory, "edited.gguf", NULL);
  atexit (remove_place);
}

static char *
choose_key (PaddockGgufFile *file, guint8 choice)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  guint count = paddock_gguf_metadata_get_count (metadata);

  if (count == 0 || choice >= 0xc0)
    return g_strdup_printf ("fuzz.added_%u", choice & 7);
  return paddock_gguf_metadata_dup_key (metadata, paddock_gguf_metadata_get_entry (metadata, choice % count));
}

static PaddockGgufValue *
choose_value (guint8 kind, guint8 amount)
{
  g_autofree char *text = g_strnfill ((gsize) amount * 4, 'x');
  g_autoptr(PaddockGgufValue) string = paddock_gguf_value_new_string (text, -1);
  PaddockGgufValue *twice[] = { string, string };

  switch (kind >> 4)
    {
    case 0:
      return paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT32, amount, NULL);
    case 1:
      return paddock_gguf_value_new_double (PADDOCK_GGUF_FLOAT64, amount / 3.0, NULL);
    case 2:
      return paddock_gguf_value_new_bool (amount & 1);
    case 3:
      return paddock_gguf_value_new_array (PADDOCK_GGUF_STRING, twice, 2, NULL);
    default:
      return g_steal_pointer (&string);
    }
}

static void
change (PaddockGgufEditor *editor, const guint8 *script)
{
  g_autofree char *key = choose_key (paddock_gguf_editor_get_file (editor), script[1]);

  switch (script[0] % 4)
    {
    case 0:
      paddock_gguf_editor_remove (editor, key, NULL);
      break;
    case 1:
      paddock_gguf_editor_revert (editor, key);
      break;
    default:
      {
        g_autoptr(PaddockGgufValue) value = choose_value (script[0], script[2]);

        paddock_gguf_editor_set (editor, key, value, NULL);
        break;
      }
    }
}

static void
check_tensors (PaddockGgufFile *before, PaddockGgufFile *after, const char *original, gsize original_size,
               const char *edited, gsize edited_size)
{
  guint64 old_start = paddock_gguf_file_get_data_offset (before);
  guint64 new_start = paddock_gguf_file_get_data_offset (after);
  gsize old_length = original_size > old_start ? original_size - old_start : 0;
  gsize new_length = edited_size > new_start ? edited_size - new_start : 0;

  g_assert_cmpuint (paddock_gguf_file_get_n_tensors (before), ==, paddock_gguf_file_get_n_tensors (after));
  for (guint i = 0; i < paddock_gguf_file_get_n_tensors (before); i++)
    {
      const PaddockGgufTensor *old = paddock_gguf_file_get_tensor (before, i);
      const PaddockGgufTensor *new = paddock_gguf_file_get_tensor (after, i);
      g_autofree char *old_name = paddock_gguf_file_dup_tensor_name (before, old);
      g_autofree char *new_name = paddock_gguf_file_dup_tensor_name (after, new);

      g_assert_cmpstr (old_name, ==, new_name);
      g_assert_cmpuint (old->offset, ==, new->offset);
      g_assert_cmpuint (old->type, ==, new->type);
      g_assert_cmpmem (old->dimensions, sizeof old->dimensions, new->dimensions, sizeof new->dimensions);
    }
  /* All that follows the header is the tensors' and stays; a file that ended before its data may get its padding. */
  g_assert_cmpuint (new_length, >=, old_length);
  if (old_length > 0)
    g_assert_cmpmem (original + old_start, old_length, edited + new_start, new_length);
}

static gboolean
is_changed (PaddockGgufEditor *editor, const char *key, const PaddockGgufChange **found)
{
  for (guint i = 0; i < paddock_gguf_editor_get_n_changes (editor); i++)
    {
      *found = paddock_gguf_editor_get_change (editor, i);
      if (g_str_equal ((*found)->key, key))
        return TRUE;
    }
  return FALSE;
}

/* The editor's own key, whose length makes up for that of the others. */
static gboolean
is_room (const PaddockGgufMetadata *metadata, const PaddockGgufEntry *entry)
{
  g_autofree char *key = paddock_gguf_metadata_dup_key (metadata, entry);

  return g_str_equal (key, PADDOCK_GGUF_ROOM_KEY);
}

static const PaddockGgufEntry *
next_entry (const PaddockGgufMetadata *metadata, guint *position)
{
  while (*position < paddock_gguf_metadata_get_count (metadata))
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, (*position)++);

      if (!is_room (metadata, entry))
        return entry;
    }
  return NULL;
}

static void
check_metadata (PaddockGgufEditor *editor, PaddockGgufFile *before, PaddockGgufFile *after)
{
  const PaddockGgufMetadata *old = paddock_gguf_file_get_metadata (before);
  const PaddockGgufMetadata *new = paddock_gguf_file_get_metadata (after);
  guint position = 0;

  for (guint i = 0; i < paddock_gguf_metadata_get_count (old); i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (old, i);
      g_autofree char *key = paddock_gguf_metadata_dup_key (old, entry);
      const PaddockGgufChange *found;
      gboolean changed = is_changed (editor, key, &found);
      const PaddockGgufEntry *other;
      g_autoptr(PaddockGgufValue) kept = NULL;
      g_autoptr(PaddockGgufValue) now = NULL;

      if ((changed && found->kind == PADDOCK_GGUF_CHANGE_REMOVE) || is_room (old, entry))
        continue;
      other = next_entry (new, &position);
      g_assert_nonnull (other);
      kept = paddock_gguf_value_new_for_entry (old, entry);
      now = paddock_gguf_value_new_for_entry (new, other);
      g_assert_true (paddock_gguf_value_equal (now, changed ? found->after : kept));
    }
}

static void
check_result (PaddockGgufEditor *editor, const char *path, const char *original, gsize original_size)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *edited = NULL;
  gsize edited_size;
  g_autoptr(PaddockGgufFile) after = paddock_gguf_file_open (path, NULL, &error);
  /* What the editor was given maps a file that is another one now. */
  g_autoptr(GBytes) bytes = g_bytes_new_static (original, original_size);
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "original");
  g_autoptr(PaddockGgufFile) before = paddock_gguf_file_new_for_source (source, NULL, NULL);

  g_assert_no_error (error);
  g_file_get_contents (path, &edited, &edited_size, &error);
  g_assert_no_error (error);
  check_tensors (before, after, original, original_size, edited, edited_size);
  check_metadata (editor, before, after);
}

static void
check_untouched (const char *original, gsize original_size)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (place.path, &contents, &length, NULL));
  g_assert_cmpmem (original, original_size, contents, length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *original = (const char *) data + SCRIPT;
  g_autoptr(PaddockGgufFile) file = NULL;
  g_autoptr(PaddockGgufEditor) editor = NULL;
  PaddockGgufEditPlan plan;
  gboolean elsewhere, planned;

  if (size <= SCRIPT)
    return 0;
  make_place ();
  g_assert_true (g_file_set_contents_full (place.path, original, (gssize) (size - SCRIPT), G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
  file = paddock_gguf_file_open (place.path, NULL, NULL);
  if (file == NULL)
    return 0;

  elsewhere = (data[0] & ELSEWHERE) != 0;
  editor = paddock_gguf_editor_new (file);
  for (guint i = 0; i < CHANGES; i++)
    change (editor, data + 1 + 3 * i);
  planned = paddock_gguf_editor_plan (editor, &plan, NULL);

  if (!paddock_gguf_editor_apply (editor, elsewhere ? place.output : NULL, NULL, NULL, NULL))
    {
      check_untouched (original, size - SCRIPT);
      return 0;
    }
  /* Nothing can be done to any file, also to one that could not be edited. */
  g_assert_true (planned || paddock_gguf_editor_get_n_changes (editor) == 0);
  check_result (editor, elsewhere ? place.output : place.path, original, size - SCRIPT);
  if (elsewhere || paddock_gguf_editor_get_n_changes (editor) == 0)
    check_untouched (original, size - SCRIPT);
  g_unlink (place.output);
  return 0;
}
