/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/processor-topology.h"

#include "hardware/hardware-file.h"

#include <string.h>

#define CPUS "/sys/devices/system/cpu"
#define MAX_CACHES 16                /* of one thread */
#define KIBIBYTE 1024
#define SLOWER_PERCENT 80            /* of the fastest: a core below that is of another kind */

/* The kinds of cores on processors of Intel, each with the list of its threads. */
static const char *const performance_lists[] = { "/sys/devices/cpu_core/cpus" };
static const char *const efficiency_lists[] = { "/sys/devices/cpu_atom/cpus", "/sys/devices/cpu_lowpower/cpus" };

static char *
build_path (guint cpu, const char *file)
{
  return g_strdup_printf (CPUS "/cpu%u/%s", cpu, file);
}

static gboolean
read_list (const char *root, const char *path, PaddockProcessorSet *set, PaddockHardwareDraft *draft)
{
  g_autofree char *list = paddock_hardware_file_read_line (root, path);

  *set = (PaddockProcessorSet) { 0 };
  if (list == NULL)
    return FALSE;
  if (paddock_processor_set_parse (set, list))
    return TRUE;
  paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_NONSENSE, path, list);
  return FALSE;
}

/**
 * paddock_processor_topology_read_online:
 * @root: what stands for a computer
 * @online: (out caller-allocates): the threads that are switched on
 * @draft: is told what is wrong
 *
 * Returns: whether the system says which those are
 */
gboolean
paddock_processor_topology_read_online (const char *root, PaddockProcessorSet *online, PaddockHardwareDraft *draft)
{
  return read_list (root, CPUS "/online", online, draft);
}

/* The threads that share a core with this one; the file's name changed with Linux 5.3. */
static gboolean
read_siblings (const char *root, guint cpu, PaddockProcessorSet *siblings, PaddockHardwareDraft *draft)
{
  g_autofree char *newer = build_path (cpu, "topology/core_cpus_list");
  g_autofree char *older = build_path (cpu, "topology/thread_siblings_list");

  return read_list (root, newer, siblings, draft) || read_list (root, older, siblings, draft);
}

/* Of each core the first thread. */
static gboolean
read_cores (const char *root, const PaddockProcessorSet *online, PaddockProcessorSet *cores, PaddockHardwareDraft *draft)
{
  guint smt = 1;

  *cores = (PaddockProcessorSet) { 0 };
  for (guint cpu = paddock_processor_set_next (online, 0); cpu < PADDOCK_PROCESSOR_SET_MAX;
       cpu = paddock_processor_set_next (online, cpu + 1))
    {
      PaddockProcessorSet siblings;

      if (!read_siblings (root, cpu, &siblings, draft))
        return FALSE;
      paddock_processor_set_intersect (&siblings, online);
      paddock_processor_set_add (&siblings, cpu);
      smt = MAX (smt, paddock_processor_set_count (&siblings));
      paddock_processor_set_add (cores, paddock_processor_set_next (&siblings, 0));
    }
  paddock_hardware_number_set (&draft->processor->cores, paddock_processor_set_count (cores),
                               CPUS "/cpu*/topology/core_cpus_list");
  paddock_hardware_number_set (&draft->processor->smt, smt, CPUS "/cpu*/topology/core_cpus_list");
  return TRUE;
}

static void
read_sockets (const char *root, const PaddockProcessorSet *online, PaddockHardwareDraft *draft)
{
  g_autoptr (GHashTable) sockets = g_hash_table_new (NULL, NULL);

  for (guint cpu = paddock_processor_set_next (online, 0); cpu < PADDOCK_PROCESSOR_SET_MAX;
       cpu = paddock_processor_set_next (online, cpu + 1))
    {
      g_autofree char *path = build_path (cpu, "topology/physical_package_id");
      g_autofree char *text = paddock_hardware_file_read_line (root, path);
      guint64 id;

      /* -1 is how a system says that it does not know. */
      if (text == NULL || g_str_equal (text, "-1"))
        return;
      if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &id, NULL))
        {
          paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_NONSENSE, path, text);
          return;
        }
      g_hash_table_add (sockets, GSIZE_TO_POINTER ((gsize) id));
    }
  if (g_hash_table_size (sockets) > 0)
    paddock_hardware_number_set (&draft->processor->sockets, g_hash_table_size (sockets),
                                 CPUS "/cpu*/topology/physical_package_id");
}

