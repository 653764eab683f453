/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-file.h"
#include "hub-repository.h"
#include "json-writer.h"

G_BEGIN_DECLS

/* What commands say of the hub, for scripts. Members of an object that is open. */
void
paddock_hub_json_output_add_repository (PaddockJsonWriter *writer, const PaddockHubRepository *repository);
void
paddock_hub_json_output_add_strings (PaddockJsonWriter *writer, const char *name, const char *const *strings);
void
paddock_hub_json_output_add_age (PaddockJsonWriter *writer, gint64 said_at, gboolean from_cache);
void
paddock_hub_json_output_add_files (PaddockJsonWriter *writer, const char *name, GPtrArray *files);

G_END_DECLS
