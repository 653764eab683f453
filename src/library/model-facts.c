/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-facts.h"

/**
 * paddock_model_facts_ref:
 * @self: the facts
 *
 * Returns: (transfer full): @self
 */
PaddockModelFacts *
paddock_model_facts_ref (PaddockModelFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_facts (gpointer data)
{
  PaddockModelFacts *self = data;

  g_free (self->name);
  g_free (self->architecture);
  g_free (self->architecture_name);
  g_free (self->quantization);
  g_free (self->size_label);
  g_free (self->base_name);
  g_free (self->license);
  g_free (self->repository);
  g_free (self->problem);
}

/**
 * paddock_model_facts_unref:
 * @self: (transfer full): the facts
 */
void
paddock_model_facts_unref (PaddockModelFacts *self)
{
  g_atomic_rc_box_release_full (self, clear_facts);
}
