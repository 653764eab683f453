/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mapping-guard.h"
#include "directory.h"

#define PAGES 8

/* A file of some pages of ones, mapped. */
static volatile const guint8 *
map_ones (TestDirectory *directory, char **path, gsize *length)
{
  *length = PAGES * (gsize) sysconf (_SC_PAGESIZE);

  g_autofree guint8 *ones = g_malloc (*length);
  memset (ones, 1, *length);
  g_autoptr (GBytes) bytes = g_bytes_new (ones, *length);
  *path = test_directory_write_bytes (directory, "ones", bytes);

  int fd = open (*path, O_RDONLY | O_CLOEXEC);
  void *mapping = mmap (NULL, *length, PROT_READ, MAP_SHARED, fd, 0);
  g_assert_true (mapping != MAP_FAILED);
  close (fd);
  return mapping;
}

static void
test_shrunk (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = NULL;
  gsize length;
  volatile const guint8 *mapping = map_ones (directory, &path, &length);
  PaddockMappingGuard *guard = paddock_mapping_guard_new ((const void *) mapping, length);

  g_assert_cmpuint (mapping[length - 1], ==, 1);
  g_assert_false (paddock_mapping_guard_was_hit (guard));
  g_assert_cmpint (truncate (path, (off_t) (length / 2)), ==, 0);

  g_assert_cmpuint (mapping[length / 2 - 1], ==, 1);
  g_assert_false (paddock_mapping_guard_was_hit (guard));
  g_assert_cmpuint (mapping[length - 1], ==, 0);
  g_assert_cmpuint (mapping[length / 2], ==, 0);
  g_assert_true (paddock_mapping_guard_was_hit (guard));

  paddock_mapping_guard_free (guard);
  munmap ((void *) mapping, length);
}

/* Only our own mappings are mended; any other fault ends the process as it always did. */
static void
test_foreign (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = NULL;
  gsize length;

  if (g_test_subprocess ())
    {
      volatile const guint8 *mapping = map_ones (directory, &path, &length);
      PaddockMappingGuard *guard = paddock_mapping_guard_new ((const void *) mapping, 1);

      paddock_mapping_guard_free (guard);
      g_assert_cmpint (truncate (path, 0), ==, 0);
      _exit (mapping[0]);
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

/* Slots are given back: far more guards than there are slots, one after the other. */
static void
test_many (void)
{
  static const guint8 byte = 1;

  for (guint i = 0; i < 50000; i++)
    {
      PaddockMappingGuard *guard = paddock_mapping_guard_new (&byte, 1);

      g_assert_nonnull (guard);
      paddock_mapping_guard_free (guard);
    }
}

static void
test_exhausted (void)
{
  static const guint8 byte = 1;
  g_autoptr (GPtrArray) guards = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_mapping_guard_free);
  PaddockMappingGuard *guard;

  while ((guard = paddock_mapping_guard_new (&byte, 1)) != NULL)
    {
      g_assert_cmpuint (guards->len, <, 100000);
      g_ptr_array_add (guards, guard);
    }
  g_assert_cmpuint (guards->len, >=, 10000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/mapping-guard/shrunk", test_shrunk);
  g_test_add_func ("/mapping-guard/foreign", test_foreign);
  g_test_add_func ("/mapping-guard/many", test_many);
  g_test_add_func ("/mapping-guard/exhausted", test_exhausted);
  return g_test_run ();
}
