/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement.h"

/**
 * paddock_placement_new:
 * @devices: (element-type PaddockPlacementDevice): the processor and the others
 * @load: what is placed
 *
 * Returns: (transfer full): a placement with everything on the processor, and nothing counted yet
 */
PaddockPlacement *
paddock_placement_new (GPtrArray *devices, const PaddockPlacementLoad *load)
{
  PaddockPlacement *self = g_new0 (PaddockPlacement, 1);

  self->devices = g_ptr_array_ref (devices);
  self->shares = g_new0 (PaddockPlacementShare, devices->len);
  self->device = g_new0 (guint, load->n_layers + 1);
  self->spilled = g_new0 (guint8, load->n_layers + 1);
  self->n_layers = load->n_layers;
  self->has_projector = load->projector > 0;
  self->has_draft = load->draft > 0;
  self->wanted = PADDOCK_PLACEMENT_ANY;
  for (guint i = 0; i < devices->len; i++)
    self->total_only = self->total_only || !((PaddockPlacementDevice *) g_ptr_array_index (devices, i))->free_known;
  return self;
}

void
paddock_placement_free (PaddockPlacement *self)
{
  g_ptr_array_unref (self->devices);
  g_free (self->shares);
  g_free (self->device);
  g_free (self->spilled);
  g_free (self);
}

gboolean
paddock_placement_can_name_devices (const PaddockPlacement *self)
{
  for (guint i = PADDOCK_PLACEMENT_HOST + 1; i < self->devices->len; i++)
    {
      if (!paddock_placement_device_can_be_named (g_ptr_array_index (self->devices, i)))
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_placement_get_host_need:
 * @self: a placement
 *
 * Returns: the bytes of the processor's share without originals of copies, which may leave the memory for good
 */
guint64
paddock_placement_get_host_need (const PaddockPlacement *self)
{
  return self->shares[PADDOCK_PLACEMENT_HOST].used - self->idle;
}

/**
 * paddock_placement_get_device:
 * @self: a placement
 * @tensor: one of the model's tensors
 *
 * What is common to all layers is said to be where the first of them is that is on a device.
 *
 * Returns: the number of a device
 */
guint
paddock_placement_get_device (const PaddockPlacement *self, const PaddockShapeTensor *tensor)
{
  PaddockExpertStack stack = PADDOCK_EXPERT_STACK_DOWN;

  switch (paddock_placement_load_classify (tensor, &stack))
    {
    case PADDOCK_PLACEMENT_INPUT:
      return PADDOCK_PLACEMENT_HOST;

    case PADDOCK_PLACEMENT_OUTPUT:
      return self->device[self->n_layers];

    case PADDOCK_PLACEMENT_EXPERT:
      return (self->spilled[tensor->layer] & (1u << stack)) != 0 ? PADDOCK_PLACEMENT_HOST : self->device[tensor->layer];

    case PADDOCK_PLACEMENT_COMMON:
      return self->device[0];

    case PADDOCK_PLACEMENT_DENSE:
    default:
      return self->device[tensor->layer];
    }
}
