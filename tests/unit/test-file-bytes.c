/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file-bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define FAR ((guint64) 5 << 30)

static void
test_places (void)
{
  g_autofd int fd = memfd_create ("places", MFD_CLOEXEC);
  char text[8] = "";

  g_assert_true (paddock_file_bytes_append (fd, "stallion", 8));
  g_assert_true (paddock_file_bytes_write (fd, "all", 3, FAR));
  g_assert_true (paddock_file_bytes_append (fd, "s", 1));
  g_assert_cmpint (paddock_file_bytes_read (fd, text, 5, 4), ==, 5);
  g_assert_cmpmem (text, 5, "lions", 5);
  /* As many as there are. */
  g_assert_cmpint (paddock_file_bytes_read (fd, text, 8, FAR), ==, 3);
  g_assert_cmpmem (text, 3, "all", 3);
  g_assert_cmpint (paddock_file_bytes_read (fd, text, 8, FAR + 3), ==, 0);
  g_assert_cmpint (paddock_file_bytes_read (fd, text, 0, 0), ==, 0);
  g_assert_true (paddock_file_bytes_write (fd, NULL, 0, 0));
}

static gpointer
drain (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  guint8 piece[1000];
  guint64 sum = 0;

  for (ssize_t got = read (fd, piece, sizeof piece); got > 0; got = read (fd, piece, sizeof piece))
    for (ssize_t i = 0; i < got; i++)
      sum += piece[i];
  return GSIZE_TO_POINTER (sum);
}

/* A pipe takes what it has room for. */
static void
test_pieces (void)
{
  g_autofree guint8 *bytes = g_malloc (1 << 20);
  GThread *reader;
  int ends[2];

  memset (bytes, 1, 1 << 20);
  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  reader = g_thread_new ("reader", drain, GINT_TO_POINTER (ends[0]));
  g_assert_true (paddock_file_bytes_append (ends[1], bytes, 1 << 20));
  close (ends[1]);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, 1 << 20);
  close (ends[0]);
}

static void
test_failures (void)
{
  g_autofd int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_autofd int sealed = memfd_create ("sealed", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  char byte = 0;

  errno = 0;
  g_assert_false (paddock_file_bytes_append (full, "a", 1));
  g_assert_cmpint (errno, ==, ENOSPC);
  g_assert_cmpint (fcntl (sealed, F_ADD_SEALS, F_SEAL_WRITE), ==, 0);
  g_assert_false (paddock_file_bytes_write (sealed, "a", 1, 0));
  g_assert_cmpint (errno, ==, EPERM);
  g_assert_cmpint (paddock_file_bytes_read (full, &byte, 1, G_MAXUINT64), ==, -1);
  g_assert_cmpint (errno, ==, EINVAL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/file-bytes/places", test_places);
  g_test_add_func ("/file-bytes/pieces", test_pieces);
  g_test_add_func ("/file-bytes/failures", test_failures);
  return g_test_run ();
}
