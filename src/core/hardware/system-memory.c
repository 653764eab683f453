/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/system-memory.h"

#include <string.h>

#define KIBIBYTE 1024
#define MAX_DEPTH 64                 /* of a control group in its tree */

/* How the two versions of control groups call the same things. */
typedef struct
{
  const char *mount;
  const char *limit;
  const char *usage;
  const char *active;                /* files in memory, in memory.stat */
  const char *inactive;
} GroupKind;

static const GroupKind unified = { "sys/fs/cgroup", "memory.max", "memory.current", "active_file", "inactive_file" };
static const GroupKind separate = { "sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
                                    "total_active_file", "total_inactive_file" };

static char *
read_text (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* The number behind a word at the beginning of a line: "MemTotal:   24684092 kB". */
static gboolean
find_number (const char *text, const char *word, guint64 *number)
{
  gsize length = strlen (word);

  for (const char *line = text; line != NULL && *line != '\0';)
    {
      const char *end = strchr (line, '\n');
      const char *digits = line + length;

      if (strncmp (line, word, length) == 0 && (*digits == ' ' || *digits == '\t'))
        {
          char *rest = NULL;

          *number = g_ascii_strtoull (digits, &rest, 10);
          return rest != digits;
        }
      line = end != NULL ? end + 1 : NULL;
    }
  return FALSE;
}

static gboolean
read_number (const char *directory, const char *name, guint64 *number)
{
  g_autofree char *text = read_text (directory, name);
  char *rest = NULL;

  /* "max" is no number: there is no limit. */
  if (text == NULL)
    return FALSE;
  *number = g_ascii_strtoull (text, &rest, 10);
  return rest != text;
}

static void
apply_group (PaddockSystemMemory *self, const GroupKind *kind, const char *directory)
{
  g_autofree char *statistics = NULL;
  guint64 limit = 0;
  guint64 usage = 0;
  guint64 active = 0;
  guint64 inactive = 0;
  guint64 files;

  if (!read_number (directory, kind->limit, &limit) || limit >= self->total)
    return;
  read_number (directory, kind->usage, &usage);
  statistics = read_text (directory, "memory.stat");
  find_number (statistics, kind->active, &active);
  find_number (statistics, kind->inactive, &inactive);
  if (__builtin_add_overflow (active, inactive, &files))
    files = G_MAXUINT64;
  usage -= MIN (usage, files);
  self->total = limit;
  self->available = MIN (self->available, limit - MIN (limit, usage));
  self->limited = TRUE;
}

/* A group may use no more than each one around it. */
static void
apply_groups (PaddockSystemMemory *self, const GroupKind *kind, const char *root, const char *group)
{
  g_autofree char *mount = g_build_filename (root, kind->mount, NULL);
  g_autofree char *directory = g_build_filename (mount, group, NULL);

  /* Inside a container the group's own path may not be there; then only the mount's own limit can be seen. */
  for (guint depth = 0; depth < MAX_DEPTH && g_str_has_prefix (directory, mount); depth++)
    {
      g_autofree char *parent = g_path_get_dirname (directory);

      apply_group (self, kind, directory);
      g_set_str (&directory, parent);
    }
}

static void
apply_limits (PaddockSystemMemory *self, const char *root)
{
  g_autofree char *text = read_text (root, "proc/self/cgroup");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ":", 3);

      if (g_strv_length (fields) != 3 || strstr (fields[2], "..") != NULL)
        continue;
      if (*fields[1] == '\0')
        apply_groups (self, &unified, root, fields[2]);
      else if (g_str_equal (fields[1], "memory"))
        apply_groups (self, &separate, root, fields[2]);
    }
}

/**
 * paddock_system_memory_read:
 * @self: (out caller-allocates): how much memory there is
 * @root: the directory that holds `proc` and `sys`
 *
 * Returns: %TRUE, or %FALSE where the system does not tell
 */
gboolean
paddock_system_memory_read (PaddockSystemMemory *self, const char *root)
{
  g_autofree char *text = read_text (root, "proc/meminfo");
  guint64 total = 0;
  guint64 available = 0;

  *self = (PaddockSystemMemory) { 0 };
  if (!find_number (text, "MemTotal:", &total) || !find_number (text, "MemAvailable:", &available) ||
      __builtin_mul_overflow (total, KIBIBYTE, &self->total) ||
      __builtin_mul_overflow (MIN (available, total), KIBIBYTE, &self->available))
    return FALSE;
  apply_limits (self, root);
  return TRUE;
}
