/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "hardware/arm-parts.h"
#include "hardware/control-group.h"
#include "hardware/hardware-file.h"
#include "hardware/processor-topology.h"

#include <string.h>
#include <sys/utsname.h>

#define CPUINFO "/proc/cpuinfo"
#define STATUS "/proc/self/status"
#define COMPATIBLE "/proc/device-tree/compatible"
#define MAX_CORE_KINDS 8
#define MAX_FEATURES 1024
#define WHOLE 1000                   /* thousandths of a thread */

/* What /proc/cpuinfo says, as far as it says it in the words of one architecture or another. */
typedef struct
{
  char *name;
  char *features;
  const char *architecture;          /* Static */
  guint threads;
  guint implementer;                 /* of the thread whose lines are being read */
  gboolean has_core_ids;
  GHashTable *cores;                 /* "socket:core" */
  GHashTable *sockets;
  char *socket;                      /* of the thread whose lines are being read */

  struct
  {
    guint implementer;
    guint part;
    guint count;
  } kinds[MAX_CORE_KINDS];
  guint n_kinds;
} CpuInfo;

static void
cpu_info_clear (CpuInfo *info)
{
  g_free (info->name);
  g_free (info->features);
  g_free (info->socket);
  g_hash_table_unref (info->cores);
  g_hash_table_unref (info->sockets);
}

static void
add_part (CpuInfo *info, guint part)
{
  guint i;

  for (i = 0; i < info->n_kinds; i++)
    if (info->kinds[i].implementer == info->implementer && info->kinds[i].part == part)
      break;
  if (i == MAX_CORE_KINDS)
    return;
  if (i == info->n_kinds)
    {
      info->kinds[i].implementer = info->implementer;
      info->kinds[i].part = part;
      info->n_kinds++;
    }
  info->kinds[i].count++;
}

static void
keep_first (char **slot, const char *value)
{
  if (*slot == NULL && *value != '\0')
    *slot = g_strdup (value);
}

static void
read_pair (CpuInfo *info, const char *key, const char *value)
{
  if (g_str_equal (key, "processor"))
    info->threads++;
  else if (g_str_equal (key, "model name") || g_str_equal (key, "uarch"))
    keep_first (&info->name, value);
  else if (g_str_equal (key, "flags") || g_str_equal (key, "Features"))
    keep_first (&info->features, value);
  else if (g_str_equal (key, "isa"))
    {
      info->architecture = g_str_has_prefix (value, "rv64") ? "riscv64" : "riscv32";
      keep_first (&info->features, value);
    }
  else if (g_str_equal (key, "vendor_id"))
    info->architecture = "x86";
  else if (g_str_equal (key, "cpu") && g_str_has_prefix (value, "POWER"))
    keep_first (&info->name, value);
  else if (g_str_equal (key, "CPU implementer"))
    info->implementer = (guint) g_ascii_strtoull (value, NULL, 0);
  else if (g_str_equal (key, "CPU architecture"))
    info->architecture = g_ascii_strtoull (value, NULL, 10) >= 8 ? "aarch64" : "arm";
  else if (g_str_equal (key, "CPU part"))
    add_part (info, (guint) g_ascii_strtoull (value, NULL, 0));
  else if (g_str_equal (key, "physical id"))
    {
      g_set_str (&info->socket, value);
      g_hash_table_add (info->sockets, g_strdup (value));
    }
  else if (g_str_equal (key, "core id"))
    {
      info->has_core_ids = TRUE;
      g_hash_table_add (info->cores, g_strconcat (info->socket != NULL ? info->socket : "", ":", value, NULL));
    }
}

static void
read_cpu_info (CpuInfo *info, const char *text)
{
  *info = (CpuInfo) { 0 };
  info->cores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  info->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const char *line = text; *line != '\0';)
    {
      gsize length = strcspn (line, "\n");
      const char *colon = memchr (line, ':', length);

      if (colon != NULL)
        {
          g_autofree char *key = g_strchomp (g_strndup (line, colon - line));
          g_autofree char *value = g_strstrip (g_strndup (colon + 1, length - (colon + 1 - line)));

          read_pair (info, key, value);
        }
      line += length + (line[length] == '\n' ? 1 : 0);
    }
}

