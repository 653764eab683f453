/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Preloaded into a program, it counts every call that changes what is on a disk, and at the PADDOCK_SHIM_AT-th one:
 *
 *   PADDOCK_SHIM=kill     the program is gone before the call happens
 *   PADDOCK_SHIM=cut      a write ends at the PADDOCK_SHIM_PAGE-th page boundary, and the program is gone; any other call: kill
 *   PADDOCK_SHIM=full     the call fails as on a full disk
 *   PADDOCK_SHIM=gone     the call and all after it fail as on a drive that was pulled
 *
 * Or it counts the calls that read at a place, and at the PADDOCK_SHIM_AT-th one:
 *
 *   PADDOCK_SHIM=shrink   the file ends in the middle of what is to be read
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define EXPORT __attribute__ ((visibility ("default")))
#define PAGE 4096
#define GONE 137

typedef enum
{
  GO_ON,
  FAIL,
  CUT
} Decision;

/* How many calls ago it was that something is to happen; below 0: it is still to come. Several threads ask. */
static long
count_call (void)
{
  static atomic_int calls;
  const char *at = getenv ("PADDOCK_SHIM_AT");

  return at != NULL ? atomic_fetch_add (&calls, 1) + 1 - strtol (at, NULL, 10) : -1;
}

static int
is_time (void)
{
  return count_call () == 0;
}

static Decision
decide (int can_be_cut)
{
  const char *mode = getenv ("PADDOCK_SHIM");

  if (mode != NULL && strcmp (mode, "gone") == 0)
    {
      if (count_call () < 0)
        return GO_ON;
      errno = EIO;
      return FAIL;
    }
  if (mode == NULL || strcmp (mode, "shrink") == 0 || !is_time ())
    return GO_ON;
  if (strcmp (mode, "full") == 0)
    {
      errno = ENOSPC;
      return FAIL;
    }
  if (strcmp (mode, "cut") == 0 && can_be_cut)
    return CUT;
  _exit (GONE);
}

