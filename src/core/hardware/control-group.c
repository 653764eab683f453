/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/control-group.h"

#include "hardware/hardware-file.h"

#include <string.h>

#define MAX_DEPTH 64                 /* of a control group in its tree */
#define WHOLE 1000                   /* thousandths of a thread */

/* How the two versions of control groups call the same things. */
typedef struct
{
  const char *limit;
  const char *usage;
  const char *active;                /* files in memory, in memory.stat */
  const char *inactive;
} MemoryWords;

static const MemoryWords unified = { "memory.max", "memory.current", "active_file", "inactive_file" };
static const MemoryWords separate = { "memory.limit_in_bytes", "memory.usage_in_bytes", "total_active_file",
                                      "total_inactive_file" };

/* Looks at one group's directory, given as a path on that computer. */
typedef void (*VisitFunc) (const char *root, const char *directory, gboolean is_unified, gpointer user_data);

/* A group may use no more than each one around it. */
static void
visit_upwards (const char *root, const char *mount, const char *group, gboolean is_unified, VisitFunc visit,
               gpointer user_data)
{
  g_autofree char *directory = g_build_filename (mount, group, NULL);

  /* Inside a container the group's own path may not be there; then only the mount's own limit can be seen. */
  for (guint depth = 0; depth < MAX_DEPTH && g_str_has_prefix (directory, mount); depth++)
    {
      g_autofree char *parent = g_path_get_dirname (directory);

      visit (root, directory, is_unified, user_data);
      g_set_str (&directory, parent);
    }
}

static gboolean
names_controller (const char *list, const char *controller)
{
  g_auto (GStrv) names = g_strsplit (list, ",", -1);

  return g_strv_contains ((const char *const *) names, controller);
}

/* "4:memory:/user.slice" for each controller of its own, "0::/user.slice" for all the others together */
static void
visit_groups (const char *root, const char *controller, VisitFunc visit, gpointer user_data)
{
  g_autofree char *text = paddock_hardware_file_read (root, "/proc/self/cgroup");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", 256);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ":", 3);

      if (g_strv_length (fields) != 3 || strstr (fields[2], "..") != NULL)
        continue;
      if (*fields[1] == '\0')
        {
          visit_upwards (root, "/sys/fs/cgroup", fields[2], TRUE, visit, user_data);
          /* Where both versions are in use, the newer one has a place of its own. */
          visit_upwards (root, "/sys/fs/cgroup/unified", fields[2], TRUE, visit, user_data);
        }
      else if (names_controller (fields[1], controller))
        {
          /* Controllers that are mounted together have a link with the name of each. */
          g_autofree char *mount = g_build_filename ("/sys/fs/cgroup", controller, NULL);

          visit_upwards (root, mount, fields[2], FALSE, visit, user_data);
        }
    }
}

static gboolean
read_plain (const char *root, const char *directory, const char *name, guint64 *value)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = paddock_hardware_file_read_line (root, path);

  /* "max" is no number: there is no limit. */
  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL);
}

typedef struct
{
  PaddockControlGroupMemory *memory;
  guint64 total;
  gboolean found;
} MemorySearch;

static void
visit_memory (const char *root, const char *directory, gboolean is_unified, gpointer user_data)
{
  MemorySearch *search = user_data;
  PaddockControlGroupMemory *memory = search->memory;
  const MemoryWords *words = is_unified ? &unified : &separate;
  g_autofree char *path = g_build_filename (directory, "memory.stat", NULL);
  g_autofree char *statistics = paddock_hardware_file_read (root, path);
  g_auto (PaddockHardwareNumber) active = { 0 };
  g_auto (PaddockHardwareNumber) inactive = { 0 };
  guint64 limit, left;
  guint64 usage = 0;

  if (!read_plain (root, directory, words->limit, &limit) || limit >= search->total)
    return;
  read_plain (root, directory, words->usage, &usage);
  paddock_hardware_file_find_number (statistics, path, words->active, 1, &active, NULL);
  paddock_hardware_file_find_number (statistics, path, words->inactive, 1, &inactive, NULL);
  usage -= MIN (usage, active.value + inactive.value);
  left = limit - MIN (limit, usage);
  if (!search->found || limit < memory->limit)
    {
      memory->limit = limit;
      g_free (memory->limit_source);
      memory->limit_source = g_build_filename (directory, words->limit, NULL);
    }
  if (!search->found || left < memory->left)
    {
      memory->left = left;
      g_free (memory->left_source);
      memory->left_source = g_strdup_printf ("%s/%s - %s", directory, words->limit, words->usage);
    }
  search->found = TRUE;
}

