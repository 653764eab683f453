/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-weights.h"
#include "placement-case.h"
#include "shape-recipe.h"

#define HEAD(arch)                                                                                                     \
  "kv general.architecture str " arch "\nkv " arch ".context_length u32 4096\nkv " arch                                \
  ".embedding_length u32 512\nkv " arch ".block_count u32 4\nkv " arch ".feed_forward_length u32 1024\nkv " arch       \
  ".attention.head_count u32 8\n"
#define ATTENTION                                                                                                      \
  "tensor token_embd.weight f16 512x300\ntensor output_norm.weight f32 512\n"                                          \
  "repeat 4 tensor blk.{}.attn_q.weight f16 512x512\nrepeat 4 tensor blk.{}.ffn_norm.weight f32 512\n"
#define DENSE HEAD ("llama") ATTENTION "tensor output.weight f16 512x300\ntensor rope_freqs.weight f32 32\n"           \
  "repeat 4 tensor blk.{}.ffn_up.weight f16 512x1024\n"
#define EXPERTS                                                                                                        \
  HEAD ("qwen3moe")                                                                                                    \
  "kv qwen3moe.expert_count u32 8\nkv qwen3moe.expert_used_count u32 2\n"                                              \
  "kv qwen3moe.expert_feed_forward_length u32 256\n" ATTENTION                                                         \
  "repeat 4 tensor blk.{}.ffn_gate_inp.weight f32 512x8\nrepeat 4 tensor blk.{}.ffn_up_exps.weight f16 512x256x8\n"    \
  "repeat 4 tensor blk.{}.ffn_gate_exps.weight f16 512x256x8\n"                                                        \
  "repeat 4 tensor blk.{}.ffn_down_exps.weight f16 256x512x8\n"

static PaddockPlacementLoad *
load_of (const PaddockModelShape *shape)
{
  PaddockMemoryRequest request;
  g_autoptr (GError) error = NULL;
  PaddockPlacementLoad *load;

  paddock_memory_request_init (&request, shape);
  load = paddock_placement_load_new_for_shape (shape, &request, TRUE, &error);
  g_assert_no_error (error);
  return load;
}

static void
test_dense (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (DENSE);
  g_autoptr (PaddockPlacementLoad) load = load_of (shape);

  g_assert_cmpuint (load->n_layers, ==, 4);
  g_assert_false (load->has_experts);
  g_assert_cmpuint (load->input, ==, 512 * 300 * 2);
  g_assert_cmpuint (load->output, ==, 512 * 300 * 2 + 512 * 4);
  g_assert_cmpuint (load->common, ==, 32 * 4);
  g_assert_cmpuint (load->tied, ==, 0);
  g_assert_cmpuint (load->layers[3].dense, ==, 512 * 512 * 2 + 512 * 4 + 512 * 1024 * 2);
  g_assert_cmpuint (load->layers[0].cache, ==, 4096 * 512 * 2 * 2);
  g_assert_cmpuint (load->largest, ==, 512 * 1024 * 2);
  g_assert_cmpuint (load->compute_inner, <, load->compute);
  g_assert_cmpuint (load->inputs, >=, 4096 * 512 * 2 + 512 * 512 * 4);
}

static void
test_experts (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (EXPERTS);
  g_autoptr (PaddockPlacementLoad) load = load_of (shape);
  const PaddockPlacementLayer *layer = &load->layers[2];
  const guint64 stack = 512 * 256 * 8 * 2, dense = 512 * 512 * 2 + 512 * 4 + 512 * 8 * 4;

  g_assert_true (load->has_experts);
  g_assert_cmpuint (layer->dense, ==, dense);
  g_assert_cmpuint (layer->stacks[PADDOCK_EXPERT_STACK_UP], ==, stack);
  g_assert_cmpuint (layer->stacks[PADDOCK_EXPERT_STACK_GATE], ==, stack);
  g_assert_cmpuint (layer->stacks[PADDOCK_EXPERT_STACK_DOWN], ==, stack);
  g_assert_cmpuint (layer->stacks[PADDOCK_EXPERT_STACK_GATE_UP], ==, 0);
  /* The output is the embedding once more, and two of eight experts are read. */
  g_assert_cmpuint (load->tied, ==, 512 * 300 * 2);
  g_assert_cmpuint (load->read, ==, 512 * 300 * 2 + 512 * 4 + 4 * (dense + 3 * stack / 4));
}

