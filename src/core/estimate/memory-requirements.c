/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-requirements.h"

#include <string.h>

/* A desktop with a browser, beside the model. */
#define DESKTOP_BYTES (G_GUINT64_CONSTANT (3) << 30)
/* What a driver keeps on the device for itself and its programs. */
#define DRIVER_BYTES (G_GUINT64_CONSTANT (400) << 20)

typedef struct
{
  guint64 layers;
  guint64 experts;                   /* of these */
  guint64 output;                    /* what turns the last layer into words */
} Weights;

static Weights
divide_weights (const PaddockModelShape *shape)
{
  const PaddockShapeTensor *tied = paddock_model_shape_find (shape, -1, "token_embd.weight");
  Weights weights = { 0 };
  gboolean has_output = FALSE;

  for (guint i = 0; i < shape->n_tensors; i++)
    {
      const PaddockShapeTensor *tensor = &shape->tensors[i];

      if (tensor->layer >= 0)
        weights.layers += tensor->bytes;
      if (tensor->layer >= 0 && strstr (tensor->name, "_exps") != NULL)
        weights.experts += tensor->bytes;
      if (tensor->layer < 0 && g_str_has_prefix (tensor->name, "output"))
        weights.output += tensor->bytes;
      has_output = has_output || (tensor->layer < 0 && strcmp (tensor->name, "output.weight") == 0);
    }
  if (!has_output && tied != NULL)
    weights.output += tied->bytes;
  return weights;
}

/**
 * paddock_memory_requirements_compute:
 * @shape: a model
 * @estimate: what it needs
 */
void
paddock_memory_requirements_compute (PaddockMemoryRequirements *self, const PaddockModelShape *shape,
                                     const PaddockMemoryEstimate *estimate)
{
  Weights weights = divide_weights (shape);
  guint64 context = estimate->bytes[PADDOCK_MEMORY_CACHE] + estimate->bytes[PADDOCK_MEMORY_STATE];
  guint64 beside = estimate->bytes[PADDOCK_MEMORY_PROJECTOR] + estimate->bytes[PADDOCK_MEMORY_DRAFT] +
                   estimate->bytes[PADDOCK_MEMORY_ADAPTERS];
  guint64 fixed = estimate->bytes[PADDOCK_MEMORY_COMPUTE] + DRIVER_BYTES;

  self->minimum_memory = estimate->total;
  self->recommended_memory = MAX (estimate->total, estimate->peak_loading) + DESKTOP_BYTES;
  self->swap = self->recommended_memory - self->minimum_memory;
  self->recommended_gpu_memory = weights.layers + weights.output + context + beside + fixed;
  self->minimum_gpu_memory =
    weights.experts > 0 ? weights.layers - weights.experts + weights.output + context + fixed
                        : weights.layers / 2 + context / 2 + fixed;
}
