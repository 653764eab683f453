/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "estimate/memory-cache.h"
#include "estimate/memory-estimate.h"
#include "estimate/memory-output.h"
#include "estimate/memory-weights.h"
#include "estimate/placement-arguments.h"
#include "estimate/placement-strategy.h"
#include "fuzz-target.h"
#include "hardware/hardware-draft.h"

/*
 * What a model needs and where it would go, told from any header and any options: a sum is never less than its parts, no
 * device has more than it has room for, and nothing takes long or much.
 *
 * The last bytes, after a mark, are options; without the mark the usual ones are tried.
 */

#define MARK "\nOPTIONS"
#define N_OPTIONS 12

typedef struct
{
  const char *id;                    /* NULL: the end */
  PaddockHardwareDeviceKind kind;
  guint64 total, bandwidth;
} FuzzDevice;

#define MIB (G_GUINT64_CONSTANT (1) << 20)

static const FuzzDevice lists[][4] = {
  { { 0 } },
  { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 300 * MIB, 0 }, { 0 } },
  { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 24576 * MIB, 9 }, { "CUDA1", PADDOCK_DEVICE_DISCRETE, 900 * MIB, 3 }, { 0 } },
  { { "pci:0", PADDOCK_DEVICE_INTEGRATED, 512 * MIB, 0 }, { "rpc:one:1", PADDOCK_DEVICE_REMOTE, 5000 * MIB, 0 }, { 0 } },
  { { "Vulkan0", PADDOCK_DEVICE_DISCRETE, PADDOCK_HARDWARE_NUMBER_MAX, 1 },
    { "rpc:two:1", PADDOCK_DEVICE_REMOTE, PADDOCK_HARDWARE_NUMBER_MAX, 1 },
    { 0 } },
};

static PaddockModelShape *
read_shape (const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "fuzz.gguf");
  g_autoptr(PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_autoptr(PaddockGgufShards) shards = paddock_gguf_shards_new_for_file (file);
  g_autoptr(GError) error = NULL;
  PaddockModelShape *shape = paddock_model_shape_new (shards, &error);

  g_assert_true ((shape == NULL) == (error != NULL));
  return shape;
}

static void
check_tensors (const PaddockModelShape *shape)
{
  guint seen = 0;

  for (int layer = -1; layer < (int) shape->layers; layer++)
    {
      guint n_tensors = 0;
      const PaddockShapeTensor *tensors = paddock_model_shape_list (shape, layer, &n_tensors);

      for (guint i = 0; i < n_tensors; i++)
        {
          g_assert_cmpint (tensors[i].layer, ==, layer);
          g_assert_nonnull (paddock_model_shape_find (shape, layer, tensors[i].name));
        }
      seen += n_tensors;
    }
  g_assert_cmpuint (seen, ==, shape->n_tensors);
}

static void
check_layers (const PaddockModelShape *shape)
{
  g_assert_cmpuint (shape->layers, >, 0);
  g_assert_cmpuint (shape->layers, <=, MIN (shape->n_tensors, PADDOCK_SHAPE_MAX_LAYERS));
  for (guint i = 0; i < shape->layers; i++)
    {
      g_assert_cmpuint (shape->layer[i].alike, <=, i);
      g_assert_cmpuint (shape->layer[shape->layer[i].alike].alike, ==, shape->layer[i].alike);
      g_assert_true (!shape->layer[i].sliding || shape->window > 0);
    }
}

static void
check_request (const PaddockModelShape *shape, PaddockMemoryRequest *request)
{
  guint64 per_layer[PADDOCK_SHAPE_MAX_LAYERS];
  guint64 cache = 0, state = 0, sum = 0;

  if (!paddock_memory_request_check (request, shape, NULL) ||
      !paddock_memory_cache_compute (shape, request, &cache, &state, per_layer))
    return;
  for (guint i = 0; i < shape->layers; i++)
    sum += per_layer[i];
  g_assert_cmpuint (sum, ==, cache + state);
  g_assert_cmpuint (paddock_memory_cache_get_cells (shape, request, TRUE), <=,
                    paddock_memory_cache_get_cells (shape, request, FALSE));
  g_assert_cmpuint (paddock_memory_output_compute (shape, request), <, G_MAXUINT64);
}

static GPtrArray *
make_devices (const FuzzDevice *list, guint64 memory)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  g_autoptr(PaddockHardwareSnapshot) machine = NULL;

  paddock_hardware_number_set (&draft->memory->total, memory, "the fuzzer");
  paddock_hardware_number_set (&draft->memory->available, memory / 2, "the fuzzer");
  for (; list->id != NULL; list++)
    {
      PaddockHardwareDevice *device = paddock_hardware_device_new (list->id, list->kind);

      paddock_hardware_number_set (&device->total, list->total, "the fuzzer");
      if (list->kind == PADDOCK_DEVICE_INTEGRATED)
        paddock_hardware_number_set (&device->shared, memory / 2, "the fuzzer");
      if (list->bandwidth > 0)
        paddock_hardware_number_set (&device->bandwidth, list->bandwidth, "the fuzzer");
      paddock_hardware_draft_add_device (draft, device);
    }
  machine = paddock_hardware_draft_end (draft);
  return paddock_placement_devices_new (machine, NULL);
}

