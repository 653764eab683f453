/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-processor.h"

#define WHOLE 1000                   /* thousandths of a thread */

/**
 * paddock_hardware_processor_new:
 *
 * Returns: (transfer full): a processor of which nothing is known
 */
PaddockHardwareProcessor *
paddock_hardware_processor_new (void)
{
  PaddockHardwareProcessor *self = g_new0 (PaddockHardwareProcessor, 1);

  self->features = g_new0 (char *, 1);
  self->caches = g_array_new (FALSE, TRUE, sizeof (PaddockHardwareCache));
  return self;
}

/**
 * paddock_hardware_processor_copy:
 * @self: a processor
 *
 * Returns: (transfer full): another one that says the same
 */
PaddockHardwareProcessor *
paddock_hardware_processor_copy (const PaddockHardwareProcessor *self)
{
  PaddockHardwareProcessor *copy = paddock_hardware_processor_new ();

  copy->name = g_strdup (self->name);
  copy->name_source = g_strdup (self->name_source);
  copy->architecture = g_strdup (self->architecture);
  g_strfreev (copy->features);
  copy->features = g_strdupv (self->features);
  copy->features_source = g_strdup (self->features_source);
  if (self->caches->len > 0)
    g_array_append_vals (copy->caches, self->caches->data, self->caches->len);
  copy->caches_source = g_strdup (self->caches_source);
  paddock_hardware_number_copy (&copy->sockets, &self->sockets);
  paddock_hardware_number_copy (&copy->cores, &self->cores);
  paddock_hardware_number_copy (&copy->performance_cores, &self->performance_cores);
  paddock_hardware_number_copy (&copy->efficiency_cores, &self->efficiency_cores);
  paddock_hardware_number_copy (&copy->threads, &self->threads);
  paddock_hardware_number_copy (&copy->smt, &self->smt);
  paddock_hardware_number_copy (&copy->allowed, &self->allowed);
  paddock_hardware_number_copy (&copy->quota, &self->quota);
  return copy;
}

/**
 * paddock_hardware_processor_free:
 * @self: (transfer full): a processor
 */
void
paddock_hardware_processor_free (PaddockHardwareProcessor *self)
{
  g_free (self->name);
  g_free (self->name_source);
  g_free (self->architecture);
  g_strfreev (self->features);
  g_free (self->features_source);
  g_array_unref (self->caches);
  g_free (self->caches_source);
  paddock_hardware_number_clear (&self->sockets);
  paddock_hardware_number_clear (&self->cores);
  paddock_hardware_number_clear (&self->performance_cores);
  paddock_hardware_number_clear (&self->efficiency_cores);
  paddock_hardware_number_clear (&self->threads);
  paddock_hardware_number_clear (&self->smt);
  paddock_hardware_number_clear (&self->allowed);
  paddock_hardware_number_clear (&self->quota);
  g_free (self);
}

/**
 * paddock_hardware_processor_has_feature:
 * @self: a processor
 * @feature: as the system's list calls it
 *
 * Returns: whether it is on the list
 */
gboolean
paddock_hardware_processor_has_feature (const PaddockHardwareProcessor *self, const char *feature)
{
  return g_strv_contains ((const char *const *) self->features, feature);
}

/**
 * paddock_hardware_processor_get_usable:
 * @self: a processor
 *
 * A part of a thread's time that is left over counts as one more: it is better used by a thread that waits than lost.
 *
 * Returns: how many threads are worth starting, at least 1
 */
guint
paddock_hardware_processor_get_usable (const PaddockHardwareProcessor *self)
{
  guint64 usable = G_MAXUINT64;

  if (self->threads.known)
    usable = self->threads.value;
  if (self->allowed.known)
    usable = MIN (usable, self->allowed.value);
  if (self->quota.known)
    usable = MIN (usable, (self->quota.value + WHOLE - 1) / WHOLE);
  if (usable == G_MAXUINT64)
    return 1;
  return (guint) CLAMP (usable, 1, G_MAXINT);
}

/**
 * paddock_hardware_cache_kind_get_name:
 * @kind: what a cache holds
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
paddock_hardware_cache_kind_get_name (PaddockHardwareCacheKind kind)
{
  switch (kind)
    {
    case PADDOCK_HARDWARE_CACHE_DATA:
      return "data";
    case PADDOCK_HARDWARE_CACHE_INSTRUCTION:
      return "instruction";
    case PADDOCK_HARDWARE_CACHE_UNIFIED:
    default:
      return "unified";
    }
}
