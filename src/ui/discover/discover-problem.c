/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-problem.h"

#include "base/units.h"
#include "hub-error.h"

#include <glib/gi18n.h>

#define MESSAGE_CHARS 300

typedef struct
{
  const char *title;
  const char *text;
  const char *icon;
  PaddockDiscoverRemedy remedy;      /* if it is not to try again */
  gboolean tells;                    /* what the hub says belongs to it */
} Case;

/* By what a person can do about them. */
static const Case cases[] = {
  [PADDOCK_HUB_ERROR_INVALID] = {
    .title = N_("The Hub Does Not Understand"),
    .text = N_("Perhaps the address of the hub is wrong, or the question."),
    .icon = "dialog-warning-symbolic",
    .tells = TRUE,
  },
  [PADDOCK_HUB_ERROR_OFFLINE] = {
    .title = N_("You Are Offline"),
    .text = N_("There is no way to the hub without a network. Your library is there as ever."),
    .icon = "network-offline-symbolic",
  },
  [PADDOCK_HUB_ERROR_HOST] = {
    .title = N_("The Hub Is Nowhere to Be Found"),
    .text = N_("Nobody knows a server of its name. The network may be cut off, or the address of the hub wrong."),
    .icon = "network-offline-symbolic",
  },
  [PADDOCK_HUB_ERROR_CONNECTION] = {
    .title = N_("The Hub Does Not Answer"),
    .text = N_("It may be down, or something on the way to it lets nobody through. Try again in a while."),
    .icon = "network-error-symbolic",
  },
  [PADDOCK_HUB_ERROR_TLS] = {
    .title = N_("The Connection Is Not Safe"),
    .text = N_("The server could not prove that it is the hub, so nothing was asked. A network that wants a login first, or a "
               "clock that is wrong, can be the reason."),
    .icon = "channel-insecure-symbolic",
  },
  [PADDOCK_HUB_ERROR_UNKNOWN] = {
    .title = N_("Not There, or Private"),
    .text = N_("There is no such repository, or only those may see it who tell the hub who they are."),
    .icon = "dialog-question-symbolic",
    .remedy = PADDOCK_REMEDY_SIGN_IN,
  },
  [PADDOCK_HUB_ERROR_TOKEN] = {
    .title = N_("The Hub Wants to Know Who You Are"),
    .text = N_("It shows this only to people with an account, and has no valid token of yours."),
    .icon = "dialog-password-symbolic",
    .remedy = PADDOCK_REMEDY_SIGN_IN,
  },
  [PADDOCK_HUB_ERROR_GATED] = {
    .title = N_("Conditions to Accept"),
    .text = N_("Its owner has set conditions. Read and accept them on its page, then come back: there is nothing else to do."),
    .icon = "changes-prevent-symbolic",
    .remedy = PADDOCK_REMEDY_OPEN_PAGE,
  },
  [PADDOCK_HUB_ERROR_WAITING] = {
    .title = N_("The Owner Has Not Answered Yet"),
    .text = N_("You have asked for access. Its owner looks at each request, which can take days."),
    .icon = "document-open-recent-symbolic",
  },
  [PADDOCK_HUB_ERROR_REFUSED] = {
    .title = N_("The Owner Does Not Let You In"),
    .text = N_("Your request was turned down. Others may have published the same model."),
    .icon = "changes-prevent-symbolic",
    .remedy = PADDOCK_REMEDY_OPEN_PAGE,
  },
  [PADDOCK_HUB_ERROR_DENIED] = {
    .title = N_("Your Token Does Not Allow This"),
    .text = N_("The hub knows you, but not for this. Make a token that may read repositories with conditions."),
    .icon = "dialog-password-symbolic",
    .remedy = PADDOCK_REMEDY_SIGN_IN,
  },
  [PADDOCK_HUB_ERROR_NOT_FOUND] = {
    .title = N_("Not There Any More"),
    .text = N_("The hub knows no such repository. It may have been removed, or have another name now."),
    .icon = "dialog-question-symbolic",
  },
  [PADDOCK_HUB_ERROR_BUSY] = {
    .title = N_("The Hub Wants a Pause"),
    .text = N_("Too much was asked in a short time. Try again in some minutes."),
    .icon = "document-open-recent-symbolic",
    .tells = TRUE,
  },
  [PADDOCK_HUB_ERROR_SERVER] = {
    .title = N_("The Hub Has a Problem"),
    .text = N_("It is its own, and will be mended. Try again in a while."),
    .icon = "network-error-symbolic",
    .tells = TRUE,
  },
  [PADDOCK_HUB_ERROR_ANSWER] = {
    .title = N_("That Was Not the Hub"),
    .text = N_("Something else answered in its place. Perhaps the network wants a login first: open any page in a browser."),
    .icon = "network-error-symbolic",
  },
};

/* NULL: it is none of the hub's. */
static const Case *
find (const GError *error)
{
  gboolean known = error->domain == PADDOCK_HUB_ERROR && error->code >= 0 && (gsize) error->code < G_N_ELEMENTS (cases);

  return known && cases[error->code].title != NULL ? &cases[error->code] : NULL;
}

/**
 * paddock_discover_problem_new:
 * @error: why the hub gave no answer
 *
 * Returns: (transfer full): it, in words
 */
PaddockDiscoverProblem *
paddock_discover_problem_new (const GError *error)
{
  PaddockDiscoverProblem *self = g_new0 (PaddockDiscoverProblem, 1);
  const Case *known = find (error);
  g_autofree char *message = paddock_units_escape (error->message, -1, MESSAGE_CHARS);

  self->title = known != NULL ? _(known->title) : _("The Hub Could Not Be Asked");
  self->icon = known != NULL ? known->icon : "dialog-warning-symbolic";
  self->remedy = known != NULL ? known->remedy : PADDOCK_REMEDY_TRY_AGAIN;
  if (known == NULL)
    self->text = g_steal_pointer (&message);
  else if (known->tells)
    /* Translators: what to do about it, and what the hub said, perhaps in English. */
    self->text = g_strdup_printf (_("%s (%s)"), _(known->text), message);
  else
    self->text = g_strdup (_(known->text));
  return self;
}

/**
 * paddock_discover_problem_free:
 * @self: (transfer full): a problem
 */
void
paddock_discover_problem_free (PaddockDiscoverProblem *self)
{
  g_free (self->text);
  g_free (self);
}

const char *
paddock_discover_problem_get_action (PaddockDiscoverRemedy remedy)
{
  static const char *const actions[] = {
    [PADDOCK_REMEDY_TRY_AGAIN] = "hub.again",
    [PADDOCK_REMEDY_SIGN_IN] = "hub.sign-in",
    [PADDOCK_REMEDY_OPEN_PAGE] = "hub.open-page",
  };

  return actions[remedy];
}

const char *
paddock_discover_problem_get_button (PaddockDiscoverRemedy remedy)
{
  switch (remedy)
    {
    case PADDOCK_REMEDY_SIGN_IN:
      return _("_Sign In…");
    case PADDOCK_REMEDY_OPEN_PAGE:
      return _("_Open Page in Browser");
    case PADDOCK_REMEDY_TRY_AGAIN:
    default:
      return _("_Try Again");
    }
}
