/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loop-watch.h"

#include <time.h>

#if defined(__SANITIZE_THREAD__)
#define SLOWNESS 20
#elif defined(__SANITIZE_ADDRESS__)
#define SLOWNESS 5
#else
#define SLOWNESS 1
#endif

struct _TestLoopWatch
{
  /* Borrowed */
  GPollFunc poll; /* what the context had before */
  TestLoopTurnFunc on_turn;
  gpointer on_turn_data;

  guint64 turn_began; /* 0 before the first turn */
  guint64 longest;
};

/* A poll function has no data of its own. */
static TestLoopWatch *watch;

/* Microseconds of processor time that the calling thread has had. */
guint64
test_loop_watch_get_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (guint64)now.tv_sec * G_USEC_PER_SEC + (guint64)now.tv_nsec / 1000;
}

static int
watched_poll (GPollFD *fds, guint n_fds, int timeout)
{
  TestLoopWatch *self = watch;
  int result;

  if (self->turn_began != 0)
    {
      guint64 spent = test_loop_watch_get_now () - self->turn_began;

      self->longest = MAX (self->longest, spent);
      if (self->on_turn != NULL)
        self->on_turn (spent, self->on_turn_data);
    }

  result = self->poll (fds, n_fds, timeout);
  self->turn_began = test_loop_watch_get_now ();
  return result;
}

TestLoopWatch *
test_loop_watch_new_for_turn (TestLoopTurnFunc function, gpointer user_data)
{
  TestLoopWatch *self = g_new0 (TestLoopWatch, 1);

  g_assert (watch == NULL);
  watch = self;
  self->on_turn = function;
  self->on_turn_data = user_data;
  self->poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
  return self;
}

TestLoopWatch *
test_loop_watch_new (void)
{
  return test_loop_watch_new_for_turn (NULL, NULL);
}

void
test_loop_watch_free (TestLoopWatch *self)
{
  g_assert (watch == self);
  g_main_context_set_poll_func (NULL, self->poll);
  watch = NULL;
  g_free (self);
}

guint64
test_loop_watch_get_longest (TestLoopWatch *self)
{
  return self->longest;
}

/* Forgets the turns so far, the present one too. */
void
test_loop_watch_reset (TestLoopWatch *self)
{
  self->longest = 0;
  self->turn_began = 0;
}

void
test_loop_watch_assert (TestLoopWatch *self)
{
  g_assert_cmpuint (self->longest, <=, TEST_LOOP_LIMIT_US * SLOWNESS);
}
