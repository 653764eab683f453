/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-traits.h"
#include "estimate/graph-weights.h"

/* The search among the names needs them in order. */
static void
test_order (void)
{
  for (guint i = 0; i < PADDOCK_N_WEIGHTS; i++)
    g_assert_nonnull (paddock_graph_weights_name (i));
  for (guint i = 1; i < PADDOCK_N_WEIGHTS; i++)
    g_assert_cmpstr (paddock_graph_weights_name (i - 1), <, paddock_graph_weights_name (i));
}

static void
test_find (void)
{
  PaddockShapeTensor tensors[] = { { .name = "attn_q.weight", .layer = -1, .ne = { 4, 8, 1, 1 } },
                                   { .name = "nobody.asks", .layer = -1 },
                                   { .name = "token_types.weight", .layer = -1 } };
  guint first[] = { 0, G_N_ELEMENTS (tensors) };
  PaddockModelShape shape = { .tensors = tensors, .n_tensors = G_N_ELEMENTS (tensors), .first = first };
  PaddockGraphWeights weights;
  guint n_found = 0;

  paddock_graph_weights_find (&weights, &shape, -1);
  for (guint i = 0; i < PADDOCK_N_WEIGHTS; i++)
    n_found += weights.of[i] != NULL;
  g_assert_cmpuint (n_found, ==, 2);
  g_assert_true (weights.of[PADDOCK_WEIGHT_ATTN_Q] == &tensors[0]);
  g_assert_true (weights.of[PADDOCK_WEIGHT_TOKEN_TYPES] == &tensors[2]);
}

static void
test_traits (void)
{
  const char *const known[] = { "baichuan", "bert", "falcon", "gemma3", "gpt-oss", "llama", "qwen3moe" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const PaddockGraphTraits *traits = paddock_graph_traits_lookup (known[i]);

      g_assert_nonnull (traits);
      g_assert_cmpstr (traits->id, ==, known[i]);
      g_assert_nonnull (traits->build);
    }
  g_assert_null (paddock_graph_traits_lookup ("clip"));
  g_assert_null (paddock_graph_traits_lookup (""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/graph-weights/order", test_order);
  g_test_add_func ("/graph-weights/find", test_find);
  g_test_add_func ("/graph-weights/traits", test_traits);
  return g_test_run ();
}
