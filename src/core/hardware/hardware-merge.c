/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-merge.h"

#include <string.h>

/* Drivers keep a little for themselves and do not agree how much: below a tenth of the number nothing is said. */
#define TOLERANCE 10

/* The first word of a name is who made it: "Intel(R) Arc(TM) Graphics". */
static gboolean
is_same_maker (const char *name, const char *other)
{
  gsize length = name != NULL ? strcspn (name, " (") : 0;

  return length > 0 && other != NULL && strcspn (other, " (") == length && strncmp (name, other, length) == 0;
}

/* Where nothing tells by its place: the one of that name, or the only one of that maker; what is of the same kind first. */
static PaddockHardwareDevice *
find_by_name (PaddockHardwareDraft *draft, const PaddockHardwareDevice *seen)
{
  PaddockHardwareDevice *found[3] = { NULL };
  guint n_found[3] = { 0 };

  for (guint i = 0; i < draft->devices->len; i++)
    {
      PaddockHardwareDevice *device = g_ptr_array_index (draft->devices, i);
      gboolean same_kind = device->kind == seen->kind;
      guint likeness;

      /* Both know where they are, and it is not the same place; or one interface has told of both. */
      if ((device->pci != NULL) == (seen->pci != NULL) || !is_same_maker (device->name, seen->name))
        continue;
      likeness = g_strcmp0 (device->name, seen->name) == 0 ? 0 : same_kind ? 1 : 2;
      found[likeness] = device;
      n_found[likeness]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    if (n_found[i] > 0)
      return n_found[i] == 1 ? found[i] : NULL;
  return NULL;
}

static void
merge_number (PaddockHardwareDraft *draft, const char *name, PaddockHardwareNumber *known, const PaddockHardwareNumber *seen,
              gboolean varies)
{
  g_autofree char *size = NULL;
  g_autofree char *other_size = NULL;
  g_autofree char *text = NULL;
  guint64 difference;

  if (!seen->known)
    return;
  if (!known->known)
    {
      paddock_hardware_number_copy (known, seen);
      return;
    }
  difference = MAX (known->value, seen->value) - MIN (known->value, seen->value);
  if (varies || difference <= known->value / TOLERANCE)
    return;
  size = g_format_size_full (known->value, G_FORMAT_SIZE_IEC_UNITS);
  other_size = g_format_size_full (seen->value, G_FORMAT_SIZE_IEC_UNITS);
  text = g_strdup_printf ("%s (%s), %s (%s)", size, known->source, other_size, seen->source);
  paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_DEVICE_DISAGREEMENT, name, text);
}

static void
fill (char **known, char **seen)
{
  if (*known == NULL)
    *known = g_steal_pointer (seen);
}

/**
 * paddock_hardware_merge:
 * @draft: what has been seen before
 * @seen: (transfer full): a device
 *
 * Returns: (transfer none): the device in the draft
 */
PaddockHardwareDevice *
paddock_hardware_merge (PaddockHardwareDraft *draft, PaddockHardwareDevice *seen)
{
  PaddockHardwareDevice *known = paddock_hardware_draft_find_device (draft, seen->pci, seen->id);

  if (known == NULL)
    known = find_by_name (draft, seen);
  if (known == NULL)
    return paddock_hardware_draft_add_device (draft, seen);

  fill (&known->pci, &seen->pci);
  fill (&known->name, &seen->name);
  fill (&known->driver, &seen->driver);
  fill (&known->driver_version, &seen->driver_version);
  if (known->note == NULL)
    known->note = g_steal_pointer (&seen->note);
  for (guint i = 0; i < seen->backends->len; i++)
    paddock_hardware_device_add_backend (known, g_ptr_array_index (seen->backends, i));
  /* Drivers divide the memory of an integrated device as they like; only the sum means the same to all. */
  merge_number (draft, known->name, &known->total, &seen->total, known->kind == PADDOCK_DEVICE_INTEGRATED);
  merge_number (draft, known->name, &known->shared, &seen->shared, known->kind == PADDOCK_DEVICE_INTEGRATED);
  merge_number (draft, known->name, &known->free, &seen->free, TRUE);
  merge_number (draft, known->name, &known->bandwidth, &seen->bandwidth, TRUE);
  paddock_hardware_device_free (seen);
  return known;
}

/**
 * paddock_hardware_merge_format_address:
 * @domain: the number of the bus's host
 * @bus: the bus
 * @device: the place on it
 * @function: which part of what is there
 *
 * Returns: (transfer full): the address as the system writes it
 */
char *
paddock_hardware_merge_format_address (guint domain, guint bus, guint device, guint function)
{
  return g_strdup_printf ("%04x:%02x:%02x.%x", domain, bus, device, function);
}
