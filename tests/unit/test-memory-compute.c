/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "estimate/memory-compute.h"
#include "memory-case.h"
#include "shape-recipe.h"

/* How near the simulation has to come: the share that is met to the byte, and how far off others may be. */
#define LEAST_EXACT 0.999
#define FARTHEST 0.01

typedef struct
{
  guint n_points, n_exact, n_without;
  double farthest;
} Tally;

static Tally all;
static GHashTable *by_architecture;

static void
count (Tally *tally, gboolean simulated, double distance)
{
  tally->n_points++;
  tally->n_without += !simulated;
  tally->n_exact += simulated && distance == 0;
  if (simulated)
    tally->farthest = MAX (tally->farthest, distance);
}

static void
look_at (const TestMemoryCase *self, GString *complaints)
{
  guint64 computed = 0, truth = self->point->compute_bytes;
  gboolean simulated = paddock_memory_compute_simulate (self->shape, &self->request, &computed);
  double distance = fabs ((double) computed - (double) truth) / (double) truth, band = 0;
  Tally *tally = g_hash_table_lookup (by_architecture, self->shape->architecture);

  if (tally == NULL)
    {
      tally = g_new0 (Tally, 1);
      g_hash_table_insert (by_architecture, g_strdup (self->shape->architecture), tally);
    }
  count (tally, simulated, distance);
  count (&all, simulated, distance);
  if (simulated && distance > FARTHEST)
    test_memory_case_compare (self, "compute", computed, truth, complaints);

  computed = paddock_memory_compute_guess (self->shape, &self->request, &band);
  if ((double) computed > 2 * (double) truth || (double) computed * 2 < (double) truth)
    test_memory_case_compare (self, "guessed compute", computed, truth, complaints);
}

static void
begin (void)
{
  all = (Tally){ 0 };
  by_architecture = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
judge (void)
{
  GHashTableIter iter;
  gpointer name, tally;

  g_hash_table_iter_init (&iter, by_architecture);
  while (g_hash_table_iter_next (&iter, &name, &tally))
    {
      const Tally *one = tally;

      g_test_message ("%-16s %5u points, %5u exact, %5u without a graph, farthest %.3f %%", (const char *) name,
                      one->n_points, one->n_exact, one->n_without, one->farthest * 100);
    }
  if (all.n_points > 0)
    g_assert_cmpfloat (all.n_exact, >=, LEAST_EXACT * (all.n_points - all.n_without));
  g_clear_pointer (&by_architecture, g_hash_table_unref);
}

static void
test_kept (void)
{
  begin ();
  test_memory_case_check_kept (look_at);
  g_assert_cmpuint (all.n_points, >, 0);
  g_assert_cmpuint (all.n_exact, >, 0);
  judge ();
}

static void
test_known (void)
{
  begin ();
  test_memory_case_check_known (look_at);
  judge ();
}

#define MODEL(arch)                                                                                                    \
  "kv general.architecture str " arch "\nkv " arch ".context_length u32 1000000\nkv " arch                             \
  ".embedding_length u32 512\nkv " arch ".block_count u32 4\nkv " arch ".attention.head_count u32 8\nkv " arch        \
  ".feed_forward_length u32 2048\ntensor token_embd.weight f16 512x300\ntensor output_norm.weight f32 512\n"          \
  "repeat 4 tensor blk.{}.attn_norm.weight f32 512\nrepeat 4 tensor blk.{}.attn_q.weight f16 512x512\n"               \
  "repeat 4 tensor blk.{}.attn_k.weight f16 512x512\nrepeat 4 tensor blk.{}.attn_v.weight f16 512x512\n"              \
  "repeat 4 tensor blk.{}.attn_output.weight f16 512x512\nrepeat 4 tensor blk.{}.ffn_norm.weight f32 512\n"           \
  "repeat 4 tensor blk.{}.ffn_up.weight f16 512x2048\nrepeat 4 tensor blk.{}.ffn_gate.weight f16 512x2048\n"          \
  "repeat 4 tensor blk.{}.ffn_down.weight f16 2048x512\n"

/* More of anything never takes less. */
static void
test_grows (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL ("llama"));
  PaddockMemoryRequest request;
  guint64 less, more;

  paddock_memory_request_init (&request, shape);
  request.context = 4096;
  g_assert_true (paddock_memory_compute_simulate (shape, &request, &less));
  request.ubatch *= 2;
  g_assert_true (paddock_memory_compute_simulate (shape, &request, &more));
  g_assert_cmpuint (more, >, less);
  request.context *= 2;
  g_assert_true (paddock_memory_compute_simulate (shape, &request, &less));
  g_assert_cmpuint (less, >, more);
  request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  g_assert_true (paddock_memory_compute_simulate (shape, &request, &more));
  g_assert_cmpuint (more, >, less);
}

static void
test_without_graph (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL ("someday"));
  PaddockMemoryRequest request;
  guint64 bytes = 7;
  double band = 0;

  paddock_memory_request_init (&request, shape);
  g_assert_false (paddock_memory_compute_simulate (shape, &request, &bytes));
  g_assert_cmpuint (bytes, ==, 7);
  g_assert_cmpuint (paddock_memory_compute_guess (shape, &request, &band), >, 1000000);
  g_assert_cmpfloat (band, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-compute/kept", test_kept);
  g_test_add_func ("/memory-compute/known", test_known);
  g_test_add_func ("/memory-compute/grows", test_grows);
  g_test_add_func ("/memory-compute/without-graph", test_without_graph);
  return g_test_run ();
}