/* "4 × Cortex-A76, 4 × Cortex-A55" */
static char *
describe_cores (const CpuInfo *info)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < info->n_kinds; i++)
    {
      const char *name = paddock_arm_parts_get_core_name (info->kinds[i].implementer, info->kinds[i].part);

      if (i > 0)
        g_string_append (text, ", ");
      if (info->n_kinds > 1)
        g_string_append_printf (text, "%u × ", info->kinds[i].count);
      if (name != NULL)
        g_string_append (text, name);
      else
        g_string_append_printf (text, "ARM %02x:%03x", info->kinds[i].implementer, info->kinds[i].part);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Words with a NUL behind each, the most exact one first. */
static const char *
find_chip (const char *root)
{
  g_autofree char *here = paddock_hardware_file_build (root, COMPATIBLE);
  g_autofree char *words = NULL;
  const char *chip = NULL;
  gsize length = 0;

  if (!g_file_test (here, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents (here, &words, &length, NULL))
    return NULL;
  for (gsize at = 0; at < length && chip == NULL; at += strlen (words + at) + 1)
    chip = paddock_arm_parts_get_chip_name (words + at);
  return chip;
}

static void
set_name (const char *root, const CpuInfo *info, PaddockHardwareProcessor *processor)
{
  const char *chip = find_chip (root);
  g_autofree char *cores = describe_cores (info);

  if (info->name != NULL)
    processor->name = paddock_hardware_note_clean (info->name);
  else if (chip != NULL && cores != NULL)
    processor->name = g_strdup_printf ("%s (%s)", chip, cores);
  else
    processor->name = cores != NULL ? g_steal_pointer (&cores) : g_strdup (chip);
  if (processor->name == NULL)
    return;
  processor->name_source = g_strdup (info->name == NULL && chip != NULL ? COMPATIBLE : CPUINFO);
}

static void
set_features (const CpuInfo *info, PaddockHardwareProcessor *processor)
{
  g_autofree char *valid = g_utf8_make_valid (info->features, -1);
  g_auto (GStrv) words = g_strsplit_set (valid, " \t", MAX_FEATURES);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *feature = paddock_hardware_note_clean (*word);

      if (feature != NULL)
        g_strv_builder_take (builder, g_steal_pointer (&feature));
    }
  g_strfreev (processor->features);
  processor->features = g_strv_builder_end (builder);
  g_set_str (&processor->features_source, CPUINFO);
}

static void
set_architecture (const char *root, const CpuInfo *info, PaddockHardwareProcessor *processor)
{
  struct utsname names;

  if (paddock_hardware_root_is_live (root) && uname (&names) == 0)
    g_set_str (&processor->architecture, names.machine);
  else if (info->architecture != NULL && g_str_equal (info->architecture, "x86"))
    /* "Long mode" is what makes it one of 64 bits. */
    g_set_str (&processor->architecture, paddock_hardware_processor_has_feature (processor, "lm") ? "x86_64" : "i686");
  else
    g_set_str (&processor->architecture, info->architecture);
}

/* What the lists below /sys did not say: containers may have none. */
static void
set_missing (const CpuInfo *info, PaddockHardwareProcessor *processor)
{
  guint cores = g_hash_table_size (info->cores);

  if (!processor->threads.known && info->threads > 0)
    paddock_hardware_number_set (&processor->threads, info->threads, CPUINFO " processor");
  if (!processor->cores.known && info->has_core_ids)
    {
      paddock_hardware_number_set (&processor->cores, cores, CPUINFO " core id");
      if (info->threads >= cores)
        paddock_hardware_number_set (&processor->smt, (info->threads + cores - 1) / cores, CPUINFO " core id");
    }
  if (!processor->sockets.known && g_hash_table_size (info->sockets) > 0)
    paddock_hardware_number_set (&processor->sockets, g_hash_table_size (info->sockets), CPUINFO " physical id");
}

static void
read_cpuinfo (const char *root, PaddockHardwareDraft *draft)
{
  g_autofree char *text = paddock_hardware_file_read (root, CPUINFO);
  CpuInfo info;

  if (text == NULL)
    {
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_UNREADABLE, CPUINFO, NULL);
      return;
    }
  read_cpu_info (&info, text);
  if (info.features != NULL)
    set_features (&info, draft->processor);
  set_name (root, &info, draft->processor);
  set_architecture (root, &info, draft->processor);
  set_missing (&info, draft->processor);
  cpu_info_clear (&info);
}

static void
note_limit (PaddockHardwareDraft *draft, const PaddockHardwareNumber *number, guint64 unit)
{
  const PaddockHardwareNumber *threads = &draft->processor->threads;

  if (number->known && threads->known && number->value < threads->value * unit)
    paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_PROCESSOR_LIMIT, number->source, NULL);
}

/* A process may run on fewer threads than there are, by its own wish or its control group's. */
static void
read_allowed (const char *root, const PaddockProcessorSet *online, PaddockHardwareDraft *draft)
{
  PaddockHardwareProcessor *processor = draft->processor;
  g_autofree char *status = paddock_hardware_file_read (root, STATUS);
  g_autofree char *source = NULL;
  g_autofree char *group = paddock_control_group_read_cpus (root, &source);
  const char *line = status != NULL ? strstr (status, "\nCpus_allowed_list:") : NULL;
  PaddockProcessorSet set;

  if (line != NULL)
    line += strlen ("\nCpus_allowed_list:");
  while (line != NULL && (*line == ' ' || *line == '\t'))
    line++;
  if (line != NULL && paddock_processor_set_parse (&set, line))
    {
      paddock_processor_set_intersect (&set, online);
      paddock_hardware_number_set (&processor->allowed, paddock_processor_set_count (&set), STATUS " Cpus_allowed_list");
    }
  if (group != NULL && paddock_processor_set_parse (&set, group))
    {
      paddock_processor_set_intersect (&set, online);
      if (!processor->allowed.known || paddock_processor_set_count (&set) < processor->allowed.value)
        paddock_hardware_number_set (&processor->allowed, paddock_processor_set_count (&set), source);
    }
  if (processor->allowed.known && processor->allowed.value == 0)
    paddock_hardware_number_clear (&processor->allowed);
}

void
paddock_hardware_probe_cpu (const char *root, PaddockHardwareDraft *draft)
{
  PaddockProcessorSet online;

  if (paddock_processor_topology_read_online (root, &online, draft))
    {
      paddock_hardware_number_set (&draft->processor->threads, paddock_processor_set_count (&online),
                                   "/sys/devices/system/cpu/online");
      paddock_processor_topology_read (root, &online, draft);
      read_allowed (root, &online, draft);
    }
  read_cpuinfo (root, draft);
  if (paddock_control_group_read_quota (root, &draft->processor->quota) && draft->processor->threads.known &&
      draft->processor->quota.value >= draft->processor->threads.value * WHOLE)
    paddock_hardware_number_clear (&draft->processor->quota);
  note_limit (draft, &draft->processor->allowed, 1);
  note_limit (draft, &draft->processor->quota, WHOLE);
}