static void
check_placement (const PaddockPlacement *placement, const PaddockPlacementLoad *load,
                 const PaddockMemoryRequest *request)
{
  g_auto(GStrv) arguments = paddock_placement_build_arguments (placement, request, NULL);
  guint layers = 0;

  g_assert_cmpuint (g_strv_length (arguments), >, 0);
  for (guint i = 0; i < placement->devices->len; i++)
    {
      const PaddockPlacementDevice *device = g_ptr_array_index (placement->devices, i);
      const PaddockPlacementShare *share = &placement->shares[i];

      g_assert_cmpuint (share->used, >=, share->weights);
      g_assert_cmpuint (share->used, ==, share->weights + share->cache + share->compute);
      g_assert_true (i == PADDOCK_PLACEMENT_HOST || share->used <= share->limit);
      g_assert_cmpuint (share->limit, <=, device->own + device->borrow);
      layers += share->layers;
    }
  g_assert_cmpuint (layers, ==, load->n_layers + 1);
  g_assert_cmpuint (placement->gpu_layers, <=, layers);
}

static void
check_placements (const PaddockPlacementLoad *load, const PaddockMemoryRequest *request, guint64 memory, guint wanted)
{
  static const char *const ids[] = { "gpu-first", "balanced", "cpu-only" };

  for (gsize i = 0; i < G_N_ELEMENTS (lists) * G_N_ELEMENTS (ids); i++)
    {
      const PaddockPlacementStrategy *strategy = paddock_placement_strategy_find (ids[i % G_N_ELEMENTS (ids)]);
      g_autoptr(GPtrArray) devices = make_devices (lists[i / G_N_ELEMENTS (ids)], memory);
      g_autoptr(PaddockPlacement) placement = paddock_placement_strategy_run (strategy, devices, load);
      g_autoptr(PaddockPlacement) forced = NULL;

      check_placement (placement, load, request);
      forced = paddock_placement_strategy_run_layers (strategy, devices, load, wanted % (load->n_layers + 2));
      check_placement (forced, load, request);
      g_assert_true (forced->refused || forced->gpu_layers == forced->wanted);
      g_assert_true (!forced->refused || forced->fit == PADDOCK_FIT_TOO_LARGE);
    }
}

/* Computing is simulated for real: only of what takes no time. */
static void
check_estimate (const PaddockModelShape *shape, const PaddockMemoryRequest *request, const guint8 *options)
{
  const gboolean quick = shape->layers > 64 || shape->n_tensors > 2000;
  PaddockMemoryEstimate estimate;
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockPlacementLoad) load = paddock_placement_load_new_for_shape (shape, request, quick, &error);
  guint64 sum = 0;

  g_assert_true ((load == NULL) == (error != NULL));
  if (load != NULL)
    check_placements (load, request, MIB << (options[0] % 24), options[1]);
  if (quick || !paddock_memory_estimate_compute (&estimate, shape, request, NULL))
    return;
  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    {
      g_assert_cmpuint (estimate.bytes[i], <=, estimate.total);
      g_assert_false (__builtin_add_overflow (sum, estimate.bytes[i], &sum));
    }
  g_assert_cmpuint (sum, ==, estimate.total);
  g_assert_cmpuint (estimate.resident, >=, estimate.evictable);
}

static void
apply_options (PaddockMemoryRequest *request, const PaddockModelShape *shape, const guint8 *options)
{
  static const char *const types[] = { "F16", "Q8_0", "Q4_0", "F32" };
  static const char *const variants[] = { "off", "haswell", "sapphirerapids", "auto" };

  request->context = MAX (1, shape->training_context >> (options[2] % 24));
  request->ubatch = 1u << (options[3] % 12);
  request->batch = MAX (request->ubatch, 1u << (options[4] % 12));
  request->parallel = 1u << (options[5] % 9);
  request->outputs = options[6] % 3 == 0 ? 0 : MIN (request->parallel, request->batch);
  request->cache_k = paddock_quant_type_lookup_by_name (types[options[7] % G_N_ELEMENTS (types)]);
  request->cache_v = paddock_quant_type_lookup_by_name (types[options[8] % G_N_ELEMENTS (types)]);
  request->flash_attention = (PaddockFlashAttention) (options[9] % 3);
  request->repack = variants[options[10] % G_N_ELEMENTS (variants)];
  request->unified = (options[11] & 1) != 0;
  request->mmap = (options[11] & 2) != 0;
  request->swa_full = (options[11] & 4) != 0;
  request->as_engine = (options[11] & 8) != 0;
}

/* Where the options begin; the length of the whole where there are none. */
static gsize
find_options (const guint8 *data, gsize size)
{
  const gsize length = strlen (MARK) + N_OPTIONS;

  return size >= length && memcmp (data + size - length, MARK, strlen (MARK)) == 0 ? size - length : size;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const gsize length = find_options (data, size);
  static const guint8 usual[N_OPTIONS] = { 14, 3, 3, 9, 11, 2, 1, 0, 0, 0, 1, 3 };
  const guint8 *options = length < size ? data + size - N_OPTIONS : usual;
  g_autoptr(PaddockModelShape) shape = read_shape (data, length);
  PaddockMemoryRequest request;
  guint64 weights = 0;

  if (shape == NULL)
    return 0;
  check_tensors (shape);
  check_layers (shape);
  paddock_memory_weights_compute (shape, &weights, NULL);
  paddock_memory_request_init (&request, shape);
  check_request (shape, &request);
  request.unified = FALSE;
  request.cache_k = paddock_quant_type_lookup_by_name ("Q8_0");
  check_request (shape, &request);
  request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  check_request (shape, &request);
  paddock_memory_request_init (&request, shape);
  apply_options (&request, shape, options);
  check_estimate (shape, &request, options);
  return 0;
}
