/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-queue.h"
#include "hub-file.h"
#include "hub-repository.h"
#include "hub-session.h"
#include "library.h"
#include "sign-in.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_SERVICES (paddock_services_get_type ())

/**
 * PaddockServices:
 *
 * What the rooms below have to offer, each made once and put together: the library, the hub, and the downloads that lead
 * from the one to the other.
 */
G_DECLARE_FINAL_TYPE (PaddockServices, paddock_services, PADDOCK, SERVICES, GObject)

/* why: for the person, why the computer stays awake while something is downloaded. */
PaddockServices *
paddock_services_new (PaddockLibrary *library, const char *why);
/* Takes up the downloads that were under way. FALSE: see the problem of the queue. */
gboolean
paddock_services_start (PaddockServices *self);

PaddockLibrary *
paddock_services_get_library (PaddockServices *self);
/* NULL: HF_ENDPOINT is no address. */
PaddockHubSession *
paddock_services_get_hub (PaddockServices *self);
/* Who asks the hub; NULL likewise. */
PaddockSignIn *
paddock_services_get_sign_in (PaddockServices *self);
PaddockDownloadQueue *
paddock_services_get_downloads (PaddockServices *self);

/* Queues files of one repository, at the commit that it was shown with: all shards of a variant, and whatever goes with it
   (element-type PaddockHubFile). Those that are on the list already stay there. FALSE: none was queued. */
gboolean
paddock_services_download_files (PaddockServices *self,
                                 const PaddockHubRepository *repository,
                                 GPtrArray *files,
                                 GError **error);
/* The same of another upload of what the person has: it goes to a place of its own, so that both are there. */
gboolean
paddock_services_download_beside (PaddockServices *self,
                                  const PaddockHubRepository *repository,
                                  GPtrArray *files,
                                  GError **error);
/* Where such a file goes; NULL: nowhere, for its path leads elsewhere. */
char *
paddock_services_dup_target (PaddockServices *self, const PaddockHubRepository *repository, const PaddockHubFile *file);
/* Its download; NULL: there is none. */
PaddockDownload *
paddock_services_find_download (PaddockServices *self, const PaddockHubRepository *repository, const PaddockHubFile *file);

/* Whether a text is the address of a file. */
gboolean
paddock_services_is_address (const char *text);
/* Whether a text may name something to download, without asking anybody. */
gboolean
paddock_services_is_source (PaddockServices *self, const char *text);
/* Queues what a person wrote, pasted or dropped: an address, or what PaddockHubReference understands. Errors are of
   PADDOCK_DOWNLOAD_ERROR: INVALID (it names nothing), NOT_FOUND, those of the hub, LOCKED. */
void
paddock_services_download_text_async (
    PaddockServices *self, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean
paddock_services_download_text_finish (PaddockServices *self, GAsyncResult *result, GError **error);

G_END_DECLS
