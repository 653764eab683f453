/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A library to be loaded before the programs that the thread sanitizer watches. The system's GLib is not built for the
 * sanitizer, so all that GLib orders by its own locks, queues and reference counts would look like a race. These
 * wrappers tell the sanitizer of the orders that GLib promises; in a program without the sanitizer they do nothing.
 *
 * Whatever is posted to a main context is taken as seen by whoever polls next: that joins a little more than GLib
 * promises, since it does not tell one context from another.
 */
#include <dlfcn.h>
#include <gio/gio.h>
#include <poll.h>

extern void __tsan_acquire (void *address) __attribute__ ((weak));
extern void __tsan_release (void *address) __attribute__ ((weak));

#define EXPORT __attribute__ ((visibility ("default")))

/* Calls the function that is wrapped. */
#define NEXT(function, ...) \
  G_GNUC_EXTENSION ({ \
    static __typeof__ (function) *next; \
    if (next == NULL) \
      next = (__typeof__ (function) *) dlsym (RTLD_NEXT, #function); \
    next (__VA_ARGS__); \
  })

static char posted;   /* only its address matters */

static void
acquire (gconstpointer address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *) address);
}

static void
release (gconstpointer address)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *) address);
}

/* Locks */

EXPORT void (g_mutex_lock) (GMutex *mutex)
{
  NEXT (g_mutex_lock, mutex);
  acquire (mutex);
}

EXPORT gboolean (g_mutex_trylock) (GMutex *mutex)
{
  gboolean locked = NEXT (g_mutex_trylock, mutex);

  if (locked)
    acquire (mutex);
  return locked;
}

EXPORT void (g_mutex_unlock) (GMutex *mutex)
{
  release (mutex);
  NEXT (g_mutex_unlock, mutex);
}

EXPORT void (g_cond_wait) (GCond *cond, GMutex *mutex)
{
  release (mutex);
  NEXT (g_cond_wait, cond, mutex);
  acquire (mutex);
}

EXPORT gboolean (g_cond_wait_until) (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean signalled;

  release (mutex);
  signalled = NEXT (g_cond_wait_until, cond, mutex, end_time);
  acquire (mutex);
  return signalled;
}

EXPORT void (g_once_init_leave) (volatile void *location, gsize result)
{
  release ((gconstpointer) location);
  NEXT (g_once_init_leave, location, result);
}

EXPORT void (g_once_init_leave_pointer) (void *location, gpointer result)
{
  release (location);
  NEXT (g_once_init_leave_pointer, location, result);
}

/* References: who drops the last one sees all that the others did before they dropped theirs. */

EXPORT void (g_object_unref) (gpointer object)
{
  release (object);
  acquire (object);
  NEXT (g_object_unref, object);
}

EXPORT void (g_atomic_rc_box_release_full) (gpointer box, GDestroyNotify clear)
{
  release (box);
  acquire (box);
  NEXT (g_atomic_rc_box_release_full, box, clear);
}

EXPORT void (g_bytes_unref) (GBytes *bytes)
{
  release (bytes);
  acquire (bytes);
  NEXT (g_bytes_unref, bytes);
}

/* Tasks: from the caller to the thread, and with the result back again. */

static void
run_task (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GTaskThreadFunc function = (GTaskThreadFunc) g_object_get_data (G_OBJECT (task), "thread-order");

  acquire (task);
  function (task, source_object, task_data, cancellable);
  release (task);
}

EXPORT void (g_task_run_in_thread) (GTask *task, GTaskThreadFunc function)
{
  g_object_set_data (G_OBJECT (task), "thread-order", (gpointer) function);
  release (task);
  NEXT (g_task_run_in_thread, task, run_task);
}

EXPORT void (g_task_return_pointer) (GTask *task, gpointer result, GDestroyNotify destroy)
{
  release (task);
  release (&posted);
  NEXT (g_task_return_pointer, task, result, destroy);
}

EXPORT void (g_task_return_boolean) (GTask *task, gboolean result)
{
  release (task);
  release (&posted);
  NEXT (g_task_return_boolean, task, result);
}

EXPORT void (g_task_return_int) (GTask *task, gssize result)
{
  release (task);
  release (&posted);
  NEXT (g_task_return_int, task, result);
}

EXPORT void (g_task_return_error) (GTask *task, GError *error)
{
  release (task);
  release (&posted);
  NEXT (g_task_return_error, task, error);
}

EXPORT void (g_task_return_new_error) (GTask *task, GQuark domain, gint code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  (g_task_return_error) (task, g_error_new_valist (domain, code, format, arguments));
  va_end (arguments);
}

EXPORT gpointer (g_task_propagate_pointer) (GTask *task, GError **error)
{
  acquire (task);
  return NEXT (g_task_propagate_pointer, task, error);
}

EXPORT gboolean (g_task_propagate_boolean) (GTask *task, GError **error)
{
  acquire (task);
  return NEXT (g_task_propagate_boolean, task, error);
}

EXPORT gssize (g_task_propagate_int) (GTask *task, GError **error)
{
  acquire (task);
  return NEXT (g_task_propagate_int, task, error);
}

/* Main contexts: from who posts to who polls. */

EXPORT guint (g_source_attach) (GSource *source, GMainContext *context)
{
  release (&posted);
  return NEXT (g_source_attach, source, context);
}

EXPORT void (g_source_set_ready_time) (GSource *source, gint64 ready_time)
{
  release (&posted);
  NEXT (g_source_set_ready_time, source, ready_time);
}

EXPORT void (g_source_destroy) (GSource *source)
{
  release (&posted);
  NEXT (g_source_destroy, source);
}

EXPORT int
poll (struct pollfd *fds, nfds_t n_fds, int timeout)
{
  int result = NEXT (poll, fds, n_fds, timeout);

  acquire (&posted);
  return result;
}

EXPORT int
ppoll (struct pollfd *fds, nfds_t n_fds, const struct timespec *timeout, const sigset_t *mask)
{
  int result = NEXT (ppoll, fds, n_fds, timeout, mask);

  acquire (&posted);
  return result;
}

/* What a pool of threads calls, which has to take over what was pushed. */
typedef struct
{
  GFunc function;
  gpointer user_data;
} PoolWork;

static void
run_pool_work (gpointer data, gpointer user_data)
{
  const PoolWork *work = user_data;

  acquire (data);
  work->function (data, work->user_data);
}

EXPORT GThreadPool *(g_thread_pool_new) (GFunc function, gpointer user_data, gint max_threads, gboolean exclusive,
                                         GError **error)
{
  /* It lives as long as the pool, of which nobody tells the end. */
  PoolWork *work = g_new (PoolWork, 1);

  *work = (PoolWork){ function, user_data };
  return NEXT (g_thread_pool_new, run_pool_work, work, max_threads, exclusive, error);
}

EXPORT gboolean (g_thread_pool_push) (GThreadPool *pool, gpointer data, GError **error)
{
  release (data);
  return NEXT (g_thread_pool_push, pool, data, error);
}
