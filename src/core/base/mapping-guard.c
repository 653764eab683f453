/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mapping-guard.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* A signal handler may not take a lock, so the guards live in a fixed table of atomic words. There is room for a folder of
 * thousands of models that are open at once; pages of the table that are not used cost nothing. */
#define MAX_GUARDS 16384

struct _PaddockMappingGuard
{
  atomic_uintptr_t start;            /* 0: the slot is free; 1: somebody is filling it */
  atomic_uintptr_t end;
  atomic_bool hit;
};

static PaddockMappingGuard guards[MAX_GUARDS];
static atomic_uint next_slot;
static struct sigaction previous_action;
static uintptr_t page_size;

static PaddockMappingGuard *
find_guard (uintptr_t address)
{
  for (gsize i = 0; i < MAX_GUARDS; i++)
    {
      uintptr_t start = atomic_load (&guards[i].start);

      if (start > 1 && address >= start && address < atomic_load (&guards[i].end))
        return &guards[i];
    }
  return NULL;
}

static void
on_bus_error (int number, siginfo_t *information, void *context)
{
  uintptr_t address = (uintptr_t) information->si_addr;
  PaddockMappingGuard *guard = find_guard (address);
  void *page = (void *) (address & ~(page_size - 1));

  if (guard != NULL
      && mmap (page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED)
    {
      atomic_store (&guard->hit, true);
      return;
    }

  /* Not ours: whoever handled it before us shall. */
  if (previous_action.sa_flags & SA_SIGINFO)
    previous_action.sa_sigaction (number, information, context);
  else if (previous_action.sa_handler != SIG_DFL && previous_action.sa_handler != SIG_IGN)
    previous_action.sa_handler (number);
  else
    signal (SIGBUS, SIG_DFL);   /* the access is tried again, and ends the process */
}

static void
install_handler (void)
{
  static gsize installed;

  if (g_once_init_enter (&installed))
    {
      struct sigaction action = { .sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };

      page_size = (uintptr_t) sysconf (_SC_PAGESIZE);
      sigemptyset (&action.sa_mask);
      sigaction (SIGBUS, &action, &previous_action);
      g_once_init_leave (&installed, 1);
    }
}

/**
 * paddock_mapping_guard_new:
 * @start: the first byte of a mapping
 * @length: its length in bytes
 *
 * Returns: (transfer full) (nullable): a guard over the mapping, or %NULL when too many are in use
 */
PaddockMappingGuard *
paddock_mapping_guard_new (const void *start, gsize length)
{
  guint first = atomic_fetch_add (&next_slot, 1);

  install_handler ();

  for (guint i = 0; i < MAX_GUARDS; i++)
    {
      PaddockMappingGuard *guard = &guards[(first + i) % MAX_GUARDS];
      uintptr_t expected = 0;

      if (!atomic_compare_exchange_strong (&guard->start, &expected, 1))
        continue;
      atomic_store (&guard->hit, false);
      atomic_store (&guard->end, (uintptr_t) start + length);
      atomic_store (&guard->start, (uintptr_t) start);
      return guard;
    }
  return NULL;
}

/**
 * paddock_mapping_guard_free:
 * @self: (transfer full) (nullable): a guard
 *
 * Ends the guard. Call it before the mapping is taken away.
 */
void
paddock_mapping_guard_free (PaddockMappingGuard *self)
{
  if (self != NULL)
    atomic_store (&self->start, 0);
}

/**
 * paddock_mapping_guard_was_hit:
 * @self: a guard
 *
 * Returns: whether pages of the mapping went away and read as zero now
 */
gboolean
paddock_mapping_guard_was_hit (const PaddockMappingGuard *self)
{
  return atomic_load (&self->hit);
}
