/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/compute-graph.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

static PaddockComputeRef
input (PaddockComputeGraph *graph, gint64 n0, gint64 n1)
{
  return paddock_compute_graph_input (graph, PADDOCK_COMPUTE_F32, n0, n1, 1, 1);
}

static void
assert_shape (PaddockComputeGraph *graph, PaddockComputeRef ref, gint64 n0, gint64 n1, gint64 n2, guint64 bytes)
{
  const PaddockComputeTensor *tensor = paddock_compute_graph_get (graph, ref);

  g_assert_cmpint (tensor->ne[0], ==, n0);
  g_assert_cmpint (tensor->ne[1], ==, n1);
  g_assert_cmpint (tensor->ne[2], ==, n2);
  g_assert_cmpuint (tensor->bytes, ==, bytes);
}

static void
test_shapes (void)
{
  g_autoptr (PaddockComputeGraph) graph = paddock_compute_graph_new ();
  PaddockComputeRef a = input (graph, 8, 5), b = input (graph, 8, 3);

  assert_shape (graph, a, 8, 5, 1, 160);
  assert_shape (graph, paddock_compute_graph_weigh (graph, 12, a), 12, 5, 1, 240);
  assert_shape (graph, paddock_compute_graph_multiply (graph, b, a), 3, 5, 1, 60);
  assert_shape (graph, paddock_compute_graph_each (graph, a, b), 8, 5, 1, 160);
  assert_shape (graph, paddock_compute_graph_pack_2d (graph, a, 4, 10), 4, 10, 1, 160);
  assert_shape (graph, paddock_compute_graph_input (graph, PADDOCK_COMPUTE_F16, 7, 2, 1, 1), 7, 2, 1, 28);
  assert_shape (graph, paddock_compute_graph_leaf (graph, PADDOCK_COMPUTE_I64, 7, 1, 1, 1), 7, 1, 1, 56);
}

static void
test_views (void)
{
  g_autoptr (PaddockComputeGraph) graph = paddock_compute_graph_new ();
  PaddockComputeRef a = input (graph, 24, 5), heads, turned, flat;

  heads = paddock_compute_graph_view (graph, a, 4, 2, 5, 1, 16, 96, 0);
  assert_shape (graph, heads, 4, 2, 5, 16 + 16 + 4 * 96);
  g_assert_cmpint (paddock_compute_graph_get (graph, heads)->view, ==, a);

  turned = paddock_compute_graph_permute (graph, heads, 0, 2, 1, 3);
  assert_shape (graph, turned, 4, 5, 2, 16 + 16 + 4 * 96);
  g_assert_cmpint (paddock_compute_graph_get (graph, turned)->nb[1], ==, 96);
  g_assert_cmpint (paddock_compute_graph_get (graph, turned)->nb[2], ==, 16);

  /* A view of a view is one of the whole. */
  flat = paddock_compute_graph_reshape (graph, turned, 40, 1, 1, 1);
  g_assert_cmpint (paddock_compute_graph_get (graph, flat)->view, ==, a);
  assert_shape (graph, paddock_compute_graph_pack (graph, turned), 4, 5, 2, 160);
}

static void
test_order (void)
{
  g_autoptr (PaddockComputeGraph) graph = paddock_compute_graph_new ();
  PaddockComputeRef a = input (graph, 4, 1), b = input (graph, 4, 1), left, right, sum, other;

  right = paddock_compute_graph_each (graph, b, NONE);
  left = paddock_compute_graph_each (graph, a, NONE);
  sum = paddock_compute_graph_each (graph, left, right);
  other = paddock_compute_graph_each (graph, right, left);
  paddock_compute_graph_expand (graph, sum);
  paddock_compute_graph_expand (graph, other);
  paddock_compute_graph_expand (graph, NONE);

  g_assert_cmpuint (graph->n_nodes, ==, 4);
  g_assert_cmpint (graph->nodes[0], ==, left);
  g_assert_cmpint (graph->nodes[1], ==, right);
  g_assert_cmpint (graph->nodes[2], ==, sum);
  g_assert_cmpint (graph->nodes[3], ==, other);
  g_assert_cmpuint (graph->n_leafs, ==, 2);
  g_assert_cmpint (graph->leafs[0], ==, a);
  g_assert_cmpint (graph->leafs[1], ==, b);
}

/* What is not expanded is not computed, and a cleared graph begins anew. */
static void
test_clear (void)
{
  g_autoptr (PaddockComputeGraph) graph = paddock_compute_graph_new ();

  for (guint i = 0; i < 3000; i++)
    paddock_compute_graph_expand (graph, paddock_compute_graph_each (graph, input (graph, 4, 1), NONE));
  paddock_compute_graph_each (graph, 0, NONE);
  g_assert_cmpuint (graph->n_nodes, ==, 3000);
  g_assert_cmpuint (graph->n_leafs, ==, 3000);
  paddock_compute_graph_clear (graph);
  g_assert_cmpuint (graph->n_nodes, ==, 0);
  g_assert_cmpint (input (graph, 4, 1), ==, 0);
}

static void
test_absurd (void)
{
  g_autoptr (PaddockComputeGraph) graph = paddock_compute_graph_new ();
  PaddockComputeRef huge = input (graph, G_MAXINT64 / 2, 8);

  g_assert_cmpuint (paddock_compute_graph_get (graph, huge)->bytes, ==, G_MAXINT64);
  huge = paddock_compute_graph_view (graph, huge, 8, G_MAXINT64, 4, 1, G_MAXINT64 / 2, 0, 0);
  g_assert_cmpuint (paddock_compute_graph_get (graph, huge)->bytes, ==, G_MAXINT64);
  huge = paddock_compute_graph_view (graph, huge, 8, 0, 4, 1, 0, 0, 0);
  g_assert_cmpuint (paddock_compute_graph_get (graph, huge)->bytes, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/compute-graph/shapes", test_shapes);
  g_test_add_func ("/compute-graph/views", test_views);
  g_test_add_func ("/compute-graph/order", test_order);
  g_test_add_func ("/compute-graph/clear", test_clear);
  g_test_add_func ("/compute-graph/absurd", test_absurd);
  return g_test_run ();
}
