/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_ARRAY_ELEMENT (paddock_array_element_get_type ())
G_DECLARE_FINAL_TYPE (PaddockArrayElement, paddock_array_element, PADDOCK, ARRAY_ELEMENT, GObject)

PaddockArrayElement *paddock_array_element_new (guint64 position, const char *text);

G_END_DECLS
