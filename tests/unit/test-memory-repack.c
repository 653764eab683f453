/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-repack.h"
#include "shape-recipe.h"

#define HEAD(arch)                                                                                                     \
  "kv general.architecture str " arch "\nkv " arch ".context_length u32 4096\nkv " arch                                \
  ".embedding_length u32 256\nkv " arch ".block_count u32 1\nkv " arch ".attention.head_count u32 8\n"

static guint64
measure (const char *type, const char *dimensions, const char *name, const char *variant)
{
  g_autofree char *recipe = g_strdup_printf (
    HEAD ("llama") "tensor token_embd.weight f32 256x3\ntensor output.weight f32 256x3\ntensor blk.0.%s %s %s\n", name,
    type, dimensions);
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (recipe);

  return paddock_memory_repack_measure (paddock_model_shape_find (shape, 0, name),
                                        paddock_engine_variant_lookup (variant));
}

/* As the engine's own buffers have it, found with every variant of llama.cpp 0.7.0. */
static void
test_types (void)
{
  static const struct
  {
    const char *type;
    guint64 old, avx2, avx512, tiles;
  } rows[] = {
    { "q4_0", 0, 4608, 4608, 4608 },  { "q4_1", 0, 0, 0, 5120 },       { "q5_0", 0, 0, 0, 0 },
    { "q8_0", 0, 0, 0, 9728 },        { "q2_k", 0, 0, 2688, 2688 },    { "q3_k", 0, 0, 0, 0 },
    { "q4_k", 0, 4608, 4608, 4736 },  { "q5_k", 0, 0, 0, 5760 },       { "q6_k", 0, 0, 0, 6720 },
    { "iq4_nl", 0, 4608, 4608, 4608 }, { "iq4_xs", 0, 0, 0, 4416 },    { "mxfp4", 0, 4352, 4352, 4352 },
    { "f16", 0, 0, 0, 16384 },        { "bf16", 0, 0, 0, 0 },          { "f32", 0, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *type = rows[i].type;

      g_assert_cmpuint (measure (type, "256x32", "attn_q.weight", "ivybridge"), ==, rows[i].old);
      g_assert_cmpuint (measure (type, "256x32", "attn_q.weight", "alderlake"), ==, rows[i].avx2);
      g_assert_cmpuint (measure (type, "256x32", "attn_q.weight", "zen4"), ==, rows[i].avx512);
      g_assert_cmpuint (measure (type, "256x32", "attn_q.weight", "sapphirerapids"), ==, rows[i].tiles);
    }
}

static void
test_arm (void)
{
  g_assert_cmpuint (measure ("q4_0", "256x4", "attn_q.weight", "armv8.2_1"), ==, 576);
  g_assert_cmpuint (measure ("q8_0", "256x4", "attn_q.weight", "armv8.6_1"), ==, 1088);
  g_assert_cmpuint (measure ("q4_k", "256x4", "attn_q.weight", "armv8.6_1"), ==, 0);
  g_assert_cmpuint (measure ("q4_k", "256x8", "attn_q.weight", "armv8.6_1"), ==, 1152);
  g_assert_cmpuint (measure ("q4_0", "256x8", "attn_q.weight", "armv8.0_1"), ==, 0);
}

static void
test_shapes (void)
{
  /* Rows in eights, for tiles in thirty-twos; then what is no tile is interleaved. */
  g_assert_cmpuint (measure ("q4_0", "256x12", "attn_q.weight", "haswell"), ==, 0);
  g_assert_cmpuint (measure ("q4_0", "256x8", "attn_q.weight", "haswell"), ==, 1152);
  g_assert_cmpuint (measure ("q4_0", "256x8", "attn_q.weight", "sapphirerapids"), ==, 1152);
  g_assert_cmpuint (measure ("q8_0", "256x24", "attn_q.weight", "sapphirerapids"), ==, 0);
  g_assert_cmpuint (measure ("f16", "24x32", "attn_q.weight", "sapphirerapids"), ==, 0);
  g_assert_cmpuint (measure ("f16", "48x32", "attn_q.weight", "sapphirerapids"), ==, 3072);
  /* Experts are interleaved, but no tiles; other stacks are tiles of which one matrix is reserved. */
  g_assert_cmpuint (measure ("q4_0", "256x32x4", "ffn_up_exps.weight", "haswell"), ==, 18432);
  g_assert_cmpuint (measure ("q4_0", "256x32x4", "ffn_up_exps.weight", "sapphirerapids"), ==, 18432);
  g_assert_cmpuint (measure ("q8_0", "256x32x4", "ffn_up_exps.weight", "sapphirerapids"), ==, 0);
  g_assert_cmpuint (measure ("q4_0", "256x32x4", "time_mix_w2.weight", "haswell"), ==, 0);
  g_assert_cmpuint (measure ("q4_0", "256x32x4", "time_mix_w2.weight", "sapphirerapids"), ==, 4608);
  g_assert_cmpuint (measure ("f16", "256x32x4", "time_mix_w2.weight", "sapphirerapids"), ==, 65536);
}

static void
assert_model (const char *recipe, guint64 stored, guint64 copies)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (recipe);
  PaddockMemoryRepack repack;

  paddock_memory_repack_compute (&repack, shape, paddock_engine_variant_lookup ("haswell"));
  g_assert_cmpuint (repack.stored, ==, stored);
  g_assert_cmpuint (repack.copies, ==, copies);
  paddock_memory_repack_compute (&repack, shape, NULL);
  g_assert_cmpuint (repack.stored + repack.copies, ==, 0);
}

