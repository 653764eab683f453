/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/mount-table.h"

#include "hardware/hardware-file.h"

#include <string.h>

#define MAX_MOUNTS 16384
#define FIRST_FIELDS 6               /* before the optional ones */

static void
free_mount (gpointer data)
{
  PaddockMount *mount = data;

  g_free (mount->point);
  g_free (mount->filesystem);
  g_free (mount->device);
  g_free (mount->number);
  g_free (mount);
}

/* Blanks and the like are written as three octal digits. */
static char *
unescape (const char *text)
{
  GString *plain = g_string_new (NULL);

  while (*text != '\0')
    {
      guint value = 0;
      guint digits = 0;

      while (*text == '\\' && digits < 3 && text[digits + 1] >= '0' && text[digits + 1] <= '7')
        value = value * 8 + (guint) (text[++digits] - '0');
      if (digits == 3 && value > 0 && value < 256)
        {
          g_string_append_c (plain, (char) value);
          text += 4;
        }
      else
        {
          g_string_append_c (plain, *text++);
        }
    }
  return g_string_free (plain, FALSE);
}

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue" */
static PaddockMount *
parse_line (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", -1);
  guint n_fields = g_strv_length (fields);
  guint dash = FIRST_FIELDS;
  PaddockMount *mount;

  while (dash < n_fields && !g_str_equal (fields[dash], "-"))
    dash++;
  if (n_fields < FIRST_FIELDS || dash + 2 >= n_fields || *fields[4] != '/')
    return NULL;
  mount = g_new0 (PaddockMount, 1);
  mount->number = g_strdup (fields[2]);
  mount->point = unescape (fields[4]);
  mount->read_only = g_str_equal (fields[5], "ro") || g_str_has_prefix (fields[5], "ro,");
  mount->filesystem = unescape (fields[dash + 1]);
  mount->device = unescape (fields[dash + 2]);
  return mount;
}

/**
 * paddock_mount_table_read:
 * @root: what stands for a computer
 *
 * Returns: (transfer full) (element-type PaddockMount): what is mounted there
 */
GPtrArray *
paddock_mount_table_read (const char *root)
{
  GPtrArray *mounts = g_ptr_array_new_with_free_func (free_mount);
  g_autofree char *text = paddock_hardware_file_read (root, "/proc/self/mountinfo");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", MAX_MOUNTS);

  for (char **line = lines; *line != NULL; line++)
    {
      PaddockMount *mount = parse_line (*line);

      if (mount != NULL)
        g_ptr_array_add (mounts, mount);
    }
  return mounts;
}

/**
 * paddock_mount_table_holds:
 * @point: where something is mounted
 * @path: an absolute path
 *
 * Returns: whether the path lies at that place or below it
 */
gboolean
paddock_mount_table_holds (const char *point, const char *path)
{
  gsize length = strlen (point);

  /* "/" is the only place that ends in a slash. A computer that somebody described may have a disk without a place. */
  return length > 0 && g_str_has_prefix (path, point) &&
         (point[length - 1] == '/' || path[length] == '/' || path[length] == '\0');
}

/**
 * paddock_mount_table_find:
 * @mounts: (element-type PaddockMount): what is mounted
 * @path: an absolute path
 *
 * Returns: (transfer none) (nullable): the innermost mount around the path
 */
const PaddockMount *
paddock_mount_table_find (GPtrArray *mounts, const char *path)
{
  const PaddockMount *best = NULL;

  for (guint i = 0; i < mounts->len; i++)
    {
      const PaddockMount *mount = g_ptr_array_index (mounts, i);

      /* Of two at the same place, the later one hides the other. */
      if (paddock_mount_table_holds (mount->point, path) &&
          (best == NULL || strlen (mount->point) >= strlen (best->point)))
        best = mount;
    }
  return best;
}
