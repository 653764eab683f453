/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "estimate/estimate-error.h"
#include "estimate/memory-weights.h"
#include "shape-recipe.h"

#define MODEL(arch, file_type, tensors)                                                                                \
  "kv general.architecture str " arch "\nkv general.file_type u32 " file_type "\nkv " arch                             \
  ".context_length u32 512\nkv " arch ".embedding_length u32 512\nkv " arch ".block_count u32 2\nkv " arch             \
  ".attention.head_count u32 8\ntensor token_embd.weight f16 512x300 bytes=0\n" tensors

#define EMBEDDING (512 * 300 * 2)

static guint64
weigh (const char *recipe)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (recipe);
  g_autoptr(GError) error = NULL;
  guint64 bytes = 0;

  paddock_memory_weights_compute (shape, &bytes, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
assert_unknown (const char *recipe, PaddockEstimateError code, const char *part)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (recipe);
  g_autoptr(GError) error = NULL;
  guint64 bytes = 0;

  g_assert_false (paddock_memory_weights_compute (shape, &bytes, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, error->message);
}

static void
test_padding (void)
{
  g_assert_cmpuint (weigh (MODEL ("llama", "1", "repeat 2 tensor blk.{}.attn_norm.weight f32 9 bytes=0\n")), ==,
                    EMBEDDING + 2 * 64);
}

static void
test_layers (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (MODEL ("llama", "15", "tensor blk.0.a q4_k 256x4 bytes=0\ntensor blk.1.a q6_k 256x4 bytes=0\n"));

  g_assert_cmpuint (paddock_memory_weights_of (shape, -1), ==, EMBEDDING);
  g_assert_cmpuint (paddock_memory_weights_of (shape, 0), ==, 4 * 144);
  g_assert_cmpuint (paddock_memory_weights_of (shape, 1), ==, 864);
  g_assert_cmpuint (paddock_memory_weights_of (shape, 2), ==, 0);
}

/* The last layer guesses ahead, and is left in the file: not even its type matters. */
static void
test_guessing_layer (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (MODEL ("glm4moe", "15\nkv glm4moe.nextn_predict_layers u32 1",
                                 "tensor blk.0.a q4_k 256x4 bytes=0\ntensor blk.1.a 39999 64 bytes=64\n"));
  g_autoptr(GError) error = NULL;
  guint64 bytes = 0;

  paddock_memory_weights_compute (shape, &bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bytes, ==, EMBEDDING + 4 * 144);
  g_assert_cmpuint (paddock_memory_weights_of (shape, 0), ==, 4 * 144);
  g_assert_cmpuint (paddock_memory_weights_of (shape, 1), ==, 0);
}

/* Gemma 3n and 4 are loaded with a copy of the table for the output, unless they have one. */
static void
test_second_table (void)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (MODEL ("gemma4", "1", "repeat 2 tensor blk.{}.a f32 8 bytes=0\n"));

  g_assert_cmpuint (paddock_memory_weights_of (shape, -1), ==, 2 * EMBEDDING);
  g_assert_cmpuint (weigh (MODEL ("gemma4", "1", "repeat 2 tensor blk.{}.a f32 8 bytes=0\n")), ==, 2 * EMBEDDING + 64);
  g_assert_cmpuint (weigh (MODEL ("gemma4", "1",
                                  "repeat 2 tensor blk.{}.a f32 8 bytes=0\ntensor output.weight q8_0 512x300 bytes=0\n")),
                    ==, EMBEDDING + 64 + 512 * 300 / 32 * 34);
}

/* A quarter byte for each weight, and 32 for the scale, which the engine keeps with the tensor. */
static void
test_bitnet (void)
{
  g_assert_cmpuint (weigh (MODEL ("bitnet-b1.58", "40", "repeat 2 tensor blk.{}.ffn_up.weight 36 512x512 bytes=65568\n")),
                    ==, EMBEDDING + 2 * (512 * 512 / 4 + 32));
}

static void
test_unknown (void)
{
  assert_unknown (MODEL ("llama", "1", "repeat 2 tensor blk.{}.odd 39999 64 bytes=64\n"),
                  PADDOCK_ESTIMATE_ERROR_TENSOR_TYPE, "“odd” of layer 0 is of a type that nobody knows");
  assert_unknown (MODEL ("llama", "1", "repeat 2 tensor blk.{}.odd q8_0 33 bytes=64\n"), PADDOCK_ESTIMATE_ERROR_TENSOR_TYPE,
                  "cannot have that shape as Q8_0");
  assert_unknown (MODEL ("llama", "1",
                         "repeat 2 tensor blk.{}.vast f32 4294967296x536870912 bytes=0\n"
                         "tensor other.weight f32 4294967296x536870912 bytes=0\n"),
                  PADDOCK_ESTIMATE_ERROR_OVERFLOW, "more bytes than can be counted");
  /* These are few enough for themselves, but not with what else a run takes. */
  assert_unknown (MODEL ("llama", "1", "tensor blk.0.vast f32 4294967296x134217728 bytes=0\n"),
                  PADDOCK_ESTIMATE_ERROR_OVERFLOW, "more bytes than can be counted");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-weights/padding", test_padding);
  g_test_add_func ("/memory-weights/layers", test_layers);
  g_test_add_func ("/memory-weights/second-table", test_second_table);
  g_test_add_func ("/memory-weights/guessing-layer", test_guessing_layer);
  g_test_add_func ("/memory-weights/bitnet", test_bitnet);
  g_test_add_func ("/memory-weights/unknown", test_unknown);
  return g_test_run ();
}
