/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware-text.h"

#include "base/units.h"
#include "output.h"
#include "text-table.h"

#include <glib/gi18n.h>

#define N_CELLS 3                    /* what it is, how much, who says so */
#define WHOLE 1000.0                 /* thousandths of a thread */

typedef char *(*FormatFunc) (guint64 value);

static void
add_row (GPtrArray *cells, const char *name, const char *value, const char *source)
{
  if (value == NULL)
    return;
  g_ptr_array_add (cells, g_strdup (name));
  g_ptr_array_add (cells, paddock_units_escape (value, -1, 0));
  g_ptr_array_add (cells, source != NULL ? paddock_units_escape (source, -1, 0) : g_strdup (""));
}

static void
add_number (GPtrArray *cells, const char *name, const PaddockHardwareNumber *number, FormatFunc format)
{
  g_autofree char *value = NULL;
  g_autofree char *found = NULL;
  g_autofree char *both = NULL;

  if (!number->known)
    return;
  value = format (number->value);
  if (number->overridden && number->found_known)
    {
      found = format (number->found);
      /* Translators: a number that the person has set, and the one that was found. */
      both = g_strdup_printf (_("%s, found: %s"), value, found);
    }
  add_row (cells, name, both != NULL ? both : value, number->source);
}

static char *
format_speed (guint64 value)
{
  g_autofree char *size = paddock_units_format_size (value);

  /* Translators: a size for each second, as in "12 GB/s". */
  return g_strdup_printf (_("%s/s"), size);
}

static char *
format_quota (guint64 value)
{
  return g_strdup_printf ("%.2f", (double) value / WHOLE);
}

static void
fill (guint row, char **cells, gpointer user_data)
{
  GPtrArray *texts = user_data;

  for (guint i = 0; i < N_CELLS; i++)
    cells[i] = g_strdup (g_ptr_array_index (texts, row * N_CELLS + i));
}

static void
print_section (const char *title, GPtrArray *cells)
{
  static const PaddockTextColumn columns[] = { { NULL, FALSE, FALSE }, { NULL, FALSE, FALSE }, { NULL, FALSE, TRUE } };

  if (cells->len == 0)
    return;
  paddock_output_line ("%s", title);
  paddock_text_table_print ("  ", columns, N_CELLS, cells->len / N_CELLS, fill, cells);
  paddock_output_line ("%s", "");
}

/* "L2: 8 × 1.3 MB" */
static void
add_caches (GPtrArray *cells, const PaddockHardwareProcessor *processor)
{
  for (guint i = 0; i < processor->caches->len; i++)
    {
      const PaddockHardwareCache *cache = &g_array_index (processor->caches, PaddockHardwareCache, i);
      g_autofree char *size = paddock_units_format_size (cache->size);
      /* Translators: a cache of the processor, by its level. */
      g_autofree char *name = g_strdup_printf (_("Cache, level %u"), cache->level);
      g_autofree char *value = g_strdup_printf ("%u × %s", MAX (cache->count, 1), size);

      if (cache->kind != PADDOCK_HARDWARE_CACHE_INSTRUCTION)
        add_row (cells, name, value, processor->caches_source);
    }
}

static void
print_processor (const PaddockHardwareProcessor *processor)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *features = g_strjoinv (" ", processor->features);

  add_row (cells, _("Name"), processor->name, processor->name_source);
  add_number (cells, _("Sockets"), &processor->sockets, paddock_units_format_count);
  add_number (cells, _("Cores"), &processor->cores, paddock_units_format_count);
  add_number (cells, _("Performance cores"), &processor->performance_cores, paddock_units_format_count);
  add_number (cells, _("Efficiency cores"), &processor->efficiency_cores, paddock_units_format_count);
  add_number (cells, _("Threads"), &processor->threads, paddock_units_format_count);
  add_number (cells, _("Threads of each core"), &processor->smt, paddock_units_format_count);
  add_number (cells, _("Threads allowed"), &processor->allowed, paddock_units_format_count);
  /* Translators: the time of so many threads may be used, for example 1.50. */
  add_number (cells, _("Threads’ time allowed"), &processor->quota, format_quota);
  add_caches (cells, processor);
  print_section (_("Processor"), cells);
  if (*features != '\0')
    paddock_output_note (_("Features: %s"), features);
}

static void
add_nodes (GPtrArray *cells, const PaddockHardwareMemory *memory)
{
  for (guint i = 0; memory->nodes->len > 1 && i < memory->nodes->len; i++)
    {
      const PaddockHardwareNode *node = g_ptr_array_index (memory->nodes, i);
      /* Translators: memory that some of the processors are nearer to, by its number. */
      g_autofree char *name = g_strdup_printf (_("Node %u"), node->id);
      /* Translators: the same, what of it is free. */
      g_autofree char *free_name = g_strdup_printf (_("Node %u, free"), node->id);

      add_number (cells, name, &node->total, paddock_units_format_size);
      add_number (cells, free_name, &node->free, paddock_units_format_size);
    }
}

static void
add_huge_pages (GPtrArray *cells, const PaddockHardwareMemory *memory)
{
  for (guint i = 0; i < memory->huge_pages->len; i++)
    {
      const PaddockHardwareHugePages *pages = g_ptr_array_index (memory->huge_pages, i);
      g_autofree char *size = paddock_units_format_size (pages->size);
      /* Translators: how many huge pages of that size are set aside. */
      g_autofree char *name = g_strdup_printf (_("Huge pages of %s"), size);

      if (pages->total.known && pages->total.value > 0)
        add_number (cells, name, &pages->total, paddock_units_format_count);
    }
  add_row (cells, _("Transparent huge pages"), memory->transparent_huge_pages, memory->transparent_source);
}

