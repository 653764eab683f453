/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-query.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryOrder:
 *
 * In which order a query sorts, as actions for a menu: "sort" and "order". Signal "changed": the person chose another one,
 * which the query has now.
 */
#define PADDOCK_TYPE_LIBRARY_ORDER (paddock_library_order_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryOrder, paddock_library_order, PADDOCK, LIBRARY_ORDER, GObject)

PaddockLibraryOrder *paddock_library_order_new         (void);
/* Which query the actions are about; it is changed in place, and outlives being shown. */
void                 paddock_library_order_show        (PaddockLibraryOrder *self, PaddockLibraryQuery *query);
GActionGroup        *paddock_library_order_get_actions (PaddockLibraryOrder *self);

G_END_DECLS
