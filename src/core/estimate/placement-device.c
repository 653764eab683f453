/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-device.h"

#include <string.h>

#define MIB (G_GUINT64_CONSTANT (1) << 20)

/*
 * A driver takes a few hundred MiB for each program before anything is loaded, and the desktop wants to draw its next
 * window. llama.cpp leaves 1 GiB, measured after the driver took its part.
 */
#define RESERVE_MOST (768 * MIB)
#define RESERVE_LEAST (256 * MIB)
#define RESERVE_PART 8

/* The processor's memory is everybody's: a sixteenth stays free, within these. */
#define HOST_RESERVE_MOST (4096 * MIB)
#define HOST_RESERVE_LEAST (256 * MIB)
#define HOST_RESERVE_PART 16

void
paddock_placement_device_free (PaddockPlacementDevice *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->engine_name);
  g_free (self->address);
  g_free (self);
}

static guint64
take_away (guint64 from, guint64 bytes)
{
  return from > bytes ? from - bytes : 0;
}

static PaddockPlacementDevice *
new_host (const PaddockHardwareSnapshot *snapshot)
{
  PaddockPlacementDevice *self = g_new0 (PaddockPlacementDevice, 1);
  guint64 total = 0, available = 0;
  gboolean usable = paddock_hardware_memory_get_usable (snapshot->memory, &total, &available, NULL);

  self->id = g_strdup ("cpu");
  self->name = g_strdup (snapshot->processor->name != NULL ? snapshot->processor->name : "CPU");
  self->kind = PADDOCK_DEVICE_PROCESSOR;
  self->known = snapshot->memory->total.known;
  self->total = total;
  self->free_known = usable;
  self->free = usable ? available : total;
  self->reserve = CLAMP (total / HOST_RESERVE_PART, HOST_RESERVE_LEAST, HOST_RESERVE_MOST);
  self->own = take_away (self->free, self->reserve);
  self->bandwidth = snapshot->memory->bandwidth.known ? snapshot->memory->bandwidth.value : 0;
  return self;
}

/* Letters and a number: what llama.cpp's backends call their devices. */
static gboolean
is_engine_name (const char *id)
{
  gsize letters = 0, digits;

  while (g_ascii_isalpha (id[letters]))
    letters++;
  digits = strspn (id + letters, "0123456789");
  return letters > 0 && digits > 0 && id[letters + digits] == '\0';
}

/* What the engine's library for a kind of devices is called, what it calls them, and what a probe says of them. */
static const struct
{
  const char *backend, *library, *prefix;
} backends[] = {
  { "cuda", "cuda", "CUDA" },
  { "rocm", "hip", "ROCm" },
  { "vulkan", "vulkan", "Vulkan" },
};

static gboolean
has_library (const PaddockHardwareEngine *engine, const char *library)
{
  for (guint i = 0; engine != NULL && i < engine->backends->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (engine->backends, i), library))
        return TRUE;
    }
  return FALSE;
}

/* Integrated devices are passed over by the engine where there is another one. */
static guint
count_devices (const PaddockHardwareSnapshot *snapshot, const char *backend, PaddockHardwareDeviceKind kind)
{
  guint n = 0;

  for (guint i = 0; i < snapshot->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (snapshot->devices, i);

      n += device->kind <= kind && paddock_hardware_device_has_backend (device, backend) ? 1 : 0;
    }
  return n;
}

/* How the engine numbers several devices nobody knows without asking it; the only one of its kind is the first. */
static char *
guess_engine_name (const PaddockHardwareSnapshot *snapshot, const PaddockHardwareDevice *device)
{
  for (gsize i = 0; i < G_N_ELEMENTS (backends); i++)
    {
      if (paddock_hardware_device_has_backend (device, backends[i].backend) &&
          has_library (snapshot->engine, backends[i].library))
        return count_devices (snapshot, backends[i].backend, device->kind) == 1
                 ? g_strconcat (backends[i].prefix, "0", NULL)
                 : NULL;
    }
  return NULL;
}

static PaddockPlacementDevice *
new_device (const PaddockHardwareSnapshot *snapshot, const PaddockHardwareDevice *device)
{
  PaddockPlacementDevice *self = g_new0 (PaddockPlacementDevice, 1);
  guint64 shared = device->kind == PADDOCK_DEVICE_INTEGRATED && device->shared.known ? device->shared.value : 0;

  self->id = g_strdup (device->id);
  self->name = g_strdup (device->name != NULL ? device->name : device->id);
  self->kind = device->kind;
  if (device->kind == PADDOCK_DEVICE_REMOTE)
    self->address = g_strdup (g_str_has_prefix (device->id, "rpc:") ? device->id + strlen ("rpc:") : device->id);
  else if (is_engine_name (device->id))
    self->engine_name = g_strdup (device->id);
  else
    self->engine_name = guess_engine_name (snapshot, device);
  self->total = device->total.known ? device->total.value : 0;
  self->free_known = device->free.known || !device->total.known;
  self->free = device->free.known ? MIN (device->free.value, self->total) : self->total;
  self->known = device->total.known || shared > 0;
  self->reserve = CLAMP ((self->total + shared) / RESERVE_PART, RESERVE_LEAST, RESERVE_MOST);
  self->own = take_away (self->free, self->reserve);
  self->borrow = take_away (shared, take_away (self->reserve, self->free));
  self->bandwidth = device->bandwidth.known ? device->bandwidth.value : 0;
  return self;
}