static guint
count_listed (const char *root, const char *const *paths, gsize n_paths, const PaddockProcessorSet *cores,
              PaddockHardwareDraft *draft)
{
  guint count = 0;

  for (gsize i = 0; i < n_paths; i++)
    {
      PaddockProcessorSet listed;

      if (!read_list (root, paths[i], &listed, draft))
        continue;
      paddock_processor_set_intersect (&listed, cores);
      count += paddock_processor_set_count (&listed);
    }
  return count;
}

static void
set_kinds (PaddockHardwareProcessor *processor, guint performance, guint efficiency, const char *performance_source,
           const char *efficiency_source)
{
  paddock_hardware_number_set (&processor->performance_cores, performance, performance_source);
  paddock_hardware_number_set (&processor->efficiency_cores, efficiency, efficiency_source);
}

static gboolean
read_listed_kinds (const char *root, const PaddockProcessorSet *cores, PaddockHardwareDraft *draft)
{
  guint performance = count_listed (root, performance_lists, G_N_ELEMENTS (performance_lists), cores, draft);
  guint efficiency = count_listed (root, efficiency_lists, G_N_ELEMENTS (efficiency_lists), cores, draft);

  if (performance == 0 || efficiency == 0)
    return FALSE;
  set_kinds (draft->processor, performance, efficiency, performance_lists[0], efficiency_lists[0]);
  return TRUE;
}

/* Cores of two kinds differ widely in this; those of one kind by a few hundredths, as each is as good as it came out. */
static gboolean
read_measured_kinds (const char *root, const PaddockProcessorSet *cores, const char *file, PaddockHardwareDraft *draft)
{
  g_autoptr (GArray) speeds = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autofree char *source = g_strconcat (CPUS "/cpu*/", file, NULL);
  guint64 fastest = 0;
  guint efficiency = 0;

  for (guint cpu = paddock_processor_set_next (cores, 0); cpu < PADDOCK_PROCESSOR_SET_MAX;
       cpu = paddock_processor_set_next (cores, cpu + 1))
    {
      g_autofree char *path = build_path (cpu, file);
      g_auto (PaddockHardwareNumber) number = { 0 };

      if (!paddock_hardware_file_read_number (root, path, 1, &number, draft) || number.value == 0)
        return FALSE;
      g_array_append_val (speeds, number.value);
      fastest = MAX (fastest, number.value);
    }
  for (guint i = 0; i < speeds->len; i++)
    if (g_array_index (speeds, guint64, i) / SLOWER_PERCENT < fastest / 100)
      efficiency++;
  if (efficiency == 0)
    return FALSE;
  set_kinds (draft->processor, speeds->len - efficiency, efficiency, source, source);
  return TRUE;
}

