/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_LATE_CHILD (paddock_late_child_get_type ())

/**
 * PaddockLateChild:
 *
 * A place for what few people ever see: no window's first frame is to wait for it, nor is each change of style to reach it.
 * Its child is made when the place is first shown or asked about. Property "resource": a Blueprint file with an object
 * `child`, which does what it does by actions.
 */
G_DECLARE_FINAL_TYPE (PaddockLateChild, paddock_late_child, PADDOCK, LATE_CHILD, AdwBin)

/* Makes the child as soon as there is nothing else to do: for what is shown while a person types. */
void     paddock_late_child_prepare    (PaddockLateChild *self);
/* One of the objects of the file, borrowed. */
gpointer paddock_late_child_get_object (PaddockLateChild *self, const char *name);

G_END_DECLS