static gboolean
is_excluded (const PaddockHardwareDevice *device, const char *const *excluded)
{
  return excluded != NULL && g_strv_contains (excluded, device->id);
}

/* Memory of its own first, then the main memory, then what lies behind a network. */
static int
compare_kinds (PaddockHardwareDeviceKind a, PaddockHardwareDeviceKind b)
{
  return (int) a - (int) b;
}

static int
compare_by_speed (gconstpointer a, gconstpointer b)
{
  const PaddockPlacementDevice *first = *(PaddockPlacementDevice *const *) a;
  const PaddockPlacementDevice *second = *(PaddockPlacementDevice *const *) b;

  if (first->kind != second->kind)
    return compare_kinds (first->kind, second->kind);
  if (first->bandwidth != second->bandwidth)
    return first->bandwidth > second->bandwidth ? -1 : 1;
  if (first->total != second->total)
    return first->total > second->total ? -1 : 1;
  return strcmp (first->id, second->id);
}

static int
compare_by_kind (gconstpointer a, gconstpointer b)
{
  return compare_kinds ((*(PaddockPlacementDevice *const *) a)->kind, (*(PaddockPlacementDevice *const *) b)->kind);
}

/*
 * The engine puts workers elsewhere first, then its graphics processors; integrated ones only where there is no other.
 * Where all can be named, any order can be asked for: the fastest is filled first. Else the engine's has to do.
 */
static void
sort_devices (GPtrArray *devices)
{
  gboolean named = TRUE;

  for (guint i = 0; i < devices->len; i++)
    named = named && paddock_placement_device_can_be_named (g_ptr_array_index (devices, i));
  if (named)
    {
      g_ptr_array_sort (devices, compare_by_speed);
      return;
    }
  for (guint i = 0; i < devices->len / 2; i++)
    {
      gpointer swapped = devices->pdata[i];

      devices->pdata[i] = devices->pdata[devices->len - 1 - i];
      devices->pdata[devices->len - 1 - i] = swapped;
    }
  g_ptr_array_sort (devices, compare_by_kind);
}

static gboolean
is_usable (const PaddockHardwareDevice *device, gboolean discrete)
{
  switch (device->kind)
    {
    case PADDOCK_DEVICE_DISCRETE:
    case PADDOCK_DEVICE_REMOTE:
      return device->total.known;

    case PADDOCK_DEVICE_INTEGRATED:
      return !discrete && (device->total.known || device->shared.known);

    case PADDOCK_DEVICE_PROCESSOR:
    default:
      return FALSE;
    }
}

/**
 * paddock_placement_devices_new:
 * @snapshot: a computer
 * @excluded: (nullable): ids of devices to leave out
 *
 * Returns: (transfer full) (element-type PaddockPlacementDevice): at least the processor
 */
GPtrArray *
paddock_placement_devices_new (const PaddockHardwareSnapshot *snapshot, const char *const *excluded)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_placement_device_free);
  gboolean discrete = FALSE;

  for (guint i = 0; i < snapshot->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (snapshot->devices, i);

      discrete = discrete || (device->kind == PADDOCK_DEVICE_DISCRETE && device->total.known &&
                              !is_excluded (device, excluded));
    }
  for (guint i = 0; i < snapshot->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (snapshot->devices, i);

      if (is_usable (device, discrete) && !is_excluded (device, excluded))
        g_ptr_array_add (found, new_device (snapshot, device));
    }
  sort_devices (found);
  g_ptr_array_add (devices, new_host (snapshot));
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (devices, g_ptr_array_index (found, i));
  return devices;
}

gboolean
paddock_placement_device_can_be_named (const PaddockPlacementDevice *self)
{
  return self->engine_name != NULL || self->address != NULL;
}

guint64
paddock_placement_device_get_capacity (const PaddockPlacementDevice *self)
{
  return take_away (self->total, self->reserve) + self->borrow;
}

guint64
paddock_placement_device_get_occupied (const PaddockPlacementDevice *self)
{
  return take_away (self->total, self->reserve) - self->own;
}
