/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person can do about it. */
typedef enum
{
  PADDOCK_REMEDY_TRY_AGAIN,
  PADDOCK_REMEDY_SIGN_IN,
  PADDOCK_REMEDY_OPEN_PAGE           /* of the repository, in the browser */
} PaddockDiscoverRemedy;

/* Why the hub gave no answer, in words. */
typedef struct
{
  const char *title;                 /* what happened, in a few words */
  char *text;                        /* what it means, and what to do */
  const char *icon;
  PaddockDiscoverRemedy remedy;
} PaddockDiscoverProblem;

PaddockDiscoverProblem *paddock_discover_problem_new (const GError *error);
void paddock_discover_problem_free (PaddockDiscoverProblem *self);
const char *paddock_discover_problem_get_button (PaddockDiscoverRemedy remedy);   /* with a mnemonic */
const char *paddock_discover_problem_get_action (PaddockDiscoverRemedy remedy);   /* of a widget around the button */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDiscoverProblem, paddock_discover_problem_free)

G_END_DECLS
