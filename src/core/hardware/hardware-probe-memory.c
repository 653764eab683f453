/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "hardware/control-group.h"
#include "hardware/hardware-file.h"

#include <string.h>

#define KIBIBYTE 1024
#define MEMINFO "/proc/meminfo"
#define SWAPS "/proc/swaps"
#define NODES "/sys/devices/system/node"
#define HUGE_PAGES "/sys/kernel/mm/hugepages"
#define TRANSPARENT "/sys/kernel/mm/transparent_hugepage/enabled"
#define MAX_NODES 1024

static void
read_meminfo (const char *root, PaddockHardwareDraft *draft)
{
  PaddockHardwareMemory *memory = draft->memory;
  g_autofree char *text = paddock_hardware_file_read (root, MEMINFO);

  if (text == NULL)
    {
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_UNREADABLE, MEMINFO, NULL);
      return;
    }
  paddock_hardware_file_find_number (text, MEMINFO, "MemTotal:", KIBIBYTE, &memory->total, draft);
  /* Kernels before 3.14 do not say what is available; free is what there is at least. */
  if (!paddock_hardware_file_find_number (text, MEMINFO, "MemAvailable:", KIBIBYTE, &memory->available, draft))
    paddock_hardware_file_find_number (text, MEMINFO, "MemFree:", KIBIBYTE, &memory->available, draft);
  paddock_hardware_file_find_number (text, MEMINFO, "SwapTotal:", KIBIBYTE, &memory->swap_total, draft);
  paddock_hardware_file_find_number (text, MEMINFO, "SwapFree:", KIBIBYTE, &memory->swap_free, draft);

  if (!memory->total.known || memory->total.value == 0)
    {
      paddock_hardware_number_clear (&memory->total);
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_NO_MEMORY_TOTAL, MEMINFO, NULL);
    }
  else if (memory->available.known && memory->available.value > memory->total.value)
    {
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_MORE_THAN_ALL, MEMINFO, NULL);
      paddock_hardware_number_set (&memory->available, memory->total.value, MEMINFO " MemTotal");
    }
}

static void
apply_limit (const char *root, PaddockHardwareDraft *draft)
{
  PaddockHardwareMemory *memory = draft->memory;
  PaddockControlGroupMemory group = { 0 };

  if (!memory->total.known || !paddock_control_group_read_memory (&group, root, memory->total.value))
    return;
  paddock_hardware_number_set (&memory->limit, group.limit, group.limit_source);
  if (!memory->available.known || group.left < memory->available.value)
    paddock_hardware_number_set (&memory->available, group.left, group.left_source);
  paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_MEMORY_LIMIT, group.limit_source, NULL);
  paddock_control_group_memory_clear (&group);
}

/* "/dev/zram0   partition  8388604  0  100" */
static void
read_swaps (const char *root, PaddockHardwareDraft *draft)
{
  g_autofree char *text = paddock_hardware_file_read (root, SWAPS);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", 256);
  guint64 compressed = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *size = NULL;
      guint field = 0;
      guint64 bytes;

      if (!g_str_has_prefix (lines[i], "/dev/zram"))
        continue;
      for (char *at = lines[i]; size == NULL && *at != '\0'; field++)
        {
          at += strcspn (at, " \t");
          at += strspn (at, " \t");
          if (field == 1)
            size = at;
        }
      if (size != NULL && !__builtin_mul_overflow (g_ascii_strtoull (size, NULL, 10), KIBIBYTE, &bytes) &&
          bytes <= PADDOCK_HARDWARE_NUMBER_MAX - compressed)
        compressed += bytes;
    }
  if (text != NULL && compressed > 0)
    {
      paddock_hardware_number_set (&draft->memory->swap_compressed, compressed, SWAPS);
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_COMPRESSED_SWAP, NULL, NULL);
    }
}

/* An empty list says that there are none; no list says nothing. */
static char *
read_processors (const char *root, const char *path)
{
  g_autofree char *text = paddock_hardware_file_read (root, path);

  if (text != NULL && *g_strstrip (text) == '\0')
    return g_strdup ("");
  return paddock_hardware_file_read_line (root, path);
}

