/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/computer-shape.h"

#include "computer/computer-words.h"

static void
add (GString *shape, const char *text)
{
  g_string_append_printf (shape, "%s\n", text != NULL ? text : "\x01");
}

static void
add_flag (GString *shape, gboolean flag)
{
  g_string_append_c (shape, flag ? '1' : '0');
}

static void
add_processor (GString *shape, const PaddockHardwareProcessor *processor)
{
  g_autofree char *features = g_strjoinv (" ", processor->features);
  g_autofree char *caches = paddock_computer_words_dup_caches (processor);

  add (shape, processor->name);
  add (shape, processor->name_source);
  add (shape, features);
  add (shape, processor->features_source);
  add (shape, caches);
  /* Only these decide about rows: what is known, and what is not as always. */
  add_flag (shape, processor->sockets.known && processor->sockets.value > 1);
  add_flag (shape, processor->cores.known);
  add_flag (shape, processor->performance_cores.known);
  add_flag (shape, processor->efficiency_cores.known);
  add_flag (shape, processor->threads.known);
  add_flag (shape, processor->allowed.known && processor->allowed.value != processor->threads.value);
}

static void
add_device (GString *shape, const PaddockHardwareDevice *device)
{
  g_autofree char *backends = paddock_computer_words_join (device->backends);
  g_autofree char *note = device->note != NULL ? paddock_hardware_note_describe (device->note) : NULL;

  add (shape, device->id);
  add (shape, device->name);
  add (shape, device->driver);
  add (shape, device->driver_version);
  add (shape, backends);
  add (shape, note);
  add_flag (shape, device->shared.known);
  g_string_append_printf (shape, "%d", (int) device->kind);
}

static void
add_disk (GString *shape, const PaddockHardwareDisk *disk)
{
  add (shape, disk->mount);
  add (shape, disk->device);
  add (shape, disk->filesystem);
  add_flag (shape, disk->bandwidth.known);
  add_flag (shape, disk->read_only);
  g_string_append_printf (shape, "%d %d", (int) disk->reflink, (int) disk->rotational);
}

/**
 * paddock_computer_shape_dup:
 * @computer: a computer
 *
 * Returns: (transfer full): its shape
 */
char *
paddock_computer_shape_dup (const PaddockHardwareSnapshot *computer)
{
  GString *shape = g_string_new (NULL);

  add_processor (shape, computer->processor);
  add_flag (shape, computer->memory->limit.known);
  add_flag (shape, computer->memory->swap_total.known && computer->memory->swap_total.value > 0);
  for (guint i = 0; i < computer->devices->len; i++)
    add_device (shape, g_ptr_array_index (computer->devices, i));
  for (guint i = 0; i < computer->disks->len; i++)
    add_disk (shape, g_ptr_array_index (computer->disks, i));
  for (guint i = 0; i < computer->notes->len; i++)
    {
      g_autofree char *sentence = paddock_hardware_note_describe (g_ptr_array_index (computer->notes, i));

      add (shape, sentence);
    }
  add_flag (shape, computer->engine != NULL);
  if (computer->engine != NULL)
    {
      g_autofree char *backends = paddock_computer_words_join (computer->engine->backends);

      add (shape, computer->engine->path);
      add (shape, computer->engine->version);
      add (shape, backends);
    }
  return g_string_free (shape, FALSE);
}
