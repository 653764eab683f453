/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-threads.h"

/* Weights that are read so quickly that waiting for each other takes longer than what more threads would save. */
#define SMALL (G_GUINT64_CONSTANT (256) << 20)
#define SMALL_THREADS 4

/* Where devices do the work, the processor only feeds them. */
#define FEEDING_THREADS 2

static guint
get_number (const PaddockHardwareNumber *number)
{
  return number->known ? (guint) MIN (number->value, G_MAXUINT16) : 0;
}

/* Two threads on one core share what it computes with, and slow cores keep quick ones waiting. */
static guint
count_cores (const PaddockHardwareProcessor *processor)
{
  guint usable = paddock_hardware_processor_get_usable (processor);
  guint cores = get_number (&processor->performance_cores);
  guint smt = get_number (&processor->smt);

  if (cores == 0)
    cores = get_number (&processor->cores);
  if (cores == 0)
    cores = usable / MAX (smt, 1);
  return CLAMP (cores, 1, usable);
}

/* One of them stays with the desktop, unless there are hardly any. */
static guint
leave_one (guint cores)
{
  return cores > 2 ? cores - 1 : cores;
}

/* Memory that was added to a computer may be a node of its own, on which nothing can run. */
static gboolean
can_run (const PaddockHardwareNode *node)
{
  return node->cpus == NULL || *node->cpus != '\0';
}

static guint
count_nodes (const PaddockHardwareMemory *memory)
{
  guint count = 0;

  for (guint i = 0; i < memory->nodes->len; i++)
    count += can_run (g_ptr_array_index (memory->nodes, i));
  return count;
}

static const char *
advise_numa (const PaddockPlacementShare *share, const PaddockHardwareMemory *memory)
{
  guint64 least = G_MAXUINT64;

  if (count_nodes (memory) < 2)
    return NULL;
  for (guint i = 0; i < memory->nodes->len; i++)
    {
      const PaddockHardwareNode *node = g_ptr_array_index (memory->nodes, i);
      const PaddockHardwareNumber *number = node->free.known ? &node->free : &node->total;

      if (can_run (node))
        least = MIN (least, number->known ? number->value : 0);
    }
  return share->used <= least ? "isolate" : "distribute";
}

/**
 * paddock_placement_advise_threads:
 * @self: (out caller-allocates): the advice
 * @placement: where the model lies
 * @load: what was placed
 * @snapshot: the computer
 */
void
paddock_placement_advise_threads (PaddockThreadAdvice *self, const PaddockPlacement *placement,
                                  const PaddockPlacementLoad *load, const PaddockHardwareSnapshot *snapshot)
{
  const PaddockPlacementShare *host = &placement->shares[PADDOCK_PLACEMENT_HOST];
  guint cores = count_cores (snapshot->processor);
  gboolean working = host->weights > load->input + load->common;

  *self = (PaddockThreadAdvice) { .generation = leave_one (cores), .prompt = leave_one (cores) };
  if (!working)
    self->generation = self->prompt = MIN (self->generation, FEEDING_THREADS);
  else
    {
      self->numa = advise_numa (host, snapshot->memory);
      if (self->numa != NULL && g_str_equal (self->numa, "isolate"))
        self->generation = self->prompt = MAX (1, cores / count_nodes (snapshot->memory));
      if (load->read <= SMALL)
        self->generation = MIN (self->generation, SMALL_THREADS);
    }
}
