/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk-survey.h"

#include "await.h"
#include "directory.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

static PaddockDiskSurvey *
take (PaddockDiskSurvey *survey)
{
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_disk_survey_take_async (survey, test_await_callback, await);
  return paddock_disk_survey_take_finish (test_await_result (await));
}

/* Also of a folder that will be made. Others write meanwhile: what is free changes. */
static void
test_folders (void)
{
  TestDirectory *directory = test_directory_new ();
  g_autofree char *missing = test_directory_build_path (directory, "not/there/yet");
  g_autofree char *file = test_directory_write (directory, "file", "in the way");
  g_autofree char *below = g_build_filename (file, "models", NULL);
  const char *folders[] = { test_directory_get_path (directory), missing, below };
  g_autoptr (PaddockDiskSurvey) survey = paddock_disk_survey_new ();
  struct statvfs space;
  struct stat status;

  g_assert_cmpint (stat (folders[0], &status), ==, 0);
  g_assert_cmpint (statvfs (folders[0], &space), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    paddock_disk_survey_add_folder (survey, folders[i]);
  paddock_disk_survey_add_folder (survey, folders[0]);
  survey = take (g_steal_pointer (&survey));
  g_assert_cmpuint (g_hash_table_size (survey->folders), ==, G_N_ELEMENTS (folders));
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      const PaddockFolderSpace *found = paddock_disk_survey_get_folder (survey, folders[i]);

      g_assert_true (found->known);
      g_assert_cmpuint (found->filesystem, ==, status.st_dev);
      g_assert_cmpuint (found->free_bytes, >, 0);
      g_assert_cmpuint (found->free_bytes, <=, (guint64) space.f_blocks * space.f_frsize);
    }
  g_assert_null (paddock_disk_survey_get_folder (survey, "/"));
  test_directory_free (directory);
}

/* What has no size cannot be full. */
static void
test_endless (void)
{
  g_autoptr (PaddockDiskSurvey) survey = paddock_disk_survey_new ();

  paddock_disk_survey_add_folder (survey, "/proc");
  survey = take (g_steal_pointer (&survey));
  g_assert_false (paddock_disk_survey_get_folder (survey, "/proc")->known);
}

static void
test_parts (void)
{
  TestDirectory *directory = test_directory_new ();
  g_autofree char *begun = test_directory_build_path (directory, "begun.gguf");
  g_autofree char *other = test_directory_build_path (directory, "other.gguf");
  g_autofree char *part = test_directory_write (directory, ".begun.gguf.part", "what came until now");
  g_autoptr (PaddockDiskSurvey) survey = paddock_disk_survey_new ();
  struct stat status;
  guint64 bytes = 1;

  g_assert_cmpint (stat (part, &status), ==, 0);
  paddock_disk_survey_add_part (survey, begun);
  paddock_disk_survey_add_part (survey, other);
  survey = take (g_steal_pointer (&survey));
  g_assert_true (paddock_disk_survey_get_part (survey, begun, &bytes));
  g_assert_cmpuint (bytes, ==, (guint64) status.st_blocks * 512);
  g_assert_true (paddock_disk_survey_get_part (survey, other, &bytes));
  g_assert_cmpuint (bytes, ==, 0);
  g_assert_false (paddock_disk_survey_get_part (survey, part, &bytes));
  test_directory_free (directory);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/disk-survey/folders", test_folders);
  g_test_add_func ("/disk-survey/endless", test_endless);
  g_test_add_func ("/disk-survey/parts", test_parts);
  return g_test_run ();
}
