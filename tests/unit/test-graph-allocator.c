/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-allocator.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE
#define UNIT 32

typedef struct
{
  PaddockComputeGraph *graph;
  PaddockGraphAllocator *allocator;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->graph = paddock_compute_graph_new ();
  fixture->allocator = paddock_graph_allocator_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  paddock_compute_graph_free (fixture->graph);
  paddock_graph_allocator_free (fixture->allocator);
}

/* Sizes are in units of what the allocator aligns to. */
static PaddockComputeRef
input (Fixture *fixture, gint64 units)
{
  return paddock_compute_graph_input (fixture->graph, PADDOCK_COMPUTE_F32, units * UNIT / 4, 1, 1, 1);
}

static PaddockComputeRef
make (Fixture *fixture, gint64 units, PaddockComputeRef a, PaddockComputeRef b)
{
  return paddock_compute_graph_make (fixture->graph, PADDOCK_COMPUTE_PLAIN, PADDOCK_COMPUTE_F32, units * UNIT / 4, 1, 1,
                                     1, a, b, NONE);
}

static void
assert_units (Fixture *fixture, PaddockComputeRef last, guint64 units)
{
  paddock_compute_graph_expand (fixture->graph, last);
  g_assert_cmpuint (paddock_graph_allocator_measure (fixture->allocator, fixture->graph), ==, units * UNIT);
  /* And once more: nothing is left of the first time. */
  g_assert_cmpuint (paddock_graph_allocator_measure (fixture->allocator, fixture->graph), ==, units * UNIT);
}

static void
test_in_place (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = make (fixture, 10, input (fixture, 1), NONE);

  for (guint i = 0; i < 5; i++)
    a = paddock_compute_graph_each (fixture->graph, a, NONE);
  assert_units (fixture, a, 11);
}

static void
test_apart (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = make (fixture, 10, input (fixture, 1), NONE);

  for (guint i = 0; i < 5; i++)
    a = paddock_compute_graph_apart (fixture->graph, a, NONE);
  assert_units (fixture, a, 21);
}

/* Somebody else still reads the first source; the second one is free. */
static void
test_second_source (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef one = input (fixture, 1), a = make (fixture, 10, one, NONE), b = make (fixture, 10, one, NONE);
  PaddockComputeRef sum = paddock_compute_graph_each (fixture->graph, a, b);

  paddock_compute_graph_expand (fixture->graph, sum);
  assert_units (fixture, make (fixture, 3, sum, a), 24);
}

static void
test_views_are_left (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = make (fixture, 10, input (fixture, 1), NONE);
  PaddockComputeRef view = paddock_compute_graph_reshape (fixture->graph, a, 10 * UNIT / 4, 1, 1, 1);

  /* Nothing is written over a view, even if it is the last that is read of the whole. */
  assert_units (fixture, paddock_compute_graph_each (fixture->graph, view, NONE), 21);
}

static void
test_views_keep (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = make (fixture, 10, input (fixture, 1), NONE), b, view;

  view = paddock_compute_graph_reshape (fixture->graph, a, 5 * UNIT / 4, 2, 1, 1);
  paddock_compute_graph_expand (fixture->graph, view);
  b = make (fixture, 4, make (fixture, 4, a, NONE), NONE);
  paddock_compute_graph_expand (fixture->graph, b);
  /* While the view is still to be read, the whole stays: 1 + 10 + 4 + 4, and 10 in none of the gaps. */
  assert_units (fixture, make (fixture, 10, view, b), 29);
}

static void
test_outputs_stay (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = make (fixture, 10, input (fixture, 1), NONE), b;

  paddock_compute_graph_keep (fixture->graph, a);
  b = paddock_compute_graph_each (fixture->graph, a, NONE);
  assert_units (fixture, make (fixture, 10, paddock_compute_graph_apart (fixture->graph, b, NONE), NONE), 31);
}

/* Of two gaps, the smallest that is large enough. */
static void
test_best_fit (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef one = input (fixture, 1), wide = make (fixture, 20, one, NONE), wall = make (fixture, 1, one, NONE);
  PaddockComputeRef narrow = make (fixture, 10, one, NONE), end = make (fixture, 1, one, NONE), a, b, all;

  paddock_compute_graph_expand (fixture->graph, wide);
  paddock_compute_graph_expand (fixture->graph, wall);
  paddock_compute_graph_expand (fixture->graph, narrow);
  paddock_compute_graph_expand (fixture->graph, end);
  paddock_compute_graph_expand (fixture->graph, make (fixture, 1, wide, narrow));
  a = make (fixture, 9, one, NONE);
  b = make (fixture, 19, one, NONE);
  all = make (fixture, 1, a, b);
  paddock_compute_graph_read (fixture->graph, all, wall);
  paddock_compute_graph_read (fixture->graph, all, end);
  paddock_compute_graph_expand (fixture->graph, a);
  /* 1 + 20 + 1 + 10 + 1 + 1: what comes later lies in the gaps, the 9 in that of 10, so that the 19 finds one. */
  assert_units (fixture, all, 34);
}

/* All inputs have their place before anything is computed, also those that are read last. */
static void
test_inputs_first (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = make (fixture, 8, input (fixture, 1), NONE), late = input (fixture, 8);

  a = make (fixture, 1, a, NONE);
  assert_units (fixture, make (fixture, 1, a, late), 17);
}

/* Stores write elsewhere. */
static void
test_stores (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = make (fixture, 8, input (fixture, 1), NONE);

  paddock_compute_graph_expand (fixture->graph, paddock_compute_graph_store (fixture->graph, a, NONE));
  assert_units (fixture, make (fixture, 9, NONE, NONE), 9);
}

static void
test_alignment (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = paddock_compute_graph_input (fixture->graph, PADDOCK_COMPUTE_I32, 1, 1, 1, 1);

  a = paddock_compute_graph_make (fixture->graph, PADDOCK_COMPUTE_PLAIN, PADDOCK_COMPUTE_F32, 9, 1, 1, 1, a, NONE, NONE);
  assert_units (fixture, a, 3);
}

/* A copy into another type reads itself; that does not keep it. */
static void
test_own_reader (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = make (fixture, 8, input (fixture, 1), NONE);

  paddock_compute_graph_read (fixture->graph, a, a);
  a = make (fixture, 1, a, NONE);
  assert_units (fixture, make (fixture, 8, a, NONE), 9);
}

static void
test_absurd (Fixture *fixture, gconstpointer data)
{
  PaddockComputeRef a = paddock_compute_graph_input (fixture->graph, PADDOCK_COMPUTE_F32, G_MAXINT64 / 2, 4, 1, 1);

  a = paddock_compute_graph_apart (fixture->graph, paddock_compute_graph_apart (fixture->graph, a, NONE), NONE);
  paddock_compute_graph_expand (fixture->graph, a);
  g_assert_cmpuint (paddock_graph_allocator_measure (fixture->allocator, fixture->graph), >, G_MAXINT64 - UNIT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/graph-allocator/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("in-place", test_in_place);
  ADD ("apart", test_apart);
  ADD ("second-source", test_second_source);
  ADD ("views-are-left", test_views_are_left);
  ADD ("views-keep", test_views_keep);
  ADD ("outputs-stay", test_outputs_stay);
  ADD ("best-fit", test_best_fit);
  ADD ("inputs-first", test_inputs_first);
  ADD ("stores", test_stores);
  ADD ("alignment", test_alignment);
  ADD ("own-reader", test_own_reader);
  ADD ("absurd", test_absurd);
  return g_test_run ();
}
