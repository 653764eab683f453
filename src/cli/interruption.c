/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interruption.h"

#include "command.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

static volatile sig_atomic_t reaction_now = PADDOCK_INTERRUPTION_AT_ONCE;
static volatile sig_atomic_t pending;
static volatile sig_atomic_t event_fd = -1;

static void
on_signal (int number)
{
  const guint64 one = 1;

  if (reaction_now == PADDOCK_INTERRUPTION_AT_ONCE || (reaction_now == PADDOCK_INTERRUPTION_BETWEEN && pending != 0))
    _exit (128 + number);

  pending = number;
  if (event_fd >= 0 && write (event_fd, &one, sizeof one) < 0)
    return;
}

/**
 * paddock_interruption_install:
 *
 * Takes over the signals by which a person, a terminal or the system ends a program. Those that were ignored from
 * outside (`nohup`) stay ignored. That a file may not become as large as it has to is told by the call that writes it.
 */
void
paddock_interruption_install (void)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

  G_STATIC_ASSERT (PADDOCK_EXIT_INTERRUPTED == 128 + SIGINT);

  signal (SIGXFSZ, SIG_IGN);

  sigemptyset (&action.sa_mask);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction before;

      if (sigaction (numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction (numbers[i], &action, NULL);
    }
}

/**
 * paddock_interruption_set:
 * @reaction: what is to happen from now on
 */
void
paddock_interruption_set (PaddockInterruption reaction)
{
  reaction_now = (sig_atomic_t) reaction;
}

/**
 * paddock_interruption_get_fd:
 *
 * Returns: a descriptor to wait for, made with the first call; -1 if the system has none to give
 */
int
paddock_interruption_get_fd (void)
{
  if (event_fd < 0)
    event_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  return event_fd;
}

/**
 * paddock_interruption_get_status:
 *
 * Returns: 0 as long as nobody interrupted, else the status to exit with
 */
int
paddock_interruption_get_status (void)
{
  return pending != 0 ? 128 + pending : 0;
}