static void *
next (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

#define NEXT(name) ((__typeof__ (&name)) next (#name))

/* How much of a write is done before the program is gone. */
static size_t
cut_length (off_t offset, size_t length)
{
  const char *page = getenv ("PADDOCK_SHIM_PAGE");
  off_t end = (offset / PAGE + (page != NULL ? strtol (page, NULL, 10) : 1)) * PAGE;

  return end - offset < (off_t) length ? (size_t) (end - offset) : length;
}

/* What wakes another thread is written too, but to no disk. */
static int
is_regular (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
}

EXPORT ssize_t
write (int fd, const void *bytes, size_t length)
{
  switch (is_regular (fd) ? decide (1) : GO_ON)
    {
    case FAIL:
      return -1;
    case CUT:
      (void) !NEXT (write) (fd, bytes, cut_length (lseek (fd, 0, SEEK_CUR), length));
      _exit (GONE);
    default:
      return NEXT (write) (fd, bytes, length);
    }
}

static ssize_t
write_at (const char *name, int fd, const void *bytes, size_t length, off_t offset)
{
  ssize_t (*real) (int, const void *, size_t, off_t) = next (name);

  switch (decide (1))
    {
    case FAIL:
      return -1;
    case CUT:
      (void) !real (fd, bytes, cut_length (offset, length), offset);
      _exit (GONE);
    default:
      return real (fd, bytes, length, offset);
    }
}

EXPORT ssize_t pwrite64_wrapped (int fd, const void *bytes, size_t length, off_t offset) __asm__ ("pwrite64");
EXPORT ssize_t
pwrite64_wrapped (int fd, const void *bytes, size_t length, off_t offset)
{
  return write_at ("pwrite64", fd, bytes, length, offset);
}

EXPORT ssize_t pwrite_wrapped (int fd, const void *bytes, size_t length, off_t offset) __asm__ ("pwrite");
EXPORT ssize_t
pwrite_wrapped (int fd, const void *bytes, size_t length, off_t offset)
{
  return write_at ("pwrite", fd, bytes, length, offset);
}

EXPORT ssize_t
copy_file_range (int from, off64_t *from_offset, int to, off64_t *to_offset, size_t length, unsigned int flags)
{
  switch (decide (1))
    {
    case FAIL:
      return -1;
    case CUT:
      (void) !NEXT (copy_file_range) (from, from_offset, to, to_offset, cut_length (*to_offset, length), flags);
      _exit (GONE);
    default:
      return NEXT (copy_file_range) (from, from_offset, to, to_offset, length, flags);
    }
}

EXPORT int truncate_wrapped (int fd, off_t length) __asm__ ("ftruncate64");
EXPORT int
truncate_wrapped (int fd, off_t length)
{
  int (*real) (int, off_t) = next ("ftruncate64");

  return decide (0) == FAIL ? -1 : real (fd, length);
}

EXPORT int allocate_wrapped (int fd, int mode, off_t offset, off_t length) __asm__ ("fallocate64");
EXPORT int
allocate_wrapped (int fd, int mode, off_t offset, off_t length)
{
  int (*real) (int, int, off_t, off_t) = next ("fallocate64");

  return decide (0) == FAIL ? -1 : real (fd, mode, offset, length);
}

EXPORT int
fsync (int fd)
{
  return decide (0) == FAIL ? -1 : NEXT (fsync) (fd);
}

EXPORT int
unlink (const char *path)
{
  return decide (0) == FAIL ? -1 : NEXT (unlink) (path);
}

EXPORT int
unlinkat (int directory, const char *path, int flags)
{
  return decide (0) == FAIL ? -1 : NEXT (unlinkat) (directory, path, flags);
}

EXPORT int
linkat (int from, const char *from_path, int to, const char *to_path, int flags)
{
  return decide (0) == FAIL ? -1 : NEXT (linkat) (from, from_path, to, to_path, flags);
}

EXPORT int
renameat (int from, const char *from_path, int to, const char *to_path)
{
  return decide (0) == FAIL ? -1 : NEXT (renameat) (from, from_path, to, to_path);
}

EXPORT int
renameat2 (int from, const char *from_path, int to, const char *to_path, unsigned int flags)
{
  return decide (0) == FAIL ? -1 : NEXT (renameat2) (from, from_path, to, to_path, flags);
}

EXPORT int
rename (const char *from, const char *to)
{
  return decide (0) == FAIL ? -1 : NEXT (rename) (from, to);
}

EXPORT int
symlinkat (const char *target, int directory, const char *path)
{
  return decide (0) == FAIL ? -1 : NEXT (symlinkat) (target, directory, path);
}

EXPORT int
mkdir (const char *path, mode_t mode)
{
  return decide (0) == FAIL ? -1 : NEXT (mkdir) (path, mode);
}

EXPORT int
fchmod (int fd, mode_t mode)
{
  return decide (0) == FAIL ? -1 : NEXT (fchmod) (fd, mode);
}

/* Only files that come into being change the disk. */
static int
open_with (const char *name, const char *path, int flags, mode_t mode)
{
  int (*real) (const char *, int, ...) = next (name);

  if ((flags & (O_CREAT | __O_TMPFILE)) != 0 && decide (0) == FAIL)
    return -1;
  return real (path, flags, mode);
}

EXPORT int open_wrapped (const char *path, int flags, mode_t mode) __asm__ ("open64");
EXPORT int
open_wrapped (const char *path, int flags, mode_t mode)
{
  return open_with ("open64", path, flags, mode);
}

EXPORT int openat_wrapped (int directory, const char *path, int flags, mode_t mode) __asm__ ("openat64");
EXPORT int
openat_wrapped (int directory, const char *path, int flags, mode_t mode)
{
  int (*real) (int, const char *, int, ...) = next ("openat64");

  if ((flags & (O_CREAT | __O_TMPFILE)) != 0 && decide (0) == FAIL)
    return -1;
  return real (directory, path, flags, mode);
}

EXPORT int ioctl_wrapped (int fd, unsigned long request, void *argument) __asm__ ("ioctl");
EXPORT int
ioctl_wrapped (int fd, unsigned long request, void *argument)
{
  int (*real) (int, unsigned long, ...) = next ("ioctl");

  if (request == FICLONERANGE && decide (0) == FAIL)
    return -1;
  return real (fd, request, argument);
}

static void
shrink (int fd, off_t length)
{
  const char *mode = getenv ("PADDOCK_SHIM");
  char path[64];

  if (mode == NULL || strcmp (mode, "shrink") != 0 || !is_regular (fd) || !is_time ())
    return;
  snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
  if (truncate (path, length) != 0)
    _exit (GONE);
}

EXPORT ssize_t read_wrapped (int fd, void *bytes, size_t length, off_t offset) __asm__ ("pread64");
EXPORT ssize_t
read_wrapped (int fd, void *bytes, size_t length, off_t offset)
{
  ssize_t (*real) (int, void *, size_t, off_t) = next ("pread64");

  shrink (fd, offset + (off_t) length / 2);
  return real (fd, bytes, length, offset);
}