/**
 * paddock_control_group_read_memory:
 * @self: (out): what is allowed
 * @root: what stands for a computer
 * @total: the memory of that computer; a limit that is not below it is none
 *
 * Returns: whether there is a limit
 */
gboolean
paddock_control_group_read_memory (PaddockControlGroupMemory *self, const char *root, guint64 total)
{
  MemorySearch search = { self, total, FALSE };

  *self = (PaddockControlGroupMemory) { 0 };
  visit_groups (root, "memory", visit_memory, &search);
  return search.found;
}

/**
 * paddock_control_group_memory_clear:
 * @self: what is allowed
 */
void
paddock_control_group_memory_clear (PaddockControlGroupMemory *self)
{
  g_clear_pointer (&self->limit_source, g_free);
  g_clear_pointer (&self->left_source, g_free);
}

/* "150000 100000": so many microseconds of each so many; the older version has a file for each number. */
static gboolean
read_quota (const char *root, const char *directory, gboolean is_unified, guint64 *time, guint64 *period)
{
  g_autofree char *path = g_build_filename (directory, "cpu.max", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!is_unified)
    return read_plain (root, directory, "cpu.cfs_quota_us", time) && read_plain (root, directory, "cpu.cfs_period_us", period);
  text = paddock_hardware_file_read_line (root, path);
  words = g_strsplit (text != NULL ? text : "", " ", 3);
  return g_strv_length (words) == 2 && g_ascii_string_to_unsigned (words[0], 10, 0, G_MAXUINT64, time, NULL) &&
         g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXUINT64, period, NULL);
}

static void
visit_quota (const char *root, const char *directory, gboolean is_unified, gpointer user_data)
{
  PaddockHardwareNumber *quota = user_data;
  g_autofree char *source = g_build_filename (directory, is_unified ? "cpu.max" : "cpu.cfs_quota_us", NULL);
  guint64 time, period, thousandths;

  if (!read_quota (root, directory, is_unified, &time, &period) || period == 0 ||
      __builtin_mul_overflow (time, WHOLE, &thousandths))
    return;
  thousandths = MAX (thousandths / period, 1);
  if (!quota->known || thousandths < quota->value)
    paddock_hardware_number_set (quota, thousandths, source);
}

/**
 * paddock_control_group_read_quota:
 * @root: what stands for a computer
 * @quota: thousandths of a thread's time
 *
 * Returns: whether there is a limit
 */
gboolean
paddock_control_group_read_quota (const char *root, PaddockHardwareNumber *quota)
{
  visit_groups (root, "cpu", visit_quota, quota);
  return quota->known;
}

typedef struct
{
  char *list;
  char *source;
} CpusSearch;

static void
visit_cpus (const char *root, const char *directory, gboolean is_unified, gpointer user_data)
{
  const char *name = is_unified ? "cpuset.cpus.effective" : "cpuset.effective_cpus";
  CpusSearch *search = user_data;
  g_autofree char *path = g_build_filename (directory, name, NULL);

  /* The innermost group has what all those around it leave. */
  if (search->list != NULL)
    return;
  search->list = paddock_hardware_file_read_line (root, path);
  if (search->list != NULL)
    search->source = g_steal_pointer (&path);
}

/**
 * paddock_control_group_read_cpus:
 * @root: what stands for a computer
 * @source: (out) (transfer full) (nullable): the file that says so
 *
 * Returns: (transfer full) (nullable): the list of threads
 */
char *
paddock_control_group_read_cpus (const char *root, char **source)
{
  CpusSearch search = { NULL, NULL };

  visit_groups (root, "cpuset", visit_cpus, &search);
  *source = search.source;
  return search.list;
}
