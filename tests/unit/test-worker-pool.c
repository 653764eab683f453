/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker-pool.h"

#define PIECES 20000
#define WIDTH 4

typedef struct
{
  guint8 done[PIECES];               /* how often each piece was done */
  guint64 sums[PADDOCK_WORKER_POOL_MAX_WIDTH];
  gint busy[PADDOCK_WORKER_POOL_MAX_WIDTH];   /* a lane that is in two threads would be seen here */
  gint n_begun;
  guint64 stop_at;
} Tally;

static gboolean
count (guint64 piece, guint lane, gpointer user_data)
{
  Tally *tally = user_data;

  g_assert_cmpuint (piece, <, PIECES);
  g_assert_cmpuint (lane, <, WIDTH);
  g_assert_true (g_atomic_int_compare_and_exchange (&tally->busy[lane], 0, 1));
  g_atomic_int_inc (&tally->n_begun);
  tally->done[piece]++;
  tally->sums[lane] += piece;
  g_atomic_int_set (&tally->busy[lane], 0);
  return piece != tally->stop_at;
}

static void
check_all (const Tally *tally)
{
  guint64 sum = 0;

  for (guint i = 0; i < PIECES; i++)
    g_assert_cmpuint (tally->done[i], ==, 1);
  for (guint i = 0; i < PADDOCK_WORKER_POOL_MAX_WIDTH; i++)
    sum += tally->sums[i];
  g_assert_cmpuint (sum, ==, (guint64) PIECES * (PIECES - 1) / 2);
}

static void
test_every_piece_once (void)
{
  for (guint width = 1; width <= WIDTH; width++)
    {
      g_autofree Tally *tally = g_new0 (Tally, 1);

      tally->stop_at = G_MAXUINT64;
      g_assert_true (paddock_worker_pool_run (width, PIECES, count, tally));
      check_all (tally);
    }
}

static void
test_nothing_to_do (void)
{
  g_autofree Tally *tally = g_new0 (Tally, 1);

  g_assert_true (paddock_worker_pool_run (WIDTH, 0, count, tally));
  g_assert_cmpint (tally->n_begun, ==, 0);
}

static void
test_stop (void)
{
  g_autofree Tally *tally = g_new0 (Tally, 1);

  tally->stop_at = 100;
  g_assert_false (paddock_worker_pool_run (WIDTH, PIECES, count, tally));
  for (guint i = 0; i <= 100; i++)
    g_assert_cmpuint (tally->done[i], ==, 1);
  /* The others may have begun many before they hear of it; by one thread it is exact. */
  *tally = (Tally) { .stop_at = 100 };
  g_assert_false (paddock_worker_pool_run (1, PIECES, count, tally));
  g_assert_cmpint (tally->n_begun, ==, 101);
}

static gboolean
run_inside (guint64 piece, guint lane, gpointer user_data)
{
  g_autofree Tally *tally = g_new0 (Tally, 1);

  tally->stop_at = G_MAXUINT64;
  g_assert_true (paddock_worker_pool_run (WIDTH, PIECES, count, tally));
  check_all (tally);
  return TRUE;
}

static void
test_job_in_job (void)
{
  g_assert_true (paddock_worker_pool_run (3, 8, run_inside, NULL));
}

static gpointer
run_beside (gpointer unused)
{
  for (guint i = 0; i < 4; i++)
    run_inside (i, 0, NULL);
  return NULL;
}

static void
test_jobs_at_once (void)
{
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("job", run_beside, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_width (void)
{
  guint width = paddock_worker_pool_get_default_width ();

  g_assert_cmpuint (width, >=, 1);
  g_assert_cmpuint (width, <=, PADDOCK_WORKER_POOL_MAX_WIDTH);
  g_assert_cmpuint (paddock_worker_pool_resolve_width (0), ==, width);
  g_assert_cmpuint (paddock_worker_pool_resolve_width (3), ==, 3);
  g_assert_cmpuint (paddock_worker_pool_resolve_width (G_MAXUINT), ==, PADDOCK_WORKER_POOL_MAX_WIDTH);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/worker-pool/every-piece-once", test_every_piece_once);
  g_test_add_func ("/worker-pool/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/worker-pool/stop", test_stop);
  g_test_add_func ("/worker-pool/job-in-job", test_job_in_job);
  g_test_add_func ("/worker-pool/jobs-at-once", test_jobs_at_once);
  g_test_add_func ("/worker-pool/width", test_width);
  return g_test_run ();
}
