/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-resident.h"

/* Measured with llama-server 0.7.0: the program, its libraries and threads, and what each token costs in its tables. */
#define PROGRAM_BYTES (G_GUINT64_CONSTANT (23) << 20)
#define BYTES_PER_TOKEN 287

/**
 * paddock_memory_resident_get_overhead:
 * @vocabulary: tokens that the model knows
 *
 * Returns: bytes beside weights, cache and what is computed in
 */
guint64
paddock_memory_resident_get_overhead (guint64 vocabulary)
{
  return PROGRAM_BYTES + vocabulary * BYTES_PER_TOKEN;
}

/**
 * paddock_memory_resident_compute:
 * @parts: what the run consists of
 *
 * A mapped file is in memory as a whole, beside the copies of what was repacked, because the engine reads all of it
 * once and leaves it to the system to drop it. Without a mapping, what is repacked is read piece by piece and not kept.
 */
void
paddock_memory_resident_compute (PaddockMemoryResident *self, const PaddockMemoryParts *parts)
{
  guint64 fixed = parts->copies + parts->context + parts->compute + parts->output;

  self->overhead = paddock_memory_resident_get_overhead (parts->vocabulary);
  self->evictable = parts->mmap ? parts->weights : 0;
  self->resident = self->overhead + fixed + (parts->mmap ? parts->weights : parts->weights - parts->repacked);
  /* What it computes in is only reserved until the first prompt comes. */
  self->peak_loading = self->resident - parts->compute;
}
