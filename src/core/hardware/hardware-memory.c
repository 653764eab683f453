/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-memory.h"

static void
free_node (gpointer data)
{
  PaddockHardwareNode *node = data;

  g_free (node->cpus);
  paddock_hardware_number_clear (&node->total);
  paddock_hardware_number_clear (&node->free);
  g_free (node);
}

static void
free_pages (gpointer data)
{
  PaddockHardwareHugePages *pages = data;

  paddock_hardware_number_clear (&pages->total);
  paddock_hardware_number_clear (&pages->free);
  g_free (pages);
}

/**
 * paddock_hardware_memory_new:
 *
 * Returns: (transfer full): memory of which nothing is known
 */
PaddockHardwareMemory *
paddock_hardware_memory_new (void)
{
  PaddockHardwareMemory *self = g_new0 (PaddockHardwareMemory, 1);

  self->nodes = g_ptr_array_new_with_free_func (free_node);
  self->huge_pages = g_ptr_array_new_with_free_func (free_pages);
  return self;
}

/**
 * paddock_hardware_memory_copy:
 * @self: what is known of memory
 *
 * Returns: (transfer full): another one that says the same
 */
PaddockHardwareMemory *
paddock_hardware_memory_copy (const PaddockHardwareMemory *self)
{
  PaddockHardwareMemory *copy = paddock_hardware_memory_new ();

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const PaddockHardwareNode *node = g_ptr_array_index (self->nodes, i);
      PaddockHardwareNode *added = paddock_hardware_memory_add_node (copy, node->id);

      added->cpus = g_strdup (node->cpus);
      paddock_hardware_number_copy (&added->total, &node->total);
      paddock_hardware_number_copy (&added->free, &node->free);
    }
  for (guint i = 0; i < self->huge_pages->len; i++)
    {
      const PaddockHardwareHugePages *pages = g_ptr_array_index (self->huge_pages, i);
      PaddockHardwareHugePages *added = paddock_hardware_memory_add_huge_pages (copy, pages->size);

      paddock_hardware_number_copy (&added->total, &pages->total);
      paddock_hardware_number_copy (&added->free, &pages->free);
    }
  copy->transparent_huge_pages = g_strdup (self->transparent_huge_pages);
  copy->transparent_source = g_strdup (self->transparent_source);
  paddock_hardware_number_copy (&copy->total, &self->total);
  paddock_hardware_number_copy (&copy->available, &self->available);
  paddock_hardware_number_copy (&copy->limit, &self->limit);
  paddock_hardware_number_copy (&copy->swap_total, &self->swap_total);
  paddock_hardware_number_copy (&copy->swap_free, &self->swap_free);
  paddock_hardware_number_copy (&copy->swap_compressed, &self->swap_compressed);
  paddock_hardware_number_copy (&copy->bandwidth, &self->bandwidth);
  return copy;
}

/**
 * paddock_hardware_memory_free:
 * @self: (transfer full): what is known of memory
 */
void
paddock_hardware_memory_free (PaddockHardwareMemory *self)
{
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->huge_pages);
  g_free (self->transparent_huge_pages);
  g_free (self->transparent_source);
  paddock_hardware_number_clear (&self->total);
  paddock_hardware_number_clear (&self->available);
  paddock_hardware_number_clear (&self->limit);
  paddock_hardware_number_clear (&self->swap_total);
  paddock_hardware_number_clear (&self->swap_free);
  paddock_hardware_number_clear (&self->swap_compressed);
  paddock_hardware_number_clear (&self->bandwidth);
  g_free (self);
}

/**
 * paddock_hardware_memory_add_node:
 * @self: what is known of memory
 * @id: the system's number of the node
 *
 * Returns: (transfer none): the node, to be filled in
 */
PaddockHardwareNode *
paddock_hardware_memory_add_node (PaddockHardwareMemory *self, guint id)
{
  PaddockHardwareNode *node = g_new0 (PaddockHardwareNode, 1);

  node->id = id;
  g_ptr_array_add (self->nodes, node);
  return node;
}

/**
 * paddock_hardware_memory_add_huge_pages:
 * @self: what is known of memory
 * @size: of one page, in bytes
 *
 * Returns: (transfer none): what is known of such pages, to be filled in
 */
PaddockHardwareHugePages *
paddock_hardware_memory_add_huge_pages (PaddockHardwareMemory *self, guint64 size)
{
  PaddockHardwareHugePages *pages = g_new0 (PaddockHardwareHugePages, 1);

  pages->size = size;
  g_ptr_array_add (self->huge_pages, pages);
  return pages;
}

/**
 * paddock_hardware_memory_get_usable:
 * @self: what is known of memory
 * @total: (out) (optional): the computer's, or the control group's where that is less
 * @available: (out) (optional): how much of it programs can have now
 * @limited: (out) (optional): whether a control group allows less than the computer has
 *
 * Returns: whether both are known
 */
gboolean
paddock_hardware_memory_get_usable (const PaddockHardwareMemory *self, guint64 *total, guint64 *available, gboolean *limited)
{
  gboolean is_limited = self->limit.known && self->total.known && self->limit.value < self->total.value;
  guint64 whole = is_limited ? self->limit.value : self->total.value;

  if (total != NULL)
    *total = whole;
  if (available != NULL)
    *available = MIN (self->available.value, whole);
  if (limited != NULL)
    *limited = is_limited;
  return self->total.known && self->available.known;
}