static void
read_node (const char *root, const char *name, guint id, PaddockHardwareDraft *draft)
{
  PaddockHardwareNode *node = paddock_hardware_memory_add_node (draft->memory, id);
  g_autofree char *list_path = g_build_filename (NODES, name, "cpulist", NULL);
  g_autofree char *path = g_build_filename (NODES, name, "meminfo", NULL);
  g_autofree char *text = paddock_hardware_file_read (root, path);
  g_autofree char *total = g_strdup_printf ("Node %u MemTotal:", id);
  g_autofree char *left = g_strdup_printf ("Node %u MemFree:", id);

  node->cpus = read_processors (root, list_path);
  paddock_hardware_file_find_number (text, path, total, KIBIBYTE, &node->total, draft);
  paddock_hardware_file_find_number (text, path, left, KIBIBYTE, &node->free, draft);
}

static void
read_nodes (const char *root, PaddockHardwareDraft *draft)
{
  g_auto (GStrv) names = paddock_hardware_file_list (root, NODES, "node");

  for (guint i = 0; names[i] != NULL && draft->memory->nodes->len < MAX_NODES; i++)
    {
      guint64 id;

      if (g_ascii_string_to_unsigned (names[i] + strlen ("node"), 10, 0, G_MAXUINT16, &id, NULL))
        read_node (root, names[i], (guint) id, draft);
    }
}

static void
read_huge_pages (const char *root, PaddockHardwareDraft *draft)
{
  g_auto (GStrv) names = paddock_hardware_file_list (root, HUGE_PAGES, "hugepages-");

  for (guint i = 0; names[i] != NULL && i < 16; i++)
    {
      g_autofree char *total = g_build_filename (HUGE_PAGES, names[i], "nr_hugepages", NULL);
      g_autofree char *left = g_build_filename (HUGE_PAGES, names[i], "free_hugepages", NULL);
      guint64 size = g_ascii_strtoull (names[i] + strlen ("hugepages-"), NULL, 10);
      PaddockHardwareHugePages *pages;

      if (size == 0 || __builtin_mul_overflow (size, KIBIBYTE, &size) || size > PADDOCK_HARDWARE_NUMBER_MAX)
        continue;
      pages = paddock_hardware_memory_add_huge_pages (draft->memory, size);
      paddock_hardware_file_read_number (root, total, 1, &pages->total, draft);
      paddock_hardware_file_read_number (root, left, 1, &pages->free, draft);
    }
}

/* "always [madvise] never" */
static void
read_transparent (const char *root, PaddockHardwareMemory *memory)
{
  g_autofree char *text = paddock_hardware_file_read_line (root, TRANSPARENT);
  char *chosen = text != NULL ? strchr (text, '[') : NULL;
  char *end = chosen != NULL ? strchr (chosen, ']') : NULL;

  if (end == NULL)
    return;
  *end = '\0';
  memory->transparent_huge_pages = g_strdup (chosen + 1);
  memory->transparent_source = g_strdup (TRANSPARENT);
}

void
paddock_hardware_probe_memory (const char *root, PaddockHardwareDraft *draft)
{
  read_meminfo (root, draft);
  apply_limit (root, draft);
  read_swaps (root, draft);
  read_nodes (root, draft);
  read_huge_pages (root, draft);
  read_transparent (root, draft->memory);
}

/**
 * paddock_hardware_probe_memory_usable:
 * @root: what stands for a computer
 * @total: (out) (optional): as of paddock_hardware_memory_get_usable()
 * @available: (out) (optional): as there
 * @limited: (out) (optional): as there
 *
 * Reads a handful of files, which takes well below a millisecond.
 *
 * Returns: whether both are known
 */
gboolean
paddock_hardware_probe_memory_usable (const char *root, guint64 *total, guint64 *available, gboolean *limited)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();

  read_meminfo (root, draft);
  apply_limit (root, draft);
  return paddock_hardware_memory_get_usable (draft->memory, total, available, limited);
}
