/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-problem.h"

#include "base/units.h"
#include "hub-error.h"

#include <glib/gi18n.h>

#define MESSAGE_CHARS 300

typedef struct
{
  PaddockHubError code;
  const char *title;
  const char *text;
  const char *icon;
  PaddockDiscoverRemedy remedy;
  gboolean tells;                    /* what the hub says belongs to it */
} Case;

static const Case cases[] = {
  { PADDOCK_HUB_ERROR_INVALID, N_("The Hub Does Not Understand"), N_("Perhaps the address of the hub is wrong, or the question."),
    "dialog-warning-symbolic", PADDOCK_REMEDY_TRY_AGAIN, TRUE },
  { PADDOCK_HUB_ERROR_OFFLINE, N_("You Are Offline"),
    N_("There is no way to the hub without a network. Your library is there as ever."),
    "network-offline-symbolic", PADDOCK_REMEDY_TRY_AGAIN, FALSE },
  { PADDOCK_HUB_ERROR_HOST, N_("The Hub Is Nowhere to Be Found"),
    N_("Nobody knows a server of its name. The network may be cut off, or the address of the hub wrong."),
    "network-offline-symbolic", PADDOCK_REMEDY_TRY_AGAIN, FALSE },
  { PADDOCK_HUB_ERROR_CONNECTION, N_("The Hub Does Not Answer"),
    N_("It may be down, or something on the way to it lets nobody through. Try again in a while."),
    "network-error-symbolic", PADDOCK_REMEDY_TRY_AGAIN, FALSE },
  { PADDOCK_HUB_ERROR_TLS, N_("The Connection Is Not Safe"),
    N_("The server could not prove that it is the hub, so nothing was asked. A network that wants a login first, or a clock "
       "that is wrong, can be the reason."),
    "channel-insecure-symbolic", PADDOCK_REMEDY_TRY_AGAIN, FALSE },
  { PADDOCK_HUB_ERROR_UNKNOWN, N_("Not There, or Private"),
    N_("There is no such repository, or only those may see it who tell the hub who they are."), "dialog-question-symbolic",
    PADDOCK_REMEDY_SIGN_IN, FALSE },
  { PADDOCK_HUB_ERROR_TOKEN, N_("The Hub Wants to Know Who You Are"),
    N_("It shows this only to people with an account, and has no valid token of yours."), "dialog-password-symbolic",
    PADDOCK_REMEDY_SIGN_IN, FALSE },
  { PADDOCK_HUB_ERROR_GATED, N_("Conditions to Accept"),
    N_("Its owner has set conditions. Read and accept them on its page, then come back: there is nothing else to do."),
    "changes-prevent-symbolic", PADDOCK_REMEDY_OPEN_PAGE, FALSE },
  { PADDOCK_HUB_ERROR_WAITING, N_("The Owner Has Not Answered Yet"),
    N_("You have asked for access. Its owner looks at each request, which can take days."), "document-open-recent-symbolic",
    PADDOCK_REMEDY_TRY_AGAIN, FALSE },
  { PADDOCK_HUB_ERROR_REFUSED, N_("The Owner Does Not Let You In"),
    N_("Your request was turned down. Others may have published the same model."), "changes-prevent-symbolic",
    PADDOCK_REMEDY_OPEN_PAGE, FALSE },
  { PADDOCK_HUB_ERROR_DENIED, N_("Your Token Does Not Allow This"),
    N_("The hub knows you, but not for this. Make a token that may read repositories with conditions."),
    "dialog-password-symbolic", PADDOCK_REMEDY_SIGN_IN, FALSE },
  { PADDOCK_HUB_ERROR_NOT_FOUND, N_("Not There Any More"),
    N_("The hub knows no such repository. It may have been removed, or have another name now."), "dialog-question-symbolic",
    PADDOCK_REMEDY_TRY_AGAIN, FALSE },
  { PADDOCK_HUB_ERROR_BUSY, N_("The Hub Wants a Pause"), N_("Too much was asked in a short time. Try again in some minutes."),
    "document-open-recent-symbolic", PADDOCK_REMEDY_TRY_AGAIN, TRUE },
  { PADDOCK_HUB_ERROR_SERVER, N_("The Hub Has a Problem"), N_("It is its own, and will be mended. Try again in a while."),
    "network-error-symbolic", PADDOCK_REMEDY_TRY_AGAIN, TRUE },
  { PADDOCK_HUB_ERROR_ANSWER, N_("That Was Not the Hub"),
    N_("Something else answered in its place. Perhaps the network wants a login first: open any page in a browser."),
    "network-error-symbolic", PADDOCK_REMEDY_TRY_AGAIN, FALSE },
};

static const Case *
find (const GError *error)
{
  for (gsize i = 0; error->domain == PADDOCK_HUB_ERROR && i < G_N_ELEMENTS (cases); i++)
    if ((int) cases[i].code == error->code)
      return &cases[i];
  return NULL;
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
