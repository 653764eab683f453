/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker-pool.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

/*
 * One set of threads serves every job of the process: two jobs at once share them, and each has its caller's own thread
 * besides, so that a job never waits for another one. A thread that finds nothing to do sleeps.
 */
typedef struct
{
  /* Borrowed */
  PaddockPoolFunc func;
  gpointer user_data;

  guint64 n_pieces;
  guint width;
  atomic_ullong next;                /* the piece that is begun next */
  atomic_bool stopped;

  /* Under the pool's lock */
  guint n_lanes;                     /* given out so far */
  guint n_active;                    /* threads of the pool at work on it */
} Job;

static GMutex lock;
static GCond wanted;                 /* there is a new job */
static GCond ended;                  /* a thread of the pool left a job */
static GQueue jobs = G_QUEUE_INIT;   /* of Job: those that still take lanes */
static guint n_threads;

static void
work_on (Job *job, guint lane)
{
  while (!atomic_load (&job->stopped))
    {
      guint64 piece = atomic_fetch_add (&job->next, 1);

      if (piece >= job->n_pieces)
        return;
      if (!job->func (piece, lane, job->user_data))
        atomic_store (&job->stopped, true);
    }
}

static gboolean
has_work (const Job *job)
{
  return !atomic_load (&job->stopped) && atomic_load (&job->next) < job->n_pieces;
}

/* Under the lock: the first job that has room for one more. Those that have none are forgotten. */
static Job *
find_job (void)
{
  while (!g_queue_is_empty (&jobs))
    {
      Job *job = g_queue_peek_head (&jobs);

      if (job->n_lanes < job->width && has_work (job))
        return job;
      g_queue_pop_head (&jobs);
    }
  return NULL;
}

static gpointer
serve (gpointer unused)
{
  g_mutex_lock (&lock);
  for (;;)
    {
      Job *job = find_job ();
      guint lane;

      if (job == NULL)
        {
          g_cond_wait (&wanted, &lock);
          continue;
        }
      lane = job->n_lanes++;
      job->n_active++;
      g_mutex_unlock (&lock);
      work_on (job, lane);
      g_mutex_lock (&lock);
      job->n_active--;
      g_cond_broadcast (&ended);
    }
  return NULL;
}

/* Under the lock. A system that gives no more threads gets the work done with those that are there. */
static void
add_threads (guint n_wanted)
{
  while (n_threads < n_wanted)
    {
      GThread *thread = g_thread_try_new ("paddock-pool", serve, NULL, NULL);

      if (thread == NULL)
        return;
      g_thread_unref (thread);
      n_threads++;
    }
}

/**
 * paddock_worker_pool_run:
 * @width: how many threads at most, the caller's own among them; 0 for as many as there are processors
 * @n_pieces: how many pieces there are
 * @func: (scope call): does one of them
 * @user_data: for @func
 *
 * Does the pieces of a job side by side. The caller takes part, so that it may be called from inside a piece too.
 *
 * Returns: whether all pieces were done; %FALSE if one of them wanted to stop
 */
gboolean
paddock_worker_pool_run (guint width, guint64 n_pieces, PaddockPoolFunc func, gpointer user_data)
{
  Job job = { .func = func, .user_data = user_data, .n_pieces = n_pieces, .n_lanes = 1 };

  job.width = (guint) MIN (paddock_worker_pool_resolve_width (width), MAX (n_pieces, 1));
  if (job.width > 1)
    {
      g_mutex_lock (&lock);
      add_threads (job.width - 1);
      g_queue_push_tail (&jobs, &job);
      g_cond_broadcast (&wanted);
      g_mutex_unlock (&lock);
    }
  work_on (&job, 0);
  if (job.width > 1)
    {
      g_mutex_lock (&lock);
      g_queue_remove (&jobs, &job);
      while (job.n_active > 0)
        g_cond_wait (&ended, &lock);
      g_mutex_unlock (&lock);
    }
  return !atomic_load (&job.stopped);
}

/**
 * paddock_worker_pool_get_default_width:
 *
 * Returns: the number of processors that this process may use, at least one
 */
guint
paddock_worker_pool_get_default_width (void)
{
  cpu_set_t set;
  guint count;

  CPU_ZERO (&set);
  /* It fails where there are more processors than the set has room for. */
  count = sched_getaffinity (0, sizeof set, &set) == 0 ? (guint) CPU_COUNT (&set) : g_get_num_processors ();
  return CLAMP (count, 1, PADDOCK_WORKER_POOL_MAX_WIDTH);
}

/**
 * paddock_worker_pool_resolve_width:
 * @width: a wanted width, 0 for the default one
 *
 * Returns: how many lanes a job of that width has at most
 */
guint
paddock_worker_pool_resolve_width (guint width)
{
  return width == 0 ? paddock_worker_pool_get_default_width () : MIN (width, PADDOCK_WORKER_POOL_MAX_WIDTH);
}