/* Words are looked up in the table as it is; a model that also multiplies with it has it twice. */
static void
test_tied (void)
{
  assert_model (HEAD ("llama") "tensor token_embd.weight q4_0 256x32\ntensor output.weight q4_0 256x32\n"
                               "tensor blk.0.attn_q.weight q4_0 256x8\n", 4608 + 1152, 4608 + 1152);
  assert_model (HEAD ("llama") "tensor token_embd.weight q4_0 256x32\ntensor blk.0.attn_q.weight q4_0 256x8\n", 1152,
                4608 + 1152);
  assert_model (HEAD ("bert") "tensor token_embd.weight q4_0 256x32\ntensor blk.0.attn_q.weight q4_0 256x8\n", 1152, 1152);
}

/* Layers that guess ahead are not loaded, and so not copied either. */
static void
test_ahead (void)
{
  assert_model ("kv general.architecture str glm4moe\nkv glm4moe.context_length u32 4096\n"
                "kv glm4moe.embedding_length u32 256\nkv glm4moe.block_count u32 2\n"
                "kv glm4moe.attention.head_count u32 8\nkv glm4moe.nextn_predict_layers u32 1\n"
                "tensor token_embd.weight f32 256x3\ntensor output.weight f32 256x3\n"
                "tensor blk.0.attn_q.weight q4_0 256x8\ntensor blk.1.attn_q.weight q4_0 256x8\n",
                1152, 1152);
}

static void
test_resolve (void)
{
  const PaddockEngineVariant *variant;

  g_assert_true (paddock_memory_repack_resolve ("off", &variant));
  g_assert_null (variant);
  g_assert_true (paddock_memory_repack_resolve ("auto", &variant));
  g_assert_true (variant == paddock_engine_variant_of_this_processor ());
  g_assert_true (paddock_memory_repack_resolve ("x86-64-v3", &variant));
  g_assert_cmpstr (variant->name, ==, "haswell");
  g_assert_false (paddock_memory_repack_resolve ("nothing", &variant));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-repack/types", test_types);
  g_test_add_func ("/memory-repack/arm", test_arm);
  g_test_add_func ("/memory-repack/shapes", test_shapes);
  g_test_add_func ("/memory-repack/tied", test_tied);
  g_test_add_func ("/memory-repack/ahead", test_ahead);
  g_test_add_func ("/memory-repack/resolve", test_resolve);
  return g_test_run ();
}
