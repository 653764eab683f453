/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-array.h"
#include "gguf/gguf-file.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* More rows than a list can be scrolled through to the pixel. */
#define PADDOCK_ARRAY_LIST_MAX 10000000

#define PADDOCK_TYPE_ARRAY_LIST (paddock_array_list_get_type ())
G_DECLARE_FINAL_TYPE (PaddockArrayList, paddock_array_list, PADDOCK, ARRAY_LIST, GObject)

PaddockArrayList *paddock_array_list_new        (PaddockGgufFile *file, const PaddockGgufEntry *entry);
void              paddock_array_list_set_search (PaddockArrayList *self, const char *search);
guint64           paddock_array_list_get_total  (PaddockArrayList *self);

G_END_DECLS
