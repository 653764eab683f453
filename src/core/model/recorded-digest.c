/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/recorded-digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file-bytes.h"
#include "base/hash-text.h"

#define MAX_LIST (1024 * 1024)       /* no list of files is longer */
#define MAX_PARENTS 8                /* how far up a download folder's notes are looked for */

static PaddockRecordedDigest *
digest_new (const char *digits, const char *source)
{
  PaddockRecordedDigest *self = g_new0 (PaddockRecordedDigest, 1);

  self->sha256 = g_ascii_strdown (digits, PADDOCK_SHA256_DIGITS);
  self->source = g_strdup (source);
  return self;
}

/**
 * paddock_recorded_digest_free:
 * @self: (transfer full): a digest
 */
void
paddock_recorded_digest_free (PaddockRecordedDigest *self)
{
  g_free (self->sha256);
  g_free (self->source);
  g_free (self);
}

/* What cannot be a list is passed over: a folder, a pipe that would block, a gigabyte. */
static char *
read_list (const char *path, struct stat *status)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  g_autofree char *text = NULL;
  gssize got = -1;

  if (fd < 0)
    return NULL;
  if (fstat (fd, status) == 0 && S_ISREG (status->st_mode) && status->st_size <= MAX_LIST)
    {
      text = g_malloc ((gsize) status->st_size + 1);
      got = paddock_file_bytes_read (fd, text, (gsize) status->st_size, 0);
    }
  close (fd);
  if (got < 0)
    return NULL;

  text[got] = '\0';
  return g_steal_pointer (&text);
}

/* Hugging Face's cache names blobs by their SHA-256 (the small ones by a shorter hash), Git LFS its objects, and Ollama
 * its blobs with the algorithm before it. What a link in a snapshot points to has such a name. */
static PaddockRecordedDigest *
find_in_name (const char *path)
{
  char *real = realpath (path, NULL);
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *folder_name = NULL;
  PaddockRecordedDigest *found = NULL;

  if (real == NULL)
    return NULL;

  name = g_path_get_basename (real);
  folder = g_path_get_dirname (real);
  folder_name = g_path_get_basename (folder);
  if (paddock_hash_text_is_sha256 (name) && (g_str_equal (folder_name, "blobs") || strstr (folder, "/lfs/objects/") != NULL))
    found = digest_new (name, real);
  else if (g_str_equal (folder_name, "blobs")
           && (g_str_has_prefix (name, "sha256-") || g_str_has_prefix (name, "sha256:"))
           && paddock_hash_text_is_sha256 (name + strlen ("sha256-")))
    found = digest_new (name + strlen ("sha256-"), real);
  free (real);
  return found;
}

/* Three lines: commit, hash, the time of the download. The note holds while the file was not changed after that. */
static PaddockRecordedDigest *
read_note (const char *note, const struct stat *file)
{
  struct stat status;
  g_autofree char *text = read_list (note, &status);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", 4) : NULL;

  if (lines == NULL || g_strv_length (lines) < 3 || !paddock_hash_text_is_sha256 (g_strstrip (lines[1])))
    return NULL;
  if ((double) file->st_mtime - 1 > g_ascii_strtod (lines[2], NULL))
    return NULL;
  return digest_new (lines[1], note);
}

/* `hf download --local-dir` keeps a note of each file, with the path that it has below that folder. */
static PaddockRecordedDigest *
find_in_notes (const char *path, const struct stat *file)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);

  for (guint i = 0; i < MAX_PARENTS && !g_str_equal (folder, "/"); i++)
    {
      const char *below = absolute + strlen (folder) + 1;
      g_autofree char *note = g_strconcat (folder, "/.cache/huggingface/download/", below, ".metadata", NULL);
      g_autofree char *parent = g_path_get_dirname (folder);
      PaddockRecordedDigest *found = read_note (note, file);

      if (found != NULL)
        return found;
      g_free (folder);
      folder = g_steal_pointer (&parent);
    }
  return NULL;
}

/* "DIGITS", "DIGITS  NAME", "DIGITS *NAME" or "SHA256 (NAME) = DIGITS". The name may carry folders. */
static const char *
parse_line (char *line, const char *name, gboolean alone)
{
  const char *digits = line;
  char *named = NULL;

  g_strchomp (line);
  if (g_str_has_prefix (line, "SHA256 ("))
    {
      char *end = g_strrstr (line, ") = ");

      if (end == NULL)
        return NULL;
      *end = '\0';
      named = line + strlen ("SHA256 (");
      digits = end + strlen (") = ");
      if (!paddock_hash_text_is_sha256 (digits))
        return NULL;
    }
  else if (paddock_hash_text_begins_with_sha256 (line))
    {
      named = line + PADDOCK_SHA256_DIGITS;
      if (*named != '\0' && *named != ' ' && *named != '\t')
        return NULL;
      named += strspn (named, " \t");
      named += *named == '*' ? 1 : 0;
    }
  else
    {
      return NULL;
    }

  if (*named == '\0')
    return alone ? digits : NULL;

  char *last = strrchr (named, '/');

  return g_str_equal (last != NULL ? last + 1 : named, name) ? digits : NULL;
}

/* alone: the list is about this one file, and need not name it. */
static PaddockRecordedDigest *
find_in_list (const char *list, const char *name, gboolean alone)
{
  struct stat status;
  g_autofree char *text = read_list (list, &status);
  char *rest = text;

  while (rest != NULL)
    {
      char *line = strsep (&rest, "\n");
      const char *digits = parse_line (line, name, alone);

      if (digits != NULL)
        return digest_new (digits, list);
    }
  return NULL;
}

static PaddockRecordedDigest *
find_beside (const char *path)
{
  static const char *const endings[] = { ".sha256", ".sha256sum" };
  static const char *const lists[] = { "SHA256SUMS", "SHA256SUMS.txt", "sha256sums.txt", "sha256sum.txt" };
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *list = g_strconcat (path, endings[i], NULL);
      PaddockRecordedDigest *found = find_in_list (list, name, TRUE);

      if (found != NULL)
        return found;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *list = g_build_filename (folder, lists[i], NULL);
      PaddockRecordedDigest *found = find_in_list (list, name, FALSE);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/**
 * paddock_recorded_digest_find:
 * @path: (type filename): a file
 *
 * Looks for a record of the file's SHA-256. Only names and small files beside it are read, never the file itself.
 *
 * Returns: (transfer full) (nullable): the record, %NULL if there is none
 */
PaddockRecordedDigest *
paddock_recorded_digest_find (const char *path)
{
  struct stat status;
  PaddockRecordedDigest *found;

  g_return_val_if_fail (path != NULL, NULL);

  if (stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;

  found = find_in_name (path);
  if (found == NULL)
    found = find_in_notes (path, &status);
  if (found == NULL)
    found = find_beside (path);
  return found;
}
