/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/device-bars.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "charts/chart-table-dialog.h"
#include "charts/stacked-bar.h"
#include "memory/memory-words.h"

#define SPACE 18

/**
 * PaddockDeviceBars:
 *
 * What a model takes of each device's memory: one bar below the other, and what their colours stand for.
 */
struct _PaddockDeviceBars
{
  AdwBin parent_instance;

  /* Owned */
  GPtrArray *memories;               /* of PaddockMemoryBar: what the bars show */

  /* Borrowed */
  GtkBox *box;
  GPtrArray *bars;                   /* of PaddockStackedBar */
  PaddockChartLegend *legend;
};

G_DEFINE_FINAL_TYPE (PaddockDeviceBars, paddock_device_bars, ADW_TYPE_BIN)

static void
paddock_device_bars_finalize (GObject *object)
{
  PaddockDeviceBars *self = PADDOCK_DEVICE_BARS (object);

  g_ptr_array_unref (self->memories);
  g_ptr_array_unref (self->bars);
  G_OBJECT_CLASS (paddock_device_bars_parent_class)->finalize (object);
}

static void
paddock_device_bars_class_init (PaddockDeviceBarsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_device_bars_finalize;
}

static void
paddock_device_bars_init (PaddockDeviceBars *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *legend = paddock_chart_legend_new ();

  self->memories = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_memory_bar_unref);
  self->bars = g_ptr_array_new ();
  self->box = GTK_BOX (box);
  self->legend = PADDOCK_CHART_LEGEND (legend);
  gtk_box_append (self->box, legend);
  adw_bin_set_child (ADW_BIN (self), box);
}

static PaddockMemoryBar *
create_memory (const PaddockMemoryOutlookDevice *device)
{
  g_autofree char *name = paddock_memory_words_dup_device (device);
  guint64 usable = MIN (device->usable, device->total);
  PaddockMemoryBar *memory = paddock_memory_bar_new (name, device->total, usable, device->total - usable);

  paddock_memory_bar_add (memory, PADDOCK_MEMORY_PART_WEIGHTS, NULL, device->weights);
  paddock_memory_bar_add (memory, PADDOCK_MEMORY_PART_CACHE, NULL, device->cache);
  paddock_memory_bar_add (memory, PADDOCK_MEMORY_PART_COMPUTE, NULL, device->compute);
  paddock_memory_bar_add (memory, PADDOCK_MEMORY_PART_PROJECTOR, NULL, device->projector);
  paddock_memory_bar_add (memory, PADDOCK_MEMORY_PART_OVERHEAD, NULL, device->overhead);
  paddock_memory_bar_add (memory, PADDOCK_MEMORY_PART_DRAFT, NULL, device->draft);
  return memory;
}

/* The bars stay the same as long as there are as many: a bar that is pointed at keeps its tooltip. */
static void
make_bars (PaddockDeviceBars *self, guint count)
{
  while (self->bars->len > count)
    {
      GtkWidget *last = g_ptr_array_steal_index (self->bars, self->bars->len - 1);

      gtk_box_remove (self->box, last);
    }
  while (self->bars->len < count)
    {
      GtkWidget *before = self->bars->len > 0 ? g_ptr_array_index (self->bars, self->bars->len - 1) : NULL;
      GtkWidget *bar = paddock_stacked_bar_new ();

      gtk_box_insert_child_after (self->box, bar, before);
      g_ptr_array_add (self->bars, bar);
    }
}

/**
 * paddock_device_bars_set_outlook:
 * @self: the bars
 * @outlook: what becomes of a model
 *
 * The graphics processors stand first, as they are filled first.
 */
void
paddock_device_bars_set_outlook (PaddockDeviceBars *self, const PaddockMemoryOutlook *outlook)
{
  guint count = outlook->devices->len;

  g_ptr_array_set_size (self->memories, 0);
  make_bars (self, count);
  for (guint i = 0; i < count; i++)
    {
      PaddockMemoryBar *memory =
        create_memory (&g_array_index (outlook->devices, PaddockMemoryOutlookDevice, (i + 1) % count));

      g_ptr_array_add (self->memories, memory);
      paddock_stacked_bar_set_memory (g_ptr_array_index (self->bars, i), memory);
    }
  paddock_stacked_bar_fill_legend (self->legend, (PaddockMemoryBar *const *) self->memories->pdata, count);
}

static void
add_row (PaddockChartTableDialog *dialog, PaddockMemoryBar *memory, const char *name, guint64 bytes)
{
  g_autofree char *size = paddock_units_format_size (bytes);
  /* Translators: a device, and a part of what is in its memory. */
  g_autofree char *label = g_strdup_printf (_("%s: %s"), paddock_memory_bar_get_device (memory), name);

  paddock_chart_table_dialog_add (dialog, label, size);
}

static void
add_device (PaddockChartTableDialog *dialog, PaddockMemoryBar *memory)
{
  for (guint i = 0; i < paddock_memory_bar_get_count (memory); i++)
    {
      const PaddockMemorySegment *segment = paddock_memory_bar_get_segment (memory, i);

      add_row (dialog, memory, segment->label, segment->bytes);
    }
  add_row (dialog, memory, _("Needed Together"), paddock_memory_bar_get_needed (memory));
  add_row (dialog, memory, _("Free Now"), paddock_memory_bar_get_free (memory));
  add_row (dialog, memory, _("Total"), paddock_memory_bar_get_capacity (memory));
}

void
paddock_device_bars_show_table (PaddockDeviceBars *self)
{
  PaddockChartTableDialog *dialog = paddock_chart_table_dialog_new (_("Memory by Device"), _("Memory"), _("Size"));

  for (guint i = 0; i < self->memories->len; i++)
    add_device (dialog, g_ptr_array_index (self->memories, i));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}
