/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/estimate-error.h"
#include "estimate/memory-companion.h"
#include "estimate/memory-curve.h"
#include "estimate/memory-repack.h"
#include "estimate/memory-requirements.h"
#include "estimate/memory-resident.h"
#include "gguf-recipe.h"
#include "shape-recipe.h"

#define MODEL                                                                                                          \
  "kv general.architecture str llama\nkv llama.context_length u32 8192\nkv llama.embedding_length u32 256\n"          \
  "kv llama.block_count u32 2\nkv llama.feed_forward_length u32 512\nkv llama.attention.head_count u32 8\n"           \
  "tensor token_embd.weight f16 256x1000\ntensor output.weight q4_0 256x1000\n"                                        \
  "repeat 2 tensor blk.{}.attn_q.weight q4_0 256x256\nrepeat 2 tensor blk.{}.ffn_up.weight f16 256x512\n"

#define OUTPUT_BYTES (256 * 1000 / 32 * 18)
#define QUERY_BYTES (256 * 256 / 32 * 18)
#define STORED (256 * 1000 * 2 + OUTPUT_BYTES + 2 * QUERY_BYTES + 2 * 256 * 512 * 2)

/* Of one layer: keys and values of 256 numbers of two bytes. */
#define CACHE_OF_CELL (2 * 2 * 256 * 2)

static PaddockMemoryRequest
make_request (const PaddockModelShape *shape)
{
  PaddockMemoryRequest request;

  paddock_memory_request_init (&request, shape);
  request.repack = g_intern_static_string ("off");
  return request;
}

static PaddockMemoryEstimate
estimate_of (const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  g_autoptr (GError) error = NULL;
  PaddockMemoryEstimate estimate;

  paddock_memory_estimate_compute (&estimate, shape, request, &error);
  g_assert_no_error (error);
  return estimate;
}

static void
test_kinds (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemoryRequest request = make_request (shape);
  PaddockMemoryEstimate estimate = estimate_of (shape, &request);
  guint64 total = 0;

  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_WEIGHTS], ==, STORED);
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_REPACKED], ==, 0);
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_CACHE], ==, 8192 * CACHE_OF_CELL);
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_STATE], ==, 0);
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_OUTPUT], ==, 4 * 1000 * 4);
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_COMPUTE], >, 0);
  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    total += estimate.bytes[i];
  g_assert_cmpuint (estimate.total, ==, total);
  g_assert_cmpuint (estimate.resident, ==, total);
  g_assert_cmpuint (estimate.evictable, ==, STORED);
  g_assert_cmpfloat (paddock_memory_estimate_get_band (&estimate), >, 0);
  g_assert_cmpstr (paddock_memory_kind_get_id (PADDOCK_MEMORY_ADAPTERS), ==, "adapters");
  g_assert_cmpstr (paddock_memory_basis_get_id (PADDOCK_MEMORY_COMPUTED), ==, "computed");
}

/* Copies take the place of what was stored, and stand beside it while the file is mapped. */
static void
test_repacked (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemoryRequest request = make_request (shape);
  PaddockMemoryEstimate plain = estimate_of (shape, &request);
  PaddockMemoryEstimate estimate;

  request.repack = g_intern_static_string ("haswell");
  estimate = estimate_of (shape, &request);
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_REPACKED], ==, OUTPUT_BYTES + 2 * QUERY_BYTES);
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_WEIGHTS], ==, STORED - OUTPUT_BYTES - 2 * QUERY_BYTES);
  g_assert_cmpuint (estimate.total, ==, plain.total);
  g_assert_cmpuint (estimate.resident, ==, plain.resident + OUTPUT_BYTES + 2 * QUERY_BYTES);
  request.mmap = FALSE;
  estimate = estimate_of (shape, &request);
  g_assert_cmpuint (estimate.resident, ==, plain.resident);
  g_assert_cmpuint (estimate.evictable, ==, 0);
}

