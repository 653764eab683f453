/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/*
 * The document of `paddockctl hardware --json`: numbers beside each other, unknown ones null; "source" of each object
 * holds for each of them where it comes from, and "found" what an overridden one was.
 */
typedef enum
{
  PADDOCK_HARDWARE_JSON_ERROR_SYNTAX,      /* no JSON, or too much of it */
  PADDOCK_HARDWARE_JSON_ERROR_SHAPE        /* JSON of another kind; the message names the member */
} PaddockHardwareJsonError;

#define PADDOCK_HARDWARE_JSON_ERROR (paddock_hardware_json_error_quark ())
GQuark paddock_hardware_json_error_quark (void);

char                    *paddock_hardware_json_write (const PaddockHardwareSnapshot *snapshot);   /* one line, no break */
PaddockHardwareSnapshot *paddock_hardware_json_read  (const char *text, gssize length, GError **error);

G_END_DECLS
