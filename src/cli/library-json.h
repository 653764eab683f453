/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json-writer.h"
#include "library.h"

G_BEGIN_DECLS

/* A model, as all commands of the library write it. */
void paddock_library_json_add_entry  (PaddockJsonWriter *writer, const char *name, PaddockLibrary *library,
                                      const PaddockLibraryEntry *entry);
/* The whole answer of a command that changed one. */
void paddock_library_json_print_entry (PaddockLibrary *library, const PaddockLibraryEntry *entry);
/* Why something was not done: {code, message}, or null. */
void paddock_library_json_add_problem (PaddockJsonWriter *writer, const GError *problem);
/* An array of its places. */
void paddock_library_json_add_locations (PaddockJsonWriter *writer, const PaddockLibraryEntry *entry);

G_END_DECLS
