/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that Paddock wrote and edited, read by ggml itself. */
#include "directory.h"
#include "gguf/gguf-editor.h"
#include "gguf/gguf-writer.h"

#ifdef HAVE_GGML
#include <ggml.h>
#include <gguf.h>

#define ROWS 3
#define COLUMNS 64

static void
add (PaddockGgufWriter *writer, const char *key, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufValue) value = paddock_gguf_value_parse (text, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (paddock_gguf_writer_add_value (writer, key, value, &error));
}

static void
write_file (const char *path)
{
  const guint64 dimensions[] = { COLUMNS, ROWS };
  g_autoptr(PaddockGgufWriter) writer = paddock_gguf_writer_new (path);
  g_autoptr(GError) error = NULL;
  guint8 bytes[COLUMNS * ROWS * 4];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * 7);
  add (writer, "general.architecture", "llama");
  add (writer, "llama.block_count", "u32:2");
  add (writer, "llama.rope.freq_base", "f32:10000");
  add (writer, "tokenizer.ggml.tokens", "[\"a\", \"é\", \"\"]");
  g_assert_true (paddock_gguf_writer_add_tensor (writer, "first.weight", GGML_TYPE_F32, dimensions, 2, &error));
  g_assert_true (paddock_gguf_writer_add_tensor (writer, "second.weight", GGML_TYPE_Q8_0, dimensions, 2, &error));
  g_assert_true (paddock_gguf_writer_begin_data (writer, &error));
  g_assert_true (paddock_gguf_writer_write (writer, bytes, sizeof bytes, &error));
  g_assert_true (paddock_gguf_writer_write (writer, bytes, COLUMNS * ROWS / 32 * 34, &error));
  g_assert_true (paddock_gguf_writer_finish (writer, &error));
  g_assert_no_error (error);
}

static struct gguf_context *
open_with_peer (const char *path)
{
  struct ggml_context *tensors = NULL;
  struct gguf_init_params params = { .no_alloc = false, .ctx = &tensors };
  struct gguf_context *peer = gguf_init_from_file (path, params);

  g_assert_nonnull (peer);
  g_assert_nonnull (tensors);
  for (int i = 0; i < COLUMNS * ROWS; i++)
    {
      const guint8 *bytes = ggml_get_data (ggml_get_tensor (tensors, "first.weight"));

      g_assert_cmpuint (bytes[4 * i], ==, (guint8) (4 * i * 7));
    }
  ggml_free (tensors);
  return peer;
}

static const char *
get_string (struct gguf_context *peer, const char *key)
{
  return gguf_get_val_str (peer, gguf_find_key (peer, key));
}

static void
test_written (void)
{
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "model.gguf");
  struct gguf_context *peer;

  write_file (path);
  peer = open_with_peer (path);
  g_assert_cmpint (gguf_get_n_tensors (peer), ==, 2);
  g_assert_cmpint (gguf_get_n_kv (peer), ==, 4);
  g_assert_cmpstr (get_string (peer, "general.architecture"), ==, "llama");
  g_assert_cmpuint (gguf_get_val_u32 (peer, gguf_find_key (peer, "llama.block_count")), ==, 2);
  g_assert_cmpstr (gguf_get_arr_str (peer, gguf_find_key (peer, "tokenizer.ggml.tokens"), 1), ==, "é");
  gguf_free (peer);
}

static void
test_edited (void)
{
  static const char *const templates[] = { "str:short", "str:a much longer template {{ messages }}", "str:" };
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "model.gguf");

  write_file (path);
  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(PaddockGgufFile) file = paddock_gguf_file_open (path, NULL, &error);
      g_autoptr(PaddockGgufEditor) editor = paddock_gguf_editor_new (file);
      g_autoptr(PaddockGgufValue) value = paddock_gguf_value_parse (templates[i], NULL, &error);
      struct gguf_context *peer;

      g_assert_true (paddock_gguf_editor_set (editor, "tokenizer.chat_template", value, &error));
      paddock_gguf_editor_apply (editor, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      peer = open_with_peer (path);
      g_assert_cmpint (gguf_get_n_kv (peer), ==, 5);
      g_assert_cmpstr (get_string (peer, "tokenizer.chat_template"), ==, templates[i] + strlen ("str:"));
      gguf_free (peer);
    }
}
#else
static void
test_written (void)
{
  g_test_skip ("ggml's library is not installed here");
}

static void
test_edited (void)
{
  g_test_skip ("ggml's library is not installed here");
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/editor-peer/written", test_written);
  g_test_add_func ("/editor-peer/edited", test_edited);
  return g_test_run ();
}
