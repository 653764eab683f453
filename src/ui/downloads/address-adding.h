/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for the address of a model, and queues it. */
void
paddock_address_adding_ask (GtkWidget *near, PaddockServices *services);
/* The same of one that was pasted or dropped; tells how it went. */
void
paddock_address_adding_take (GtkWidget *near, PaddockServices *services, const char *text);
/* Asks where else a download can be had. */
void
paddock_address_adding_ask_mirror (GtkWidget *near, PaddockDownloadQueue *queue, PaddockDownload *download);

G_END_DECLS
