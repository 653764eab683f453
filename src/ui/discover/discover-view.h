/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockDiscoverView:
 *
 * Searches the hub while the person types, or shows what is asked for most without a word. It asks nothing before it is
 * shown. Signal "open" (text): the person wants to see a repository, written as paddock_hub_reference_parse() reads it.
 */
#define PADDOCK_TYPE_DISCOVER_VIEW (paddock_discover_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDiscoverView, paddock_discover_view, PADDOCK, DISCOVER_VIEW, AdwBin)

void paddock_discover_view_set_services (PaddockDiscoverView *self, PaddockHubSession *session, GSettings *settings);
/* From now on questions are asked, and whoever asks is known: again, if they were asked by somebody else. */
void paddock_discover_view_begin (PaddockDiscoverView *self);
/* What could not be had is asked for again; else all of it. */
void paddock_discover_view_ask_again (PaddockDiscoverView *self);
/* NULL: the person writes what to look for. */
void paddock_discover_view_search (PaddockDiscoverView *self, const char *text);

G_END_DECLS