static void
print_memory (const PaddockHardwareMemory *memory)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  add_number (cells, _("Total"), &memory->total, paddock_units_format_size);
  add_number (cells, _("Available"), &memory->available, paddock_units_format_size);
  add_number (cells, _("Limit"), &memory->limit, paddock_units_format_size);
  add_number (cells, _("Swap"), &memory->swap_total, paddock_units_format_size);
  add_number (cells, _("Swap, free"), &memory->swap_free, paddock_units_format_size);
  add_number (cells, _("Swap in compressed memory"), &memory->swap_compressed, paddock_units_format_size);
  add_number (cells, _("Reading speed"), &memory->bandwidth, format_speed);
  add_nodes (cells, memory);
  add_huge_pages (cells, memory);
  print_section (_("Memory"), cells);
}

static const char *
name_kind (PaddockHardwareDeviceKind kind)
{
  switch (kind)
    {
    case PADDOCK_DEVICE_DISCRETE:
      return _("with memory of its own");
    case PADDOCK_DEVICE_INTEGRATED:
      return _("works in the computer’s memory");
    case PADDOCK_DEVICE_REMOTE:
      return _("of another computer");
    case PADDOCK_DEVICE_PROCESSOR:
    default:
      return _("the processor itself");
    }
}

static char *
join (GPtrArray *words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (words, i));
  return g_string_free (text, FALSE);
}

static void
print_device (const PaddockHardwareDevice *device)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *backends = join (device->backends);
  g_autofree char *driver = g_strconcat (device->driver != NULL ? device->driver : "",
                                         device->driver_version != NULL ? " " : NULL, device->driver_version, NULL);
  g_autofree char *note = device->note != NULL ? paddock_hardware_note_describe (device->note) : NULL;
  g_autofree char *title = paddock_units_escape (device->name != NULL ? device->name : device->id, -1, 0);

  add_row (cells, _("Identifier"), device->id, "");
  add_row (cells, _("Kind"), name_kind (device->kind), "");
  add_row (cells, _("Driver"), *driver != '\0' ? driver : NULL, "");
  add_row (cells, _("Usable by"), *backends != '\0' ? backends : NULL, "");
  add_number (cells, _("Total"), &device->total, paddock_units_format_size);
  add_number (cells, _("Free"), &device->free, paddock_units_format_size);
  add_number (cells, _("Shared with the processor"), &device->shared, paddock_units_format_size);
  add_number (cells, _("Speed"), &device->bandwidth, format_speed);
  add_row (cells, _("Note"), note, "");
  print_section (title, cells);
}

static const char *
name_answer (PaddockAnswer answer)
{
  return answer == PADDOCK_ANSWER_YES ? _("yes") : answer == PADDOCK_ANSWER_NO ? _("no") : NULL;
}

static void
print_disk (const PaddockHardwareDisk *disk)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = paddock_units_escape (disk->path, -1, 0);
  /* Translators: a place in the file system. */
  g_autofree char *title = g_strdup_printf (_("Disk of %s"), path);

  add_row (cells, _("File system"), disk->filesystem, disk->mount_source);
  add_row (cells, _("Mounted at"), disk->mount, disk->mount_source);
  add_row (cells, _("Device"), disk->device, disk->mount_source);
  add_number (cells, _("Total"), &disk->total, paddock_units_format_size);
  add_number (cells, _("Free"), &disk->free, paddock_units_format_size);
  add_row (cells, _("Copies share blocks"), name_answer (disk->reflink), disk->reflink_source);
  add_row (cells, _("Rotates"), name_answer (disk->rotational), disk->rotational_source);
  add_row (cells, _("Read only"), disk->read_only ? _("yes") : NULL, disk->mount_source);
  add_number (cells, _("Reading speed"), &disk->bandwidth, format_speed);
  print_section (title, cells);
}

static void
print_engine (const PaddockHardwareEngine *engine)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *backends = join (engine->backends);

  add_row (cells, _("Program"), engine->path, engine->source);
  add_row (cells, _("Version"), engine->version, engine->version_source);
  add_row (cells, _("Computes with"), *backends != '\0' ? backends : NULL, "");
  print_section (_("Engine"), cells);
}

/**
 * paddock_hardware_text_print:
 * @snapshot: what a computer has
 *
 * Writes it to standard output.
 */
void
paddock_hardware_text_print (const PaddockHardwareSnapshot *snapshot)
{
  if (snapshot->name != NULL)
    {
      g_autofree char *name = paddock_units_escape (snapshot->name, -1, 0);

      paddock_output_line ("%s\n", name);
    }
  print_processor (snapshot->processor);
  print_memory (snapshot->memory);
  for (guint i = 0; i < snapshot->devices->len; i++)
    print_device (g_ptr_array_index (snapshot->devices, i));
  for (guint i = 0; i < snapshot->disks->len; i++)
    print_disk (g_ptr_array_index (snapshot->disks, i));
  if (snapshot->engine != NULL)
    print_engine (snapshot->engine);
  for (guint i = 0; i < snapshot->notes->len; i++)
    {
      g_autofree char *note = paddock_hardware_note_describe (g_ptr_array_index (snapshot->notes, i));

      paddock_output_line ("%s", note);
    }
}
