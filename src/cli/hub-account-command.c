/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-commands.h"

#include "base/units.h"
#include "hub-access.h"
#include "hub-token.h"
#include "interruption.h"
#include "json-writer.h"
#include "output.h"
#include "secret-input.h"

#include <glib/gi18n.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const login_examples[] = { "paddockctl hub login", "paddockctl hub login < token.txt", NULL };
static const char *const logout_examples[] = { "paddockctl hub logout", NULL };
static const char *const whoami_examples[] = { "paddockctl hub whoami", "paddockctl hub whoami --json", NULL };

static int
get_status (gboolean done)
{
  int interrupted = paddock_interruption_get_status ();

  return interrupted != 0 ? interrupted : done ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

static void
tell (const PaddockHubAccount *account, const char *origin, gboolean json)
{
  g_autofree char *name = paddock_units_escape (account->name, -1, 0);

  if (json)
    {
      g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "name", account->name);
      paddock_json_writer_add_string (writer, "full_name", account->full_name);
      paddock_json_writer_add_string (writer, "role", account->role);
      paddock_json_writer_add_string (writer, "token", origin);
      paddock_json_writer_end_object (writer);
    }
  else
    paddock_output_line ("%s", name);
}

/* The hub has to know it now: a token that was good once is not kept. */
static PaddockHubAccount *
check (PaddockHubSession *session, const char *token)
{
  g_autoptr (PaddockHubAccount) account = NULL;

  paddock_hub_session_set_token (session, token);
  account = paddock_hub_access_ask_account (session);
  if (account != NULL && account->from_cache)
    {
      paddock_output_complain (_("The hub cannot be asked now"), paddock_hub_session_get_endpoint (session));
      return NULL;
    }
  return g_steal_pointer (&account);
}

static int
log_in (const PaddockArguments *arguments)
{
  g_autoptr (PaddockHubSession) session = paddock_hub_access_open_unknown ();
  g_autofree char *line = NULL;
  g_autofree char *token = NULL;
  g_autoptr (PaddockHubAccount) account = NULL;

  if (session == NULL)
    return PADDOCK_EXIT_NO;
  /* Translators: a question on a terminal; what is typed then is not shown. */
  line = paddock_secret_input_read (_("Token: "));
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  token = paddock_hub_token_clean (line);
  if (token == NULL)
    {
      paddock_output_complain (_("This is no token"), _("standard input"));
      return PADDOCK_EXIT_USAGE;
    }
  account = check (session, token);
  if (account == NULL || !paddock_hub_access_keep_token (session, token))
    return get_status (FALSE);
  tell (account, "keyring", arguments->json);
  return PADDOCK_EXIT_DONE;
}

static int
log_out (const PaddockArguments *arguments G_GNUC_UNUSED)
{
  g_autoptr (PaddockHubSession) session = paddock_hub_access_open_unknown ();

  return get_status (session != NULL && paddock_hub_access_keep_token (session, NULL));
}

static int
tell_who (const PaddockArguments *arguments)
{
  static const char *const origins[] = { NULL, "environment", "keyring", "file" };
  PaddockHubTokenOrigin origin;
  g_autoptr (PaddockHubSession) session = paddock_hub_access_open_as (&origin);
  g_autoptr (PaddockHubAccount) account = NULL;

  if (session == NULL)
    return get_status (FALSE);
  if (origin == PADDOCK_HUB_TOKEN_NONE)
    {
      paddock_output_complain (_("Nobody is signed in"), paddock_hub_session_get_endpoint (session));
      return PADDOCK_EXIT_NO;
    }
  account = paddock_hub_access_ask_account (session);
  if (account != NULL)
    tell (account, origins[origin], arguments->json);
  return get_status (account != NULL);
}

const PaddockCommand paddock_hub_login_command = {
  .name = "hub login",
  .paths = "",
  .summary = N_("Sign in with a token"),
  .description = N_("Reads a token from standard input, where a terminal does not show it, asks the hub whose it is, and keeps "
                     "it in the desktop’s keyring. HF_TOKEN goes before it; where the hub’s own tools keep one comes after it. "
                     "It is sent to the hub, and to no other server."),
  .examples = login_examples,
  .options = options,
  .run = log_in,
};

const PaddockCommand paddock_hub_logout_command = {
  .name = "hub logout",
  .paths = "",
  .summary = N_("Forget the token in the keyring"),
  .description = N_("Removes what “hub login” has put into the desktop’s keyring, and nothing else."),
  .examples = logout_examples,
  .options = options,
  .run = log_out,
};

const PaddockCommand paddock_hub_whoami_command = {
  .name = "hub whoami",
  .paths = "",
  .summary = N_("Tell whom the hub takes you for"),
  .description = N_("Asks the hub whose token is sent; with --json it also says where that was found: environment, keyring or "
                     "file. Where there is none, the exit status is 1."),
  .examples = whoami_examples,
  .options = options,
  .run = tell_who,
};
