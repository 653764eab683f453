/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockHubError:
 *
 * Why the hub gave no answer, by what a person can do about it. Being cancelled is %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  PADDOCK_HUB_ERROR_INVALID,    /* what was asked for makes no sense */
  PADDOCK_HUB_ERROR_OFFLINE,    /* there is no network, or the person wants none */
  PADDOCK_HUB_ERROR_HOST,       /* nobody knows the server's name */
  PADDOCK_HUB_ERROR_CONNECTION, /* the server does not answer, or hangs up */
  PADDOCK_HUB_ERROR_TLS,        /* it cannot prove who it is */
  PADDOCK_HUB_ERROR_UNKNOWN,    /* without a token: there is no such repository, or it is private */
  PADDOCK_HUB_ERROR_TOKEN,      /* a token is needed, or the hub does not know the one it got */
  PADDOCK_HUB_ERROR_GATED,      /* the owner's conditions have to be accepted on the hub's page first */
  PADDOCK_HUB_ERROR_WAITING,    /* they were, and the owner has to agree */
  PADDOCK_HUB_ERROR_REFUSED,    /* the owner did not */
  PADDOCK_HUB_ERROR_DENIED,
  PADDOCK_HUB_ERROR_NOT_FOUND, /* the repository, revision or file */
  PADDOCK_HUB_ERROR_BUSY,      /* too many requests; the message says until when */
  PADDOCK_HUB_ERROR_SERVER,    /* its own failure */
  PADDOCK_HUB_ERROR_ANSWER,    /* what it says is no answer */
  PADDOCK_HUB_ERROR_KEYRING    /* the desktop has no keyring, or keeps it shut */
} PaddockHubError;

#define PADDOCK_HUB_ERROR (paddock_hub_error_quark ())
GQuark
paddock_hub_error_quark (void);

/* Of what GIO said about a connection; takes it. */
void
paddock_hub_error_translate (GError **error, GError *problem);

G_END_DECLS
