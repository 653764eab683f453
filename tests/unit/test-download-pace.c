/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lane-governor.h"
#include "rate-limit.h"
#include "retry-plan.h"
#include "source-link.h"

#define MIB (1024.0 * 1024)
/* More than anybody could keep busy. */
#define MANY 64

/* A line on which so many connections are the fastest, each as fast as the others. */
static guint
settle (PaddockLaneGovernor *governor, guint useful, double each)
{
  guint64 received = 1;
  gint64 now = 0;
  guint lanes = 1;

  paddock_lane_governor_init (governor, 0, MANY, now);
  for (guint step = 0; step < 400; step++)
    {
      lanes = paddock_lane_governor_advise (governor, received, 0, now);
      now += 20 * G_TIME_SPAN_MILLISECOND;
      received += (guint64) (MIN (lanes, useful) * each / 50);
    }
  return lanes;
}

static void
test_governor (void)
{
  PaddockLaneGovernor governor;

  g_assert_cmpuint (settle (&governor, 1, 500 * MIB), ==, 1);
  g_assert_cmpuint (settle (&governor, 2, 50 * MIB), ==, 2);
  g_assert_cmpuint (settle (&governor, 8, 50 * MIB), ==, 8);
  g_assert_cmpuint (settle (&governor, 100, 50 * MIB), ==, PADDOCK_SOURCE_LINK_MAX);
  g_assert_cmpuint (settle (&governor, 4, 0.5 * MIB), ==, 4);

  paddock_lane_governor_init (&governor, 3, MANY, 0);
  g_assert_cmpuint (paddock_lane_governor_advise (&governor, 0, 0, 0), ==, 3);
  g_assert_cmpuint (paddock_lane_governor_advise (&governor, 1 << 30, 0, G_TIME_SPAN_MINUTE), ==, 3);
  /* One broke: it is tried again later. */
  paddock_lane_governor_shrink (&governor, 2);
  g_assert_cmpuint (paddock_lane_governor_advise (&governor, 1 << 30, 0, G_TIME_SPAN_MINUTE + 1), ==, 3);
  paddock_lane_governor_limit (&governor, 2);
  g_assert_cmpuint (paddock_lane_governor_advise (&governor, 1u << 31, 0, 2 * G_TIME_SPAN_MINUTE), ==, 2);
}

/* Nothing comes before the first byte: how long that took is no rate. */
static void
test_governor_first_byte (void)
{
  PaddockLaneGovernor governor;

  paddock_lane_governor_init (&governor, 0, MANY, 0);
  for (gint64 now = 0; now < 10 * G_TIME_SPAN_SECOND; now += 50 * G_TIME_SPAN_MILLISECOND)
    g_assert_cmpuint (paddock_lane_governor_advise (&governor, 0, 0, now), ==, 1);
}

/* Each connection keeps so much of a processor busy, and more of them would be faster: how many there are in the end. */
static guint
settle_busy (guint processors, double busy)
{
  PaddockLaneGovernor governor;
  guint64 received = 1;
  gint64 now = 0, worked = 0;
  guint lanes = 1;

  paddock_lane_governor_init (&governor, 0, processors, now);
  for (guint step = 0; step < 4000; step++)
    {
      lanes = paddock_lane_governor_advise (&governor, received, worked, now);
      now += 20 * G_TIME_SPAN_MILLISECOND;
      received += (guint64) (lanes * MIB);
      worked += (gint64) (20 * G_TIME_SPAN_MILLISECOND * lanes * busy);
    }
  return lanes;
}

/* No more than there are processors for, one of which hashes; those that wait for the line need none. */
static void
test_governor_busy (void)
{
  g_assert_cmpuint (settle_busy (1, 0.9), ==, 1);
  g_assert_cmpuint (settle_busy (2, 0.9), ==, 1);
  g_assert_cmpuint (settle_busy (3, 0.9), ==, 2);
  g_assert_cmpuint (settle_busy (8, 0.9), ==, 8);
  g_assert_cmpuint (settle_busy (MANY, 1), ==, PADDOCK_SOURCE_LINK_MAX);
  g_assert_cmpuint (settle_busy (1, 0.3), ==, PADDOCK_SOURCE_LINK_MAX);
}