static gboolean
parse_cache_kind (const char *name, PaddockHardwareCacheKind *kind)
{
  static const char *const names[] = { "Data", "Instruction", "Unified" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *kind = (PaddockHardwareCacheKind) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_cache_size (const char *text, guint64 *size)
{
  char *rest = NULL;
  guint64 unit;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  *size = g_ascii_strtoull (text, &rest, 10);
  unit = *rest == 'K' ? KIBIBYTE : *rest == 'M' ? KIBIBYTE * KIBIBYTE : 1;
  return *size > 0 && !__builtin_mul_overflow (*size, unit, size) && *size <= PADDOCK_HARDWARE_NUMBER_MAX;
}

static char *
read_cache_file (const char *root, guint cpu, guint index, const char *file)
{
  g_autofree char *path = g_strdup_printf (CPUS "/cpu%u/cache/index%u/%s", cpu, index, file);

  return paddock_hardware_file_read_line (root, path);
}

/* A cache that is shared is counted with the first of its threads. FALSE: this thread has no cache of this number. */
static gboolean
read_cache (const char *root, guint cpu, guint index, const PaddockProcessorSet *online, PaddockHardwareCache *cache,
            gboolean *is_first)
{
  g_autofree char *level = read_cache_file (root, cpu, index, "level");
  g_autofree char *type = read_cache_file (root, cpu, index, "type");
  g_autofree char *size = read_cache_file (root, cpu, index, "size");
  g_autofree char *shared = read_cache_file (root, cpu, index, "shared_cpu_list");
  PaddockProcessorSet sharing;
  guint64 number;

  if (level == NULL || type == NULL || size == NULL || !g_ascii_string_to_unsigned (level, 10, 1, 9, &number, NULL))
    return FALSE;
  *cache = (PaddockHardwareCache) { .level = (guint) number, .count = 1 };
  if (!parse_cache_kind (type, &cache->kind) || !parse_cache_size (size, &cache->size))
    return FALSE;
  if (shared == NULL || !paddock_processor_set_parse (&sharing, shared))
    sharing = (PaddockProcessorSet) { 0 };
  paddock_processor_set_intersect (&sharing, online);
  paddock_processor_set_add (&sharing, cpu);
  cache->shared_by = paddock_processor_set_count (&sharing);
  *is_first = paddock_processor_set_next (&sharing, 0) == cpu;
  return TRUE;
}

static void
add_cache (GArray *caches, const PaddockHardwareCache *cache)
{
  for (guint i = 0; i < caches->len; i++)
    {
      PaddockHardwareCache *known = &g_array_index (caches, PaddockHardwareCache, i);

      if (known->level == cache->level && known->kind == cache->kind && known->size == cache->size &&
          known->shared_by == cache->shared_by)
        {
          known->count++;
          return;
        }
    }
  g_array_append_val (caches, *cache);
}

static int
compare_caches (gconstpointer a, gconstpointer b)
{
  const PaddockHardwareCache *first = a;
  const PaddockHardwareCache *second = b;

  if (first->level != second->level)
    return first->level < second->level ? -1 : 1;
  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;
  return first->size == second->size ? 0 : first->size > second->size ? -1 : 1;
}

static void
read_caches (const char *root, const PaddockProcessorSet *online, PaddockHardwareProcessor *processor)
{
  for (guint cpu = paddock_processor_set_next (online, 0); cpu < PADDOCK_PROCESSOR_SET_MAX;
       cpu = paddock_processor_set_next (online, cpu + 1))
    for (guint index = 0; index < MAX_CACHES; index++)
      {
        PaddockHardwareCache cache;
        gboolean is_first;

        if (!read_cache (root, cpu, index, online, &cache, &is_first))
          break;
        if (is_first)
          add_cache (processor->caches, &cache);
      }
  g_array_sort (processor->caches, compare_caches);
  if (processor->caches->len > 0)
    g_set_str (&processor->caches_source, CPUS "/cpu*/cache");
}

/**
 * paddock_processor_topology_read:
 * @root: what stands for a computer
 * @online: the threads that are switched on
 * @draft: what is found is written to its processor
 */
void
paddock_processor_topology_read (const char *root, const PaddockProcessorSet *online, PaddockHardwareDraft *draft)
{
  PaddockProcessorSet cores;

  read_sockets (root, online, draft);
  if (read_cores (root, online, &cores, draft) && !read_listed_kinds (root, &cores, draft) &&
      !read_measured_kinds (root, &cores, "cpu_capacity", draft))
    read_measured_kinds (root, &cores, "cpufreq/cpuinfo_max_freq", draft);
  read_caches (root, online, draft->processor);
}
