/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "byte-size.h"
#include "estimate/memory-repack.h"
#include "estimate/placement-strategy.h"
#include "output.h"

static gboolean
apply_number (int given, const char *option, guint32 *value)
{
  if (given == -1)
    return TRUE;
  if (given < 0)
    {
      paddock_output_complain (_("This number must not be negative"), option);
      return FALSE;
    }
  *value = (guint32) given;
  return TRUE;
}

static gboolean
apply_type (const char *given, const PaddockQuantType **type)
{
  g_autofree char *name = given != NULL ? g_ascii_strup (given, -1) : NULL;

  if (name == NULL)
    return TRUE;
  *type = paddock_quant_type_lookup_by_name (name);
  if (*type == NULL)
    paddock_output_complain (_("There is no such type of numbers"), given);
  return *type != NULL;
}

static gboolean
apply_flash_attention (const char *given, PaddockFlashAttention *value)
{
  static const char *const words[] = { "auto", "on", "off" };

  for (guint i = 0; given != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (given, words[i]))
      {
        *value = (PaddockFlashAttention) i;
        return TRUE;
      }
  if (given != NULL)
    paddock_output_complain (_("Flash attention can be on, off or auto"), given);
  return given == NULL;
}

static gboolean
apply_repack (const char *given, const char **repack)
{
  const PaddockEngineVariant *variant;

  if (given == NULL)
    return TRUE;
  *repack = g_intern_string (given);
  if (paddock_memory_repack_resolve (given, &variant))
    return TRUE;
  paddock_output_complain (_("The engine has no variant for such a processor"), given);
  return FALSE;
}

/* As the server does: sequences share a cache unless somebody says how many there are. */
static gboolean
apply_cache (const PaddockEstimateOptions *self, PaddockMemoryRequest *request)
{
  if (self->unified && self->not_unified)
    {
      paddock_output_complain (_("The cache is either shared or not"), "--unified --no-unified");
      return FALSE;
    }
  if (self->parallel >= 0)
    request->unified = FALSE;
  if (self->unified || self->not_unified)
    request->unified = self->unified;
  request->swa_full = self->swa_full;
  return apply_type (self->cache_k, &request->cache_k) && apply_type (self->cache_v, &request->cache_v);
}

/**
 * paddock_estimate_options_apply:
 * @self: what was given
 * @shape: the model
 * @request: (out): how to run it
 *
 * Returns: whether the options make sense together; else that has been complained of
 */
gboolean
paddock_estimate_options_apply (const PaddockEstimateOptions *self, const PaddockModelShape *shape,
                                PaddockMemoryRequest *request)
{
  paddock_memory_request_init (request, shape);
  /* Only somebody who holds an estimate against the engine sets what the engine decides by itself. */
  request->as_engine = self->outputs >= 0 || self->repack != NULL;
  if (!apply_number (self->context, "--context", &request->context) ||
      !apply_number (self->batch, "--batch", &request->batch) ||
      !apply_number (self->ubatch, "--ubatch", &request->ubatch) ||
      !apply_number (self->parallel, "--parallel", &request->parallel))
    return FALSE;
  /* One may be given without the other, and the engine never computes more at once than it takes at once. */
  if (self->ubatch < 0)
    request->ubatch = MIN (request->ubatch, request->batch);
  else if (self->batch < 0)
    request->batch = MAX (request->batch, request->ubatch);
  if (request->outputs > 0)
    request->outputs = MIN (request->parallel, request->batch);
  if (request->as_engine && request->context == 0)
    request->context = shape->training_context;
  request->mmap = !self->no_mmap;
  return apply_number (self->outputs, "--outputs", &request->outputs) &&
         apply_flash_attention (self->flash_attention, &request->flash_attention) &&
         apply_repack (self->repack, &request->repack) && apply_cache (self, request);
}

/**
 * paddock_estimate_options_check:
 * @self: what was given
 *
 * Returns: whether those that need no model make sense together
 */
gboolean
paddock_estimate_options_check (const PaddockEstimateOptions *self)
{
  if (self->gpu_layers != PADDOCK_ESTIMATE_ANY_LAYERS && self->gpu_layers < 0)
    paddock_output_complain (_ ("This number must not be negative"), "--gpu-layers");
  else if (self->strategy != NULL && paddock_placement_strategy_find (self->strategy) == NULL)
    paddock_output_complain (_ ("A model is placed gpu-first, balanced or cpu-only"), self->strategy);
  else if (self->gpu_layers > 0 && self->cpu)
    paddock_output_complain (_ ("There is no device to be used"), "--cpu --gpu-layers");
  else if (self->gpu_layers > 0 && g_strcmp0 (self->strategy, "cpu-only") == 0)
    paddock_output_complain (_ ("There is no device to be used"), "--strategy cpu-only --gpu-layers");
  else
    return TRUE;
  return FALSE;
}

static void
clear_device (gpointer data)
{
  g_free (((PaddockEstimateDevice *) data)->name);
}

/**
 * paddock_estimate_options_dup_devices:
 * @self: what was given
 *
 * Returns: (transfer full) (nullable) (element-type PaddockEstimateDevice): the devices; %NULL if one of them makes no
 *   sense, which has been complained of
 */
GArray *
paddock_estimate_options_dup_devices (const PaddockEstimateOptions *self)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, TRUE, sizeof (PaddockEstimateDevice));

  g_array_set_clear_func (devices, clear_device);
  if (self->cpu && self->devices != NULL)
    {
      paddock_output_complain (_("There is no device to be used"), "--cpu --device");
      return NULL;
    }
  for (guint i = 0; self->devices != NULL && self->devices[i] != NULL; i++)
    {
      const char *equals = strrchr (self->devices[i], '=');
      PaddockEstimateDevice device = { 0 };

      if (equals == NULL || equals == self->devices[i] || !paddock_byte_size_parse (equals + 1, &device.capacity) ||
          device.capacity == 0 || device.capacity > PADDOCK_HARDWARE_NUMBER_MAX)
        {
          paddock_output_complain (_("A device is given as NAME=BYTES"), self->devices[i]);
          return NULL;
        }
      device.name = g_utf8_make_valid (self->devices[i], equals - self->devices[i]);
      g_array_append_val (devices, device);
    }
  return g_steal_pointer (&devices);
}
