/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json-writer.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockDeviceList:
 *
 * The devices of OpenCL as paddockctl shows them, and which of them computes.
 */
typedef struct _PaddockDeviceList PaddockDeviceList;

/* No OpenCL on this system is an empty list. */
PaddockDeviceList *paddock_device_list_new        (void);
void               paddock_device_list_free       (PaddockDeviceList *self);

/* An array of that name. */
void               paddock_device_list_write_json (PaddockDeviceList *self, PaddockJsonWriter *writer, const char *name);
/* Nothing when there is no device. */
void               paddock_device_list_print      (PaddockDeviceList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDeviceList, paddock_device_list_free)

G_END_DECLS
