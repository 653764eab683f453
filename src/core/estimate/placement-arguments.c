/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-arguments.h"

static const char *const stack_names[PADDOCK_EXPERT_N_STACKS] = {
  [PADDOCK_EXPERT_STACK_DOWN] = "down",
  [PADDOCK_EXPERT_STACK_GATE] = "gate",
  [PADDOCK_EXPERT_STACK_UP] = "up",
  [PADDOCK_EXPERT_STACK_GATE_UP] = "gate_up",
};

static const PaddockPlacementDevice *
get_device (const PaddockPlacement *self, guint index)
{
  return g_ptr_array_index (self->devices, index);
}

/* Where all have names, those without a layer need not be touched at all. */
static gboolean
is_listed (const PaddockPlacement *self, guint index)
{
  const PaddockPlacementDevice *device = get_device (self, index);

  if (self->shares[index].layers > 0)
    return TRUE;
  return !paddock_placement_can_name_devices (self) && device->kind != PADDOCK_DEVICE_REMOTE;
}

static void
append (GString *list, const char *item)
{
  if (list->len > 0)
    g_string_append_c (list, ',');
  g_string_append (list, item);
}

char *
paddock_placement_build_tensor_split (const PaddockPlacement *self)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint listed = 0;

  for (guint i = self->devices->len - 1; i > PADDOCK_PLACEMENT_HOST && self->gpu_layers > 0; i--)
    {
      g_autofree char *layers = g_strdup_printf ("%u", self->shares[i].layers);

      if (!is_listed (self, i))
        continue;
      append (list, layers);
      listed++;
    }
  return listed > 1 ? g_strdup (list->str) : NULL;
}

static char *
build_stacks (guint spilled)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint stack = 0; stack < PADDOCK_EXPERT_N_STACKS; stack++)
    {
      if ((spilled & (1u << stack)) == 0)
        continue;
      if (list->len > 0)
        g_string_append_c (list, '|');
      g_string_append (list, stack_names[stack]);
    }
  return strchr (list->str, '|') != NULL ? g_strdup_printf ("(%s)", list->str) : g_strdup (list->str);
}

/* The engine's device has the layer, but not all of its experts. */
static gboolean
is_partly_spilled (const PaddockPlacement *self, guint layer)
{
  return layer >= self->cpu_experts && self->device[layer] != PADDOCK_PLACEMENT_HOST && self->spilled[layer] != 0;
}

char *
paddock_placement_build_overrides (const PaddockPlacement *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->n_layers; i++)
    {
      g_autofree char *stacks = build_stacks (self->spilled[i]), *pattern = NULL;

      if (!is_partly_spilled (self, i))
        continue;
      pattern = g_strdup_printf ("blk\\.%u\\.ffn_%s_(ch|)exps=CPU", i, stacks);
      append (list, pattern);
    }
  return list->len > 0 ? g_strdup (list->str) : NULL;
}

static void
add (GPtrArray *arguments, const char *option, const char *value)
{
  g_ptr_array_add (arguments, g_strdup (option));
  if (value != NULL)
    g_ptr_array_add (arguments, g_strdup (value));
}

static void
add_number (GPtrArray *arguments, const char *option, guint value)
{
  g_ptr_array_add (arguments, g_strdup (option));
  g_ptr_array_add (arguments, g_strdup_printf ("%u", value));
}

static char *
dup_engine_name (const PaddockPlacement *self, guint index, guint workers)
{
  const PaddockPlacementDevice *device = get_device (self, index);

  return device->address != NULL ? g_strdup_printf ("RPC%u", workers) : g_strdup (device->engine_name);
}