static void
test_limit (void)
{
  g_autoptr (PaddockRateLimit) limit = paddock_rate_limit_new (0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint64 taken = 0;
  gint64 begun;

  g_assert_cmpuint (paddock_rate_limit_take (limit, 1 << 20, NULL), ==, 1 << 20);
  paddock_rate_limit_set (limit, 4 << 20);
  g_assert_cmpuint (paddock_rate_limit_get (limit), ==, 4 << 20);
  begun = g_get_monotonic_time ();
  while (taken < 1 << 20)
    taken += paddock_rate_limit_take (limit, 65536, cancellable);
  /* A quarter of a second's worth, of which a tenth may have been saved up. */
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 140 * G_TIME_SPAN_MILLISECOND);

  /* What was not used is there at once. */
  paddock_rate_limit_set (limit, 10);
  paddock_rate_limit_give_back (limit, 5000);
  g_assert_cmpuint (paddock_rate_limit_take (limit, 1000, cancellable), ==, 1000);
  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (paddock_rate_limit_take (limit, 1 << 20, cancellable), ==, 0);
}

/* One of those who share a limit. */
typedef struct
{
  PaddockRateLimit *own, *shared;
  GCancellable *cancellable;
  gsize taken; /* atomic */
} Sharer;

static gpointer
take_on (gpointer data)
{
  Sharer *self = data;

  for (gsize taken = 1; taken > 0;)
    {
      taken = paddock_rate_limit_take_part (self->own, self->shared, 65536, self->cancellable);
      g_atomic_pointer_add (&self->taken, (gssize) taken);
    }
  return NULL;
}

/* Whoever has many connections gets no more of what is shared than who has one. */
static void
test_sharing (void)
{
  enum
  {
    MANY_THREADS = 15,
    ENOUGH = 2 << 20
  };
  g_autoptr (PaddockRateLimit) shared = paddock_rate_limit_new (8 << 20);
  g_autoptr (PaddockRateLimit) own = paddock_rate_limit_new (0);
  g_autoptr (PaddockRateLimit) other = paddock_rate_limit_new (0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Sharer one = { own, shared, cancellable, 0 }, many = { other, shared, cancellable, 0 };
  GThread *threads[MANY_THREADS + 1];

  for (guint i = 0; i < MANY_THREADS; i++)
    threads[i] = g_thread_new ("many", take_on, &many);
  threads[MANY_THREADS] = g_thread_new ("one", take_on, &one);
  while (g_atomic_pointer_get (&one.taken) + g_atomic_pointer_get (&many.taken) < ENOUGH)
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i <= MANY_THREADS; i++)
    g_thread_join (threads[i]);
  g_test_message ("one %zu, many %zu", one.taken, many.taken);
  g_assert_cmpuint (one.taken, >=, (one.taken + many.taken) / 4);
}

static void
test_retry (void)
{
  gint64 before = 0;

  for (guint failures = 1; failures < 100; failures++)
    {
      gint64 least = paddock_retry_plan_get_delay (failures, -1, 0), most = paddock_retry_plan_get_delay (failures, -1, 1);

      g_assert_cmpint (least, >, 0);
      g_assert_cmpint (most, ==, 2 * least);
      g_assert_cmpint (most, >=, before);
      g_assert_cmpint (most, <=, G_TIME_SPAN_MINUTE);
      before = most;
    }
  g_assert_cmpint (paddock_retry_plan_get_delay (1, 7, 0), ==, 7 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (paddock_retry_plan_get_delay (1, 7, 1), <, 8 * G_TIME_SPAN_SECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/download-pace/governor", test_governor);
  g_test_add_func ("/download-pace/governor-first-byte", test_governor_first_byte);
  g_test_add_func ("/download-pace/governor-busy", test_governor_busy);
  g_test_add_func ("/download-pace/sharing", test_sharing);
  g_test_add_func ("/download-pace/limit", test_limit);
  g_test_add_func ("/download-pace/retry", test_retry);
  return g_test_run ();
}
