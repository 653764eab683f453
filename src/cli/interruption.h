/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What happens on Ctrl+C, and when the system or the terminal ends the program. */
typedef enum
{
  PADDOCK_INTERRUPTION_AT_ONCE,      /* nothing to tidy up */
  PADDOCK_INTERRUPTION_BETWEEN,      /* the work looks now and then; a second one ends it at once */
  PADDOCK_INTERRUPTION_TIDY          /* the work is cancelled and tidies up, however often it is told */
} PaddockInterruption;

void paddock_interruption_install   (void);
void paddock_interruption_set       (PaddockInterruption reaction);
int  paddock_interruption_get_fd    (void);   /* becomes readable when it happens; -1 if there is none */
int  paddock_interruption_get_status (void);  /* 0, or the status to exit with */

G_END_DECLS
