/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockPropertyList:
 *
 * Names and values under each other, as a person reads them. What is unknown is left out.
 */
typedef struct _PaddockPropertyList PaddockPropertyList;

PaddockPropertyList *paddock_property_list_new   (void);
void                 paddock_property_list_free  (PaddockPropertyList *self);

/* The value comes from a file and is escaped here; NULL and "" are left out. */
void paddock_property_list_add       (PaddockPropertyList *self, const char *name, const char *value);
void paddock_property_list_take      (PaddockPropertyList *self, const char *name, char *value);
/* Below 0 it is unknown and left out. */
void paddock_property_list_add_count (PaddockPropertyList *self, const char *name, gint64 value);
void paddock_property_list_print     (PaddockPropertyList *self, const char *indent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockPropertyList, paddock_property_list_free)

G_END_DECLS