static void
add_companions (GPtrArray *arguments, const PaddockPlacement *self)
{
  const gboolean named = paddock_placement_can_name_devices (self);

  if (self->has_projector && self->projector == PADDOCK_PLACEMENT_HOST)
    add (arguments, "--no-mmproj-offload", NULL);
  else if (self->has_projector && named)
    add (arguments, "--mmproj-device", get_device (self, self->projector)->engine_name);
  if (self->has_draft && self->draft == PADDOCK_PLACEMENT_HOST)
    add (arguments, "--spec-draft-device", "none");
  else if (self->has_draft && named)
    add (arguments, "--spec-draft-device", get_device (self, self->draft)->engine_name);
  if (self->has_draft)
    add (arguments, "--spec-draft-ngl", self->draft == PADDOCK_PLACEMENT_HOST ? "0" : "all");
}

static void
add_devices (GPtrArray *arguments, const PaddockPlacement *self)
{
  g_autoptr (GString) workers = g_string_new (NULL), names = g_string_new (NULL);
  const gboolean named = paddock_placement_can_name_devices (self);
  guint n_workers = 0;
  g_autofree char *split = paddock_placement_build_tensor_split (self);
  g_autofree char *overrides = paddock_placement_build_overrides (self);

  for (guint i = self->devices->len - 1; i > PADDOCK_PLACEMENT_HOST; i--)
    {
      g_autofree char *name = dup_engine_name (self, i, n_workers);

      if (self->shares[i].layers == 0)
        continue;
      if (named)
        append (names, name);
      if (get_device (self, i)->address == NULL)
        continue;
      append (workers, get_device (self, i)->address);
      n_workers++;
    }
  if (workers->len > 0)
    add (arguments, "--rpc", workers->str);
  if (self->gpu_layers == 0)
    add (arguments, "--device", "none");
  else if (names->len > 0)
    add (arguments, "--device", names->str);
  add_number (arguments, "-ngl", self->gpu_layers);
  if (split != NULL)
    add (arguments, "-ts", split);
  if (self->cpu_experts >= self->n_layers)
    add (arguments, "--cpu-moe", NULL);
  else if (self->cpu_experts > 0)
    add_number (arguments, "--n-cpu-moe", self->cpu_experts);
  if (overrides != NULL)
    add (arguments, "-ot", overrides);
  /* All that it would choose is chosen. */
  add (arguments, "--fit", "off");
}

static void
add_type (GPtrArray *arguments, const char *option, const PaddockQuantType *type)
{
  g_autofree char *name = g_ascii_strdown (type->name, -1);

  if (!g_str_equal (name, "f16"))
    add (arguments, option, name);
}

static void
add_request (GPtrArray *arguments, const PaddockMemoryRequest *request)
{
  static const char *const attention[] = { "auto", "on", "off" };

  add_number (arguments, "-c", request->context);
  add_number (arguments, "-b", request->batch);
  add_number (arguments, "-ub", request->ubatch);
  add_number (arguments, "-np", request->parallel);
  add (arguments, request->unified ? "--kv-unified" : "--no-kv-unified", NULL);
  add_type (arguments, "-ctk", request->cache_k);
  add_type (arguments, "-ctv", request->cache_v);
  add (arguments, "-fa", attention[request->flash_attention]);
  if (request->swa_full)
    add (arguments, "--swa-full", NULL);
  if (!request->mmap)
    add (arguments, "--load-mode", "none");
  if (g_strcmp0 (request->repack, "off") == 0)
    add (arguments, "--no-repack", NULL);
}

/**
 * paddock_placement_build_arguments:
 * @self: (nullable): a placement; without one nothing is said of devices
 * @request: how the model is run
 * @advice: (nullable): threads
 *
 * Returns: (transfer full): options in the engine's spelling
 */
char **
paddock_placement_build_arguments (const PaddockPlacement *self, const PaddockMemoryRequest *request,
                                   const PaddockThreadAdvice *advice)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  if (self != NULL)
    {
      add_devices (arguments, self);
      add_companions (arguments, self);
    }
  add_request (arguments, request);
  if (advice != NULL)
    {
      add_number (arguments, "-t", advice->generation);
      if (advice->prompt != advice->generation)
        add_number (arguments, "-tb", advice->prompt);
      if (advice->numa != NULL)
        add (arguments, "--numa", advice->numa);
    }
  g_ptr_array_add (arguments, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&arguments), FALSE);
}