static void
test_change (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemoryRequest request = make_request (shape);
  PaddockMemoryEstimate changed = estimate_of (shape, &request);
  PaddockMemoryEstimate anew;
  g_autoptr (GError) error = NULL;

  request.context = 1024;
  g_assert_true (paddock_memory_estimate_change (&changed, shape, &request, &error));
  g_assert_no_error (error);
  anew = estimate_of (shape, &request);
  g_assert_cmpmem (changed.bytes, sizeof changed.bytes, anew.bytes, sizeof anew.bytes);
  g_assert_cmpuint (changed.total, ==, anew.total);
  request.context = 0;
  g_assert_false (paddock_memory_estimate_change (&changed, shape, &request, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CONTEXT);
}

static void
test_refused (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  g_autoptr (PaddockModelShape) unknown = test_shape_of_recipe (MODEL "tensor odd.weight 250 256 bytes=32\n");
  PaddockMemoryRequest request = make_request (shape);
  PaddockMemoryEstimate estimate;
  g_autoptr (GError) error = NULL;

  g_assert_false (paddock_memory_estimate_compute (&estimate, unknown, &request, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_TENSOR_TYPE);
  g_clear_error (&error);
  request.repack = g_intern_static_string ("abacus");
  g_assert_false (paddock_memory_estimate_compute (&estimate, shape, &request, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_REPACK);
}

/* With one byte less than a context needs, it does not fit; and the next larger one never does. */
static void
test_largest_context (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemoryRequest request = make_request (shape);

  for (guint32 context = 256; context < 8192; context += 1792)
    {
      guint64 total;

      request.context = context;
      total = estimate_of (shape, &request).total;
      g_assert_cmpuint (paddock_memory_estimate_find_largest_context (shape, &request, 0, total), ==, context);
      g_assert_cmpuint (paddock_memory_estimate_find_largest_context (shape, &request, 0, total - 1), ==, context - 256);
      g_assert_cmpuint (paddock_memory_estimate_find_largest_context (shape, &request, 5, total + 4), ==, context - 256);
    }
  g_assert_cmpuint (paddock_memory_estimate_find_largest_context (shape, &request, 0, G_MAXUINT64), ==, 8192);
  g_assert_cmpuint (paddock_memory_estimate_find_largest_context (shape, &request, 0, 0), ==, 0);
  request.unified = FALSE;
  g_assert_cmpuint (
    paddock_memory_estimate_find_largest_context (shape, &request, 0, estimate_of (shape, &request).total) % 1024, ==, 0);
}

static void
test_curve (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemoryRequest request = make_request (shape);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) points = paddock_memory_curve_compute (shape, &request, 5, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (points->len, ==, 5);
  for (guint i = 0; i < points->len; i++)
    {
      const PaddockMemoryPoint *point = &g_array_index (points, PaddockMemoryPoint, i);

      request.context = point->context;
      g_assert_cmpuint (point->context, ==, 512 + 1920 * i);
      g_assert_cmpuint (point->total, ==, estimate_of (shape, &request).total);
    }
  request.batch = 0;
  g_assert_null (paddock_memory_curve_compute (shape, &request, 5, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_BATCH);
}

static void
test_requirements (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  g_autoptr (PaddockModelShape) experts =
    test_shape_of_recipe ("kv llama.expert_count u32 4\nkv llama.expert_used_count u32 2\n" MODEL
                          "repeat 2 tensor blk.{}.ffn_up_exps.weight f16 256x512x4\n");
  PaddockMemoryRequest request = make_request (shape);
  PaddockMemoryEstimate estimate = estimate_of (shape, &request);
  PaddockMemoryRequirements dense, mixed;
  guint64 layers = 2 * (QUERY_BYTES + 256 * 512 * 2);

  paddock_memory_requirements_compute (&dense, shape, &estimate);
  g_assert_cmpuint (dense.minimum_memory, ==, estimate.total);
  g_assert_cmpuint (dense.recommended_memory - dense.minimum_memory, ==, dense.swap);
  g_assert_cmpuint (dense.recommended_gpu_memory - dense.minimum_gpu_memory, ==,
                    layers / 2 + OUTPUT_BYTES + 8192 * CACHE_OF_CELL / 2);
  estimate = estimate_of (experts, &request);
  paddock_memory_requirements_compute (&mixed, experts, &estimate);
  g_assert_cmpuint (mixed.recommended_gpu_memory - mixed.minimum_gpu_memory, ==, 2 * 256 * 512 * 4 * 2);
}

static PaddockGgufShards *
shards_of (const char *recipe)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_gguf_recipe_build (recipe, &error);
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "beside.gguf");
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);

  g_assert_no_error (error);
  return paddock_gguf_shards_new_for_file (file);
}

static void
test_companions (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  g_autoptr (PaddockGgufShards) adapter =
    shards_of ("kv general.architecture str llama\nkv general.type str adapter\ntensor blk.0.attn_q.weight.lora_a f32 256x8\n");
  g_autoptr (PaddockGgufShards) projector =
    shards_of ("kv general.architecture str clip\nkv clip.vision.image_size u32 224\nkv clip.vision.patch_size u32 14\n"
               "kv clip.vision.embedding_length u32 64\nkv clip.vision.feed_forward_length u32 128\n"
               "kv clip.vision.attention.head_count u32 4\ntensor v.patch_embd.weight f16 14x14x3x64\n");
  PaddockMemoryRequest request = make_request (shape);
  PaddockMemoryEstimate plain = estimate_of (shape, &request);
  PaddockMemoryEstimate estimate = plain;
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_memory_companion_add_adapter (&estimate, adapter, &error));
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_ADAPTERS], ==, 256 * 8 * 4);
  g_assert_cmpuint (estimate.total, ==, plain.total + 256 * 8 * 4);
  g_assert_true (paddock_memory_companion_add_projector (&estimate, projector, &error));
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_PROJECTOR], ==,
                    14 * 14 * 3 * 64 * 2 + 4 * 256 * (256 * 4 + 128 + 5 * 64));
  g_assert_cmpint (estimate.basis[PADDOCK_MEMORY_PROJECTOR], ==, PADDOCK_MEMORY_APPROXIMATE);
  g_assert_true (paddock_memory_companion_add_draft (&estimate, shape, &request, &error));
  g_assert_cmpuint (estimate.bytes[PADDOCK_MEMORY_DRAFT], ==, plain.total - plain.bytes[PADDOCK_MEMORY_OVERHEAD]);
  g_assert_false (paddock_memory_companion_add_projector (&estimate, adapter, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_COMPANION);
  g_clear_error (&error);
  g_assert_false (paddock_memory_companion_add_adapter (&estimate, projector, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_COMPANION);
}

static void
test_resident (void)
{
  const PaddockMemoryParts mapped = { 1000, 600, 700, 50, 20, 5, 100, TRUE };
  PaddockMemoryParts parts = mapped;
  PaddockMemoryResident resident;
  guint64 overhead = paddock_memory_resident_get_overhead (100);

  paddock_memory_resident_compute (&resident, &parts);
  g_assert_cmpuint (resident.resident, ==, overhead + 1000 + 700 + 50 + 20 + 5);
  g_assert_cmpuint (resident.peak_loading, ==, resident.resident - 20);
  g_assert_cmpuint (resident.evictable, ==, 1000);
  g_assert_cmpuint (resident.overhead, ==, overhead);
  parts.mmap = FALSE;
  paddock_memory_resident_compute (&resident, &parts);
  g_assert_cmpuint (resident.resident, ==, overhead + 400 + 700 + 50 + 20 + 5);
  g_assert_cmpuint (paddock_memory_resident_get_overhead (200), >, overhead);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-estimate/kinds", test_kinds);
  g_test_add_func ("/memory-estimate/repacked", test_repacked);
  g_test_add_func ("/memory-estimate/change", test_change);
  g_test_add_func ("/memory-estimate/refused", test_refused);
  g_test_add_func ("/memory-estimate/largest-context", test_largest_context);
  g_test_add_func ("/memory-estimate/curve", test_curve);
  g_test_add_func ("/memory-estimate/requirements", test_requirements);
  g_test_add_func ("/memory-estimate/companions", test_companions);
  g_test_add_func ("/memory-estimate/resident", test_resident);
  return g_test_run ();
}
