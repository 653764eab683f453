/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-account.h"
#include "hub-session.h"
#include "hub-token.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_SIGN_IN (paddock_sign_in_get_type ())

/**
 * PaddockSignIn:
 *
 * Which hub is asked, and who asks it: for all that use one session. What another place knows of a person is not told to a
 * mirror that they chose: that gets only the token which they gave for it. Signals: "changed", something of it is another
 * now; "renewed", whatever the hub said or refused may be answered in another way now.
 */
G_DECLARE_FINAL_TYPE (PaddockSignIn, paddock_sign_in, PADDOCK, SIGN_IN, GObject)

PaddockSignIn *
paddock_sign_in_new (PaddockHubSession *session);
/* Looks for the person's token; once is enough, and more does nothing. "renewed" follows. */
void
paddock_sign_in_begin (PaddockSignIn *self);
/* Whether the token was looked for. */
gboolean
paddock_sign_in_is_begun (PaddockSignIn *self);
/* Another hub; "": the usual one. Where HF_ENDPOINT names one, that stays. FALSE: it is no address. */
gboolean
paddock_sign_in_set_endpoint (PaddockSignIn *self, const char *endpoint);
/* HF_ENDPOINT says where the hub is. */
gboolean
paddock_sign_in_is_fixed (void);

/* From now on, and kept in the keyring. */
void
paddock_sign_in_give (PaddockSignIn *self, const char *token);
/* Forgets what was given. */
void
paddock_sign_in_sign_out (PaddockSignIn *self);
/* Whether that would do anything: nobody takes a token out of the environment or another program's file. */
gboolean
paddock_sign_in_can_sign_out (PaddockSignIn *self);
PaddockHubTokenOrigin
paddock_sign_in_get_origin (PaddockSignIn *self);
/* What the keyring said; NULL: nothing is wrong with it. */
const GError *
paddock_sign_in_get_keyring_problem (PaddockSignIn *self);

/* Asks the hub whose token it is. */
void
paddock_sign_in_ask (PaddockSignIn *self);
/* NULL: nobody asked, it is being asked, or there is a problem. */
const PaddockHubAccount *
paddock_sign_in_get_account (PaddockSignIn *self);
const GError *
paddock_sign_in_get_problem (PaddockSignIn *self);

G_END_DECLS
