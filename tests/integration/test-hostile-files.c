/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

#include "directory.h"
#include "gguf-recipe.h"
#include "model/model-report.h"

/* How often a file is judged while another thread spoils it. */
#define RACES 60

static const char good_recipe[] =
  "kv general.architecture str llama\nkv general.name str hostile\nkv a.list arr i32 1 2 3\nkv a.words arr str x yz\n"
  "kv a.nested arr arr (u8 1)\ntensor t0.weight f32 32x2\ntensor t1.weight q4_0 64x2\n";

static GBytes *
build (const char *recipe)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = test_gguf_recipe_build (recipe, &error);

  g_assert_no_error (error);
  return bytes;
}

static PaddockModelReport *
judge_bytes (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "hostile");
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_autoptr (PaddockGgufShards) shards = paddock_gguf_shards_new_for_file (file);

  return paddock_model_report_new_for_shards (shards, NULL);
}

/* Every file that ends too early is refused: only the padding of the last tensor may be missing. */
static void
test_truncations (void)
{
  g_autoptr (GBytes) bytes = build (good_recipe);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize padding = 32 - 72 % 32;

  for (gsize cut = 0; cut <= length; cut++)
    {
      g_autoptr (PaddockModelReport) report = judge_bytes (data, cut);
      gboolean rejected = paddock_model_report_get_verdict (report) == PADDOCK_VERDICT_REJECT;

      if (rejected != (cut < length - padding))
        {
          g_test_message ("%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes: %s", cut, length,
                          paddock_verdict_get_id (paddock_model_report_get_verdict (report)));
          g_test_fail ();
        }
    }
}

/* Whatever one byte says, there is a report, and it is not longer than it may be. */
static void
test_flips (void)
{
  static const guint8 masks[] = { 0x01, 0x20, 0x80, 0xff };
  g_autoptr (GBytes) bytes = build (good_recipe);
  gsize length;
  g_autofree guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);

  for (gsize i = 0; i < length; i++)
    for (guint mask = 0; mask < G_N_ELEMENTS (masks); mask++)
      {
        data[i] ^= masks[mask];
        g_autoptr (PaddockModelReport) report = judge_bytes (data, length);
        g_assert_cmpuint (paddock_model_report_get_n_findings (report), <, 1000);
        for (guint j = 0; j < paddock_model_report_get_n_findings (report); j++)
          g_assert_true (g_utf8_validate (paddock_model_report_get_finding (report, j)->message, -1, NULL));
        data[i] ^= masks[mask];
      }
}

typedef struct
{
  const char *path;
  GBytes *good;
  guint way;
  gint stop;                         /* atomic */
} Spoiler;

static void
spoil_once (Spoiler *spoiler, guint round)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (spoiler->good, &length);
  int fd = open (spoiler->path, O_WRONLY | O_CLOEXEC);
  static const guint8 zeros[4096];
  g_autofree char *other = g_strconcat (spoiler->path, ".other", NULL);

  switch (spoiler->way)
    {
    case 0:
      g_assert_cmpint (ftruncate (fd, (off_t) (round % length)), ==, 0);
      g_assert_cmpint (pwrite (fd, data, length, 0), ==, (gssize) length);
      break;
    case 1:
      g_assert_cmpint (ftruncate (fd, (off_t) (length + round % 9000)), ==, 0);
      break;
    case 2:
      g_assert_true (g_file_set_contents (other, (const char *) data, (gssize) (length - round % 2), NULL));
      g_assert_cmpint (g_rename (other, spoiler->path), ==, 0);
      break;
    default:
      g_assert_cmpint (pwrite (fd, zeros, MIN (length, sizeof zeros), 0), >, 0);
      g_assert_cmpint (pwrite (fd, data, length, 0), ==, (gssize) length);
      break;
    }
  close (fd);
}

static gpointer
spoil (gpointer data)
{
  Spoiler *spoiler = data;

  for (guint round = 0; g_atomic_int_get (&spoiler->stop) == 0; round++)
    spoil_once (spoiler, round * 37);
  return NULL;
}

/* A file that somebody truncates, grows, replaces or zeroes meanwhile: any verdict is right, but there is one. */
static void
test_races (gconstpointer data)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "m.gguf", good_recipe);
  g_autoptr (GBytes) good = build (good_recipe);
  Spoiler spoiler = { path, good, GPOINTER_TO_UINT (data), 0 };
  GThread *thread = g_thread_new ("spoiler", spoil, &spoiler);

  for (guint i = 0; i < RACES; i++)
    {
      g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (path, NULL);

      g_assert_nonnull (report);
    }
  g_atomic_int_set (&spoiler.stop, 1);
  g_thread_join (thread);
}

static void
check_case (const char *folder, JsonObject *test)
{
  g_autofree char *path = g_build_filename (folder, json_object_get_string_member (test, "file"), NULL);
  const char *wanted = json_object_get_string_member (test, "verdict");
  const char *other = json_object_get_string_member_with_default (test, "alt_verdict", wanted);
  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (path, NULL);
  const char *verdict = paddock_verdict_get_id (paddock_model_report_get_verdict (report));

  if (g_str_equal (verdict, wanted) || g_str_equal (verdict, other))
    return;
  g_test_message ("%s: %s, should be %s: %s", json_object_get_string_member (test, "name"), verdict, wanted,
                  paddock_model_report_get_n_findings (report) > 0 ? paddock_model_report_get_finding (report, 0)->message : "");
  g_test_fail ();
}

static void
test_corpus (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PADDOCK_SOURCE"), "..", "shared", "corpus", "hostile", NULL);
  g_autofree char *index = g_build_filename (folder, "index.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  if (!g_file_test (index, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no corpus beside the project");
      return;
    }
  json_parser_load_from_file (parser, index, &error);
  g_assert_no_error (error);
  JsonArray *list = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "cases");
  g_assert_cmpuint (json_array_get_length (list), >, 0);
  for (guint i = 0; i < json_array_get_length (list); i++)
    check_case (folder, json_array_get_object_element (list, i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hostile-files/truncations", test_truncations);
  g_test_add_func ("/hostile-files/flips", test_flips);
  g_test_add_data_func ("/hostile-files/races/truncate", GUINT_TO_POINTER (0), test_races);
  g_test_add_data_func ("/hostile-files/races/grow", GUINT_TO_POINTER (1), test_races);
  g_test_add_data_func ("/hostile-files/races/replace", GUINT_TO_POINTER (2), test_races);
  g_test_add_data_func ("/hostile-files/races/zero", GUINT_TO_POINTER (3), test_races);
  g_test_add_func ("/hostile-files/corpus", test_corpus);
  return g_test_run ();
}