static void
test_refused (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (DENSE);
  g_autoptr (GError) error = NULL;
  PaddockMemoryRequest request;

  paddock_memory_request_init (&request, shape);
  request.context = 0;
  g_assert_null (paddock_placement_load_new_for_shape (shape, &request, TRUE, &error));
  g_assert_nonnull (error);
}

static void
check_roles (const char *name, int layer, PaddockPlacementRole role)
{
  PaddockShapeTensor tensor = { .name = name, .layer = layer };
  PaddockExpertStack stack;

  g_assert_cmpint (paddock_placement_load_classify (&tensor, &stack), ==, role);
}

static void
test_roles (void)
{
  PaddockShapeTensor fused = { .name = "ffn_gate_up_exps.weight", .layer = 1 };
  PaddockExpertStack stack = PADDOCK_EXPERT_STACK_DOWN;

  check_roles ("token_embd.weight", -1, PADDOCK_PLACEMENT_INPUT);
  check_roles ("per_layer_token_embd.weight", -1, PADDOCK_PLACEMENT_INPUT);
  check_roles ("token_embd_odd.weight", -1, PADDOCK_PLACEMENT_OUTPUT);
  check_roles ("output.weight", -1, PADDOCK_PLACEMENT_OUTPUT);
  check_roles ("rope_freqs.weight", -1, PADDOCK_PLACEMENT_COMMON);
  check_roles ("attn_q.weight", 0, PADDOCK_PLACEMENT_DENSE);
  check_roles ("ffn_up_shexp.weight", 0, PADDOCK_PLACEMENT_DENSE);
  check_roles ("ffn_gate_inp.weight", 0, PADDOCK_PLACEMENT_DENSE);
  check_roles ("ffn_down_exps.bias", 0, PADDOCK_PLACEMENT_EXPERT);
  check_roles ("ffn_up_chexps.weight", 0, PADDOCK_PLACEMENT_EXPERT);
  g_assert_cmpint (paddock_placement_load_classify (&fused, &stack), ==, PADDOCK_PLACEMENT_EXPERT);
  g_assert_cmpint (stack, ==, PADDOCK_EXPERT_STACK_GATE_UP);
}

/* Each tensor is at one place, and the bytes of a place are those of its tensors. */
static void
check_places (const char *recipe, guint free)
{
  const TestPlacementDevice list[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 1024, free, 0, 2 },
                                       { "CUDA1", PADDOCK_DEVICE_DISCRETE, 1024, free + 2, 0, 1 },
                                       { 0 } };
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (recipe);
  g_autoptr (PaddockPlacementLoad) load = load_of (shape);
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (2048, 2048, list);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);
  g_autoptr (PaddockPlacement) placement = test_placement_run (&paddock_placement_gpu_first, devices, load);
  guint64 bytes[3] = { 0 };

  for (guint i = 0; i < shape->n_tensors; i++)
    {
      PaddockExpertStack stack;

      if (paddock_placement_load_classify (&shape->tensors[i], &stack) != PADDOCK_PLACEMENT_COMMON)
        bytes[paddock_placement_get_device (placement, &shape->tensors[i])] += (shape->tensors[i].bytes + 31) / 32 * 32;
    }
  if (placement->gpu_layers > 0)
    bytes[placement->device[load->n_layers]] += load->tied;
  for (guint i = 0; i < 3; i++)
    {
      guint64 weights = placement->shares[i].weights;

      g_assert_true (weights == bytes[i] || weights == bytes[i] + load->common);
    }
}

static void
test_places (void)
{
  for (guint free = 257; free < 400; free++)
    {
      check_places (DENSE, free);
      check_places (EXPERTS, free);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/placement-load/dense", test_dense);
  g_test_add_func ("/placement-load/experts", test_experts);
  g_test_add_func ("/placement-load/refused", test_refused);
  g_test_add_func ("/placement-load/roles", test_roles);
  g_test_add_func ("/placement-load/places", test_places);
  return g_test_run ();
}
